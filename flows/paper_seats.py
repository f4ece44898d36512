"""Who acts upon a paper: the seat of an actor on that day, in another's stead where that was arranged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from flows.seats import seat_for
from records import cases
from records.cases import Seat
from rules.days import day_of
from states.decision import Actor


def seat_of(conn: Connection, by: Actor, at: datetime) -> Seat:
    """The seat of the one who acts. Raises NotYourPost."""
    on = day_of(at)
    held = cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
    return seat_for(conn, by, held, on, None)
