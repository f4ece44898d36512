"""A database that was migrated is the database that records.schema describes, on both kinds."""

from __future__ import annotations

import threading

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from records.engine import reading, writing
from records.migrate import OPTIONS, current_revision, pending, upgrade
from records.migrations.autogen import INITIAL, initial
from records.schema import metadata

POSTGRES_TRUTH = """
SELECT 'column', table_name || '.' || column_name,
       concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default, is_identity)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
ORDER BY 1, 2"""
SQLITE_TRUTH = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"


def truth(connection: Connection) -> list[tuple[str, ...]]:
    """Every column, index and constraint as the database itself tells them, without alembic's own table."""
    query = POSTGRES_TRUTH if connection.dialect.name == "postgresql" else SQLITE_TRUTH
    rows = [tuple(_same_form(str(part)) for part in row) for row in connection.execute(text(query))]
    return [row for row in rows if "alembic_version" not in row[1]]


def _same_form(sql: str) -> str:
    """SQL without the layout that two ways of writing one statement differ in, its clauses in one order."""
    lines = [
        line.strip().rstrip(",") for line in sql.replace("\t", " ").replace(" CONSTRAINT", "\nCONSTRAINT").splitlines()
    ]
    return " ".join(sorted(line for line in lines if line))


def test_a_migrated_database_leaves_alembic_nothing_to_change(empty_engine: Engine) -> None:
    upgrade(empty_engine)

    with reading(empty_engine) as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, metadata) == []


def test_migrating_makes_the_same_tables_indexes_and_checks_as_the_schema(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    with reading(empty_engine) as connection:
        migrated = truth(connection)

    with writing(empty_engine) as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
        made = truth(connection)

    assert migrated == made


def test_an_empty_database_says_what_it_lacks_and_a_migrated_one_lacks_nothing(empty_engine: Engine) -> None:
    assert current_revision(empty_engine) is None
    assert pending(empty_engine) == ("0001",)

    upgrade(empty_engine)

    assert current_revision(empty_engine) == "0001"
    assert pending(empty_engine) == ()


def test_upgrading_twice_changes_nothing(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    upgrade(empty_engine)

    assert set(inspect(empty_engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_two_processes_that_upgrade_at_once_take_turns(empty_engine: Engine) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            upgrade(empty_engine)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert pending(empty_engine) == ()


def test_the_first_revision_is_what_the_schema_asks_for_now() -> None:
    written = INITIAL.read_text(encoding="utf-8")
    assert written == initial(), "run: python -m records.migrations.autogen"


def test_a_test_gets_a_database_that_is_migrated_and_empty(engine: Engine) -> None:
    assert pending(engine) == ()
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM households")).scalar() == 0
