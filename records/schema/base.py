"""What every table shares: one metadata, how keys and constraints are named, states as a CHECK."""

from __future__ import annotations

from sqlalchemy import Column, MetaData
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
