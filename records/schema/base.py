"""What every table shares: one metadata, how keys and constraints are named, states as a CHECK."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, MetaData, literal_column, text
from statemachine import StateMachine

from records.types import Id
from states.table import state_names

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def words(column: str, machine: type[StateMachine]) -> str:
    """The CHECK that keeps a column to the states of its machine."""
    return f"{column} IN ({', '.join(repr(value) for value in state_names(machine))})"


def row_id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def only(condition: str) -> dict[str, Any]:
    """What an Index is given to hold only the rows with that condition, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def word(value: str) -> ColumnElement[str]:
    """A word of our own, written into a statement instead of sent beside it.

    Where an index holds only the rows with that word, a database that is sent the word has to plan the statement anew
    each time it runs to know that the index serves. Never for a value from outside. Raises ValueError on a quote."""
    if "'" in value:
        raise ValueError(f"{value!r} is not one of our words")
    return literal_column(f"'{value}'")
