"""Starting a case: the procedure is frozen on it, its first tasks opened, its first ledger line written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.frozen import freeze, procedure_of
from flows.office import Office
from flows.papers import forms_for
from flows.procedures import procedure_for
from flows.seats import seat_for
from flows.tasks import tasks_of
from flows.webhooks import announce, of_case
from records import areas, case_writing, cases, duties, ledger, seals
from records.cases import CaseRow, Seat
from records.engine import deciding
from rules.days import day_of
from states.case import CaseLife
from states.decision import Actor
from states.not_allowed import NoSuch, OpenAlready, OutsideYourArea

HELPERS = (
    "helper",
    "helper_head",
)  # their office stands in the district's area; their business is the paired households


@dataclass(frozen=True, slots=True)
class Start:
    """A case to be started: the procedure, what it is about, where, and by whom."""

    procedure: str
    subject_kind: str
    subject_id: int
    title: str
    area_code: str
    by: Actor | None  # None: the system starts it, because of a day or a flag
    at: datetime
    year: int | None = None
    round_id: int | None = None
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    pack_id: str | None = None


def start(office: Office, case: Start) -> CaseRow:
    """Start a case, or nothing. Raises NotAllowed: one is running already, the post or the area is not the starter's."""
    with deciding(office.records) as conn:
        return start_in(conn, office, case)


def start_in(conn: Connection, office: Office, case: Start) -> CaseRow:
    """`start` inside a transaction that the caller holds."""
    on = day_of(case.at)
    seat = None
    if case.by is not None:
        held = cases.seat_of(conn, case.by.person_id, case.by.office_code, case.by.role, on)
        seat = seat_for(conn, case.by, held, on, case.procedure)
    area_path = areas.path_of(conn, case.area_code, on)
    if area_path is None:
        raise NoSuch(what="区划", key=case.area_code)
    if seat is not None:
        _in_area(conn, seat, area_path, case, on)
    _not_running(conn, case)
    row = _row(conn, office, case, area_path)
    added = case_writing.add_case(conn, row)
    case_id = added.id
    body = {"case": case_id, "procedure": case.procedure, "subject": f"{case.subject_kind}:{case.subject_id}",
            "pack": row["pack_id"], "frozen": row["procedure_sha256"],
            "office": seat.office if seat else "系统", "post": seat.post if seat else "系统"}  # fmt: skip
    by = {"by": seat.person if seat else "系统"}
    if seat is not None and seat.acting_for:
        by["acting_for"] = seat.acting_for
    begun = CaseRow(**{**row, "id": case_id, "version": 1})
    first = procedure_of(conn, row["procedure_sha256"]).first
    openings = tasks_of(conn, office, begun, first, case.at, at_once=added.at_once)
    head = case_writing.add_line(conn, case_id, "started", body, by, case.at, ledger.START, openings)
    begun = replace(begun, line_seq=head.seq, line_hash=head.hash)
    duties.owe(conn, forms_for(begun, first, case.at))
    if added.subscribed:
        announce(conn, [of_case("case.opened", str(begun.id), begun, step=begun.step)], case.at)
    return begun


def _row(conn: Connection, office: Office, case: Start, area_path: str) -> dict[str, Any]:
    pack = office.packs[case.pack_id] if case.pack_id else office.pack
    procedure = procedure_for(pack, case.procedure)
    on = day_of(case.at)
    return {
        "procedure": procedure.key, "procedure_sha256": freeze(conn, procedure, pack, case.at), "pack_id": pack.id,
        "subject_kind": case.subject_kind, "subject_id": case.subject_id, "title": case.title,
        "area_code": case.area_code, "area_path": area_path, "year": case.year or on.year, "round_id": case.round_id,
        "status": CaseLife.running.value, "step": procedure.first.key, "return_to": None, "facts": dict(case.facts), "parts": [],
        "started_on": on, "started_by": case.by.person_id if case.by else None, "closed_on": None, "line_seq": 0,
        "line_hash": seals.GENESIS,
    }  # fmt: skip


def _in_area(conn: Connection, seat: Seat, area_path: str, case: Start, on: date) -> None:
    """A starter's office lies above the subject, or the starter is the household's own helper, or stands in for that helper."""
    if seat.role not in HELPERS and areas.office_path(conn, seat.office_code, on) in _above(area_path):
        return
    helper = cases.helper_desk(conn, case.subject_id, on) if case.subject_kind == "household" else None
    if helper is None or helper.helper_person_id != (seat.acting_for_id or seat.person_id):
        raise OutsideYourArea(what=case.title)


def _above(path: str) -> set[str]:
    parts = path.strip("/").split("/")
    return {"/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))}


def _not_running(conn: Connection, case: Start) -> None:
    if case.procedure == "objection":
        return
    running = cases.open_case_of(conn, case.procedure, case.subject_kind, case.subject_id)
    if running is not None:
        raise OpenAlready(subject=case.title, procedure=procedure_of(conn, running.procedure_sha256).title,
                          case=running.number)  # fmt: skip
