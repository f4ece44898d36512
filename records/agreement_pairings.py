"""What pairings that changed ask of a year's agreements: which no longer fit, and whether any is lacking."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select

from records import schema
from records.standing import HELPED

G, PR, E = schema.agreements, schema.pairings, schema.enrolments
_BOUND = ("split", "signed_one", "signed_all", "in_force", "mid_reported")


def _on(table: Any, day: date) -> ColumnElement[bool]:
    return and_(table.c.valid_from <= day, or_(table.c.valid_to.is_(None), table.c.valid_to > day))


def is_issued(conn: Connection, year: int, pack_id: str) -> bool:
    """Has the district issued agreements with units for that year?"""
    found = select(G.c.id).where(G.c.year == year, G.c.pack_id == pack_id, G.c.code == "D-22", G.c.number.is_not(None))
    return conn.execute(found.limit(1)).first() is not None


def of_helpers_gone(conn: Connection, year: int, day: date) -> list[Row[Any]]:
    """Helpers' agreements whose helper is paired with nobody any more and whose households others took over this year."""
    now, later = PR.alias("now"), PR.alias("later")
    still = select(now.c.id).where(
        now.c.office_code == G.c.from_office, now.c.person_id == G.c.person_id, _on(now, day)
    )
    taken = (
        select(PR.c.id).join(later, and_(later.c.household_id == PR.c.household_id, _on(later, day)))
        .where(PR.c.office_code == G.c.from_office, PR.c.person_id == G.c.person_id, PR.c.valid_to <= day,
               PR.c.valid_to >= date(year, 1, 1))
    )  # fmt: skip
    query = select(G).where(
        G.c.code == "D-22A", G.c.year == year, G.c.status.in_(_BOUND), ~still.exists(), taken.exists()
    )
    return list(conn.execute(query.order_by(G.c.id).with_for_update()))


def of_other_units(conn: Connection, year: int, day: date) -> list[Row[Any]]:
    """Household agreements with a unit that is no longer the one that helps the household."""
    other = select(PR.c.id).where(
        PR.c.household_id == G.c.household_id, PR.c.office_code != G.c.from_office, _on(PR, day)
    )
    query = select(G).where(G.c.code == "D-19", G.c.year == year, G.c.status.in_(_BOUND), other.exists())
    return list(conn.execute(query.order_by(G.c.id).with_for_update()))


def is_lacking(conn: Connection, year: int, pack_id: str, day: date) -> bool:
    """Is a household paired without an agreement of its own, or with a helper who has none with the unit?"""
    kept = select(G.c.id).where(G.c.year == year, G.c.status != "void")
    own = kept.where(G.c.code == "D-19", G.c.household_id == PR.c.household_id)
    helpers = kept.where(G.c.code == "D-22A", G.c.from_office == PR.c.office_code, G.c.person_id == PR.c.person_id)
    query = (
        select(PR.c.id).join(E, E.c.household_id == PR.c.household_id)
        .where(E.c.pack_id == pack_id, E.c.state.in_(HELPED), _on(PR, day), or_(~own.exists(), ~helpers.exists()))
    )  # fmt: skip
    return conn.execute(query.limit(1)).first() is not None
