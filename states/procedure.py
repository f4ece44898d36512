"""A procedure is a value: its steps, who acts in each, in what time, and what follows. Cases keep it frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

from rules.days import CalendarDays, Limit, WorkingDays
from states.not_allowed import NoSuch

Level = Literal["household", "community", "street", "district", "group", "helper", "department", "above", "supervised"]
Part = Literal["maker", "checker", "approver", "none"]
Mode = Literal["any", "all", "in_order"]

PARTS: Mapping[str, str] = {"maker": "经办", "checker": "审核", "approver": "审批", "none": "办理"}


class Verdict(StrEnum):
    """What a person may say at a step."""

    APPROVE = "approve"
    SEND_BACK = "send_back"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"

    @property
    def chinese(self) -> str:
        return {
            "approve": "通过",
            "send_back": "退回",
            "refuse": "不予通过",
            "withdraw": "撤销",
            "take_back": "撤回",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Blank:
    """One field that a step's form asks for. `kind` decides how a door reads it and how it is checked."""

    key: str
    title: str
    kind: Literal["text", "date", "count", "money", "choice", "people", "flag", "list"] = "text"
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step (环节) of a procedure."""

    key: str
    title: str
    level: Level
    role: str  # the post's role code in the office of that level, e.g. "community_clerk"
    part: Part = "none"
    within: Limit | None = None
    verdicts: tuple[Verdict, ...] = (Verdict.APPROVE, Verdict.SEND_BACK, Verdict.REFUSE)
    blanks: tuple[Blank, ...] = ()
    evidence: tuple[str, ...] = ()  # kinds of evidence that an approval must carry
    made_by: str | None = None  # the capacity of somebody without an account who decides here (truth 2)
    guards: tuple[str, ...] = ()  # names in flows.guards.GUARDS, asked before an approval
    effects: tuple[str, ...] = ()  # names in flows.effects.EFFECTS, written with an approval
    moves: str | None = None  # the event sent to the household's path by an approval
    prints: tuple[str, ...] = ()  # forms owed on entering the step (hand-signed)
    issues: tuple[str, ...] = ()  # papers owed per case when the step is approved
    refusal_issues: tuple[str, ...] = ()  # papers owed per case when the step is refused
    act_issues: tuple[str, ...] = ()  # papers owed once per act, covering all cases it passed
    notice: str | None = None  # the public paper that must be issued before this step posts it
    together: bool = False  # may be done as one act of a round (meeting, notice, sitting)
    mode: Mode = "any"
    seats: tuple[str, ...] = ()  # for mode all / in_order: the roles that sign, in order; empty means (role,)

    @property
    def roles(self) -> tuple[str, ...]:
        return self.seats or (self.role,)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure (事项) as a pack builds it."""

    key: str
    title: str
    subject: Literal["household", "case", "import", "agreement", "project", "office", "supervision"]
    steps: tuple[Step, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    rounds: Literal["year", "none"] = "none"
    applicant_may_withdraw: bool = True
    failed_moves: str | None = None  # the event sent to the household's path by a refusal or a withdrawal
    failed_effects: tuple[str, ...] = ()  # names in flows.effects.EFFECTS, written with a refusal or a withdrawal

    def step(self, key: str) -> Step:
        for step in self.steps:
            if step.key == key:
                return step
        raise NoSuch(what=f"“{self.title}”的环节", key=key)

    def index(self, key: str) -> int:
        return self.steps.index(self.step(key))

    @property
    def first(self) -> Step:
        return self.steps[0]

    def after(self, key: str) -> Step | None:
        following = self.index(key) + 1
        return self.steps[following] if following < len(self.steps) else None

    def before(self, key: str) -> tuple[Step, ...]:
        return self.steps[: self.index(key)]

    def frozen(self) -> tuple[str, str]:
        """This procedure as canonical JSON, and its SHA-256: what a case stores."""
        text = json.dumps(_plain(asdict(self), self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text, hashlib.sha256(text.encode()).hexdigest()


def thaw(text: str) -> Procedure:
    """The procedure that `frozen` wrote."""
    raw: dict[str, Any] = json.loads(text)
    steps = tuple(_step(s) for s in raw.pop("steps"))
    failed = tuple(raw.pop("failed_effects"))
    return Procedure(steps=steps, failed_effects=failed, **raw)


def _plain(raw: dict[str, Any], procedure: Procedure) -> dict[str, Any]:
    for plain, step in zip(raw["steps"], procedure.steps, strict=True):
        plain["within"] = _limit_plain(step.within)
    return raw


def _limit_plain(limit: Limit | None) -> dict[str, Any] | None:
    match limit:
        case WorkingDays(count):
            return {"unit": "working", "count": count}
        case CalendarDays(count, count_start, roll):
            return {"unit": "calendar", "count": count, "count_start": count_start, "roll": roll}
        case _:
            return None


def _step(raw: dict[str, Any]) -> Step:
    within = raw.pop("within")
    limit: Limit | None = None
    if within is not None:
        unit = within.pop("unit")
        limit = WorkingDays(**within) if unit == "working" else CalendarDays(**within)
    blanks = tuple(Blank(**{**b, "choices": tuple(b["choices"])}) for b in raw.pop("blanks"))
    verdicts = tuple(Verdict(v) for v in raw.pop("verdicts"))
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    return Step(within=limit, blanks=blanks, verdicts=verdicts, **{**raw, **lists})
