"""PDF of issued papers: one document per community and master, never one call per household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from flows.print import print_form
from integrations import pdf
from integrations.fonts import Substitution
from records import areas, papers
from records.engine import reading
from rules.days import day_of
from rules.jurisdiction import EVERYTHING, Scope
from states.not_allowed import NoSuch
from templates.checker.reading import read
from templates.merge import groups, merged

A_FILE = 200  # papers in one document: LibreOffice slows down over long ones


@dataclass(frozen=True, slots=True)
class Batch:
    """One PDF: its name, the papers in it in their order, its pages, and the fonts that stood in."""

    name: str
    paper_ids: tuple[int, ...]
    data: bytes
    pages: int
    substituted: tuple[Substitution, ...]


def print_batches(office: Office, paper_ids: Sequence[int], scope: Scope = EVERYTHING) -> list[Batch]:
    """The papers as PDF, batched by community and kind. Every text is found again in its PDF, or Unreachable."""
    with reading(office.records) as conn:
        rows = {i: papers.paper_within(conn, i, scope) for i in paper_ids}
        places = {i: _place(conn, row) for i, row in rows.items() if row is not None}
    for paper_id, row in rows.items():
        if row is None:
            raise NoSuch(what="文书", key=paper_id)
    piles: dict[str, dict[int, bytes]] = defaultdict(dict)
    for paper_id, row in rows.items():
        assert row is not None
        piles[f"{places[paper_id]}-{row.code}"][paper_id] = print_form(office, paper_id)
    return _printed({name: part for pile, docs in piles.items() for name, part in _parts(pile, docs)})


def _printed(files: dict[str, dict[int, bytes]]) -> list[Batch]:
    whole = {name: merged(list(docs.values())) for name, docs in files.items()}
    made = pdf.to_pdf(whole, {name: "".join(p.text for p in read(data).paragraphs) for name, data in whole.items()})
    return [
        Batch(name, tuple(files[name]), one.data, len(one.pages), one.substituted) for name, one in made.items()
    ]  # fmt: skip


def _parts(pile: str, docs: dict[int, bytes]) -> list[tuple[str, dict[int, bytes]]]:
    """One pile as documents: papers from an older master cannot be sections of the same file."""
    by_name = {str(i): data for i, data in docs.items()}
    chunks = [g[n : n + A_FILE] for g in groups(by_name) for n in range(0, len(g), A_FILE)]
    names = [pile if n == 0 else f"{pile}-{n + 1}" for n in range(len(chunks))]
    return [(name, {int(k): by_name[k] for k in chunk}) for name, chunk in zip(names, chunks, strict=True)]


def _place(conn: Connection, row: Any) -> str:
    code = row.area_path.strip("/").split("/")[-1]
    return str(areas.area(conn, code, day_of(row.drafted_at)).name)
