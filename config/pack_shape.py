"""The shape of a policy pack: which tables there are, what stands in each, and every departure from it in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

STATUSES = ("UNSET", "DEFAULT", "CONFIRMED")
DAY_UNITS = ("working_days", "calendar_days")
UNITS = (*DAY_UNITS, "months", "yuan", "persons", "households", "ratio", "count", "")
SECTIONS_OF_THEIR_OWN = ("pack", "labels", "procedures", "documents", "checklist")

Status = Literal["UNSET", "DEFAULT", "CONFIRMED"]
DayUnit = Literal["working_days", "calendar_days"]
Unit = Literal["working_days", "calendar_days", "months", "yuan", "persons", "households", "ratio", "count", ""]
Words = Annotated[str, Field(pattern=r"\S")]
Natural = Annotated[int, Field(gt=0)]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the key and what is wrong, in Chinese."""

    key: str
    why: str


def month_day(text: str) -> str:
    """A day of every year as "10-31"; the 29th of February is none."""
    if not re.fullmatch(r"\d\d-\d\d", text):
        raise ValueError("须写作“月-日”，如10-31")
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError as no:
        raise ValueError(f"没有{text}这一天") from no
    return text


def share(text: str) -> str:
    """A share of a whole as "1/2": above nothing, at most all."""
    if not re.fullmatch(r"[1-9]\d{0,3}/[1-9]\d{0,3}", text) or Fraction(text) > 1:
        raise ValueError("须写作不大于1的分数，如1/2")
    return text


def clock(text: str) -> str:
    """An hour and minute of the day as "21:00"."""
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("须写作“时:分”，如21:00")
    return text


def two(listed: list[str]) -> list[str]:
    """A beginning and an end."""
    if len(listed) != 2:
        raise ValueError("须写起、止两项")
    return listed


def is_year(text: str) -> bool:
    """A year that a pack may name: 1990 to 2100."""
    return bool(re.fullmatch(r"199\d|20\d\d|2100", text))


MonthDay = Annotated[str, AfterValidator(month_day)]
Share = Annotated[str, AfterValidator(share)]
Clock = Annotated[str, AfterValidator(clock)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Head(_Table):
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Words
    doc_no: Words | None = None
    issued_on: date | None = None
    valid_from: date
    valid_to: date | None = None


class _Entry(_Table):
    label: Words
    value: Any = None
    unit: Unit = ""
    clause: str = ""
    source: str = ""
    status: Status


class _Step(_Table):
    key: Words
    title: Words
    limit: Natural | None = None
    unit: DayUnit | None = None
    clause: str = ""
    source: str = ""
    status: Status


class _Procedure(_Table):
    title: Words
    steps: Annotated[list[_Step], Field(min_length=1)]


class _Document(_Table):
    title: Words
    number: Words
    issuer: str = ""
    issued_on: date
    status: Status


class _Check(_Table):
    code: Words
    title: Words
    clause: Words
    certifier: Words
    may_not_apply: bool
    applies_to: Literal["every", "school_age"] = "every"
    evidence: str = ""
    status: Status


class _Method(_Table):
    title: Words
    leaves_out: list[Words]


class _Rules(_Table):
    title: Words
    quorum: Share
    quorum_strict: bool
    passes: Share
    passes_strict: bool


class _Rung(_Table):
    name: Words
    offset: int
    unit: DayUnit
    to: Literal["post", "office", "office_above"]
    paper: Words | None = None


class _Ask(_Table):
    key: Words
    title: Words
    kind: Literal["text", "date", "count", "money", "flag", "list", "households"] = "text"
    required: bool = True
    must: bool = False  # a flag that must be set


class _Measure(_Table):
    key: Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]
    label: Words
    unit: Words
    clause: Words
    condition: Words | None = None


Texts = Annotated[list[Words], Field(min_length=1)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Part = Annotated[int | float, Field(ge=0, le=1)]
UNITS_OF: Mapping[str, tuple[str, ...]] = {  # what code computes with is one number in one unit
    "baseline.*": ("households", "persons", "count"),
    "targets_persons.*": ("persons",),
    "exit_income.line.*": ("yuan",),
    "exit_income.provincial_income.*": ("yuan",),
    "exit_income.base_income": ("yuan",),
    "identification.line": ("yuan",),
    "identification.price_index.*": ("ratio",),
    "publicity.rounds": ("count",),
    "publicity.exit_rounds": ("count",),
    "survey.min_surveyors": ("count",),
    "reminders.listed": ("count",),
    "school.age_*": ("count",),
    "quality.*": ("count", "yuan"),
    "handing.urge_interval": DAY_UNITS,
    "handing.delegation_max": ("calendar_days",),
    "*_days": DAY_UNITS,
    "*_limit": DAY_UNITS,
    "*months": ("months",),
}
BY_YEAR = ("targets_persons", "exit_income.line", "exit_income.provincial_income", "identification.price_index")
VALUE_SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "income.methods": TypeAdapter(Annotated[dict[str, _Method], Field(min_length=1)]),
    "income.method_*": TypeAdapter(Words),
    "income.cutoff": TypeAdapter(MonthDay),
    "review_meeting.rules": TypeAdapter(Annotated[dict[str, _Rules], Field(min_length=1)]),
    "review_meeting.model": TypeAdapter(Words),
    "reminders.rungs": TypeAdapter(Annotated[list[_Rung], Field(min_length=1)]),
    "reminders.quiet": TypeAdapter(Annotated[list[Clock], AfterValidator(two)]),
    "obligations.*.asks": TypeAdapter(Annotated[list[_Ask], Field(min_length=1)]),
    "obligations.*.title": TypeAdapter(Words),
    "obligations.*.evidence": TypeAdapter(Texts),
    "visits.leaders": TypeAdapter(Texts),
    "visits.due": TypeAdapter(MonthDay),
    "visits.remind_on": TypeAdapter(Annotated[list[MonthDay], Field(min_length=1)]),
    "fixed_days.*": TypeAdapter(MonthDay),
    "yearly.*": TypeAdapter(MonthDay),
    "publicity.count_start_day": TypeAdapter(bool),
    "publicity.roll_if_last_day_off": TypeAdapter(bool),
    "exit_income.ratio": TypeAdapter(Part),
    "exit_income.growth": TypeAdapter(Part),
    "exit_income.base_year": TypeAdapter(Year),
    "identification.price_base": TypeAdapter(Year),
    "board.web_list": TypeAdapter(Literal["masked", "none"]),
    "exit_income.basis": TypeAdapter(Literal["preset_growth", "actual_45pct", "manual"]),
    "measures.programmes": TypeAdapter(Texts),
    "supervision.ladder": TypeAdapter(Texts),
    "code_words.*": TypeAdapter(Words),
    "agreements.measures": TypeAdapter(Annotated[list[_Measure], Field(min_length=1)]),
    "agreements.report_by": TypeAdapter(MonthDay),
    "agreements.assess_by": TypeAdapter(MonthDay),
    "agreements.*_signers": TypeAdapter(Texts),
    "agreements.reported": TypeAdapter(Texts),
    "agreements.grades": TypeAdapter(Texts),
    "agreements.number_words.*": TypeAdapter(Annotated[str, Field(pattern=r"^[一-龥]{2,12}$")]),
    "agreements.copies": TypeAdapter(Natural),
    "housing.finish_by": TypeAdapter(date),
    "campaign.finish_by": TypeAdapter(date),
}
TABLES: Mapping[str, TypeAdapter[Any]] = {
    "pack": TypeAdapter(_Head),
    "labels": TypeAdapter(dict[str, Words]),
    "procedures": TypeAdapter(dict[str, _Procedure]),
    "documents": TypeAdapter(list[_Document]),
    "checklist": TypeAdapter(list[_Check]),
}
_ENTRY = TypeAdapter(_Entry)
_WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项，请检查拼写",
    "string_type": "须是文字",
    "string_pattern_mismatch": "须填写，或写法不对",
    "int_type": "须是整数",
    "greater_than": "须是正整数",
    "bool_type": "须是true或false",
    "date_type": "须是日期，如2016-01-01",
    "is_instance_of": "须是日期，如2016-01-01",
    "too_short": "至少要有一项",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
    "float_type": "须是数",
}


def shape_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Every table that is missing, unknown or filled with the wrong kind of thing."""
    for name, table in TABLES.items():
        if name not in raw:
            yield Problem(name, "缺少这一节")
        else:
            yield from _faults(name, table, raw[name])
    for name, section in raw.items():
        if name not in SECTIONS_OF_THEIR_OWN:
            yield from _section(name, section)


def tables(raw: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The entries of a pack with their keys: a table with a status, a value or a label is an entry, any other a section."""
    for name, value in raw.items():
        if isinstance(value, dict) and (prefix or name not in SECTIONS_OF_THEIR_OWN):
            key = f"{prefix}{name}"
            if is_entry(value):
                yield key, value
            else:
                yield from tables(value, f"{key}.")


def is_entry(table: Mapping[str, Any]) -> bool:
    return not {"status", "value", "label"}.isdisjoint(table)


def _section(key: str, section: object) -> Iterator[Problem]:
    if not isinstance(section, dict):
        yield Problem(key, "须写成一项参数：{label, value, unit, clause或source, status}")
    elif is_entry(section) and key in (*BY_YEAR, "baseline"):
        yield Problem(key, "须逐年逐项填写，不能合成一项")
    elif is_entry(section):
        yield from _unit(key, section)
        yield from _faults(key, _ENTRY, section)
        if "value" in section:
            yield from _value(key, section["value"], section.get("unit", ""))
    else:
        for name, inner in section.items():
            yield from _section(f"{key}.{name}", inner)


def _unit(key: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    for pattern, units in UNITS_OF.items():
        if fnmatchcase(key, pattern):
            if entry.get("unit") not in units:
                yield Problem(key, f"须注明单位（unit）：{'、'.join(units)}")
            elif isinstance(entry.get("value"), (dict, list)):
                yield Problem(key, "须是一个数")


def _value(key: str, value: object, unit: object) -> Iterator[Problem]:
    for pattern, shape in VALUE_SHAPES.items():
        if fnmatchcase(key, pattern):
            yield from _faults(key, shape, value)
            return
    if why := _unlike(value, unit):
        yield Problem(key, why)


def _unlike(value: object, unit: object) -> str | None:
    """Why a value does not go with its unit; tables and lists are judged item by item."""
    if isinstance(value, dict):
        return next((why for v in value.values() if (why := _unlike(v, unit))), None)
    if isinstance(value, list):
        return next((why for v in value if (why := _unlike(v, unit))), None if value else "至少要有一项")
    match unit:
        case "yuan":
            return None if _number(value) and _places(value) >= -2 else "须是金额（元），最多两位小数"
        case "ratio":
            return None if _number(value) else "须是不小于0的数"
        case "persons" | "households" | "count":
            return None if isinstance(value, int) and _number(value) else "须是不小于0的整数"
        case "working_days" | "calendar_days" | "months":
            return None if isinstance(value, int) and _number(value) and value else "时限须是正整数"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "数值须注明单位（unit）"
    return "没有填写" if value == "" else None


def _number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return isfinite(value) and 0 <= value < 10**12


def _places(value: object) -> int:
    return int(Decimal(str(value)).normalize().as_tuple().exponent)


def _faults(key: str, shape: TypeAdapter[Any], value: object) -> Iterator[Problem]:
    try:
        shape.validate_python(value, strict=True)
    except ValidationError as no:
        for error in no.errors(include_url=False):
            place = error["loc"]
            where = ".".join(str(part + 1) if isinstance(part, int) else part for part in (key, *place))
            yield Problem(where, _in_chinese(str(error["type"]), error.get("ctx", {}), place[-1:]))


def _in_chinese(kind: str, facts: Mapping[str, Any], field: tuple[int | str, ...]) -> str:
    if kind == "value_error":
        return str(facts["error"])
    if kind == "literal_error":
        offered = str(facts["expected"]).replace(" or ", "、").replace(", ", "、")
        return f"单位不认识，只能是{offered}" if field == ("unit",) else f"只能是{offered}"
    if kind == "missing" and field == ("label",):
        return "缺少名称（label）"
    return _WORDS.get(kind, "写法不对")
