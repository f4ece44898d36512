"""The life of an agreement (责任书): its targets are split before anybody signs, and it binds when all have signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from statemachine import Event, State, StateMachine

from states.not_allowed import WrongMoment
from states.table import state_names, transitions
from states.words import event_names


class AgreementInHand(Protocol):
    title: str
    status: str


class AgreementLife(StateMachine):
    """Draft → targets split → signed by one → by all → in force → mid-year report → assessed → closed."""

    draft = State("拟订", initial=True)
    split = State("目标已分解")
    signed_one = State("一方已签")
    signed_all = State("各方已签")
    in_force = State("生效")
    mid_reported = State("已报年中进展")
    assessed = State("已考核")
    closed = State("已结案", final=True)
    void = State("已废止", final=True)

    split_targets = Event(draft.to(split) | split.to(split), name="分解目标")
    sign_first = Event(split.to(signed_one), name="一方签订")
    sign_last = Event(signed_one.to(signed_all), name="各方签订")
    take_force = Event(signed_all.to(in_force), name="生效")
    report = Event(in_force.to(mid_reported), name="报年中进展")
    assess = Event(mid_reported.to(assessed) | in_force.to(assessed), name="年度考核")
    close = Event(assessed.to(closed), name="结案")
    make_void = Event(
        draft.to(void)
        | split.to(void)
        | signed_one.to(void)
        | signed_all.to(void)
        | in_force.to(void)
        | mid_reported.to(void),
        name="废止",
    )


BINDING = ("in_force", "mid_reported")  # it binds, so its targets change by a supplement and its signers are succeeded
UNSIGNED = ("split", "signed_one")
TO_SIGN = "待签订"


def stands(status: str, number: str | None) -> str:
    """How an agreement stands, as people are told: one that has its number and nobody's signature waits for signatures."""
    return TO_SIGN if status == "split" and number else state_names(AgreementLife)[status]


def move(agreement: AgreementInHand, event: str) -> str:
    """Send one event to an agreement and return its new status; raises WrongMoment and leaves it as it was."""
    to = transitions(AgreementLife).get((agreement.status, event))
    if to is None:
        now, name = state_names(AgreementLife)[agreement.status], event_names(AgreementLife).get(event, event)
        raise WrongMoment(what=agreement.title, status=now, event=name)
    agreement.status = to
    return agreement.status


def after_signing(agreement: AgreementInHand, parties: Iterable[bool]) -> str:
    """The status once a signature is in: `parties` says of each side whether all of its signers have signed."""
    done = list(parties)
    if any(done) and agreement.status == "split":
        move(agreement, "sign_first")
    if all(done):
        move(agreement, "sign_last")
    return agreement.status
