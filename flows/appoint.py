"""Appointing people to posts, with the terms on record."""

from __future__ import annotations

from datetime import date, datetime

from flows.office import Office
from records import alerts, ledger, offices
from records.engine import writing
from states.decision import Actor


def appoint(
    office: Office, name: str, office_code: str, role: str, since: date, at: datetime, phone: str | None = None
) -> Actor:
    """Put a new person into a post from a day; an alert about the empty post is closed. Raises NoSuchPost."""
    with writing(office.records) as conn:
        person = offices.add_person(conn, name, offices.ROLE_TITLES.get(role), phone)
        offices.appoint(conn, person, office_code, role, since)
        alerts.close_alert(conn, f"empty-post:{office_code}:{role}", at)
        body = {"person": person, "office": office_code, "role": role, "since": since}
        ledger.add_line(conn, f"office:{office_code}", "appointed", body, {"name": name}, at)
    return Actor(person, office_code, role)
