"""Changes of members, heads and attributes: checked before they are approved, written with the approval (R4.3-01)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flows.moment import Moment
from records import areas, ledger, register
from records.register import Because
from rules.days import ONE_DAY
from rules.identity import IdWrong, masked, read_id
from rules.register import HEAD, RELATIONS
from states.not_allowed import FieldWrong, HeadWrong, NoSuch, PersonElsewhere

Change = Mapping[str, Any]


def changes_valid(moment: Moment) -> None:
    """Every change is complete and possible, and the household keeps exactly one head."""
    effective_on = _effective_on(moment)
    if effective_on > moment.on:
        raise FieldWrong(field="生效日期", why="不能晚于今日。")
    household = register.household_on(moment.conn, moment.case.subject_id, moment.on)
    if household is None:
        raise NoSuch(what="登记簿中的户", key=moment.case.title)
    heads = {m.person_id for m in household.members if m.relation == HEAD}
    left: set[int] = set()
    for number, change in enumerate(_changes(moment), 1):
        kind = str(change.get("kind"))
        if kind not in CHECKS:
            raise FieldWrong(field=f"变更内容第{number}项", why=f"类型只能是：{'、'.join(CHECKS)}。")
        CHECKS[kind](moment, change, f"变更内容第{number}项")
        if kind == "leave":
            left.add(int(change["person_id"]))
        if kind == "head":
            heads = {int(change["person_id"])}
        if kind == "join" and change["relation"] == HEAD:
            heads.add(0)
    if not closes(moment) and len(heads - left) != 1:
        raise HeadWrong(household=moment.case.title, count=len(heads - left))


def members_valid(moment: Moment) -> None:
    """An applicant household has exactly one head (peers: two heads of one household are a common fault)."""
    count = register.heads_now(moment.conn, moment.case.subject_id)
    if count != 1:
        raise HeadWrong(household=moment.case.title, count=count)


def apply_changes(moment: Moment) -> Mapping[str, Any]:
    """Write the changes of a change case; returns the digest of its register events for the ledger line."""
    why = Because(moment.case.id, str(moment.earlier("community", "reason")), _effective_on(moment), moment.decision.at)
    for change in _changes(moment):
        APPLY[str(change["kind"])](moment, change, why)
    return {"register_events": ledger.bulk_line(moment.conn, "register_events", moment.case.id)}


def release_members(moment: Moment) -> Mapping[str, Any]:
    """An application that failed lets its people go, so that they may be registered with another household."""
    why = Because(moment.case.id, "未予纳入", moment.on + ONE_DAY, moment.decision.at)
    register.release(moment.conn, moment.case.subject_id, why)
    return {"register_events": ledger.bulk_line(moment.conn, "register_events", moment.case.id)}


def _changes(moment: Moment) -> list[Change]:
    listed = moment.fact("changes") or moment.earlier("community", "changes") or []
    return list(listed)


def closes(moment: Moment) -> bool:
    """Does the case take the whole household out of the register?"""
    return any(c.get("kind") == "close" for c in _changes(moment))


def _effective_on(moment: Moment) -> date:
    return date.fromisoformat(moment.fact("effective_on") or moment.earlier("community", "effective_on"))


# --- each kind: checked ---------------------------------------------------------------------------------------------


def _check_join(moment: Moment, change: Change, where: str) -> None:
    if missing := [k for k in ("person_no", "id_no", "name", "sex", "born_on", "relation") if not change.get(k)]:
        raise FieldWrong(field=where, why=f"缺少{'、'.join(missing)}。")
    if change["relation"] not in RELATIONS:
        raise FieldWrong(field=where, why=f"与户主关系“{change['relation']}”不在规定的选项中。")
    try:
        known = read_id(str(change["id_no"]))
    except IdWrong as no:
        raise FieldWrong(field=where, why=f"证件号码{no}。") from no
    if known.born_on.isoformat() != str(change["born_on"]) or known.sex != change["sex"]:
        raise FieldWrong(field=where, why="证件号码与出生日期或性别不符。")
    there = register.person_by_id_no(moment.conn, known.number)
    if there is not None and there.household_no is not None:
        raise PersonElsewhere(person=f"{change['name']}（{masked(known.number)}）", household=there.household_no)


def _check_member(moment: Moment, change: Change, where: str) -> None:
    household = register.household_on(moment.conn, moment.case.subject_id, moment.on)
    ids = {m.person_id for m in household.members} if household else set()
    if change.get("person_id") not in ids:
        raise FieldWrong(field=where, why="所填人员现不是本户成员。")


def _check_person(moment: Moment, change: Change, where: str) -> None:
    _check_member(moment, change, where)
    _check_facts(moment, change, where)


def _check_facts(moment: Moment, change: Change, where: str) -> None:
    if not isinstance(change.get("facts"), Mapping) or not change["facts"]:
        raise FieldWrong(field=where, why="没有写明改哪一项、改成什么。")


def _check_move(moment: Moment, change: Change, where: str) -> None:
    if areas.path_of(moment.conn, str(change.get("area_code")), moment.on) is None:
        raise FieldWrong(field=where, why=f"没有{change.get('area_code')}这个社区。")


def _check_nothing(moment: Moment, change: Change, where: str) -> None:
    return None


CHECKS: Mapping[str, Callable[[Moment, Change, str], None]] = {
    "join": _check_join,
    "leave": _check_member,
    "head": _check_member,
    "person": _check_person,
    "household": _check_facts,
    "move": _check_move,
    "close": _check_nothing,
}

# --- each kind: written ---------------------------------------------------------------------------------------------


def _join(moment: Moment, change: Change, why: Because) -> None:
    person = {
        "person_no": change["person_no"], "id_no": read_id(str(change["id_no"])).number, "name": change["name"],
        "sex": change["sex"], "born_on": date.fromisoformat(str(change["born_on"])),
        "facts": dict(change.get("facts") or {}),
    }  # fmt: skip
    register.join(moment.conn, moment.case.subject_id, person, str(change["relation"]), why)


def _leave(moment: Moment, change: Change, why: Because) -> None:
    register.leave(moment.conn, moment.case.subject_id, int(change["person_id"]), why)


def _head(moment: Moment, change: Change, why: Because) -> None:
    """The old head takes a relation to the new one first: two heads at once are impossible."""
    household = register.household_on(moment.conn, moment.case.subject_id, moment.on)
    old = household.head if household else None
    if old is not None and old.person_id != change["person_id"]:
        relation = str(change.get("old_head_becomes") or "其他")
        register.set_relation(moment.conn, moment.case.subject_id, old.person_id, relation, why)
    register.set_relation(moment.conn, moment.case.subject_id, int(change["person_id"]), HEAD, why)


def _person(moment: Moment, change: Change, why: Because) -> None:
    facts = dict(change["facts"])
    if "born_on" in facts:
        facts["born_on"] = date.fromisoformat(str(facts["born_on"]))
    register.change_person(moment.conn, moment.case.subject_id, int(change["person_id"]), facts, why)


def _household(moment: Moment, change: Change, why: Because) -> None:
    register.change_household(moment.conn, moment.case.subject_id, dict(change["facts"]), why)


def _move(moment: Moment, change: Change, why: Because) -> None:
    code = str(change["area_code"])
    path = areas.path_of(moment.conn, code, why.effective_on)
    assert path is not None
    register.move_household(moment.conn, moment.case.subject_id, code, path, why)


def _close(moment: Moment, change: Change, why: Because) -> None:
    register.release(moment.conn, moment.case.subject_id, why)


APPLY: Mapping[str, Callable[[Moment, Change, Because], None]] = {
    "join": _join,
    "leave": _leave,
    "head": _head,
    "person": _person,
    "household": _household,
    "move": _move,
    "close": _close,
}
