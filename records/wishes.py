"""How an office or a person wants to be told: in versions, the newest in force."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema
from records.schema.base import word
from rules.quiet import Quiet

S, PE, D, P, PT = schema.message_settings, schema.people, schema.duties, schema.posts, schema.post_terms
CHANNELS: Mapping[str, str] = {"email": "邮件", "wecom": "企业微信群", "sms": "短信"}
NEW_TASKS: Mapping[str, str] = {"digest": "随每日提醒", "at_once": "立即", "never": "不提示"}
USUAL = ("email", "wecom")  # a short message costs money: who wants it asks for it
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What counts for one person in one office: the person's own settings, else the office's, else the usual."""

    channels: tuple[str, ...]
    quiet: Quiet | None
    new_tasks: str
    email: str | None = None
    mobile: str | None = None


_OF_OFFICE, _OF_PERSON = (
    select(S).where(owner == bindparam("of"), S.c.superseded_at.is_(None)) for owner in (S.c.office_code, S.c.person_id)
)
_PHONE = select(PE.c.phone).where(PE.c.id == bindparam("of"))


def in_force(conn: Connection, office_code: str | None = None, person_id: int | None = None) -> Row[Any] | None:
    """The settings of an office or of a person; None when nobody set any."""
    if person_id is None:
        return conn.execute(_OF_OFFICE, {"of": office_code}).first()
    return conn.execute(_OF_PERSON, {"of": person_id}).first()


def wishes_of(conn: Connection, person_id: int | None, office_code: str | None, usual: Quiet) -> Wishes:
    """What counts for a person told in that office, or for the office itself."""
    own = None if person_id is None else in_force(conn, person_id=person_id)
    row = own or (None if office_code is None else in_force(conn, office_code))
    phone = None if person_id is None else conn.execute(_PHONE, {"of": person_id}).scalar()
    mobile = own.mobile if own is not None and own.mobile else phone
    email = None if own is None else own.email
    if mobile is not None and not _MOBILE.fullmatch(mobile):
        mobile = None  # an office's line takes no short message
    if row is None:
        return Wishes(USUAL, usual, "digest", email, mobile)
    quiet = Quiet.of(row.quiet_from, row.quiet_until) if row.quiet_from and row.quiet_until else None
    return Wishes(tuple(row.channels), quiet, row.new_tasks, email, mobile)


def new_tasks_by_office(conn: Connection) -> dict[str, str]:
    """How each office that set it wants to be told of new tasks."""
    rows = conn.execute(
        select(S.c.office_code, S.c.new_tasks).where(S.c.office_code.is_not(None), S.c.superseded_at.is_(None))
    )
    return {code: wanted for code, wanted in rows}


@cache
def _if_at_once(postgres: bool) -> Any:
    held = (
        select(PT.c.person_id).select_from(PT.join(P, P.c.id == PT.c.post_id))
        .where(P.c.office_code == bindparam("desk"), P.c.role == bindparam("as_role"), PT.c.valid_to.is_(None))
    )  # fmt: skip
    mine = or_(S.c.office_code == bindparam("desk"), S.c.person_id.in_(held))
    wanted = select(S.c.id).where(S.c.superseded_at.is_(None), S.c.new_tasks == word("at_once"), mine).exists()
    keys = ("key", "kind", "case_id", "act_id", "payload", "owed_since", "try_after")
    given = select(*(bindparam(f"d_{key}", type_=D.c[key].type) for key in keys)).where(wanted)
    dialect = postgresql if postgres else sqlite
    return dialect.insert(D).from_select(keys, given).on_conflict_do_nothing(index_elements=["key"])


def owe_if_at_once(conn: Connection, duty: Mapping[str, Any], office_code: str, role: str) -> None:
    """Owe a duty if the office, or somebody who holds that post of it, wants new tasks told at once: one statement that
    nobody waits for, since it stands in the way of every decision."""
    given = {f"d_{key}": value for key, value in duty.items()} | {"desk": office_code, "as_role": role}
    conn.execute(_if_at_once(conn.dialect.name == "postgresql"), given)


def keep(conn: Connection, values: Mapping[str, Any], at: datetime) -> None:
    """Put new settings in force; what was set before stays as it was."""
    owner = S.c.office_code == values["office_code"] if values["person_id"] is None else S.c.person_id == values["person_id"]  # fmt: skip
    conn.execute(update(S).where(owner, S.c.superseded_at.is_(None)).values(superseded_at=at))
    conn.execute(insert(S).values(**values, set_at=at))
