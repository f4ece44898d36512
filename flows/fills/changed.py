"""The form of a change in the register (D-24): what was beside what becomes, in words."""

from __future__ import annotations

from typing import Any

from flows.fills.draft import Draft, head_name
from flows.fills.household import identity, opinions
from records import register
from records.register import HouseholdOn
from rules.days import ONE_DAY
from rules.register import PEOPLE_COLUMNS
from templates.change_form import Change, ChangeForm

TITLES = {column.key: column.title for column in PEOPLE_COLUMNS}


def change_form(draft: Draft) -> ChangeForm:
    """What changes beside what it was: the household as it stood on the day before, and every change in words."""
    listed = draft.fact("community", "changes", []) or []
    effective_on = draft.day("community", "effective_on") or draft.on
    home = register.household_on(draft.conn, draft.case.subject_id, effective_on - ONE_DAY) or draft.home
    kinds = {"join": "人口自然增加", "leave": "人口自然减少", "head": "户主变更", "move": "迁移", "close": "销户"}
    return ChangeForm(
        **identity(draft, home), kind="、".join(dict.fromkeys(kinds.get(c["kind"], "属性变更") for c in listed)),
        reason=draft.fact("community", "reason"), effective_on=effective_on,
        evidence="户口簿及相关证明", changes=tuple(line for c in listed for line in _changes(draft, home, c)),
        consequences="按变更后人口重新核算人均收入；有成员减少的，低保应重新核对" if listed else "",
        opinions=opinions(draft, {"community": "社区意见", "street": "街道审批意见", "district": "区备案意见"}),
    )  # fmt: skip


def _changes(draft: Draft, home: HouseholdOn, change: dict[str, Any]) -> list[Change]:
    member = next((m for m in home.members if m.person_id == change.get("person_id")), None)
    who = str(change.get("name") or (member.name if member is not None else "本户"))
    match change["kind"]:
        case "join":
            return [Change(item="成员增加", new=f"{who}（{change['relation']}，{change['sex']}）")]
        case "leave":
            return [Change(item="成员减少", old=f"{who}（{member.relation}）" if member is not None else who)]
        case "head":
            return [Change(item="户主变更", old=head_name(home) or "—", new=who)]
        case "move":
            place = draft.area_name(home.area_path), draft.area_name(str(change["area_code"]))
            return [Change(item="整户迁移", old=place[0], new=place[1])]
        case "close":
            return [Change(item="整户销户", old=head_name(home))]
        case _:
            before = member.facts if member is not None else home.facts
            return [Change(item=f"{who}：{TITLES.get(k, k)}", old=_said(before.get(k)), new=_said(v))
                    for k, v in change["facts"].items()]  # fmt: skip


def _said(value: Any) -> str:
    return {True: "是", False: "否", None: ""}.get(value, str(value)) if isinstance(value, bool | None) else str(value)
