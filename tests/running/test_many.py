"""Many: two offices, a Prefect server on PostgreSQL, two workers of a pool; started as a script, looked at from outside.

Where the system has no PostgreSQL (Debian: postgresql) the wheel's serves, and what needs the system's is skipped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from patience import PATIENCE
from ports import free_port
from postgres_here import programs
from serving import answers
from sqlalchemy import Engine, func, select, text

from records import duties, leases, schema
from records.engine import open_engine, reading, writing

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
DEPLOY = Path(__file__).parents[2] / "deploy"
D = schema.duties


class Many:
    """The running shape."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ports = folder, [free_port() for _ in range(3)]
        self.log = folder / "log"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("BANGFU_")}
        env = {**kept, "BANGFU_MANY_PORTS": ",".join(map(str, self.ports)), "BANGFU_HOLD_SECONDS": "2",
               "BANGFU_BEAT_SECONDS": "1", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(DEPLOY.parent)}  # fmt: skip
        with self.log.open("wb") as out:
            self.process = subprocess.Popen([sys.executable, str(DEPLOY / "many.py"), str(folder)], env=env, stderr=out)
        self.engine: Engine | None = None

    def wait(self, what: Any, seconds: float, why: str) -> Any:
        end = time.monotonic() + PATIENCE * seconds
        while time.monotonic() < end:
            if found := what():
                return found
            time.sleep(0.2)
        raise AssertionError(f"{why}\n{self.log.read_text(encoding='utf-8', errors='replace')[-5000:]}")

    def connect(self) -> None:
        url = (
            self.wait(lambda: (self.folder / "database-url").exists(), 60, "no database")
            and self.folder / "database-url"
        )
        self.engine = open_engine(url.read_text(encoding="utf-8"))

    def pids(self, name: str) -> list[int]:
        lines = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
        return [line["pid"] for line in lines if line["says"] == "child started" and line["child"] == name]

    def owe(self, first: int, count: int) -> None:
        assert self.engine is not None
        now = datetime.now(UTC)
        with writing(self.engine) as conn:
            duties.owe(conn, [
                {"key": f"many:{n}", "kind": "open_case", "case_id": None, "act_id": None, "owed_since": now,
                 "payload": {"procedure": "exit", "subject_id": n, "area_code": "440512001001",
                             "title": f"第{n}户", "pack_id": "haojiang-2017"}}
                for n in range(first, first + count)
            ])  # fmt: skip

    def left(self) -> int:
        assert self.engine is not None
        with reading(self.engine) as conn:
            return int(conn.execute(select(func.count()).where(D.c.done_at.is_(None))).scalar_one())

    def cases(self) -> list[int]:
        assert self.engine is not None
        with reading(self.engine) as conn:
            return list(conn.execute(select(schema.cases.c.subject_id).order_by(schema.cases.c.subject_id)).scalars())

    def holder(self) -> str:
        assert self.engine is not None
        with reading(self.engine) as conn:
            held = leases.see(conn, leases.TICKER)
        return held.holder if held is not None and held.left.total_seconds() > 0 else ""

    def up(self) -> bool:
        """Both offices are ready for people, and the database answers us."""
        return all(answers(f"http://127.0.0.1:{port}/readyz") for port in self.ports[:2])

    def runs(self) -> list[dict[str, Any]]:
        return list(httpx.post(f"http://127.0.0.1:{self.ports[2]}/api/flow_runs/filter", json={}, timeout=60).json())


@pytest.fixture(scope="module")
def many() -> Iterator[Many]:
    folder = Path(tempfile.mkdtemp(prefix="bangfu-many-"))
    running = Many(folder)
    running.connect()
    for port in running.ports[:2]:
        running.wait(lambda port=port: answers(f"http://127.0.0.1:{port}/readyz"), 90, "an office did not open")
    yield running
    running.process.send_signal(signal.SIGTERM)
    try:
        running.process.wait(40)
    finally:
        running.process.kill()
        if running.engine is not None:
            running.engine.dispose()
        shutil.rmtree(folder, ignore_errors=True)


def test_of_two_offices_one_holds_the_lease_and_the_other_takes_over_when_it_is_killed(many: Many) -> None:
    first = many.wait(many.holder, 30, "nobody holds the lease")
    time.sleep(3)
    assert many.holder() == first
    pid = int(first.split(":")[1])
    assert pid in many.pids("ticker")
    psutil.Process(pid).kill()
    killed = time.monotonic()
    many.wait(lambda: many.holder() not in ("", first), 60, "nobody took over")
    assert time.monotonic() - killed < 60


def test_two_workers_share_what_is_owed_and_each_duty_is_done_once(many: Many) -> None:
    many.wait(lambda: many.pids("worker0") and many.pids("worker1"), 120, "the workers did not start")
    many.owe(1, 600)
    many.wait(lambda: many.left() == 0, 120, "the duties were not carried out")
    assert many.cases() == list(range(1, 601))
    done = many.wait(lambda: [r for r in many.runs() if r["state_type"] == "COMPLETED"], 60, "no run was completed")
    assert all(run["work_pool_name"] == "bangfu" for run in done)


def test_a_killed_worker_loses_nothing_and_is_started_again(many: Many) -> None:
    many.wait(lambda: many.pids("worker0") and many.pids("worker1"), 120, "the workers did not start")
    many.owe(1001, 400)
    for name in ("worker0", "worker1"):
        worker = psutil.Process(many.pids(name)[-1])
        for process in (*worker.children(recursive=True), worker):
            process.kill()
    many.wait(lambda: many.left() == 0, 200, "the duties were not carried out")
    assert many.cases() == [*range(1, 601), *range(1001, 1401)]
    many.wait(lambda: len(many.pids("worker0")) > 1, 60, "the worker was not started again")


@pytest.fixture
def on_system(many: Many) -> Many:
    """The shape on the system's PostgreSQL."""
    if programs(many.folder / "postgres") is None:
        pytest.skip("the system's PostgreSQL is missing (Debian: apt install postgresql)")
    return many


def test_prefect_keeps_its_runs_on_the_same_postgresql(on_system: Many) -> None:
    assert on_system.engine is not None
    engine = open_engine(on_system.engine.url.set(database="prefect").render_as_string(hide_password=False))
    with reading(engine) as conn:
        count = text("SELECT count(*) FROM flow_run WHERE state_type = 'COMPLETED' AND name LIKE '办理应办事项%'")
        assert conn.execute(count).scalar_one() > 0
        assert "pg_trgm" in conn.execute(text("SELECT extname FROM pg_extension")).scalars().all()
    engine.dispose()
    assert not list(on_system.folder.rglob("prefect.db"))


def test_a_killed_postgresql_is_started_again_and_both_go_on(on_system: Many) -> None:
    before, done = on_system.cases(), len(on_system.runs())
    server = psutil.Process(on_system.pids("postgres")[-1])
    for process in (*server.children(recursive=True), server):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    on_system.wait(lambda: len(on_system.pids("postgres")) > 1, 30, "the database was not started again")
    assert on_system.engine is not None
    on_system.engine.dispose()
    on_system.wait(on_system.up, 60, "the offices did not come back")
    on_system.owe(2001, 300)
    on_system.wait(lambda: on_system.left() == 0, 200, "the duties were not carried out")
    assert on_system.cases() == [*before, *range(2001, 2301)]
    on_system.wait(lambda: len(on_system.runs()) > done, 120, "Prefect did not come back")
