"""`bangfu serve` as an operator starts it: a process of its own, on a real database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Running, office_env, set_up


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
    assert "bangfu_lease_held 1.0" in httpx.get(f"{office.url}/metrics").text

    assert office.stop() == 0
    lines = [json.loads(line) for line in office.log.read_text(encoding="utf-8").splitlines()]
    assert [line["says"] for line in lines if line["from"] == "bangfu.serve"] == ["open", "closed"]
    assert all({"at", "level", "from", "says"} <= line.keys() for line in lines)


def test_without_prefect_the_ticker_carries_duties_out(office: Running) -> None:
    office.owe(60, "plain")
    office.wait(lambda: office.open_duties() == 0, 60, "duties were not carried out")
    assert office.cases() == list(range(1, 61))
    assert sum(line["done"] for line in office.says("drained")) >= 60


def test_an_office_that_is_not_set_up_is_told_so_in_a_sentence(tmp_path: Path) -> None:
    env = {**os.environ, "BANGFU_DATA_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-m", "cli", "serve"], env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert "bangfu init" in done.stderr and "Traceback" not in done.stderr
