"""The life of a paper (文书): only a person's signing gives a number, a hash and "issued"."""

from __future__ import annotations

from typing import Protocol

from statemachine import Event, State, StateMachine

from states.not_allowed import PaperNotReady
from states.table import state_names, transitions
from states.words import event_names


class PaperInHand(Protocol):
    title: str
    status: str


class PaperLife(StateMachine):
    """Draft → reviewed → countersigned → signed → registered (number, hash: issued) → sealed → delivered → archived; what a
    case has decided is signed at once, and forms return signed."""

    draft = State("草稿", initial=True)
    reviewed = State("已核稿")
    countersigned = State("已会签")
    printed = State("已打印待签")
    signed = State("已签发")
    registered = State("已登记编号")
    sealed = State("已用印")
    delivered = State("已送达")
    archived = State("已归档", final=True)
    discarded = State("已作废", final=True)

    redraft = Event(draft.to(draft), name="重拟")
    print_out = Event(draft.to(printed), name="打印")
    review = Event(draft.to(reviewed), name="核稿")
    countersign = Event(reviewed.to(countersigned), name="会签")
    send_back = Event(reviewed.to(draft) | countersigned.to(draft), name="退回修改")
    sign = Event(draft.to(signed) | reviewed.to(signed) | countersigned.to(signed), name="签发")
    register = Event(signed.to(registered), name="登记编号")
    seal = Event(registered.to(sealed), name="用印")
    deliver = Event(registered.to(delivered) | sealed.to(delivered), name="送达")
    bring_back = Event(printed.to(archived), name="签字件归档")
    archive = Event(registered.to(archived) | sealed.to(archived) | delivered.to(archived), name="归档")
    discard = Event(
        draft.to(discarded) | printed.to(discarded) | reviewed.to(discarded) | countersigned.to(discarded), name="作废"
    )


BEFORE_SIGNING = ("draft", "reviewed", "countersigned")


def may(status: str, event: str) -> bool:
    """Is this event open to a paper in that state?"""
    return (status, event) in transitions(PaperLife)


def move(paper: PaperInHand, event: str) -> str:
    """Send one event to a paper and return its new status; raises PaperNotReady and leaves it as it was."""
    to = transitions(PaperLife).get((paper.status, event))
    if to is None:
        now, name = state_names(PaperLife)[paper.status], event_names(PaperLife).get(event, event)
        raise PaperNotReady(title=paper.title, status=now, event=name)
    paper.status = to
    return paper.status
