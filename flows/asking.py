"""What a person could decide on a case now, and why not: the same checks that a decision goes through, nothing written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from flows.frozen import pack_of
from flows.guards import GUARDS
from flows.moment import Moment
from flows.office import Office
from flows.seats import check_apart, task_of
from records.cases import CaseRow, OpenTask, Seat
from rules.days import day_of
from states.case import check_verdict
from states.decision import Actor, Decision
from states.not_allowed import NotAllowed
from states.procedure import Procedure, Step, Verdict

WITH_FORM = frozenset({"surveyors", "quorum", "measures_valid", "changes_valid"})  # asked once the form is filled
UNWRITTEN = "（待填写）"


@dataclass(frozen=True, slots=True)
class Offer:
    """One verdict that the step knows, and the sentence why it cannot be given now (None: it can)."""

    verdict: Verdict
    why: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about which case: what every question here needs."""

    conn: Connection
    office: Office
    case: CaseRow
    procedure: Procedure
    seat: Seat
    at: datetime

    @property
    def step(self) -> Step:
        return self.procedure.step(self.case.step)


def my_task(asked: Asked) -> OpenTask:
    """The open task that the seat decides. Raises NotAllowed with the reason why there is none."""
    return task_of(asked.conn, asked.case, asked.step, asked.seat)


def offers(asked: Asked, filled: Mapping[str, Any]) -> list[Offer]:
    """Every verdict of the step, in its order. `filled` is what the form says so far."""
    return [Offer(verdict, _why_not(asked, verdict, filled)) for verdict in asked.step.verdicts]


def _why_not(asked: Asked, verdict: Verdict, filled: Mapping[str, Any]) -> str | None:
    step, seat = asked.step, asked.seat
    try:
        check_verdict(asked.procedure, asked.case, step.key, verdict, UNWRITTEN)
        my_task(asked)
        if verdict in (Verdict.APPROVE, Verdict.REFUSE):
            check_apart(asked.procedure, step, asked.case, (seat.person_id, seat.acting_for_id), seat.person)
        if verdict is Verdict.APPROVE:
            moment = moment_of(asked, verdict, {**_unwritten(asked), **filled})
            for name in step.guards:
                if name not in WITH_FORM:
                    GUARDS[name](moment)
    except NotAllowed as no:
        return str(no)
    return None


def moment_of(asked: Asked, verdict: Verdict, filled: Mapping[str, Any]) -> Moment:
    """The decision as it would be made now, with the form as it stands."""
    case, step, seat = asked.case, asked.step, asked.seat
    by = Actor(seat.person_id, seat.office_code, seat.role, seat.acting_for_id)
    facts = {**case.facts, step.key: {**case.facts.get(step.key, {}), **filled}}
    pack = pack_of(asked.conn, case.procedure_sha256, asked.office.packs.values())
    decision = Decision(case.id, step.key, verdict, by, asked.at)
    return Moment(asked.conn, asked.office, pack, case, asked.procedure, step, decision, seat, day_of(asked.at), facts)


def _unwritten(asked: Asked) -> dict[str, Any]:
    """What stands in the form's place while nobody has filled it, so that only the register's reasons are told."""
    kinds = {"text": UNWRITTEN, "date": day_of(asked.at).isoformat()}
    return {blank.key: kinds[blank.kind] for blank in asked.step.blanks if blank.kind in kinds}
