"""How an office or a person wants to be told: set by the person alone, or for an office by who answers for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from flows.office import Office
from records import cases, ledger, messages, offices, wishes
from records.engine import writing
from records.wishes import CHANNELS, NEW_TASKS
from rules.days import day_of
from rules.quiet import Quiet
from states.decision import Actor
from states.not_allowed import NotYourPost, WishNotPossible, WishNotYours

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """By which channels, when not, how of new tasks, and where a person is reached. The inbox is always told."""

    channels: tuple[str, ...]
    quiet: Quiet | None
    new_tasks: str = "digest"
    email: str | None = None
    mobile: str | None = None


def set_wishes(office: Office, by: Actor, office_code: str | None, wanted: Wanted, at: datetime) -> None:
    """Set the actor's own wishes, or those of an office. Raises NotAllowed with the reason."""
    _check(wanted, office_code)
    with writing(office.records) as conn:
        name = _may(conn, by, office_code, at)
        owner = {"office_code": office_code, "person_id": None if office_code else by.person_id}
        values = {
            **owner, "channels": list(wanted.channels), "new_tasks": wanted.new_tasks, "email": wanted.email,
            "mobile": wanted.mobile, "quiet_from": f"{wanted.quiet.start:%H:%M}" if wanted.quiet else None,
            "quiet_until": f"{wanted.quiet.end:%H:%M}" if wanted.quiet else None, "set_by": name,
        }  # fmt: skip
        wishes.keep(conn, values, at)
        stream = f"office:{office_code}" if office_code else f"person:{by.person_id}"
        body = {"channels": list(wanted.channels), "new_tasks": wanted.new_tasks, "quiet": values["quiet_from"]}
        ledger.add_line(conn, stream, "message_settings", body, {"by": name}, at)


def _check(wanted: Wanted, office_code: str | None) -> None:
    if strange := [c for c in wanted.channels if c not in CHANNELS]:
        raise WishNotPossible(why=f"没有“{'、'.join(strange)}”这种方式，只能选择{'、'.join(CHANNELS)}")
    if wanted.new_tasks not in NEW_TASKS:
        raise WishNotPossible(why=f"新待办的提示方式只能选择{'、'.join(NEW_TASKS)}")
    if office_code is not None:
        return
    if "wecom" in wanted.channels:
        raise WishNotPossible(why="企业微信群属于单位，请在单位的设置中选择")
    if ("email" in wanted.channels or wanted.email) and not _EMAIL.fullmatch(wanted.email or ""):
        raise WishNotPossible(why="请填写正确的邮件地址")
    if ("sms" in wanted.channels or wanted.mobile) and not _MOBILE.fullmatch(wanted.mobile or ""):
        raise WishNotPossible(why="请填写正确的手机号码（11位）")


def _may(conn: Connection, by: Actor, office_code: str | None, at: datetime) -> str:
    if office_code is None:
        return cases.person_name(conn, by.person_id) or f"人员{by.person_id}"
    seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, day_of(at))
    if seat is None:
        name = cases.person_name(conn, by.person_id) or f"人员{by.person_id}"
        raise NotYourPost(person=name, day=day_of(at), post=offices.ROLE_TITLES.get(by.role, by.role))
    heads = by.office_code == office_code and by.role == messages.head_role(conn, office_code)
    if not heads and by.role != "administrator":
        raise WishNotYours(office=offices.name_of(conn, office_code))
    return seat.person
