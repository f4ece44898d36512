"""Offices, posts and the people in them, by term: roles belong to posts, and posts have terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select, update

from records import schema
from records.engine import insert_row, into
from states.not_allowed import NoSuch, NoSuchPost

O, P, PT, PE = schema.offices, schema.posts, schema.post_terms, schema.people

ROLE_TITLES: Mapping[str, str] = {
    "community_clerk": "社区经办人",
    "community_head": "社区负责人",
    "street_clerk": "街道经办人",
    "street_leader": "街道负责人",
    "district_clerk": "区扶贫办经办人",
    "district_director": "区扶贫办主任",
    "group_leader": "领导小组组长",
    "helper": "帮扶责任人",
    "helper_head": "帮扶单位负责人",
    "auditor": "审计人员",
    "discipline": "纪检监察人员",
    "administrator": "系统管理员",
}


def add_offices(conn: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    full = [
        {"parent_code": None, "code_word": None, "phone": None, "address": None, "valid_to": None, **r} for r in rows
    ]
    if full:
        conn.execute(into(O), full)


def add_posts(conn: Connection, rows: Iterable[tuple[str, str]]) -> None:
    """Posts by (office code, role); the title is the role's."""
    full = [{"office_code": office, "role": role, "title": ROLE_TITLES[role]} for office, role in rows]
    if full:
        conn.execute(into(P), full)


def office(conn: Connection, code: str) -> Row[Any]:
    """The office of that code. Raises NoSuch."""
    row = conn.execute(select(O).where(O.c.code == code)).first()
    if row is None:
        raise NoSuch(what="单位", key=code)
    return row


def offices_of(conn: Connection, level: str) -> list[Row[Any]]:
    return list(conn.execute(select(O).where(O.c.level == level).order_by(O.c.code)))


_OVER = (
    select(O).where(O.c.level == bindparam("of"), O.c.area_code.in_(bindparam("codes", expanding=True))).limit(1)
)  # fmt: skip


def office_over(conn: Connection, level: str, area_path: str) -> Row[Any] | None:
    """The office of that level that answers for the area."""
    codes = area_path.strip("/").split("/")
    return conn.execute(_OVER, {"of": level, "codes": codes}).first()


_NAME = select(O.c.name).where(O.c.code == bindparam("of"))


def name_of(conn: Connection, code: str) -> str:
    return str(conn.execute(_NAME, {"of": code}).scalar() or code)


def with_post(conn: Connection, role: str) -> list[Row[Any]]:
    """The offices that have a post of that role."""
    there = select(P.c.id).where(P.c.office_code == O.c.code, P.c.role == role).exists()
    return list(conn.execute(select(O).where(there, O.c.valid_to.is_(None)).order_by(O.c.code)))


def parents(conn: Connection) -> dict[str, str]:
    """The office one level above each office that has one: supervision goes one level down only (R4.4-05)."""
    rows = conn.execute(select(O.c.code, O.c.parent_code).where(O.c.parent_code.is_not(None)))
    return {code: parent for code, parent in rows}


def names(conn: Connection, person_ids: Iterable[int]) -> dict[int, str]:
    """The names of people by id."""
    wanted = sorted(set(person_ids))
    rows = conn.execute(select(PE.c.id, PE.c.name).where(PE.c.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def people_of(conn: Connection, person_ids: Iterable[int]) -> dict[int, Any]:
    """People by id: name and telephone."""
    wanted = sorted(set(person_ids))
    return {row.id: row for row in conn.execute(select(PE.c.id, PE.c.name, PE.c.phone).where(PE.c.id.in_(wanted)))}


def code_word_of(conn: Connection, code: str) -> str:
    """The code word (机关代字) under which the office numbers its papers. Raises NoSuch when it has none."""
    row = office(conn, code)
    if not row.code_word:
        raise NoSuch(what=f"{row.name}的机关代字", key=code)
    return str(row.code_word)


def holders(conn: Connection, office_code: str, role: str, day: date) -> list[Row[Any]]:
    """Who holds the post on that day: (person_id, name, post_id, title)."""
    return list(
        conn.execute(
            select(PE.c.id.label("person_id"), PE.c.name, P.c.id.label("post_id"), P.c.title)
            .select_from(PT.join(P, P.c.id == PT.c.post_id).join(PE, PE.c.id == PT.c.person_id))
            .where(P.c.office_code == office_code, P.c.role == role, _on(day)).order_by(PT.c.id)
        )
    )  # fmt: skip


def empty_posts(conn: Connection, day: date) -> list[Row[Any]]:
    """Posts that nobody holds on that day, with their office."""
    held = select(PT.c.id).where(PT.c.post_id == P.c.id, _on(day)).exists()
    return list(
        conn.execute(
            select(P.c.office_code, P.c.role, P.c.title, O.c.name).join(O, O.c.code == P.c.office_code).where(~held)
            .order_by(P.c.office_code, P.c.role)
        )
    )  # fmt: skip


def add_person(conn: Connection, name: str, title: str | None = None, phone: str | None = None,
               login: str | None = None) -> int:  # fmt: skip
    values = {"name": name, "title": title, "phone": phone, "login": login}
    return insert_row(conn, PE, values)


def find_helper(conn: Connection, office_code: str, name: str, day: date) -> int | None:
    """The helper of that name in that unit on that day."""
    for row in holders(conn, office_code, "helper", day):
        if row.name == name:
            return int(row.person_id)
    return None


def appoint(conn: Connection, person_id: int, office_code: str, role: str, since: date) -> None:
    """Put a person into a post from a day; one who holds it stays. Raises NoSuchPost when there is no such post."""
    post_id = conn.execute(select(P.c.id).where(P.c.office_code == office_code, P.c.role == role).limit(1)).scalar()
    if post_id is None:
        raise NoSuchPost(office=name_of(conn, office_code), role=ROLE_TITLES.get(role, role))
    held = conn.execute(select(PT.c.id).where(PT.c.post_id == post_id, PT.c.person_id == person_id, _on(since))).first()
    if held is None:
        conn.execute(into(PT), {"post_id": post_id, "person_id": person_id, "valid_from": since})


def end_term(conn: Connection, person_id: int, office_code: str, role: str, on: date) -> int:
    """End a person's term in a post; returns how many terms ended."""
    posts = select(P.c.id).where(P.c.office_code == office_code, P.c.role == role)
    done = conn.execute(
        update(PT).where(PT.c.person_id == person_id, PT.c.post_id.in_(posts), PT.c.valid_to.is_(None))
        .values(valid_to=on)
    )  # fmt: skip
    return int(done.rowcount)


def _on(day: date) -> Any:
    return and_(PT.c.valid_from <= day, or_(PT.c.valid_to.is_(None), PT.c.valid_to > day))


def by_name(conn: Connection, name: str, level: str) -> Any:
    """The office of that name on that level. Raises NoSuch."""
    row = conn.execute(select(O).where(O.c.name == name, O.c.level == level)).first()
    if row is None:
        raise NoSuch(what="单位", key=name)
    return row


def exists(conn: Connection, code: str) -> bool:
    return conn.execute(select(O.c.id).where(O.c.code == code)).first() is not None
