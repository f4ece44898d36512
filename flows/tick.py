"""Noticing that time has passed: what has come due is turned into rows, with no effect outside the database."""

from __future__ import annotations

from datetime import datetime

from flows.handover import back_to_posts
from flows.keeping import seal_days
from flows.office import Office
from flows.reminding import remind
from flows.routines import owe_routines
from flows.taking_down import take_down_ended
from flows.watching import watch
from records.engine import one_at_a_time, writing
from rules.days import day_of


def tick(office: Office, at: datetime, routines: bool = False) -> list[tuple[str, str]]:
    """Take down what has hung long enough, say what is not well, owe digests of what reached a rung, seal
    the days that are over. Returns (name, text) of new seals, which the caller exports outside the database. Running it
    twice changes nothing more. With `routines` what the system does by itself on certain days is owed too."""
    today = day_of(at)
    with writing(office.records) as conn:
        one_at_a_time(conn, "tick")
        back_to_posts(conn, today, at)
        take_down_ended(conn, today, at)
        watch(conn, at)
        remind(conn, office, at)
        if routines:
            owe_routines(conn, office, at)
    return seal_days(office, at)
