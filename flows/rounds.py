"""Rounds (批次): one meeting, one notice, one sitting covers many cases; the verdict stays each case's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.decide import decide_in
from flows.frozen import procedure_of
from flows.office import Office
from flows.papers import act_duties, notice_duty
from records import areas, cases, duties, ledger, rounds
from records.engine import reading, writing
from rules.days import day_of
from states.decision import Actor, Decision, Evidence, MadeBy
from states.not_allowed import ListEmpty, NoSuch, NotAllowed, NotAtThisStep, NotYourPost
from states.procedure import Step, Verdict


@dataclass(frozen=True, slots=True)
class Say:
    """The verdict on one case of an act, with what is the case's own."""

    verdict: Verdict = Verdict.APPROVE
    opinion: str = "同意"
    fields: Mapping[str, object] = field(default_factory=dict)
    back_to: str | None = None
    made_by: MadeBy | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One act upon many cases: the step, each case's verdict, and what they share."""

    step: str
    says: Mapping[int, Say]
    by: Actor
    at: datetime
    area_code: str
    round_id: int | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    made_by: MadeBy | None = None


@dataclass(frozen=True, slots=True)
class ActResult:
    """What came of an act: per case the verdict that stands, and the sentence why where it was held back."""

    act_id: int
    done: Mapping[int, Verdict]
    held: Mapping[int, str]


def open_round(
    office: Office, procedure: str, area_code: str, year: int, title: str, at: datetime, pack_id: str | None = None
) -> int:
    """Open a round for an area and a year; cases join it when they start."""
    on = day_of(at)
    with writing(office.records) as conn:
        path = areas.path_of(conn, area_code, on)
        if path is None:
            raise NoSuch(what="区划", key=area_code)
        made = rounds.open_round(conn, {
            "procedure": procedure, "pack_id": pack_id or office.pack.id, "area_code": area_code, "area_path": path,
            "year": year, "title": title, "opened_on": on,
        })  # fmt: skip
        ledger.add_line(conn, f"round:{made}", "opened", {"round": made, "area": area_code, "year": year}, None, at)
        return made


def waiting_at(office: Office, round_ids: Sequence[int], step: str) -> list[int]:
    """The cases of those rounds that wait at that step."""
    with reading(office.records) as conn:
        return rounds.cases_at(conn, round_ids, step)


def settle_list(
    office: Office, step: str, case_ids: Sequence[int], by: Actor, at: datetime, area_code: str, posts_on: date,
    round_id: int | None = None,
) -> int:  # fmt: skip
    """Settle the list of a notice that is to be posted on a day: it is then drafted, signed by a person, and posted
    with `act` on that day, since the notice prints its own period.

    Returns the act's id. Raises ListEmpty, or NotAtThisStep naming the case that stands elsewhere."""
    on = day_of(at)
    with writing(office.records) as conn:
        if not case_ids:
            raise ListEmpty(step=step)
        seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
        if seat is None:
            raise NotYourPost(person=by.person_id, day=on, post=by.role)
        here = _all_at(conn, case_ids, step)
        act_id = _add_act(conn, office, step, area_code, round_id, {"posts_on": posts_on}, at)
        rounds.cover(conn, act_id, [(case, "listed", None) for case in case_ids])
        body = {
            "act": act_id,
            "step": step,
            "cases": list(case_ids),
            "posts_on": posts_on,
            "office": seat.office,
            "post": seat.post,
        }
        ledger.add_line(conn, f"act:{act_id}", "listed", body, {"by": seat.person}, at)
        duties.owe(conn, notice_duty(here, act_id, at))
        return act_id


def act(office: Office, deed: Act) -> ActResult:
    """Carry out one act: each case is decided by `decide`, all in one transaction; one that may not pass is held back
    with its reason and does not hold the others."""
    with writing(office.records) as conn:
        return _act(conn, office, deed)


def act_if_any(office: Office, deed: Act) -> ActResult:
    """`act`; but one that decides nothing (a vote left out of the minutes) leaves nothing behind, only its reasons."""
    with writing(office.records) as conn, conn.begin_nested() as trial:
        result = _act(conn, office, deed)
        if not result.done:
            trial.rollback()
        return result


def rehearse(office: Office, deed: Act) -> ActResult:
    """What `act` would do, with the same reasons: everything is written and taken back."""
    with writing(office.records) as conn:
        trial = conn.begin_nested()
        result = _act(conn, office, deed)
        trial.rollback()
        return result


def _act(conn: Connection, office: Office, deed: Act) -> ActResult:
    act_id = _add_act(conn, office, deed.step, deed.area_code, deed.round_id, dict(deed.fields), deed.at)
    done: dict[int, Verdict] = {}
    held: dict[int, str] = {}
    for case_id, say in deed.says.items():
        try:
            with conn.begin_nested():
                decide_in(conn, office, _decision(deed, act_id, case_id, say))
            done[case_id] = say.verdict
        except NotAllowed as no:
            held[case_id] = str(no)
    _keep(conn, deed, act_id, done, held)
    return ActResult(act_id, done, held)


def _decision(deed: Act, act_id: int, case_id: int, say: Say) -> Decision:
    approving = say.verdict is Verdict.APPROVE
    return Decision(
        case_id, deed.step, say.verdict, deed.by, deed.at, say.opinion,
        fields={**(deed.fields if approving else {}), **say.fields}, evidence=deed.evidence,
        made_by=say.made_by or deed.made_by, back_to=say.back_to, act_id=act_id,
    )  # fmt: skip


def _keep(conn: Connection, deed: Act, act_id: int, done: Mapping[int, Verdict], held: Mapping[int, str]) -> None:
    outcomes = [(case, verdict.value, None) for case, verdict in done.items()]
    rounds.cover(conn, act_id, [*outcomes, *((case, "held", why) for case, why in held.items())])
    body = {"act": act_id, "step": deed.step, "done": {str(c): v.value for c, v in done.items()},
            "held": sorted(held)}  # fmt: skip
    ledger.add_line(conn, f"act:{act_id}", "act", body, {"held": {str(c): w for c, w in held.items()}}, deed.at)
    some = next(iter(done), None)
    if some is not None:
        duties.owe(conn, act_duties(_step(conn, some, deed.step), act_id, deed.at))


def _step(conn: Connection, case_id: int, key: str) -> Step:
    case = cases.see_case(conn, case_id)
    assert case is not None
    return procedure_of(conn, case.procedure_sha256).step(key)


def _all_at(conn: Connection, case_ids: Sequence[int], step: str) -> Step:
    found: Step | None = None
    for case_id in case_ids:
        case = cases.see_case(conn, case_id)
        if case is None:
            raise NoSuch(what="办件", key=case_id)
        procedure = procedure_of(conn, case.procedure_sha256)
        found = procedure.step(step)
        if case.step != step or case.closed_on is not None:
            raise NotAtThisStep(case=case.number, now=procedure.step(case.step).title, step=found.title)
    assert found is not None
    return found


def _add_act(
    conn: Connection, office: Office, step: str, area_code: str, round_id: int | None, facts: dict[str, Any],
    at: datetime,
) -> int:  # fmt: skip
    on = day_of(at)
    path = areas.path_of(conn, area_code, on)
    if path is None:
        raise NoSuch(what="区划", key=area_code)
    plain = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in facts.items()}
    return rounds.add_act(conn, {
        "round_id": round_id, "step": step, "area_code": area_code, "area_path": path, "on": on, "facts": plain,
        "at": at,
    })  # fmt: skip
