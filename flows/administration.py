"""Administration (系统设置): offices, posts, people and terms, the calendar and the policy pack. Every change is kept with
its old value, who made it and when; nothing that was stored before moves because of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from config.pack import Pack, parse_pack
from flows.office import Office
from flows.year_days import Day
from records import administration as admin
from records import alerts, areas, calendar, cases, ledger, offices, packs
from records.cases import Seat
from records.engine import writing
from rules.days import day_of
from states.decision import Actor
from states.not_allowed import AdministratorOnly, AnnouncedAlready, FieldMissing, FieldWrong, NoSuch

LEVELS: Mapping[str, str] = {
    "group": "领导小组", "district": "区级部门", "street": "街道", "community": "社区", "helper": "帮扶单位",
}  # fmt: skip
OFFICE_FIELDS: Mapping[str, str] = {"name": "名称", "phone": "电话", "address": "地址", "code_word": "机关代字"}
ACTS: Mapping[str, str] = {
    "office": "新设单位", "office_changed": "修改单位", "post": "新设岗位", "appointed": "任命", "term_ended": "免去",
    "phone": "修改电话",
    "year": "公布年历", "day": "调整日历", "pack": "政策包", "master": "文书母版", "area": "区划", "delegated": "委托",
}  # fmt: skip
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,22}")


@dataclass(frozen=True, slots=True)
class Admin:
    """Who changes a setting, and when."""

    by: Actor
    at: datetime


@contextmanager
def _acting(office: Office, who: Admin) -> Iterator[tuple[Connection, Seat]]:
    """A transaction for one who holds an administrator's post today. Raises AdministratorOnly."""
    with writing(office.records) as conn:
        by = who.by
        seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, day_of(who.at))
        if seat is None or seat.role != "administrator":
            raise AdministratorOnly()
        yield conn, seat


def _line(conn: Connection, stream: str, act: str, body: Mapping[str, Any], seat: Seat, at: datetime,
          personal: Mapping[str, Any] | None = None) -> None:  # fmt: skip
    full = {**body, "office": seat.office, "post": seat.post}
    ledger.add_line(conn, stream, act, full, {"by": seat.person, **(personal or {})}, at)


# --- offices, posts, people ------------------------------------------------------------------------------------------


def add_office(office: Office, values: Mapping[str, str], since: date, who: Admin) -> None:
    """A new office: {code, name, level, area_code, parent_code, code_word, phone, address}."""
    given = {key: (values.get(key) or "").strip() for key in ("code", "name", "level", "area_code", "parent_code",
                                                              *OFFICE_FIELDS)}  # fmt: skip
    if missing := [t for k, t in (("code", "编码"), ("name", "名称"), ("area_code", "区划")) if not given[k]]:
        raise FieldMissing(step="新设单位", fields="、".join(missing))
    if given["level"] not in LEVELS:
        raise FieldWrong(field="级别", why=f"只能是{'、'.join(LEVELS.values())}。")
    if not re.fullmatch(r"[A-Za-z0-9-]{1,32}", given["code"]):
        raise FieldWrong(field="编码", why="只能用字母、数字和连字符，不超过32个字符。")
    with _acting(office, who) as (conn, seat):
        areas.area(conn, given["area_code"], since)
        if offices.exists(conn, given["code"]):
            raise FieldWrong(field="编码", why=f"{given['code']}已有单位使用。")
        if given["parent_code"]:
            offices.office(conn, given["parent_code"])
        offices.add_offices(conn, [{**{k: v or None for k, v in given.items()}, "valid_from": since}])
        _line(conn, f"office:{given['code']}", "office", {**given, "since": since}, seat, who.at)


def change_office(office: Office, code: str, changes: Mapping[str, str], who: Admin) -> int:
    """Change name, phone, address or code word; returns how many did. Issued papers keep what they say."""
    if strange := set(changes) - set(OFFICE_FIELDS):
        raise FieldWrong(field="、".join(sorted(strange)), why="不能修改。")
    with _acting(office, who) as (conn, seat):
        row = offices.office(conn, code)
        new = {k: v.strip() or None for k, v in changes.items()}
        if "name" in new and not new["name"]:
            raise FieldMissing(step="修改单位", fields="名称")
        real = {k: v for k, v in new.items() if (getattr(row, k) or None) != v}
        if real:
            admin.change_office(conn, code, real)
            body = {"changes": {k: [getattr(row, k), v] for k, v in real.items()}}
            _line(conn, f"office:{code}", "office_changed", body, seat, who.at)
        return len(real)


def add_post(office: Office, code: str, role: str, who: Admin) -> None:
    """A post of a role in an office."""
    if role not in offices.ROLE_TITLES:
        raise FieldWrong(field="岗位", why=f"只能是{'、'.join(offices.ROLE_TITLES.values())}。")
    with _acting(office, who) as (conn, seat):
        offices.office(conn, code)
        if admin.has_post(conn, code, role):
            raise FieldWrong(field="岗位", why="本单位已有这一岗位。")
        admin.add_post(conn, code, role, offices.ROLE_TITLES[role])
        _line(conn, f"office:{code}", "post", {"role": role}, seat, who.at)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to be put into a post: one who is known by id, or a new one by name."""

    name: str = ""
    person_id: int | None = None
    phone: str = ""
    login: str = ""


def appoint(office: Office, code: str, role: str, person: Newcomer, since: date, who: Admin) -> int:
    """Put a person into a post from a day; the alert about the empty post is closed. Returns the person's id."""
    with _acting(office, who) as (conn, seat):
        person_id = person.person_id
        if person_id is None:
            person_id = _new_person(conn, person, role)
        elif admin.person(conn, person_id) is None:
            raise NoSuch(what="人员", key=person_id)
        offices.appoint(conn, person_id, code, role, since)
        alerts.close_alert(conn, f"empty-post:{code}:{role}", who.at)
        body = {"person": person_id, "role": role, "since": since}
        name = cases.person_name(conn, person_id)
        _line(conn, f"office:{code}", "appointed", body, seat, who.at, {"name": name})
        return person_id


def _new_person(conn: Connection, person: Newcomer, role: str) -> int:
    name, login = person.name.strip(), person.login.strip() or None
    if not name:
        raise FieldMissing(step="任命", fields="姓名")
    if login is not None and admin.login_taken(conn, login):
        raise FieldWrong(field="登录名", why=f"{login}已有人使用。")
    return offices.add_person(conn, name, offices.ROLE_TITLES.get(role), person.phone.strip() or None, login)


def end_term(office: Office, code: str, role: str, person_id: int, on: date, who: Admin) -> None:
    """A person leaves a post on a day. Raises NoSuch when the person does not hold it."""
    with _acting(office, who) as (conn, seat):
        if not offices.end_term(conn, person_id, code, role, on):
            raise NoSuch(what="现任", key=offices.ROLE_TITLES.get(role, role))
        name = cases.person_name(conn, person_id)
        body = {"person": person_id, "role": role, "on": on}
        _line(conn, f"office:{code}", "term_ended", body, seat, who.at, {"name": name})


def change_phone(office: Office, code: str, person_id: int, phone: str, who: Admin) -> None:
    """The telephone of a person who holds a post of the office; a helper's stands on the household's card (明白卡).

    Empty takes it away. Raises NoSuch for one who holds no post there, FieldWrong for what is no telephone number."""
    wanted = phone.strip()
    if wanted and not _PHONE.fullmatch(wanted):
        raise FieldWrong(field="电话", why="只能填写6至23位数字，可用空格或短横线分隔。")
    with _acting(office, who) as (conn, seat):
        there = {p.person_id for p in admin.posts_and_people(conn, code, day_of(who.at))}
        if person_id not in there:
            raise NoSuch(what="现任", key=person_id)
        admin.change_phone(conn, person_id, wanted or None)
        name = cases.person_name(conn, person_id)
        personal = {"name": name, "phone": wanted}
        _line(conn, f"office:{code}", "phone", {"person": person_id}, seat, who.at, personal)


# --- calendar --------------------------------------------------------------------------------------------------------


def announce_year(office: Office, year: int, source: str, days: Sequence[Day], who: Admin) -> int:
    """Record a year as announced; dates counted from now on are no longer provisional in it. Returns how many days.
    `days` come from `read_days` or `days_in_file`."""
    if not source.strip():
        raise FieldMissing(step="公布年历", fields="文件依据")
    with _acting(office, who) as (conn, seat):
        if year in {row.year for row in admin.years(conn)}:
            raise AnnouncedAlready(year=year)
        calendar.announce_year(conn, year, source.strip(), days, who.at)
        body = {"year": year, "source": source.strip(), "days": [[d, o, n] for d, o, n in days]}
        _line(conn, "system", "year", body, seat, who.at)
        return len(days)


def change_day(office: Office, day: date, is_open: bool, name: str, source: str, who: Admin) -> None:
    """Correct one day of an announced year; the old row stays, and so does every date that was counted with it."""
    if not name.strip() or not source.strip():
        raise FieldMissing(step="调整日历", fields="名称、依据")
    with _acting(office, who) as (conn, seat):
        if day.year not in {row.year for row in admin.years(conn)}:
            raise NoSuch(what="已公布的年历", key=day.year)
        calendar.change_day(conn, day, is_open, name.strip(), source.strip(), who.at)
        body = {"day": day, "open": is_open, "name": name.strip(), "source": source.strip()}
        _line(conn, "system", "day", body, seat, who.at)


# --- the policy pack -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a new text of a pack changes."""

    key: str
    label: str
    old: str
    new: str


def compare(old: Pack | None, new: Pack) -> list[Difference]:
    """What a new text changes, value by value; words of labels and steps are compared as a whole."""
    before = {} if old is None else old.entries
    found = []
    for key in sorted({*before, *new.entries}):
        was, now = before.get(key), new.entries.get(key)
        texts = ["" if e is None else f"{_value(e.value)}（{e.status}）" for e in (was, now)]
        if texts[0] != texts[1]:
            some = now or was
            found.append(Difference(key, some.label if some else key, texts[0], texts[1]))
    return found


def _value(value: object) -> str:
    return "未设" if value is None else str(value)


def check_pack(office: Office, text: str) -> tuple[Pack, list[Difference]]:
    """A new text of a pack, judged in its whole shape, and what it changes. Raises PackInvalid naming every fault."""
    new = parse_pack(text)
    return new, compare(office.packs.get(new.id), new)


def upload_pack(office: Office, text: str, who: Admin) -> bool:
    """Make a new text the one in force; running cases keep the procedure they began with. False when it is that
    already. Raises PackInvalid; NoSuch for a pack that this office does not carry out."""
    new = parse_pack(text)
    if new.id not in office.packs:
        raise NoSuch(what="本单位执行的政策包", key=new.id)
    with _acting(office, who) as (conn, seat):
        kept = packs.keep_pack(conn, new.id, new.sha256, new.text, seat.person, who.at)
        if kept:
            _line(conn, "system", "pack", {"pack": new.id, "sha256": new.sha256}, seat, who.at)
        return kept
