"""Bringing a database to the present tables, and saying where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from records.engine import reading, writing
from records.types import Fen, Instant
from states.not_allowed import DatabaseAway

MIGRATIONS = "records:migrations"  # found inside the installed package, wherever that is
LOCK = 440512


def upgrade(engine: Engine) -> None:
    """Every missing revision is applied in one transaction; on a database that is up to date nothing happens.

    Two processes that start at once take turns, and the second finds nothing to do.
    """
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        command.upgrade(_config(connection), "head")


def upgrade_in(connection: Connection, revision: str = "head") -> None:
    """Apply what is missing up to a revision, in the caller's transaction."""
    command.upgrade(_config(connection), revision)


def current_in(connection: Connection) -> str | None:
    """The revision that the database of this connection stands at."""
    return MigrationContext.configure(connection).get_current_revision()


def current_revision(engine: Engine) -> str | None:
    """The revision that this database stands at; None when it is empty. Raises DatabaseAway."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    if file and not Path(file).exists():
        return None  # looking must not make the file
    try:
        with reading(engine) as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as no:
        raise DatabaseAway(why=str(no.orig).strip().splitlines()[0]) from no


def pending(engine: Engine) -> tuple[str, ...]:
    """The revisions that this database still lacks, oldest first; empty when it is up to date. Raises DatabaseAway."""
    script = ScriptDirectory.from_config(_config())
    here = current_revision(engine)
    missing = [revision.revision for revision in script.iterate_revisions("heads", here or "base")]
    return tuple(reversed(missing))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    # a revision names database types only, so that it still runs when our own type classes have moved on
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Fen):
        return "sa.BigInteger()"
    return False


OPTIONS: dict[str, Any] = {
    "compare_type": True,
    "compare_server_default": False,
    "render_as_batch": True,
    "render_item": _plain_type,
}
