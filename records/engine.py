"""How a database is opened: SQLite (WAL, one writer at a time) by default, PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event, insert, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGExecutionContext_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.util import LRUCache

from records.types import from_json, to_json

BUSY_MS = 30_000
DatabaseFault = SQLAlchemyError  # after one of these nothing more can be read in its transaction
THREADS = 40  # requests that one process works on at once: each has a connection at hand


def open_engine(url: str) -> Engine:
    """An engine whose every transaction on SQLite takes the write lock at BEGIN (no upgrade deadlocks)."""
    url = url.replace("postgresql://", "postgresql+piped://", 1).replace("sqlite://", "sqlite+immediate://", 1)
    own: dict[str, Any] = {}
    if url.startswith("postgresql"):
        own = {"pool_size": 10, "max_overflow": THREADS - 10, "connect_args": {"cursor_factory": _Brief}}
    engine = create_engine(
        url, **own, json_serializer=to_json, json_deserializer=from_json, pool_pre_ping=False,
        hide_parameters=True,  # an error is logged and kept beside its duty: what was written must not be in it
        execution_options={"compiled_cache": _Statements()},
    )  # fmt: skip
    if engine.dialect.name == "sqlite":
        event.listen(engine.pool, "connect", _prepare_sqlite)
    return engine


class _Statements(LRUCache[Any, Any]):
    """SQLAlchemy's cache of statements, in which one that is kept is found as the object that it is: to find it by all
    that it says took a tenth of a decision's time."""

    def __init__(self) -> None:
        super().__init__(500)
        self._kept: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        _, says, columns, *more = key
        place = (id(says), columns, *more)
        kept = self._kept.get(place)
        if kept is not None and kept[0] is says:
            return kept[1]
        found = super().get(key, default)
        if found is not None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[place] = (says, found)
        return found


_KEPT = 2_000


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # `Immediate` starts transactions, not the driver
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def url_of(engine: Engine) -> str:
    """The URL that opens the same database again, password included, as the settings take it."""
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)


class Immediate(SQLiteDialect_pysqlite):
    """SQLite whose transactions begin with the write lock, unless the connection says that it only reads.

    A dialect and not a listener on "begin": one listener makes SQLAlchemy look for more at every statement."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute("BEGIN" if dbapi_connection.info.pop(_READS, False) else "BEGIN IMMEDIATE")


class _Brief(psycopg.Cursor[Any]):
    """Tells of a result's columns the name and the type, which is all that SQLAlchemy asks; the driver looks five more
    facts up for each column of each result, a twentieth of a decision's time."""

    @property
    def description(self) -> Any:
        result = self.pgresult
        if result is None or not result.nfields:
            return super().description
        return _Columns(result)


class _Columns(Sequence[Any]):
    """Read when somebody asks, which SQLAlchemy does at a statement's first result and at no other."""

    def __init__(self, result: Any) -> None:
        self._result = result

    def __len__(self) -> int:
        return int(self._result.nfields)

    def __getitem__(self, n: Any) -> Any:
        result = self._result
        return [((result.fname(n) or b"").decode(), result.ftype(n), None, None, None, None, None)
                for n in range(result.nfields)][n]  # fmt: skip


class _Piped(PGExecutionContext_psycopg):
    """Waits for what a statement of `deciding` returns, and for nothing else."""

    def post_exec(self) -> None:
        pipeline = getattr(self.cursor.connection, _PIPELINE, None)
        if pipeline is None or self.execution_options.get("blind"):
            return
        if self.statement.startswith(("SELECT", "WITH")) or " RETURNING " in self.statement:
            pipeline.sync()


class Piped(PGDialect_psycopg):
    """PostgreSQL whose statements may travel together (`deciding`)."""

    supports_statement_cache = True
    execution_ctx_cls = _Piped

    def do_commit(self, dbapi_connection: Any) -> None:
        if getattr(dbapi_connection, _PIPELINE, None) is None:
            super().do_commit(dbapi_connection)  # type: ignore[no-untyped-call]
        else:  # `deciding` waits for it where it leaves the pipeline: one journey less
            dbapi_connection.execute("COMMIT", prepare=False)

    def do_rollback(self, dbapi_connection: Any) -> None:
        try:
            super().do_rollback(dbapi_connection)  # type: ignore[no-untyped-call]
        except psycopg.errors.PipelineAborted:  # what came behind the refused statement was skipped, which is now known
            super().do_rollback(dbapi_connection)  # type: ignore[no-untyped-call]


registry.register("sqlite.immediate", __name__, Immediate.__name__)
registry.register("postgresql.piped", __name__, Piped.__name__)
_READS, _PIPELINE = "bangfu_reads", "bangfu_pipeline"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database; nothing is written through it."""
    with engine.connect() as connection:
        connection.info[_READS] = True
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: everything in it is kept, or nothing."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Connection]:
    """One transaction of which nothing is kept, whatever happens in it."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@contextmanager
def deciding(engine: Engine) -> Iterator[Connection]:
    """`writing` for many small statements: on PostgreSQL those that return nothing travel together with the commit.

    Row counts are not known in it, so what is written here must be held by a lock; an error of the database is raised at
    the latest when it is left, and then nothing is kept."""
    if engine.dialect.name != "postgresql":
        with writing(engine) as connection:
            yield connection
        return
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        try:
            with driver.pipeline() as pipeline:
                setattr(driver, _PIPELINE, pipeline)
                try:
                    with connection.begin():
                        yield connection
                finally:
                    delattr(driver, _PIPELINE)
        except psycopg.Error as fault:  # what was written or its commit was refused, as SQLAlchemy says it
            raise DBAPIError.instance(None, None, fault, psycopg.Error, hide_parameters=True) from fault


def database_now(conn: Connection) -> datetime:
    """The database's own clock: what two processes on two machines agree on."""
    if conn.dialect.name == "postgresql":
        found: datetime = conn.execute(text("SELECT clock_timestamp()")).scalar_one()
        return found
    return datetime.fromisoformat(conn.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')")).scalar_one())


def one_at_a_time(conn: Connection, what: str) -> None:
    """Whoever asks for the same thing waits until this transaction ends. On SQLite there is one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what})


@cache
def into(table: Table) -> Insert:
    """The statement that puts rows into a table, made once."""
    return insert(table)


def insert_row(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert one row and return its id."""
    key = connection.execute(into(table), values).inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows of the same columns in few statements and return their ids in the order given."""
    if not rows:
        return []
    made = connection.execute(insert(table).returning(table.c.id, sort_by_parameter_order=True), rows)
    return [int(key) for key in made.scalars()]
