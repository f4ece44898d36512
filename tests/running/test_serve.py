"""`bangfu serve` as an operator starts it: a process of its own, on a real database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from serving import D, Running, office_env, set_up
from sqlalchemy import select

from records import duties
from records.engine import open_engine, reading, writing


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Running]:
    env = office_env(tmp_path, BANGFU_PREFECT="off")
    set_up(env)
    running = Running(env, tmp_path / "log")
    yield running
    running.process.kill()
    running.process.wait()


def test_the_office_opens_serves_and_closes_on_a_signal_with_one_log_of_json(office: Running) -> None:
    office.wait(office.ready, 60, "the office did not open")
    office.wait(
        lambda: "bangfu_lease_held 1.0" in httpx.get(f"{office.url}/metrics").text, 30, "nobody watches the time"
    )

    assert office.stop() == 0
    lines = [json.loads(line) for line in office.log.read_text(encoding="utf-8").splitlines()]
    assert [line["says"] for line in lines if line["from"] == "bangfu.serve"] == ["open", "closed"]
    assert all({"at", "level", "from", "says"} <= line.keys() for line in lines)


def test_without_prefect_the_ticker_carries_duties_out(office: Running) -> None:
    office.owe(60, "plain")
    office.wait(lambda: office.open_duties() == 0, 60, "duties were not carried out")
    assert office.cases() == list(range(1, 61))
    assert sum(line["done"] for line in office.says("drained")) >= 60


def test_a_duty_that_ends_whoever_works_on_it_takes_nobodys_pages_away(tmp_path: Path) -> None:
    env = office_env(tmp_path, BANGFU_PREFECT="off")
    set_up(env)
    office = Running(env, tmp_path / "log", (str(Path(__file__).parent / "deadly_office.py"),))
    try:
        office.wait(office.ready, 60, "the office did not open")
        office.wait(lambda: office.open_duties() == 0, 60, "its first routines were not carried out")
        with writing(office.records) as conn:
            duties.owe(conn, [{"key": "deadly", "kind": "deadly", "case_id": None, "act_id": None, "payload": {},
                               "owed_since": datetime.now(UTC)}])  # fmt: skip
        office.owe(20, "plain")
        died = 0
        while died < 2:
            assert office.ready() and office.process.poll() is None
            died = len(office.says("child died"))
            time.sleep(0.05)
        office.wait(lambda: office.cases() == list(range(1, 21)), 30, "the others were not carried out")
        assert office.ready() and office.stop() == 0
    finally:
        office.process.kill()


def test_a_long_drain_does_not_hold_the_closing_up_and_nothing_of_it_counts_as_a_try(office: Running) -> None:
    office.wait(office.ready, 60, "the office did not open")
    office.owe(4_000, "long")
    office.wait(lambda: len(office.cases()) > 0, 60, "the drain did not begin")
    begun = time.monotonic()
    assert office.stop() == 0 and time.monotonic() - begun < 20
    with reading(open_engine(f"sqlite:///{office.env['BANGFU_DATA_DIR']}/bangfu.sqlite3")) as conn:
        left = conn.execute(select(D.c.claimed_until, D.c.lapses).where(D.c.done_at.is_(None))).all()
    assert left and {tuple(row) for row in left} == {(None, 0)}


def test_an_office_that_is_not_set_up_is_told_so_in_a_sentence(tmp_path: Path) -> None:
    env = {**os.environ, "BANGFU_DATA_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-m", "cli", "serve"], env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert "bangfu init" in done.stderr and "Traceback" not in done.stderr
