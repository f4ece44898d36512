"""Noticing reached rungs: which dues reach one, which offices are to be told, each by one digest a day at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.frozen import pack_of
from flows.office import Office
from records import dues, duties, ledger, offices
from records.dues import DueRow
from records.wishes import new_tasks_by_office, wishes_of
from rules.days import ONE_DAY, day_of
from rules.ladder import NEW, Reached, ladder, newly, next_day
from rules.quiet import sendable


@dataclass(frozen=True, slots=True)
class Noticed:
    """A due with the rungs it reaches today, those that were slept through included, and when it is next looked at."""

    due: DueRow
    rungs: tuple[Reached, ...]
    next_on: date | None
    offices: tuple[str, ...]  # who is to be told: who owes it, and from 督办 on the office directly above (R4.4-05)


@dataclass(slots=True)
class Tonight:
    """What a tick tells: per office the dues that call for its digest."""

    noticed: list[Noticed] = field(default_factory=list)
    later: list[Noticed] = field(default_factory=list)  # an office of theirs has had today's digest already
    digests: dict[str, list[Noticed]] = field(default_factory=dict)


def remind(conn: Connection, office: Office, at: datetime) -> int:
    """Turn reached rungs into digests owed, in the caller's transaction; how many dues reached one. A pause is caught
    up in one go: every rung that was slept through is kept, and each office gets one digest."""
    today = day_of(at)
    reached = dues.reached(conn, today)
    if not reached:
        return 0
    tonight = plan(conn, office, reached, today)
    dues.noticed(conn, [(n.due.id, n.next_on) for n in tonight.noticed], today)
    dues.put_off(conn, [n.due.id for n in tonight.later], today + ONE_DAY)
    dues.keep_rungs(conn, [row for n in tonight.noticed for row in _rows(n, today)])
    for code in sorted(tonight.digests):
        _owe_digest(conn, office, code, tonight.digests[code], at)
    late = {n.due.office_code for n in tonight.noticed if any(rung.paper for rung in n.rungs)}
    _owe_letters(conn, sorted(late), at)
    return len(tonight.noticed)


def plan(conn: Connection, office: Office, reached: Sequence[DueRow], today: date) -> Tonight:
    """Which offices are to be told of which dues today; nothing is written."""
    above = offices.parents(conn)
    ladders = Ladders(conn, office, reached)
    looked = [look(ladders, due, above, today) for due in reached]
    keys = {digest_key(code, today): code for n in looked for code in n.offices}
    had = {keys[key] for key in duties.known(conn, list(keys))}
    new_tasks = new_tasks_by_office(conn)
    tonight = Tonight()
    for n in looked:
        if had.intersection(n.offices):
            tonight.later.append(n)
            continue
        tonight.noticed.append(n)
        if _calls(n, new_tasks):
            for code in n.offices:
                tonight.digests.setdefault(code, []).append(n)
    return tonight


class Ladders:
    """The ladder of each due: worked out once for all that begin and end on the same days. A task of a case goes by the
    pack that the case began with, everything else by the office's own."""

    def __init__(self, conn: Connection, office: Office, listed: Sequence[DueRow]) -> None:
        self.office = office
        tasks = [due.subject_id for due in listed if due.subject_kind == "task"]
        frozen = dues.procedures_of(conn, tasks)
        packs = {sha: pack_of(conn, sha, office.packs.values()) for sha in set(frozen.values())}
        self.packs = {task: packs[sha] for task, sha in frozen.items()}
        self.known: dict[tuple[str, date, date, str], tuple[Reached, ...]] = {}

    def of(self, due: DueRow) -> tuple[Reached, ...]:
        own = self.packs.get(due.subject_id) if due.subject_kind == "task" else None
        pack = own or self.office.pack
        key = (pack.sha256, due.starts_on, due.due_on, due.ladder)
        if key not in self.known:
            fixed = pack.remind_days(due.ladder, due.due_on.year)
            self.known[key] = ladder(pack.rungs(), due.starts_on, due.due_on, self.office.calendar, fixed)
        return self.known[key]


def look(ladders: Ladders, due: DueRow, above: Mapping[str, str], today: date) -> Noticed:
    """The rungs that a due reaches between the last look and today, and who is told."""
    steps = ladders.of(due)
    rungs = newly(steps, due.told_until or due.starts_on, today)
    told = [due.office_code]
    if any(rung.to == "office_above" for rung in rungs) and due.office_code in above:
        told.append(above[due.office_code])
    return Noticed(due, rungs, next_day(steps, today), tuple(told))


def digest_key(office_code: str, day: date) -> str:
    """One digest per office and day, whoever ticks."""
    return f"remind:{office_code}:{day}"


def _calls(n: Noticed, new_tasks: Mapping[str, str]) -> bool:
    """Does it call for a digest? What is merely new does, unless the office wants to be told of that otherwise."""
    if any(rung.name != NEW for rung in n.rungs):
        return True
    return bool(n.rungs) and new_tasks.get(n.due.office_code, "digest") == "digest"


def _rows(n: Noticed, today: date) -> Iterable[dict[str, Any]]:
    for rung in n.rungs:
        above = n.offices[1] if rung.to == "office_above" and len(n.offices) > 1 else None
        yield {
            "due_id": n.due.id, "code": rung.code, "name": rung.name, "reached_on": rung.on, "addressee": rung.to,
            "office_code": n.due.office_code, "above_code": above, "paper": rung.paper, "told_on": today,
        }  # fmt: skip


def _owe_digest(conn: Connection, office: Office, code: str, called: Sequence[Noticed], at: datetime) -> None:
    today = day_of(at)
    key = digest_key(code, today)
    quiet = wishes_of(conn, None, code, office.pack.quiet_hours()).quiet
    duties.owe(conn, [{
        "key": key, "kind": "remind", "case_id": None, "act_id": None, "owed_since": at,
        "try_after": sendable(at, quiet), "payload": {"office": code, "day": today.isoformat()},
    }])  # fmt: skip
    body = {"day": today, "dues": {str(n.due.id): [rung.code for rung in n.rungs] for n in called}}
    ledger.add_line(conn, f"office:{code}", "reminded", body, None, at)


def _owe_letters(conn: Connection, codes: Sequence[str], at: datetime) -> None:
    """One letter per office and day, whatever of it has become late: drafted for signature one level above."""
    day = day_of(at).isoformat()
    duties.owe(conn, [
        {"key": f"letter:{code}:{day}", "kind": "draft_letter", "case_id": None, "act_id": None, "owed_since": at,
         "payload": {"office": code, "day": day}}
        for code in codes
    ])  # fmt: skip
