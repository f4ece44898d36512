"""Handing on: what the holder of a task may do with it besides deciding it."""

from __future__ import annotations

from enum import StrEnum


class Hand(StrEnum):
    """One kind of handing on (流转). A transferred task is mine no more; one given out for advice comes back to me."""

    TRANSFER = "transfer"
    ASK = "ask"
    ANSWER = "answer"
    RECALL = "recall"
    ADD_BEFORE = "add_before"
    ADD_AFTER = "add_after"
    REMOVE = "remove"
    COPY = "copy"
    URGE = "urge"
    RELEASE = "release"  # by the system: the person left the post

    @property
    def chinese(self) -> str:
        return {
            "transfer": "转办",
            "ask": "委派",
            "answer": "反馈意见",
            "recall": "收回委派",
            "add_before": "前加签",
            "add_after": "后加签",
            "remove": "减签",
            "copy": "抄送",
            "urge": "催办",
            "release": "退回岗位",
        }[self.value]
