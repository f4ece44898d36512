"""Delegation while away (离岗委托): given for a period and a scope, revoked; it serves open and new tasks alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.messages import News, To, tell
from flows.office import Office
from flows.procedures import procedure_for
from records import cases, delegations, handing, ledger
from records.engine import writing
from rules.days import day_of, in_chinese
from states.decision import Actor
from states.not_allowed import DelegationWrong, NoSuch, NotYourPost


@dataclass(frozen=True, slots=True)
class Delegate:
    """A delegation to be given: who is away, who stands in, from when until when (both included), and for what.

    Without `office_code` and `role` it is for every post that `giver` holds; without `procedure` for every procedure.
    `by` gives it: the person who will be away, or a system administrator for somebody who cannot."""

    giver: int
    taker: int
    since: date
    until: date
    reason: str
    by: Actor
    at: datetime
    office_code: str | None = None
    role: str | None = None
    procedure: str | None = None


def delegate(office: Office, deed: Delegate) -> int:
    """Give a delegation and return its id; both are told. Raises NotAllowed with the reason.

    Whoever stands in sees the same tasks, acts with 代 beside the name, and is refused like the giver where maker and
    checker would be one (truth 6)."""
    with writing(office.records) as conn:
        held = _held(conn, deed)
        _valid(office, deed)
        _may_give(conn, deed, day_of(deed.at))
        giver, taker = _name(conn, deed.giver), _name(conn, deed.taker)
        _near(conn, deed, held, taker)
        _free(conn, deed, held, taker)
        made = _keep(conn, deed, held)
        what = _scope(office, deed, held)
        _tell(
            conn, made, deed, f"{giver}（{what}）自{in_chinese(deed.since)}至{in_chinese(deed.until)}委托{taker}办理。"
        )
        return made


def revoke(office: Office, delegation_id: int, by: Actor, at: datetime) -> None:
    """End a delegation at once: by its giver, by whoever stands in, or by a system administrator."""
    with writing(office.records) as conn:
        row = delegations.by_id(conn, delegation_id)
        if row is None:
            raise NoSuch(what="离岗委托", key=delegation_id)
        name = _acts(conn, by, day_of(at))
        if by.person_id not in (row.from_person_id, row.to_person_id) and by.role != "administrator":
            raise DelegationWrong(why="只有委托人、受托人本人或系统管理员可以收回。")
        if row.revoked_at is not None or not delegations.revoke(conn, delegation_id, name, at):
            raise DelegationWrong(why="这项委托已经收回。")
        body = {"delegation": delegation_id, "office": by.office_code}
        ledger.add_line(conn, f"office:{by.office_code}", "delegation_revoked", body, {"by": name}, at)
        giver, taker = _name(conn, row.from_person_id), _name(conn, row.to_person_id)
        facts = {"who": f"{giver}→{taker}", "text": f"{giver}对{taker}的离岗委托已由{name}收回。"}
        to = (To(person_id=row.from_person_id), To(person_id=row.to_person_id))
        tell(conn, News("delegated", f"delegation-revoked:{delegation_id}", to, facts), at)


def _held(conn: Connection, deed: Delegate) -> list[Any]:
    """The giver's posts that the delegation is for."""
    held = handing.seats_held(conn, deed.giver, day_of(deed.at))
    if deed.office_code is not None or deed.role is not None:
        held = [h for h in held if (h.office_code, h.role) == (deed.office_code, deed.role)]
    if not held:
        post = f"{deed.office_code or ''}{deed.role or '任何岗位'}"
        raise NotYourPost(person=_name(conn, deed.giver), day=day_of(deed.at), post=post)
    return held


def _valid(office: Office, deed: Delegate) -> None:
    today = day_of(deed.at)
    longest = office.pack.integer("handing.delegation_max", "离岗委托")
    if deed.until < deed.since:
        raise DelegationWrong(why="结束日期早于开始日期。")
    if deed.until < today:
        raise DelegationWrong(why="结束日期已经过去。")
    if (deed.until - deed.since).days >= longest:
        raise DelegationWrong(why=f"一次委托最长{longest}日，到期可以再办；长期离岗请办理岗位交接。")
    if not deed.reason.strip():
        raise DelegationWrong(why="请写明离岗事由。")
    if deed.giver == deed.taker:
        raise DelegationWrong(why="不能委托给本人。")
    if deed.procedure is not None:
        procedure_for(office.pack, deed.procedure)


def _may_give(conn: Connection, deed: Delegate, on: date) -> None:
    _acts(conn, deed.by, on)
    if deed.by.person_id != deed.giver and deed.by.role != "administrator":
        raise DelegationWrong(why="离岗委托由本人办理；本人无法办理的，由系统管理员代为登记。")


def _acts(conn: Connection, by: Actor, on: date) -> str:
    """The person's name; who stands in for somebody cannot delegate further."""
    seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
    if seat is None:
        raise NotYourPost(person=_name(conn, by.person_id), day=on, post=by.role)
    if by.acting_for_id is not None:
        raise DelegationWrong(why="受托办理的人不能再行委托。")
    return seat.person


def _near(conn: Connection, deed: Delegate, held: Sequence[Any], taker: str) -> None:
    """Somebody of the same office stands in; for the leading group also its own office does."""
    theirs = {(h.office_code, h.parent_code, h.level) for h in handing.seats_held(conn, deed.taker, day_of(deed.at))}
    for post in held:
        same = any(code == post.office_code for code, _, _ in theirs)
        desk = post.level == "group" and any(above == post.office_code and level == "district"
                                             for _, above, level in theirs)  # fmt: skip
        if not same and not desk:
            raise DelegationWrong(why=f"{taker}不在{post.office}任职，请委托本单位人员；多个单位的岗位请分别委托。")


def _free(conn: Connection, deed: Delegate, held: Sequence[Any], taker: str) -> None:
    """One person stands in for a post at a time, and not one who is away too."""
    posts = {h.post_id for h in held} if deed.office_code else None
    for other in delegations.given_in(conn, deed.giver, deed.since, deed.until):
        same_post = posts is None or other.post_id is None or other.post_id in posts
        same_procedure = deed.procedure is None or other.procedure in (None, deed.procedure)
        if same_post and same_procedure:
            name = _name(conn, other.to_person_id)
            raise DelegationWrong(why=f"该期间已委托{name}（至{in_chinese(other.valid_to)}），请先收回。")
    if delegations.given_in(conn, deed.taker, deed.since, deed.until):
        raise DelegationWrong(why=f"{taker}在该期间也已离岗委托他人，请另选一人。")


def _keep(conn: Connection, deed: Delegate, held: Sequence[Any]) -> int:
    by = _name(conn, deed.by.person_id)
    row = {
        "from_person_id": deed.giver, "to_person_id": deed.taker, "post_id": held[0].post_id if deed.office_code else None,
        "procedure": deed.procedure, "valid_from": deed.since, "valid_to": deed.until, "reason": deed.reason.strip(),
        "given_by": by, "given_at": deed.at,
    }  # fmt: skip
    made = delegations.add(conn, row)
    body = {"delegation": made, "from": deed.giver, "to": deed.taker, "post": row["post_id"],
            "procedure": deed.procedure, "since": deed.since, "until": deed.until, "office": held[0].office}  # fmt: skip
    personal = {"by": by, "reason": row["reason"]}
    ledger.add_line(conn, f"office:{held[0].office_code}", "delegated", body, personal, deed.at)
    return made


def _scope(office: Office, deed: Delegate, held: Sequence[Any]) -> str:
    post = f"{held[0].office}{held[0].title}" if deed.office_code else "全部岗位"
    return f"{post}，{procedure_for(office.pack, deed.procedure).title}" if deed.procedure else post


def _tell(conn: Connection, made: int, deed: Delegate, text: str) -> None:
    facts = {"who": f"{_name(conn, deed.giver)}→{_name(conn, deed.taker)}", "text": text}
    to = (To(person_id=deed.giver), To(person_id=deed.taker))
    tell(conn, News("delegated", f"delegation:{made}", to, facts), deed.at)


def _name(conn: Connection, person_id: int) -> str:
    name = cases.person_name(conn, person_id)
    if name is None:
        raise NoSuch(what="人员", key=person_id)
    return name
