"""The ledger's dated facts within a scope, streamed in the order of household numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from records import schema
from records.register import on_day

H, HV, S, F, PR, O, PE = (
    schema.households, schema.household_versions, schema.income_sheets, schema.findings, schema.pairings,
    schema.offices, schema.people,
)  # fmt: skip
STREAM = {"yield_per": 2_000}
_HOME = H.join(HV, HV.c.household_id == H.c.id)


def incomes_within(conn: Connection, scope: ColumnElement[bool]) -> Iterator[Any]:
    """Income sheets in force."""
    query = (
        select(H.c.number, S.c.year, S.c.heads, S.c["items"]).select_from(_HOME.join(S, S.c.household_id == H.c.id))
        .where(scope, HV.c.valid_to.is_(None), S.c.superseded_at.is_(None)).order_by(H.c.number, S.c.year)
    )  # fmt: skip
    yield from conn.execute(query.execution_options(**STREAM))


def findings_within(conn: Connection, day: date, scope: ColumnElement[bool]) -> Iterator[Any]:
    """Findings made by that day."""
    query = (
        select(H.c.number, F.c.condition, F.c.verdict, F.c.found_on, F.c.certifier, F.c.verifier, F.c.evidence, F.c.note)
        .select_from(_HOME.join(F, F.c.household_id == H.c.id))
        .where(scope, HV.c.valid_to.is_(None), F.c.found_on <= day).order_by(H.c.number, F.c.id)
    )  # fmt: skip
    yield from conn.execute(query.execution_options(**STREAM))


def pairings_within(conn: Connection, day: date, scope: ColumnElement[bool]) -> Iterator[Any]:
    """Pairings in force on that day."""
    query = (
        select(H.c.number, HV.c.area_path, O.c.name.label("unit"), PE.c.name.label("helper"),
               PE.c.title.label("helper_title"), PR.c.valid_from)
        .select_from(_HOME.join(PR, PR.c.household_id == H.c.id).join(O, O.c.code == PR.c.office_code)
                     .join(PE, PE.c.id == PR.c.person_id))
        .where(scope, on_day(HV, day), on_day(PR, day)).order_by(H.c.number)
    )  # fmt: skip
    yield from conn.execute(query.execution_options(**STREAM))
