"""Which papers a decision makes us owe; the keys are stable, so that owing twice is owing once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flows.moment import Moment
from records.cases import CaseRow
from states.case import Outcome
from states.procedure import Step, Verdict

RECEIPT = "D-7B"  # goes out with a letter and comes back signed by whoever received it


def duties_for(moment: Moment, outcome: Outcome) -> list[dict[str, Any]]:
    """The duties that a decision brings: papers of this step, and forms to print for the step that opens."""
    case, at = moment.case, moment.decision.at
    return [*_papers(moment), *(forms_for(case, outcome.opens, at, case.version) if outcome.opens else ())]


def forms_for(case: CaseRow, step: Step, at: datetime, version: int = 0) -> list[dict[str, Any]]:
    """The forms that people sign by hand in a step, owed on entering it (again after each return)."""
    return [
        _duty("print_form", f"form:{code}:case:{case.id}:{step.key}:{version}", code, step.key, at, case_id=case.id)
        for code in step.prints
    ]


def act_duties(step: Step, act_id: int, at: datetime) -> list[dict[str, Any]]:
    """The papers owed once for an act that covers many cases."""
    return [
        _duty("draft_paper", f"paper:{code}:act:{act_id}", code, step.key, at, act_id=act_id)
        for code in step.act_issues
    ]


def notice_duty(step: Step, act_id: int, at: datetime) -> list[dict[str, Any]]:
    """The notice owed for a list that was settled: drafted, then signed by a person, then posted."""
    assert step.notice is not None
    return [_duty("draft_paper", f"paper:{step.notice}:act:{act_id}", step.notice, step.key, at, act_id=act_id)]


def _papers(moment: Moment) -> Iterator[dict[str, Any]]:
    verdict = moment.decision.verdict
    codes: tuple[str, ...] = ()
    if verdict is Verdict.APPROVE:
        codes = moment.step.issues
        if moment.decision.act_id is None:
            codes += moment.step.act_issues  # one case decided by itself: the act's papers are its own
    elif verdict is Verdict.REFUSE:
        codes = moment.step.refusal_issues
    for code in codes:
        key = f"paper:{code}:case:{moment.case.id}:{moment.step.key}:{moment.case.version}"
        kind = "print_form" if code == RECEIPT else "draft_paper"
        yield _duty(kind, key, code, moment.step.key, moment.decision.at, case_id=moment.case.id)


def _duty(
    kind: str, key: str, code: str, step: str, at: datetime, case_id: int | None = None, act_id: int | None = None
) -> dict[str, Any]:
    return {
        "key": key, "kind": kind, "case_id": case_id, "act_id": act_id, "owed_since": at,
        "payload": {"code": code, "step": step},
    }  # fmt: skip
