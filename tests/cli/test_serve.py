"""`bangfu serve` as an operator starts it: a process of its own, on a real database."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from ports import free_port


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    base = {k: v for k, v in os.environ.items() if not k.startswith("BANGFU_") and k != "PYTHONDONTWRITEBYTECODE"}
    made = {**base, "BANGFU_DATA_DIR": str(tmp_path / "data"), "BANGFU_PORT": str(free_port()),
            "BANGFU_HOLD_SECONDS": "2", "BANGFU_BEAT_SECONDS": "1", "LC_ALL": "C.UTF-8"}  # fmt: skip
    subprocess.run([sys.executable, "-m", "cli", "init"], env=made, check=True, capture_output=True)
    return made


@pytest.fixture
def office(env: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "cli", "serve", "--no-prefect"], env=env, stderr=log)
        yield process
        process.kill()
        process.wait()


def wait_ready(env: dict[str, str], seconds: float = 30) -> float:
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            if httpx.get(f"http://127.0.0.1:{env['BANGFU_PORT']}/readyz", timeout=2).status_code == 200:
                return time.monotonic() - begun
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the office did not open")


def test_the_office_opens_serves_and_closes_on_a_signal_with_one_log_of_json(
    env: dict[str, str], office: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    wait_ready(env)
    assert "bangfu_lease_held 1.0" in httpx.get(f"http://127.0.0.1:{env['BANGFU_PORT']}/metrics").text

    office.send_signal(signal.SIGTERM)
    assert office.wait(15) == 0
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert [line["says"] for line in lines if line["from"] == "bangfu.serve"] == ["open", "closed"]
    assert all({"at", "level", "from", "says"} <= line.keys() for line in lines)


def test_an_office_that_is_not_set_up_is_told_so_in_a_sentence(tmp_path: Path) -> None:
    env = {**os.environ, "BANGFU_DATA_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-m", "cli", "serve"], env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert "bangfu init" in done.stderr and "Traceback" not in done.stderr
