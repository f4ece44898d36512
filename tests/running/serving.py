"""An office as a process of its own, for tests that look at it from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
from patience import PATIENCE
from ports import free_port
from sqlalchemy import Engine, func, select

from records import duties, schema
from records.engine import open_engine, reading, writing

D = schema.duties


def office_env(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of an office of its own, with short times."""
    base = {k: v for k, v in os.environ.items() if not k.startswith("BANGFU_") and k != "PYTHONDONTWRITEBYTECODE"}
    return {**base, "BANGFU_DATA_DIR": str(folder / "data"), "BANGFU_PORT": str(free_port()),
            "BANGFU_PREFECT_PORT": str(free_port()), "BANGFU_HOLD_SECONDS": "2", "BANGFU_BEAT_SECONDS": "1",
            "BANGFU_PATIENCE_SECONDS": "15", "LC_ALL": "C.UTF-8", **settings}  # fmt: skip


def set_up(env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "cli", "init"], env=env, check=True, capture_output=True)


class Running:
    """`bangfu serve`, its pages, its log and its database."""

    def __init__(self, env: dict[str, str], log: Path, command: Sequence[str] = ("-m", "cli", "serve")) -> None:
        self.env, self.log = env, log
        self.url = f"http://127.0.0.1:{env['BANGFU_PORT']}"
        self.api = f"http://127.0.0.1:{env['BANGFU_PREFECT_PORT']}/api"
        self.begun = time.monotonic()
        with log.open("ab") as out:
            self.process = subprocess.Popen([sys.executable, *command], env=env, stderr=out)
        default = f"sqlite:///{env['BANGFU_DATA_DIR']}/bangfu.sqlite3"
        self.records: Engine = open_engine(env.get("BANGFU_DATABASE_URL", default))

    def wait(self, what: Callable[[], Any], seconds: float, why: str) -> Any:
        """What comes true within the time; the log is shown when it does not."""
        end = time.monotonic() + PATIENCE * seconds
        while time.monotonic() < end:
            if found := what():
                return found
            time.sleep(0.1)
        raise AssertionError(f"{why}\n{self.log.read_text(encoding='utf-8')[-4000:]}")

    def ready(self) -> bool:
        return answers(f"{self.url}/readyz")

    def prefect_ready(self) -> bool:
        return answers(f"{self.api}/health")

    def says(self, sentence: str) -> list[dict[str, Any]]:
        """The lines of the log that say so."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in map(json.loads, lines) if line["says"] == sentence]

    def runs(self) -> list[dict[str, Any]]:
        answer = httpx.post(f"{self.api}/flow_runs/filter", json={"sort": "ID_DESC"}, timeout=60)
        return list(answer.json())

    def child(self, name: str) -> psutil.Process:
        """The newest process of that child."""
        return psutil.Process([line["pid"] for line in self.says("child started") if line["child"] == name][-1])

    def owe(self, count: int, tag: str) -> None:
        """So many duties that open nothing and draft nothing: a routine that reports."""
        now = datetime.now(UTC)
        with writing(self.records) as conn:
            duties.owe(conn, [
                {"key": f"{tag}:{n}", "kind": "open_case", "case_id": None, "act_id": None, "owed_since": now,
                 "payload": {"procedure": "exit", "subject_id": n + 1, "area_code": "440512001001",
                             "title": f"第{n}户", "pack_id": "haojiang-2017"}}
                for n in range(count)
            ])  # fmt: skip

    def open_duties(self) -> int:
        with reading(self.records) as conn:
            return int(
                conn.execute(select(func.count()).where(D.c.done_at.is_(None), D.c.failed_at.is_(None))).scalar_one()
            )

    def cases(self) -> list[int]:
        with reading(self.records) as conn:
            return list(conn.execute(select(schema.cases.c.subject_id).order_by(schema.cases.c.subject_id)).scalars())

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()
            self.records.dispose()


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1).status_code == 200
    except httpx.TransportError:
        return False
