"""What offices owe by a day without any approval (责任事项): set one level down, done with evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from config.pack import Ask, ObligationSpec
from flows.blanks import read_blanks
from flows.office import Office
from flows.seats import seat_for
from records import areas, cases, help, ledger, obligations, offices, register
from records.cases import Seat
from records.engine import writing
from rules.days import day_of, in_chinese
from states.decision import Actor, Evidence
from states.not_allowed import (
    DoneByItsCase,
    DoneOutOfTime,
    EvidenceMissing,
    FieldMissing,
    FieldWrong,
    NoSuch,
    NotOneLevelDown,
    NotYourObligation,
    ObligationOver,
)
from states.procedure import Blank, Step

BY_CASE: Mapping[str, str] = {"revisit": "回访办件"}  # done by a case of their own, with its form
ROUNDS = "round_"  # done when the last case of the yearly round is done


@dataclass(frozen=True, slots=True)
class Done:
    """How an obligation was done: when, with what, on what evidence, and who puts it on record."""

    obligation_id: int
    by: Actor
    on: date
    report: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation that somebody sets for an office: its kind in the pack, what it is about, until when."""

    kind: str
    office_code: str
    title: str
    due_on: date
    by: Actor


def set_obligation(office: Office, owed: Owed, at: datetime) -> int:
    """Set an obligation for the own office or for one directly below (R4.4-05); returns its id."""
    on, spec = day_of(at), known_spec(office, owed.kind)
    if owed.due_on < on:
        raise FieldWrong(field="期限", why="不能早于今日。")
    if not owed.title.strip():
        raise FieldMissing(step=spec.title, fields="事项")
    with writing(office.records) as conn:
        seat = _seat(conn, owed.by, on)
        target = offices.office(conn, owed.office_code)
        if seat.office_code not in (target.code, target.parent_code):
            raise NotOneLevelDown(office=target.name, own=seat.office)
        path = areas.office_path(conn, target.code, on)
        key = f"set:{owed.kind}:{target.code}:{owed.due_on}:{owed.title.strip()}"[:128]
        made = help.oblige(conn, {
            "kind": owed.kind, "key": key, "title": f"{spec.title}：{owed.title.strip()}"[:128],
            "office_code": target.code, "area_path": path, "starts_on": on, "due_on": owed.due_on,
            "asked": {"by": f"{seat.office}{seat.post}"},
        })  # fmt: skip
        if made is None:
            raise ObligationOver(title=owed.title, why="已经布置过，不必重复布置")
        body = {"obligation": made, "kind": owed.kind, "due": owed.due_on, "by_office": seat.office}
        ledger.add_line(conn, f"office:{target.code}", "obliged", body, {"by": seat.person, "title": owed.title}, at)
        return made


def do_obligation(office: Office, done: Done, at: datetime) -> None:
    """Put on record that an obligation is done, by somebody of the office that owes it. Raises NotAllowed with the reason."""
    with writing(office.records) as conn:
        row = obligations.lock(conn, done.obligation_id)
        if row is None:
            raise NoSuch(what="责任事项", key=done.obligation_id)
        _still_owed(row)
        seat = _seat(conn, done.by, day_of(at))
        if seat.office_code != row.office_code:
            raise NotYourObligation(title=row.title, office=offices.name_of(conn, row.office_code))
        _in_time(row, done.on, day_of(at))
        spec = spec_of(office, row.kind)
        report = _report(conn, spec, done.report)
        given = {e.kind for e in done.evidence}
        if missing := [kind for kind in wants_of(spec) if kind not in given]:
            raise EvidenceMissing(step=row.title, needed="、".join(missing))
        kept = [{"kind": e.kind, "name": e.name, "sha256": e.sha256} for e in done.evidence]
        values = {
            "done_on": done.on,
            "report": report,
            "evidence": kept,
            "recorded_by": _signed(seat),
            "recorded_at": at,
        }
        obligations.keep_done(conn, row.id, values)
        body = {"obligation": row.id, "kind": row.kind, "done_on": done.on, "office": seat.office, "post": seat.post,
                "evidence": [e.sha256 for e in done.evidence], "report_sha256": ledger.digest_of(report)}  # fmt: skip
        ledger.add_line(conn, f"office:{row.office_code}", "obligation_done", body, _personal(seat), at)


def spec_of(office: Office, kind: str) -> ObligationSpec:
    """How that kind of obligation is done; one that the pack does not know asks for evidence alone."""
    return office.pack.obligation_kinds().get(kind, ObligationSpec(kind, "责任事项", (), ()))


def known_spec(office: Office, kind: str) -> ObligationSpec:
    """How a kind of the pack is done. Raises NoSuch with the kinds that there are, DoneByItsCase for one that is a case."""
    if kind in BY_CASE:
        raise DoneByItsCase(title=kind, how=BY_CASE[kind])
    known = office.pack.obligation_kinds()
    if kind not in known:
        raise NoSuch(what=f"责任事项种类（现有：{'、'.join(f'{key}{known[key].title}' for key in known)}）", key=kind)
    return known[kind]


def _still_owed(row: Any) -> None:
    if how := why_not_by_hand(row.kind):
        raise DoneByItsCase(title=row.title, how=how)
    if row.done_on is not None:
        raise ObligationOver(title=row.title, why=f"已于{in_chinese(row.done_on)}办结")
    if row.lapsed_on is not None:
        raise ObligationOver(title=row.title, why=f"已于{in_chinese(row.lapsed_on)}因故不再需要办理")


def _in_time(row: Any, on: date, today: date) -> None:
    if on > today:
        raise DoneOutOfTime(day=in_chinese(on), why="晚于今日")
    if row.kind == "leader_visit" and on.year != row.due_on.year:
        raise DoneOutOfTime(day=in_chinese(on), why=f"不在{row.due_on.year}年内，不能计入该年度的走访")


def form_of(spec: ObligationSpec) -> Step:
    """What is filled in when an obligation of that kind is done, as a step's form."""
    return Step(spec.kind, spec.title, "street", "street_clerk", blanks=tuple(_blank(ask) for ask in spec.asks))


def wants_of(spec: ObligationSpec) -> tuple[str, ...]:
    """The kinds of evidence without which it does not count as done."""
    return spec.evidence or ("佐证材料",)


def why_not_by_hand(kind: str) -> str:
    """What does an obligation of that kind by itself; empty for one that a person puts on record as done."""
    return BY_CASE.get(kind) or ("批次中的办件；全部办结后本事项自动办结" if kind.startswith(ROUNDS) else "")


def _report(conn: Connection, spec: ObligationSpec, given: Mapping[str, object]) -> dict[str, Any]:
    report = read_blanks(form_of(spec), given)
    for ask in spec.asks:
        if ask.must and report.get(ask.key) is not True:
            raise FieldWrong(field=ask.title, why="须为是，否则不能计入。")
        if ask.kind == "households":
            unknown = [str(n) for n in report.get(ask.key, []) if register.id_of(conn, str(n)) is None]
            if unknown:
                raise FieldWrong(field=ask.title, why=f"登记簿中没有{'、'.join(unknown)}。")
    return report


def _blank(ask: Ask) -> Blank:
    kind: Any = "list" if ask.kind == "households" else ask.kind
    return Blank(ask.key, ask.title, kind, ask.required)


def _seat(conn: Connection, by: Actor, on: date) -> Seat:
    """The post somebody acts in, in another's stead where that was arranged. Raises NotYourPost."""
    return seat_for(conn, by, cases.seat_of(conn, by.person_id, by.office_code, by.role, on), on, None)


def _personal(seat: Seat) -> dict[str, str]:
    return {"by": seat.person, **({"acting_for": seat.acting_for} if seat.acting_for else {})}


def _signed(seat: Seat) -> str:
    return f"{seat.person}（代{seat.acting_for}）"[:64] if seat.acting_for else seat.person
