"""The visits that each main leader owes every year (R4.2-12): made by the calendar, and passed on when a post changes
hands in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Connection

from flows.office import Office
from flows.routines.routine import Asked, Report
from records import areas, help, obligations, offices
from records.engine import writing
from rules.days import day_of

KIND = "leader_visit"


class Visits(Asked):
    """The year whose visits are owed; without it the present one."""

    year: int | None = Field(default=None, title="年度", ge=2000, le=2100)


@dataclass(frozen=True, slots=True)
class _Term:
    """Which year's visits of which role, how many each, as of today."""

    role: str
    year: int
    times: int
    due: date
    today: date


def leader_visits(office: Office, at: datetime, asked: Visits) -> Report:
    """Every main leader owes so many visits in the year; each is owed once, however often this runs."""
    today = day_of(at)
    year = asked.year or today.year
    made: list[tuple[str, str, int]] = []
    if office.pack.entry("visits.leaders").status == "UNSET":
        return Report("政策包没有设置须走访的领导岗位，未安排走访。")
    times, due = office.pack.integer("visits.min_per_leader", "安排走访"), office.pack.word("visits.due", "安排走访")
    with writing(office.records) as conn:
        for role in office.pack.texts("visits.leaders", "安排走访"):
            term = _Term(role, year, times, date.fromisoformat(f"{year}-{due}"), today)
            for desk in offices.with_post(conn, role):
                if count := _owe(conn, desk, term):
                    made.append((desk.name, offices.ROLE_TITLES.get(role, role), count))
    return Report(f"{year}年新增走访{sum(n for _, _, n in made)}次。", ("单位", "岗位", "次数"), made)


def _owe(conn: Connection, desk: Any, term: _Term) -> int:
    first, last = date(term.year, 1, 1), date(term.year, 12, 31)
    there = [row for row in obligations.of_office(conn, KIND, desk.code, first, last) if row.role == term.role]
    holders = [row.person_id for row in offices.holders(conn, desk.code, term.role, term.today)]
    free = [person for person in holders if person not in {row.person_id for row in there}]
    free = _pass_on(conn, there, holders, free)
    path = areas.office_path(conn, desk.code, term.today)
    for person in free:
        for n in range(1, term.times + 1):
            help.oblige(conn, {
                "kind": KIND, "key": f"visit:{desk.code}:{term.role}:{term.year}:{person}:{n}",
                "title": f"{term.year}年带队走访贫困户（第{n}次）", "office_code": desk.code, "role": term.role,
                "person_id": person, "area_path": path, "starts_on": min(term.today, term.due), "due_on": term.due,
            }, ladder="visits")  # fmt: skip
    return len(free) * term.times


def _pass_on(conn: Connection, there: Sequence[Any], holders: Sequence[int], free: list[int]) -> list[int]:
    """What somebody who left the post still owed is owed by the successor; returns who is left without any."""
    left = list(dict.fromkeys(row.person_id for row in there if row.person_id not in holders and row.done_on is None))
    for gone, successor in zip(left, free, strict=False):
        for row in there:
            if row.person_id == gone and row.done_on is None and row.lapsed_on is None:
                obligations.pass_on(conn, row.id, successor)
    return free[len(left) :]
