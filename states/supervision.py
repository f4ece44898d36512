"""The life of a supervision file (督查件): every rung is opened, decided and signed by people."""

from __future__ import annotations

from statemachine import Event, State, StateMachine

from states.not_allowed import WrongMoment
from states.table import state_names, transitions
from states.words import event_names


class SupervisionLife(StateMachine):
    """Finding → circular and order to rectify → interview → referral → closed with evidence from the site."""

    found = State("已立项", initial=True)
    ordered = State("限期整改")
    failed = State("整改不到位")
    summoned = State("约谈")
    committed = State("落实承诺")
    referred = State("已移送")
    closed = State("已销号", final=True)
    dropped = State("不予立项", final=True)

    order = Event(found.to(ordered), name="通报并限期整改")
    drop = Event(found.to(dropped), name="不予立项")
    fail = Event(ordered.to(failed) | committed.to(failed), name="认定整改不到位")
    summon = Event(found.to(summoned) | failed.to(summoned), name="约谈")
    commit = Event(summoned.to(committed), name="提交整改承诺")
    refer = Event(found.to(referred) | failed.to(referred), name="追责移送")
    close = Event(ordered.to(closed) | committed.to(closed) | referred.to(closed), name="销号")


def may(state: str, event: str) -> bool:
    """Is this event open to a file in that state?"""
    return (state, event) in transitions(SupervisionLife)


def move(state: str, event: str, what: str) -> str:
    """The state that an event leads to; raises WrongMoment."""
    to = transitions(SupervisionLife).get((state, event))
    if to is None:
        now, name = state_names(SupervisionLife)[state], event_names(SupervisionLife)[event]
        raise WrongMoment(what=what, status=now, event=name)
    return to
