"""Owing a message: other rooms say in their own transaction who is to know what; a duty tells it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from records import duties, wishes
from rules.discreet import discreet


@dataclass(frozen=True, slots=True)
class To:
    """Whom something is told to: a post of an office (`role`), the head of an office (no role), or one person."""

    office_code: str | None = None
    role: str | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class News:
    """Something that people are to be told. `facts` fill the kind's sentence; `about` is what a page opens from it.

    `area_path` and `household_id` say whom it concerns: who may not see that area or household is not told."""

    kind: str
    key: str
    to: tuple[To, ...]
    facts: Mapping[str, object] = field(default_factory=dict)
    about: tuple[str, int] | None = None
    area_path: str | None = None
    household_id: int | None = None
    while_at: str | None = None  # told only while the case that it is about still stands at this step


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: its name, and the Chinese of its title and text with the facts in braces."""

    name: str
    title: str
    text: str


KINDS: Mapping[str, Kind] = {
    "task_opened": Kind("新到待办", "新到待办：{step}（{title}）",
                        "办件{case}（{title}）已到“{step}”环节，请于{due}前办理。"),
    "returned": Kind("办件退回", "办件退回：{title}",
                     "办件{case}（{title}）被退回到“{step}”环节，请登录系统查看理由，重新办理。"),
    "ended": Kind("办件办结", "办件{outcome}：{title}", "办件{case}（{title}）{outcome}。"),
    "empty_post": Kind("岗位无人", "岗位无人：{office}{role}",
                       "{office}的{role}岗位无人担任，有{count}件待办无人办理，请尽快明确人选。"),
    "lockout": Kind("账号锁定", "账号已锁定：{login}",
                    "账号{login}因多次登录失败已锁定，{until}后可再试。如果不是本人操作，请立即联系系统管理员。"),
    "handed": Kind("流转", "{act}：{title}",
                   "{by}就办件{case}（{title}）“{step}”环节{act}，{does}。{note}"),
    "delegated": Kind("离岗委托", "离岗委托：{who}", "{text}"),
    "reminder": Kind("期限提醒", "{title}", "{text}"),
    "notice": Kind("通知", "{title}", "{text}"),
}  # fmt: skip


def tell(conn: Connection, news: News, at: datetime) -> None:
    """Owe a message inside the caller's transaction. The same key is told once, however often it is owed.

    The sentence is made here, so that a missing fact is found at once; it never carries ID, card or telephone numbers
    or anything of health (rules.discreet)."""
    duties.owe(conn, [_duty(news, at)])


def tell_who_wants_it_at_once(conn: Connection, news: News, desk: To, at: datetime) -> None:
    """`tell`, if somebody at that desk wants new tasks told at once; everyone else finds them in the day's digest."""
    assert desk.office_code is not None and desk.role is not None
    wishes.owe_if_at_once(conn, _duty(news, at), desk.office_code, desk.role)


def _duty(news: News, at: datetime) -> dict[str, Any]:
    kind = KINDS[news.kind]
    facts = {key: str(value) for key, value in news.facts.items()}
    payload = {
        "kind": news.kind, "key": news.key, "to": [asdict(to) for to in news.to],
        "title": discreet(kind.title.format(**facts)), "body": discreet(kind.text.format(**facts)),
        "about": list(news.about) if news.about else None, "area_path": news.area_path,
        "household_id": news.household_id, "while_at": news.while_at,
    }  # fmt: skip
    return {"key": f"tell:{news.key}", "kind": "tell", "case_id": None, "act_id": None, "payload": payload,
            "owed_since": at, "try_after": at}  # fmt: skip
