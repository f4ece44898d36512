"""Pairings that change in the middle of a year: the agreement with the helper and the household's own are made anew, to
be signed within the pack's days (R4.2-02, R4.2-08, domain 3.14). A helper who is replaced within the unit signs the
household's agreement as a successor (`handover`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from flows.agreements.draft import Which, draft_in
from flows.agreements.issue import owe_papers
from flows.agreements.reporting import void_in
from flows.office import Office
from records import agreement_pairings as pairings
from records import agreements
from records.cases import Seat
from records.engine import one_at_a_time, writing
from rules.days import day_of

SYSTEM = Seat(0, "系统", "系统", "系统", "", "")
GONE = "帮扶责任人变动：其结对户已由他人帮扶，由接任者另签责任书"
MOVED = "结对帮扶单位变动：由现帮扶单位与该户另签协议"
KINDS = ("D-22A", "D-19")


@dataclass(frozen=True, slots=True)
class Followed:
    """How many agreements ended with their pairings, and how many were made."""

    ended: int = 0
    made: int = 0


def follow_pairings(office: Office, at: datetime) -> Followed:
    """Bring the year's agreements up to the pairings of the day, once they were issued at all: running it again changes
    nothing. What is made is owed as papers, and reminds whoever must sign it like any other."""
    year, on = day_of(at).year, day_of(at)
    with writing(office.records) as conn:
        if not pairings.is_issued(conn, year, office.pack.id):
            return Followed()
        one_at_a_time(conn, f"agreements:{year}")
        ended = [(row, GONE) for row in pairings.of_helpers_gone(conn, year, on)]
        ended += [(row, MOVED) for row in pairings.of_other_units(conn, year, on)]
        for row, why in ended:
            void_in(conn, row, why, SYSTEM, at)
        return Followed(len(ended), _make(conn, office, year, at))


def _make(conn: Connection, office: Office, year: int, at: datetime) -> int:
    if not pairings.is_lacking(conn, year, office.pack.id, day_of(at)):
        return 0
    made = draft_in(conn, office, Which(year, at, KINDS, "pairing"), SYSTEM)
    owe_papers(conn, agreements.to_issue_of_pairings(conn, year), SYSTEM.person, at)
    return sum(made.values())
