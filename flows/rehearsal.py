"""The papers that a decision would produce, drawn up before it is made: read, and thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flows.asking import Asked, moment_of
from flows.fills import FILLS, Draft
from rules.days import day_of
from states.not_allowed import NotAllowed
from states.procedure import Step, Verdict


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One paper as it would read, or the sentence that says what is missing yet."""

    code: str
    title: str
    docx: bytes | None
    why: str | None


def codes_of(step: Step, verdict: Verdict) -> Sequence[str]:
    """The papers that this verdict owes at this step."""
    match verdict:
        case Verdict.APPROVE:
            return tuple(dict.fromkeys((*step.issues, *step.act_issues)))
        case Verdict.REFUSE:
            return step.refusal_issues
        case _:
            return ()


def rehearse(asked: Asked, verdict: Verdict, filled: Mapping[str, Any]) -> list[Rehearsed]:
    """Every paper of the verdict with the form as it stands."""
    return [_rehearse(asked, code, verdict, filled) for code in codes_of(asked.step, verdict) if code in FILLS]


def _rehearse(asked: Asked, code: str, verdict: Verdict, filled: Mapping[str, Any]) -> Rehearsed:
    moment, fill = moment_of(asked, verdict, filled), FILLS[code]
    case = replace(asked.case, facts=moment.facts)
    draft = Draft(asked.conn, asked.office, moment.pack, code, asked.step.key, day_of(asked.at), case.area_path, case,
                  None, (case.id,))  # fmt: skip
    try:
        paper = fill.make(draft)
        paper.texts()
        return Rehearsed(code, paper.title, paper.render(), None)
    except NotAllowed as no:
        return Rehearsed(code, str(fill.paper.__doc__ or code).strip().splitlines()[0], None, str(no))
