"""A PostgreSQL of its own in a folder, from the system's programs (Debian: `postgresql`), for the trial of many machines.

It listens on a socket in its own folder only. No service is touched: one that runs on this machine stays as it is."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cli.children import Child, Children
from records.engine import open_engine, reading

PLACES = "/usr/lib/postgresql/*/bin"  # where Debian keeps one folder per version; elsewhere they are on the PATH
USER = "postgres"  # whom the server runs as where root starts it: it refuses to run as root


@dataclass(frozen=True)
class Programs:
    """The server's programs of one version."""

    folder: Path
    version: int

    def __call__(self, name: str) -> str:
        return str(self.folder / name)


def programs(data: Path) -> Programs | None:
    """The newest programs of this machine, or those that the data were made with; None where there are none of use."""
    if os.geteuid() == 0 and not _known(USER):
        return None
    on_path = shutil.which("initdb")
    folders = [*Path("/").glob(PLACES.lstrip("/")), *([Path(on_path).resolve().parent] if on_path else [])]
    found = [Programs(folder, _version(folder)) for folder in folders if (folder / "initdb").is_file()]
    kept = data / "PG_VERSION"
    if kept.is_file():
        found = [one for one in found if str(one.version) == kept.read_text(encoding="ascii").strip()]
    return max(found, key=lambda one: one.version, default=None)


class Postgres:
    """The server as a child that is started again when it dies."""

    def __init__(self, data: Path, use: Programs) -> None:
        self._data, self._use = data, use
        own = ("-D", str(data), "-k", str(data), "-c", "listen_addresses=", "-c", "logging_collector=off")
        self.command = self._as_user(use("postgres"), *own)
        self._children = Children([Child("postgres", self.command, os.environ, end=signal.SIGINT)])

    def url(self, database: str) -> str:
        """Where a database of it is; whoever may enter the folder may enter the database."""
        return f"postgresql://{self.owner}@/{database}?host={self._data}"

    def start(self, *databases: str) -> None:
        """Make the folder when there is none, start, and see to the databases."""
        if not (self._data / "PG_VERSION").exists():
            self._make()
        self._children.start()
        _until(self.answers, 60, "PostgreSQL does not answer")
        engine = open_engine(self.url("postgres"))
        with reading(engine) as conn:
            there = set(conn.exec_driver_sql("SELECT datname FROM pg_database").scalars())
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            for name in databases:
                if name not in there:
                    conn.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
        engine.dispose()

    def stop(self) -> None:
        """End it at once and in order, whoever is still connected."""
        self._children.stop()

    def _make(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self._data, USER, USER)
            self._data.parent.chmod(self._data.parent.stat().st_mode | 0o011)  # so that its user finds its folder
        made = subprocess.run(
            self._as_user(self._use("initdb"), "-D", str(self._data), "-U", self.owner, "--auth=trust",
                          "--encoding=UTF8", "--locale=C"),
            capture_output=True, text=True, cwd="/",
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr[-1000:]}")

    @property
    def owner(self) -> str:
        """The superuser of its databases."""
        return USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def answers(self) -> bool:
        """It takes connections."""
        command = [self._use("pg_isready"), "-q", "-h", str(self._data), "-U", self.owner, "-d", "postgres"]
        return subprocess.run(command, check=False).returncode == 0

    @staticmethod
    def _as_user(*command: str) -> tuple[str, ...]:
        """The command as it is, or, where root starts it, as the server's user, ended with its parent all the same."""
        if os.geteuid() != 0:
            return command
        return ("setpriv", "--reuid", USER, "--regid", USER, "--init-groups", "--pdeathsig", "INT", *command)


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split("(PostgreSQL)")[1].strip().split(".")[0])


def _until(true: Callable[[], bool], seconds: float, why: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise RuntimeError(why)
        time.sleep(0.1)
