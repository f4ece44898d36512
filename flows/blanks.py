"""Reading what a person filled into a step's form: each blank checked by its kind, all problems named at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.money import Yuan
from states.not_allowed import FieldMissing, FieldWrong
from states.procedure import Blank, Step


def read_blanks(step: Step, given: Mapping[str, object], refusing: bool = False) -> dict[str, Any]:
    """The step's blanks as JSON values. Raises FieldMissing naming every empty blank, FieldWrong for a bad one.
    A refusal may leave blanks empty: its reason is the opinion."""
    known = {blank.key: blank for blank in step.blanks}
    if strange := [key for key in given if key not in known]:
        raise FieldWrong(field="、".join(strange), why=f"“{step.title}”没有这个栏目。")
    empty = [b.title for b in step.blanks if b.required and given.get(b.key) in (None, "", (), [])]
    if empty and not refusing:
        raise FieldMissing(step=step.title, fields="、".join(empty))
    return {key: _read(known[key], value) for key, value in given.items() if value not in (None, "")}


def _read(blank: Blank, value: object) -> Any:
    match blank.kind:
        case "date":
            return _day(blank, value)
        case "count":
            return _count(blank, value)
        case "money":
            return _money(blank, value)
        case "choice":
            if value not in blank.choices:
                raise FieldWrong(field=blank.title, why=f"只能填：{'、'.join(blank.choices)}。")
            return value
        case "flag":
            if not isinstance(value, bool):
                raise FieldWrong(field=blank.title, why="只能填是或否。")
            return value
        case "people" | "list":
            if not isinstance(value, (list, tuple)):
                raise FieldWrong(field=blank.title, why="须逐项填写。")
            return list(value)
        case _:
            return str(value).strip()


def _day(blank: Blank, value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as no:
        raise FieldWrong(field=blank.title, why="日期须写成 2017-07-03 的样子。") from no


def _count(blank: Blank, value: object) -> int:
    try:
        count = int(str(value))
    except ValueError as no:
        raise FieldWrong(field=blank.title, why="须填整数。") from no
    if count < 0:
        raise FieldWrong(field=blank.title, why="不能是负数。")
    return count


def _money(blank: Blank, value: object) -> int:
    try:
        return value.fen if isinstance(value, Yuan) else Yuan.of(str(value)).fen
    except ValueError as no:
        raise FieldWrong(field=blank.title, why="须填金额（元），最多两位小数。") from no
