"""Who would be told what: a rehearsal of the next digests, of which nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from flows.digests import Digest, compose, readers
from flows.office import Office
from flows.reminding import remind
from records import cases, dues, offices
from records.engine import rehearsing
from records.wishes import CHANNELS, wishes_of
from rules.days import day_of


@dataclass(frozen=True, slots=True)
class Told:
    """One reader of one office's digest, and the channels that it would go by beside the inbox."""

    office_code: str
    office: str
    person: str
    channels: tuple[str, ...]
    digest: Digest


def tonight(office: Office, at: datetime) -> list[Told]:
    """What a tick at that moment would tell, office by office; nothing is written."""
    today = day_of(at)
    told: list[Told] = []
    with rehearsing(office.records) as conn:
        remind(conn, office, at)
        for code in dues.digests_of(conn, today):
            told.extend(_office(conn, office, code, today))
    return told


def _office(conn: Connection, office: Office, code: str, today: date) -> list[Told]:
    told = []
    rungs = dues.told_to(conn, code, today)
    for reader in readers(conn, code, rungs, today):
        digest = compose(conn, office, code, rungs, reader, today)
        if digest is not None:
            person = reader.who.person_id
            wishes = wishes_of(conn, person, code, office.pack.quiet_hours())
            reached = {"email": wishes.email, "sms": wishes.mobile, "wecom": code}
            ways = tuple(CHANNELS[c] for c in wishes.channels if c in office.channels and reached[c]
                         and office.channels[c].reaches(str(reached[c])))  # fmt: skip
            name = cases.person_name(conn, person) or str(person)
            told.append(Told(code, offices.name_of(conn, code), name, ways, digest))
    return told
