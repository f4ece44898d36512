"""Noticing that time has passed: what has come due is turned into rows, with no effect outside the database."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flows.handover import back_to_posts
from flows.office import Office
from flows.reminding import remind
from flows.routines import owe_routines
from flows.taking_down import take_down_ended
from flows.watching import watch
from records import ledger
from records.engine import one_at_a_time, writing
from rules.days import BEIJING, day_of


def tick(office: Office, at: datetime, routines: bool = False) -> list[tuple[str, str]]:
    """Take down what has hung long enough, say what is not well, owe digests of what reached a rung, seal
    the days that are over. Returns (name, text) of new seals, which the caller exports outside the database. Running it
    twice changes nothing more. With `routines` what the system does by itself on certain days is owed too."""
    today = day_of(at)
    seals: list[tuple[str, str]] = []
    with writing(office.records) as conn:
        one_at_a_time(conn, "tick")
        back_to_posts(conn, today, at)
        take_down_ended(conn, today, at)
        watch(conn, at)
        remind(conn, office, at)
        for day in ledger.days_to_seal(conn, today):
            midnight = datetime.combine(day + timedelta(days=1), time(), BEIJING)
            text = ledger.seal_day(conn, day, midnight, at)
            if text is not None:
                seals.append((f"{day}.json", text))
        if routines:
            owe_routines(conn, office, at)
    return seals
