"""Many machines under fault: each piece is a process of its own, as systemd would keep it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from many import POOL, by_asyncpg
from patience import PATIENCE
from ports import free_port
from postgres_here import Postgres, programs
from scene import Scene, Service
from serving import answers

from cli.prefect_children import prefect_env, server_command
from config.serving import read_serving
from config.settings import read_settings

WORKERS = 2
RUN = "PREFECT__FLOW_RUN_ID"  # in the environment of a flow's own process


class Many:
    """PostgreSQL with the office's database and Prefect's, Prefect's server, two workers of a pool, two offices."""

    def __init__(self, home: Path) -> None:
        data = home / "postgres"
        use = programs(data)
        if use is None:
            pytest.skip("the system's PostgreSQL is missing (Debian: apt install postgresql)")
        self._postgres = Postgres(data, use)
        self._postgres.start("bangfu", "prefect")
        self._postgres.stop()  # from now on the scene keeps it
        port = free_port()
        self.scene = Scene(home, self._postgres.url("bangfu"), seed=4, offices=2, prefect=True)
        self.scene.settings = {"BANGFU_PREFECT_URL": f"http://127.0.0.1:{port}/api", "BANGFU_WORK_POOL": POOL}
        self.scene.data.mkdir()
        env = self.scene.env(1)
        self._env = prefect_env(read_settings(env), read_serving(env), env)
        server = {**self._env, "PREFECT_SERVER_DATABASE_CONNECTION_URL": by_asyncpg(self._postgres.url("prefect"))}
        worker = (sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process")
        self._health = f"http://127.0.0.1:{port}/api/health"
        self.scene.services = {
            "postgres": Service(self._postgres.command, env, self._postgres.answers, whole=True, last=True),
            "prefect": Service(server_command(port), server, weight=2),
            **{f"worker{n}": Service((*worker, "--name", f"worker{n}"),
                                     {**self._env, "PREFECT_WORKER_QUERY_SECONDS": "2"}, weight=2)
               for n in range(WORKERS)},
        }  # fmt: skip
        self.scene.extra = {"run": self._kill_run}

    def begin(self) -> None:
        """Everything is up, and Prefect has carried something out, before the first kill."""
        self.scene.start("postgres")
        self.scene.set_up(households=500)
        self.scene.start("prefect")
        self._until(lambda: answers(self._health), "Prefect did not come up")
        command = [sys.executable, "-m", "flows.deployments"]
        subprocess.run(command, env=self._env, check=True, capture_output=True)
        self.scene.start_all()
        self._until(lambda: self._run() is not None, "no worker carries anything out")

    def _until(self, true: Callable[[], bool], why: str) -> None:
        end = time.monotonic() + PATIENCE * 180
        while not true():
            assert time.monotonic() < end, why
            time.sleep(0.2)

    def end(self) -> None:
        """Everything, and the flows' processes that outlived their workers."""
        self.scene.end()
        while self._kill_run():
            pass

    def _run(self) -> psutil.Process | None:
        """A flow's process, of whichever worker; of a worker that was killed too."""
        for process in psutil.process_iter(["environ"]):
            environ = process.info["environ"] or {}
            if RUN in environ and environ.get("BANGFU_DATA_DIR") == str(self.scene.data):
                return process
        return None

    def _kill_run(self) -> bool:
        process = self._run()
        if process is None:
            return False
        with suppress(psutil.NoSuchProcess):
            process.kill()
            process.wait(10)
        return True
