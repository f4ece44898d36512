"""What can be wrong with a policy pack: every fault is named by key and reason, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rules.income import ITEMS, growth_line

STATUSES = ("UNSET", "DEFAULT", "CONFIRMED")
UNITS = ("working_days", "calendar_days", "months", "yuan", "persons", "households", "ratio", "count", "")
DAY_UNITS = ("working_days", "calendar_days")
LIMIT_WORDS = ("_limit", "_days", "min_days")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the key and what is wrong, in Chinese."""

    key: str
    why: str


Check = Callable[[Mapping[str, Any]], Iterator[Problem]]


def problems_of(raw: Mapping[str, Any]) -> list[Problem]:
    """Every fault of a pack as it was read from TOML; an empty list for a good one."""
    shape = list(_shape(raw))
    if shape:
        return shape
    return [problem for check in CHECKS for problem in check(raw)]


def _shape(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for name, kind in (
        ("pack", dict),
        ("labels", dict),
        ("procedures", dict),
        ("documents", list),
        ("checklist", list),
    ):
        if not isinstance(raw.get(name), kind):
            yield Problem(name, "缺少这一节")
    head = raw.get("pack")
    if isinstance(head, dict):
        for name in ("id", "title"):
            if not isinstance(head.get(name), str) or not head[name]:
                yield Problem(f"pack.{name}", "须填写")
        if not isinstance(head.get("valid_from"), date):
            yield Problem("pack.valid_from", "须是日期，如 2016-01-01")


def _tables(raw: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, value in raw.items():
        if isinstance(value, dict) and (prefix or name not in ("pack", "labels", "procedures")):
            key = f"{prefix}{name}"
            if "status" in value or "value" in value or "label" in value:
                yield key, value
            else:
                yield from _tables(value, f"{key}.")


def _values(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for key, table in _tables(raw):
        if not table.get("label"):
            yield Problem(key, "缺少名称（label）")
        status = table.get("status")
        if status not in STATUSES:
            yield Problem(key, f"状态（status）只能是{'、'.join(STATUSES)}，现为{status}")
        elif status == "UNSET" and "value" in table:
            yield Problem(key, "状态为UNSET却填了数值")
        elif status != "UNSET" and "value" not in table:
            yield Problem(key, f"状态为{status}却没有数值")
        if status == "CONFIRMED" and not (table.get("clause") or table.get("source")):
            yield Problem(key, "状态为CONFIRMED却没有条款（clause）或来源（source）")
        if status == "DEFAULT" and not table.get("source"):
            yield Problem(key, "状态为DEFAULT须注明来源（source）")
        if table.get("unit", "") not in UNITS:
            yield Problem(key, f"单位（unit）{table['unit']}不认识")


def _limits(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for key, table in _tables(raw):
        if key.endswith(LIMIT_WORDS) and table.get("unit") not in DAY_UNITS:
            yield Problem(key, "时限须注明单位：working_days（工作日）或calendar_days（日）")
        if key.endswith(LIMIT_WORDS) and "value" in table and not _natural(table["value"]):
            yield Problem(key, "时限须是正整数")


def _natural(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _targets(raw: Mapping[str, Any]) -> Iterator[Problem]:
    targets = raw.get("targets_persons", {})
    baseline = raw.get("baseline", {}).get("persons", {}).get("value")
    if not targets or baseline is None:
        return
    total = sum(t.get("value", 0) for t in targets.values())
    if total != baseline:
        yield Problem("targets_persons", f"各年目标合计{total}人，与基数{baseline}人相差{abs(total - baseline)}人")


def _exit_lines(raw: Mapping[str, Any]) -> Iterator[Problem]:
    section = raw.get("exit_income", {})
    if section.get("basis", {}).get("value") != "preset_growth":
        return
    base, ratio, growth = (Decimal(str(section[k]["value"])) for k in ("base_income", "ratio", "growth"))
    first = section["base_year"]["value"]
    for year, table in section.get("line", {}).items():
        if "value" in table:
            expected = growth_line(base, ratio, growth, int(year) - first)
            if abs(expected.fen - table["value"] * 100) > 100:
                yield Problem(f"exit_income.line.{year}", f"为{table['value']}元，按基数和增幅应为{expected.plain}元")


def _publicity(raw: Mapping[str, Any]) -> Iterator[Problem]:
    section = raw.get("publicity", {})
    shown, least = section.get("min_days", {}).get("value"), section.get("lawful_min_days", {}).get("value")
    if shown is not None and least is not None and shown < least:
        yield Problem("publicity.min_days", f"公示{shown}日，少于规定的最少{least}日")


def _procedures(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for name, table in raw["procedures"].items():
        key = f"procedures.{name}"
        if not table.get("title"):
            yield Problem(key, "缺少名称（title）")
        steps = table.get("steps", [])
        if not steps:
            yield Problem(key, "没有环节（steps）")
        seen: set[str] = set()
        for step in steps:
            yield from _step(f"{key}.{step.get('key', '?')}", step)
            if step.get("key") in seen:
                yield Problem(key, f"环节{step.get('key')}重复")
            seen.add(step.get("key", ""))


def _step(key: str, step: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("key", "title"):
        if not step.get(name):
            yield Problem(key, f"缺少{name}")
    if step.get("status") not in STATUSES:
        yield Problem(key, f"状态（status）只能是{'、'.join(STATUSES)}")
    if "limit" in step and step.get("unit") not in DAY_UNITS:
        yield Problem(key, "时限须注明单位：working_days（工作日）或calendar_days（日）")
    if "limit" in step and not _natural(step["limit"]):
        yield Problem(key, "时限须是正整数")


def _checklist(raw: Mapping[str, Any]) -> Iterator[Problem]:
    codes = [item.get("code") for item in raw["checklist"]]
    for code in {c for c in codes if codes.count(c) > 1}:
        yield Problem(f"checklist.{code}", "条件代码重复")
    for item in raw["checklist"]:
        for name in ("code", "title", "clause", "certifier", "may_not_apply"):
            if name not in item:
                yield Problem(f"checklist.{item.get('code', '?')}", f"缺少{name}")


def _documents(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for number, item in enumerate(raw["documents"], 1):
        if not isinstance(item.get("issued_on"), date):
            yield Problem(f"documents.{number}", "印发日期（issued_on）须是日期")
        for name in ("title", "number", "status"):
            if not item.get(name):
                yield Problem(f"documents.{number}", f"缺少{name}")


def _methods(raw: Mapping[str, Any]) -> Iterator[Problem]:
    section = raw.get("income", {})
    methods = section.get("methods", {}).get("value", {})
    for name, spec in methods.items():
        if strange := set(spec.get("leaves_out", ())) - set(ITEMS):
            yield Problem(f"income.methods.{name}", f"没有这些收入项目：{'、'.join(sorted(strange))}")
    for kind in ("method_exit", "method_entry"):
        chosen = section.get(kind, {}).get("value")
        if chosen is not None and chosen not in methods:
            yield Problem(f"income.{kind}", f"没有{chosen}这种核算口径")


CHECKS: tuple[Check, ...] = (
    _values, _limits, _targets, _exit_lines, _publicity, _procedures, _checklist, _documents, _methods,
)  # fmt: skip
