"""The ledger's dated facts within a scope, streamed in the order of household numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, or_, select

from records import schema
from records.register import on_day
from records.seals import start_of
from rules.days import ONE_DAY
from rules.register import HEAD

H, HV, S, F, PR, O, PE, M, PV = (
    schema.households, schema.household_versions, schema.income_sheets, schema.findings, schema.pairings,
    schema.offices, schema.people, schema.memberships, schema.person_versions,
)  # fmt: skip
STREAM = {"yield_per": 2_000}
_HOME = H.join(HV, HV.c.household_id == H.c.id)


def _heads(day: date) -> Subquery:
    """Who was the head of each household on that day."""
    return (
        select(M.c.household_id, PV.c.name.label("head")).select_from(M.join(PV, PV.c.person_id == M.c.person_id))
        .where(M.c.relation == HEAD, on_day(M, day), on_day(PV, day)).subquery()
    )  # fmt: skip


def incomes_within(conn: Connection, day: date, scope: ColumnElement[bool]) -> Iterator[Any]:
    """Income sheets that were in force on that day."""
    over, heads = start_of(day + ONE_DAY), _heads(day)
    query = (
        select(H.c.number, heads.c.head, S.c.year, S.c.heads, S.c["items"])
        .select_from(_HOME.join(S, S.c.household_id == H.c.id).outerjoin(heads, heads.c.household_id == H.c.id))
        .where(scope, on_day(HV, day), S.c.recorded_at < over,
               or_(S.c.superseded_at.is_(None), S.c.superseded_at >= over)).order_by(H.c.number, S.c.year)
    )  # fmt: skip
    yield from conn.execute(query.execution_options(**STREAM))


def findings_within(conn: Connection, day: date, scope: ColumnElement[bool]) -> Iterator[Any]:
    """Findings made by that day."""
    heads = _heads(day)
    query = (
        select(H.c.number, heads.c.head, F.c.condition, F.c.verdict, F.c.found_on, F.c.certifier, F.c.verifier, F.c.evidence, F.c.note)
        .select_from(_HOME.join(F, F.c.household_id == H.c.id).outerjoin(heads, heads.c.household_id == H.c.id))
        .where(scope, on_day(HV, day), F.c.found_on <= day).order_by(H.c.number, F.c.id)
    )  # fmt: skip
    yield from conn.execute(query.execution_options(**STREAM))


def pairings_within(conn: Connection, day: date, scope: ColumnElement[bool]) -> Iterator[Any]:
    """Pairings in force on that day."""
    heads = _heads(day)
    query = (
        select(H.c.number, heads.c.head, HV.c.area_path, O.c.name.label("unit"), PE.c.name.label("helper"),
               PE.c.title.label("helper_title"), PR.c.valid_from)
        .select_from(_HOME.join(PR, PR.c.household_id == H.c.id).join(O, O.c.code == PR.c.office_code)
                     .join(PE, PE.c.id == PR.c.person_id).outerjoin(heads, heads.c.household_id == H.c.id))
        .where(scope, on_day(HV, day), on_day(PR, day)).order_by(H.c.number)
    )  # fmt: skip
    yield from conn.execute(query.execution_options(**STREAM))
