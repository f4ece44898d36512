"""The life of a case and of a task, and the rule for one decision upon them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from statemachine import Event, State, StateMachine

from states.not_allowed import (
    CannotGoBack,
    NotAtThisStep,
    OpinionMissing,
    SamePerson,
    VerdictNotOffered,
    WrongMoment,
)
from states.procedure import PARTS, Procedure, Step, Verdict
from states.table import state_names, transitions
from states.words import event_names


class CaseLife(StateMachine):
    """One run of a procedure (办件)."""

    running = State("办理中", initial=True)
    returned = State("退回重办")
    done = State("办结", final=True)
    refused = State("不予通过", final=True)
    withdrawn = State("已撤销", final=True)

    pass_on = Event(running.to(running), name="通过本环节")
    resume = Event(returned.to(running), name="重办完毕")
    finish = Event(running.to(done) | returned.to(done), name="办结")
    send_back = Event(running.to(returned) | returned.to(returned), name="退回")
    refuse = Event(running.to(refused) | returned.to(refused), name="不予通过")
    withdraw = Event(running.to(withdrawn) | returned.to(withdrawn), name="撤销")
    take_back = Event(running.to(running) | returned.to(returned), name="撤回")


class TaskLife(StateMachine):
    """What one post must act on in one step (待办)."""

    waiting = State("未到序", initial=True)
    open = State("待办")
    done = State("已办", final=True)
    cancelled = State("已取消", final=True)

    call = Event(waiting.to(open), name="轮到办理")
    act = Event(open.to(done), name="办结")
    hold = Event(open.to(waiting), name="等候他人意见")
    drop = Event(open.to(cancelled) | waiting.to(cancelled), name="取消")


class CaseInHand(Protocol):
    """What `apply` needs of a case: a row fits by shape."""

    @property
    def number(self) -> str: ...
    @property
    def step(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Took:
    """Who took which part in this case before: enough to keep maker, checker and approver apart."""

    step: str
    part: str
    person_id: int
    acting_for_id: int | None
    verdict: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One part that somebody took in a case: kept on the case itself, so that no decision has to read the others."""

    step: str
    part: str
    person_id: int
    acting_for_id: int | None


@dataclass(slots=True)
class CaseState:
    """A case's state while it is being decided; `apply` moves it by CaseLife's table."""

    number: str
    status: str
    step: str
    return_to: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a decision leads: the new status and the step that opens next (None when the case is over)."""

    status: str
    step: str
    opens: Step | None
    return_to: str | None


def check_verdict(procedure: Procedure, case: CaseInHand, step_key: str, verdict: Verdict, opinion: str) -> Step:
    """May this verdict be given at this step now? Returns the step, or raises NotAllowed."""
    step = procedure.step(step_key)
    if case.step != step_key:
        raise NotAtThisStep(case=case.number, now=procedure.step(case.step).title, step=step.title)
    if verdict not in step.verdicts and verdict not in (Verdict.WITHDRAW, Verdict.TAKE_BACK):
        offered = "、".join(v.chinese for v in step.verdicts)
        raise VerdictNotOffered(step=step.title, verdict=verdict.chinese, offered=offered)
    if verdict in (Verdict.REFUSE, Verdict.SEND_BACK, Verdict.WITHDRAW) and not opinion.strip():
        raise OpinionMissing(verdict=verdict.chinese)
    return step


def check_parts(
    procedure: Procedure, step: Step, took: Sequence[Part], person_id: int, acting_for_id: int | None, person: str
) -> None:
    """Maker, checker and approver differ, also through delegation (truth 6); raises SamePerson."""
    if step.part == "none":
        return
    mine = {person_id} | ({acting_for_id} if acting_for_id else set())
    for earlier in took:
        theirs = {earlier.person_id} | ({earlier.acting_for_id} if earlier.acting_for_id else set())
        if earlier.part not in ("none", step.part) and mine & theirs:
            title = procedure.step(earlier.step).title
            raise SamePerson(person=person, earlier=title, part=PARTS[earlier.part])


def apply(procedure: Procedure, case: CaseState, verdict: Verdict, back_to: str | None, straight_back: bool) -> Outcome:
    """Move the case as the verdict says and say what opens next, or raise and leave it as it was."""
    here = procedure.step(case.step)
    match verdict:
        case Verdict.APPROVE:
            return _approve(procedure, case, here)
        case Verdict.SEND_BACK:
            to = _earlier(procedure, here, back_to)
            _send(case, "send_back")
            case.return_to = here.key if straight_back else None
            return _at(case, to)
        case Verdict.TAKE_BACK:
            to = _earlier(procedure, here, back_to)
            _send(case, "take_back")
            return _at(case, to)
        case Verdict.REFUSE:
            _send(case, "refuse")
        case Verdict.WITHDRAW:
            _send(case, "withdraw")
    case.return_to = None
    return Outcome(case.status, case.step, None, None)


def _approve(procedure: Procedure, case: CaseState, here: Step) -> Outcome:
    following = procedure.step(case.return_to) if case.return_to else procedure.after(here.key)
    if following is None:
        _send(case, "finish")
        return Outcome(case.status, case.step, None, None)
    _send(case, "resume" if case.status == CaseLife.returned.value else "pass_on")
    case.return_to = None
    return _at(case, following)


def _at(case: CaseState, step: Step) -> Outcome:
    case.step = step.key
    return Outcome(case.status, step.key, step, case.return_to)


def _earlier(procedure: Procedure, here: Step, back_to: str | None) -> Step:
    earlier = procedure.before(here.key)
    for step in earlier:
        if step.key == back_to:
            return step
    to = next((s.title for s in procedure.steps if s.key == back_to), back_to or "（未选择）")
    raise CannotGoBack(step=here.title, to=to, offered="、".join(s.title for s in earlier) or "无")


def _send(case: CaseState, event: str) -> str:
    to = transitions(CaseLife).get((case.status, event))
    if to is None:
        now, name = state_names(CaseLife)[case.status], event_names(CaseLife)[event]
        raise WrongMoment(what=f"办件{case.number}", status=now, event=name)
    case.status = to
    return to
