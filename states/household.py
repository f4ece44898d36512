"""The path of one household under one policy pack (户路径)."""

from __future__ import annotations

from typing import Protocol

from statemachine import Event, State, StateMachine

from states.not_allowed import WrongMoment
from states.table import state_names, transitions
from states.words import event_names


class OnAPath(Protocol):
    """Whatever has a path state: a row, a dataclass."""

    state: str


class HouseholdPath(StateMachine):
    """Applicant → identified → assisted → exited → monitored → stable, and back to assisted on relapse.

    The words are neutral; what a pack calls the people (贫困户, 监测对象) is the pack's label.
    """

    applicant = State("申请中", initial=True)
    identified = State("已识别")
    assisted = State("帮扶中")
    exited = State("已退出")
    monitored = State("跟踪监测")
    stable = State("稳定退出", final=True)
    declined = State("未纳入", final=True)
    removed = State("已剔除", final=True)
    closed = State("已销户", final=True)

    register = Event(applicant.to(identified), name="登记建档")
    decline = Event(applicant.to(declined), name="不予纳入")
    assist = Event(identified.to(assisted), name="落实帮扶")
    announce_exit = Event(assisted.to(exited), name="公告退出")
    start_monitoring = Event(exited.to(monitored), name="进入巩固期")
    settle = Event(monitored.to(stable), name="巩固期满")
    relapse = Event(exited.to(assisted) | monitored.to(assisted), name="返贫再纳入")
    remove = Event(
        identified.to(removed) | assisted.to(removed) | exited.to(removed) | monitored.to(removed), name="错评剔除"
    )
    close = Event(
        identified.to(closed) | assisted.to(closed) | exited.to(closed) | monitored.to(closed), name="整户销户"
    )


def move(path: OnAPath, event: str, household: str) -> str:
    """Send one event to a household's path and return its new state; raises WrongMoment and leaves it as it was."""
    to = transitions(HouseholdPath).get((path.state, event))
    if to is None:
        now, name = state_names(HouseholdPath)[path.state], event_names(HouseholdPath).get(event, event)
        raise WrongMoment(what=household, status=now, event=name)
    path.state = to
    return path.state
