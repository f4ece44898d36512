"""The exit gate: every condition is answered by a dated finding with evidence and a verifier; no answer is a no.

R1.3-01…R1.3-06, R4.3-06; domain 4.1, 4.2, 4.5. A yearly target never enters here, and the area's public services
(一相当, R1.3-03) are an indicator, not a condition of a household.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.days import in_chinese
from rules.income import Sheet
from rules.lines import ExitLine
from rules.register import ABLE


class Track(StrEnum):
    """Which test a household's means are put to."""

    LABOUR = "labour"
    NO_LABOUR = "no_labour"

    @property
    def chinese(self) -> str:
        return {"labour": "有劳动能力", "no_labour": "完全或部分丧失劳动能力"}[self.value]


@dataclass(frozen=True, slots=True)
class Condition:
    """One item of the pack's checklist."""

    code: str
    title: str
    clause: str
    may_not_apply: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A dated finding about one condition."""

    condition: str
    verdict: str  # met, not_met, not_applicable
    found_on: date
    verifier: str
    evidence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a household does not pass: fit to be printed."""

    code: str
    chinese: str
    clause: str


@dataclass(frozen=True, slots=True)
class GateInput:
    """All that the gate looks at, as of a day."""

    as_of: date
    track: Track
    conditions: Sequence[Condition]
    findings: Sequence[Found]
    sheet: Sheet | None
    line: ExitLine | None
    safety_net: bool  # a member has 低保 or 特困 in force
    stability: str  # why the income is expected to last
    helped: bool  # a helper and at least one measure on record
    oldest: date | None = None  # findings made before it are out of date, where the pack says how long one holds


@dataclass(frozen=True, slots=True)
class GateResult:
    """Passes when there is no reason why not; `answers` are the findings that counted, by condition."""

    reasons: tuple[Reason, ...]
    answers: dict[str, Found]

    @property
    def passes(self) -> bool:
        return not self.reasons


def suggest_track(labour: Iterable[str | None]) -> Track | None:
    """The track that the members' labour classes suggest: with labour when anyone is able. None when nobody's class is
    known. A person decides; households between the tracks exist (R1.3-05, domain 10.5)."""
    known = [word for word in labour if word]
    if not known:
        return None
    return Track.LABOUR if any(word in ABLE for word in known) else Track.NO_LABOUR


def exit_gate(given: GateInput) -> GateResult:
    """Judge a household. Later findings supersede earlier ones; findings after the day are not yet known."""
    answers = latest(given.findings, given.as_of)
    reasons = [*_conditions(given, answers), *_means(given)]
    if not given.stability.strip():
        reasons.append(Reason("stability", "没有说明收入是否稳定", "R1.3-06"))
    if not given.helped:
        reasons.append(Reason("help", "没有帮扶责任人或帮扶措施的记录", "R4.1-04"))
    return GateResult(tuple(reasons), answers)


def latest(findings: Iterable[Found], as_of: date) -> dict[str, Found]:
    """The finding that counts for each condition on that day."""
    answers: dict[str, Found] = {}
    for found in sorted(findings, key=lambda f: f.found_on):
        if found.found_on <= as_of:
            answers[found.condition] = found
    return answers


def _conditions(given: GateInput, answers: dict[str, Found]) -> list[Reason]:
    reasons = []
    for condition in given.conditions:
        found = answers.get(condition.code)
        why = _unmet(condition, found) or _out_of_date(condition, found, given.oldest)
        if why:
            reasons.append(Reason(condition.code, why, condition.clause))
    return reasons


def _unmet(condition: Condition, found: Found | None) -> str | None:
    if found is None:
        return f"“{condition.title}”没有认定"
    if not found.verifier.strip():
        return f"“{condition.title}”没有认定人"
    match found.verdict:
        case "met":
            return None if found.evidence else f"“{condition.title}”没有佐证材料"
        case "not_applicable":
            if not condition.may_not_apply:
                return f"“{condition.title}”不得填不适用"
            return None if found.note else f"“{condition.title}”填不适用而没有说明理由"
        case _:
            return f"“{condition.title}”于{in_chinese(found.found_on)}认定为不达标"


def _out_of_date(condition: Condition, found: Found | None, oldest: date | None) -> str | None:
    if found is None or oldest is None or found.found_on >= oldest:
        return None
    return f"“{condition.title}”于{in_chinese(found.found_on)}认定，已超过有效期，须重新认定"


def _means(given: GateInput) -> list[Reason]:
    if given.track is Track.NO_LABOUR:
        ok = given.safety_net
        return [] if ok else [Reason("safety_net", "完全或部分丧失劳动能力而未纳入低保、特困", "R1.3-05")]
    if given.sheet is None:
        return [Reason("income", "没有当年的收入核算表", "R1.3-04")]
    if given.line is None:
        return [Reason("line", "当年的退出收入标准尚未设定", "R1.3-04")]
    if given.sheet.reaches(given.line.amount):
        return []
    says = f"人均可支配收入{given.sheet.per_head.plain}元，低于{given.line.year}年标准{given.line.amount.plain}元"
    return [Reason("income", says, "R1.3-04")]
