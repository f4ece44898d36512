"""Handing on (流转): what the holder of a task does with it besides deciding it, each an event of the case's history."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from flows.handing.approvers import add_after, add_before, remove
from flows.handing.passing import answer, ask, recall, transfer
from flows.handing.scene import HandOn, Scene, scene_of
from flows.handing.sending import copy, urge
from flows.office import Office
from records.engine import writing
from states.handing import Hand

__all__ = ["HandOn", "hand", "hand_in"]

HANDS: Mapping[Hand, Callable[[Scene], None]] = {
    Hand.TRANSFER: transfer,
    Hand.ASK: ask,
    Hand.ANSWER: answer,
    Hand.RECALL: recall,
    Hand.ADD_BEFORE: add_before,
    Hand.ADD_AFTER: add_after,
    Hand.REMOVE: remove,
    Hand.COPY: copy,
    Hand.URGE: urge,
}


def hand(office: Office, deed: HandOn) -> int:
    """Hand a task on, or do nothing and say why. Returns the id of the case, whose history tells it."""
    with writing(office.records) as conn:
        return hand_in(conn, office, deed)


def hand_in(conn: Connection, office: Office, deed: HandOn) -> int:
    """`hand` inside a transaction that the caller holds."""
    scene = scene_of(conn, office, deed)
    HANDS[deed.kind](scene)
    return scene.case.id
