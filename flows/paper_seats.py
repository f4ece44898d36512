"""Who acts upon a paper: the seat of an actor on that day, in another's stead where that was arranged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from records import cases
from records.cases import Seat
from rules.days import day_of
from states.decision import Actor
from states.not_allowed import NotYourPost


def seat_of(conn: Connection, by: Actor, at: datetime) -> Seat:
    """The seat of the one who acts. Raises NotYourPost."""
    on = day_of(at)
    seat = (
        cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
        if by.acting_for_id is None
        else cases.delegated_seat(conn, by.acting_for_id, by.person_id, by.office_code, by.role, on)
    )
    if seat is None:
        raise NotYourPost(person=cases.person_name(conn, by.person_id), day=on, post=by.role)
    return seat
