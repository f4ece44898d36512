"""Copies of a whole database as of one moment, taken while people work, and put back whole or not at all.

SQLite: its own backup interface. PostgreSQL: every table by COPY inside one snapshot; no external program is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from records import cases, papers
from records.engine import open_engine, reading, writing
from records.migrate import current_in, upgrade_in

SQLITE_FILE = "database.sqlite3"
TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Copied:
    """What stands in a copy: its revision, and what the filing store must hold beside it."""

    kind: str
    revision: str
    issued: Sequence[tuple[str, str]]  # (file key, SHA-256) of every issued paper
    running: int


def copy_out(engine: Engine, folder: Path) -> Copied:
    """Write the database as of one moment into the folder."""
    if engine.dialect.name == "sqlite":
        return _sqlite_out(engine, folder / SQLITE_FILE)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn, conn.begin():
        return _tables_out(conn, folder / TABLES)


def copy_in(engine: Engine, folder: Path, revision: str) -> None:
    """Put a copy into an empty database, in one transaction; on SQLite the file appears whole or not at all."""
    if engine.dialect.name == "sqlite":
        _sqlite_in(engine, folder / SQLITE_FILE)
        return
    with writing(engine) as conn:
        upgrade_in(conn, revision)
        for table in _tables(conn):
            _table_in(conn, folder / TABLES / f"{table}.copy", table)


def is_empty(engine: Engine) -> bool:
    """Has nobody kept anything in this database yet?"""
    path = engine.url.database
    if engine.dialect.name == "sqlite" and path and not Path(path).exists():
        return True
    with reading(engine) as conn:
        return inspect(conn).get_table_names() == []


def row_counts(conn: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {name: int(conn.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()) for name in _tables(conn)}


def _sqlite_out(engine: Engine, path: Path) -> Copied:
    with closing(engine.raw_connection()) as source, closing(sqlite3.connect(path)) as target:
        held: Any = source.driver_connection
        held.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    return look_into(path)


def look_into(path: Path) -> Copied:
    """What stands in a copied SQLite file."""
    copy = open_engine(f"sqlite:///{path}")
    try:
        with reading(copy) as conn:
            return _copied(conn, "sqlite")
    finally:
        copy.dispose()
        with closing(sqlite3.connect(path)) as last:
            last.execute("PRAGMA journal_mode=DELETE")


def _copied(conn: Connection, kind: str) -> Copied:
    issued = [(row.file_key, row.sha256) for row in papers.issued_files(conn)]
    return Copied(kind, current_in(conn) or "", issued, cases.count_running(conn))


def _sqlite_in(engine: Engine, source: Path) -> None:
    path = Path(str(engine.url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".part-{path.name}")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(part)) as target:
        copy.backup(target)
    part.replace(path)


def _tables_out(conn: Connection, folder: Path) -> Copied:
    copied = _copied(conn, "postgresql")
    folder.mkdir()
    driver: Any = conn.connection.driver_connection
    for table in _tables(conn):
        columns = ", ".join(f'"{column["name"]}"' for column in inspect(conn).get_columns(table))
        with (folder / f"{table}.copy").open("wb") as file, driver.cursor() as cursor:
            file.write(f"{columns}\n".encode())
            with cursor.copy(f'COPY "{table}" ({columns}) TO STDOUT') as rows:
                for part in rows:
                    file.write(part)
    return copied


def _table_in(conn: Connection, path: Path, table: str) -> None:
    driver: Any = conn.connection.driver_connection
    with path.open("rb") as file, driver.cursor() as cursor:
        columns = file.readline().decode().strip()
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as rows:
            while part := file.read(1 << 20):
                rows.write(part)
    own = conn.execute(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": f'"{table}"'}).scalar() \
        if '"id"' in columns.split(", ") else None  # fmt: skip
    if own:
        conn.execute(
            text(f'SELECT setval(:own, coalesce(max(id), 1), max(id) IS NOT NULL) FROM "{table}"'), {"own": own}
        )


def _tables(conn: Connection) -> list[str]:
    """Every table of ours, those that others refer to first."""
    ordered = [name for name, _ in inspect(conn).get_sorted_table_and_fkc_names() if name]
    return [name for name in ordered if name != "alembic_version"]
