"""Agreements per minute: issued through the product's own path (number, paper, file, signatures due, ledger line), against
docxtpl rendering the same papers one by one in the same run, without any of that."""

from __future__ import annotations

import tempfile
import time
from dataclasses import fields
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

import demo
from demo.baseline import NAME, START, import_part
from demo.moments import at
from demo.world import make_world
from flows.agreements import Wanted, issue_all, order_issue
from flows.import_register import Options
from records import agreements, papers
from records.engine import reading
from templates.master import master_path
from templates.papers import paper_from

SAMPLE = 120  # papers that the peer renders


def main() -> None:
    """Print agreements per minute and the ratio to docxtpl."""
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(f"sqlite:///{folder}/bench.sqlite3", Path(folder) / "files", START, ("haojiang-2017",))
        data = (Path(demo.__file__).parent / "data" / NAME).read_bytes()
        import_part(world, data, Options("register"), date(2016, 4, 29), at(2016, 5, 3))
        import_part(world, data, Options("pairings"), date(2016, 5, 10), at(2016, 5, 12))
        began = time.perf_counter()
        ids = order_issue(world.office, Wanted(2016, world.district_clerk, at(2016, 6, 1)))
        drafted = time.perf_counter()
        issue_all(world.office, ids, at(2016, 6, 1), "区经办", lambda count: None)
        issued = time.perf_counter()
        kept = [paper_from(p.code, p.snapshot) for p in _households(world.office.records)]
    peer = time.perf_counter()
    for paper in kept:
        _by_docxtpl(paper)
    each = (time.perf_counter() - peer) / len(kept)
    ours = (issued - drafted) / len(ids)
    print(f"agreements drafted with targets split: {len(ids)} in {drafted - began:.1f} s")
    print(f"agreements issued: {60 / ours:,.0f} a minute, whole path with fsync; {each / ours:.1f} x docxtpl's rendering "
          f"alone ({60 / each:,.0f} a minute)")  # fmt: skip


def _households(engine: Any) -> list[Any]:
    with reading(engine) as conn:
        rows = agreements.of_year(conn, 2016, ("D-19",))[:SAMPLE]
        return [papers.paper(conn, row.paper_id) for row in rows]


def _by_docxtpl(paper: Any) -> bytes:
    """The same master and blanks, as docxtpl's documentation has it."""
    word, out = DocxTemplate(master_path(paper.folder)), BytesIO()
    word.render({f.name: paper.texts()[f.name] for f in fields(paper)}, Environment(undefined=StrictUndefined),
                autoescape=True)  # fmt: skip
    word.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
