"""What can be wrong with a policy pack: every fault is named by key and reason, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from string import Formatter
from typing import Any

from config.pack_shape import BY_YEAR, Problem, is_year, shape_problems, tables
from rules.income import ITEMS, growth_line
from rules.money import Yuan

__all__ = ["LABELS", "MUST_HAVE_STEPS", "REQUIRED", "STEP_KEYS", "Problem", "problems_of"]

LABELS = ("household", "person", "register", "exit", "checklist", "district", "group", "office", "complaint_line",
          "after_identification", "after_exit", "continues")  # fmt: skip
REQUIRED = (  # what a procedure asks for; a pack may leave the value UNSET, but not the line out
    "measures.programmes", "identification.supplement_limit", "identification.line", "identification.price_base",
    "exit_income.basis", "exit_income.base_year", "income.method_exit", "income.method_entry", "income.methods",
    "income.cutoff", "publicity.rounds", "publicity.lawful_min_days", "publicity.min_days",
    "publicity.announcement_days", "publicity.count_start_day", "publicity.roll_if_last_day_off",
    "survey.min_surveyors", "review_meeting.model", "review_meeting.rules", "consolidation.months",
    "revisit.first_year_months", "revisit.later_months", "revisit.window_days", "revisit.issue_limit",
    "handing.advice_limit", "handing.urge_interval", "handing.delegation_max",
    "objection.decide_limit", "objection.review_limit", "code_words.group", "code_words.office",
    "supervision.rectify_limit", "supervision.interview_notice_limit", "supervision.commitment_limit",
    "supervision.referral_limit", "reminders.rungs", "reminders.quiet", "reminders.listed",
)  # fmt: skip
_PUB1, _PUB2, _PUB = ("pub1_post", "pub1_close"), ("pub2_post", "pub2_close"), ("pub_post", "pub_close")
_TO_REGISTER = ("street_review", *_PUB2, "district_review", "group_decision", "announce", "register", "plan")
STEP_KEYS: Mapping[str, frozenset[str]] = {
    "identification": frozenset(("accept", "survey", "cross_check", "review", *_PUB1, "submit", *_TO_REGISTER)),
    "exit": frozenset(("candidate", "review", "verify", "accept", *_PUB, "street_review", *_PUB2, "district_check",
                       "group_confirm", "announce", "notify")),
    "change": frozenset(("community", "street", "district")),
    "removal": frozenset(("review", *_PUB, "street_review", "group_decision")),
    "relapse": frozenset(("visit", "review", *_PUB1, *_TO_REGISTER)),
    "plan": frozenset(("draft", "sign")),
    "revisit": frozenset(("record",)),
    "consolidation_end": frozenset(("opinion", "approve")),
    "objection": frozenset(("receive", "investigate", "decide", "reply")),
    "correction": frozenset(("community", "check", "decide", "reply")),
    "import": frozenset(("report", "approve")),
    "rectification": frozenset(("propose", "review", "decide", "report", "check", "close")),
    "interview": frozenset(("propose", "review", "decide", "hold", "commit", "check", "close")),
    "referral": frozenset(("propose", "review", "decide", "hand_over", "close")),
}  # fmt: skip
MUST_HAVE_STEPS: Mapping[str, tuple[str, ...]] = {  # nobody is entered or taken out unseen, or against the household
    "identification": ("review", *_PUB1),
    "exit": ("verify", "accept", *_PUB),
    "removal": ("review", *_PUB),
    "rectification": ("propose", "review", "decide", "report", "check", "close"),  # nobody is accused by one person
    "interview": ("propose", "review", "decide", "hold", "commit", "check", "close"),
    "referral": ("propose", "review", "decide", "hand_over", "close"),
}

Raw = Mapping[str, Any]
Check = Callable[[Raw], Iterator[Problem]]


def problems_of(raw: Raw) -> list[Problem]:
    """Every fault of a pack as it was read from TOML; an empty list for a good one.

    A check is left out only where a section that it reads is itself misshapen."""
    found = list(shape_problems(raw))
    broken = {problem.key.split(".")[0] for problem in found}
    for check in ON_ANY_ENTRY:
        found.extend(check(raw))
    for reads, check in CHECKS:
        if broken.isdisjoint(reads):
            found.extend(check(raw))
    return list(dict.fromkeys(found))


def _head(raw: Raw) -> Iterator[Problem]:
    head = raw["pack"]
    if head.get("valid_to") and head["valid_to"] < head["valid_from"]:
        yield Problem("pack.valid_to", "早于生效日期（valid_from）")


def _labels(raw: Raw) -> Iterator[Problem]:
    for name in LABELS:
        if name not in raw["labels"]:
            yield Problem(f"labels.{name}", "缺少这一用语")
    for name, text in raw["labels"].items():
        allowed = {"until"} if name == "continues" else set()
        if not _blanks_are(text, allowed):
            yield Problem(f"labels.{name}", "含有不认识的花括号{}" + ("，只能用{until}" if allowed else ""))


def _blanks_are(text: str, allowed: set[str]) -> bool:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None} <= allowed
    except ValueError:
        return False


def _status(raw: Raw) -> Iterator[Problem]:
    for key, table in tables(raw):
        status = table.get("status")
        if status == "UNSET" and "value" in table:
            yield Problem(key, "状态为UNSET却填了数值")
        if status in ("DEFAULT", "CONFIRMED") and "value" not in table:
            yield Problem(key, f"状态为{status}却没有数值")
        if status == "CONFIRMED" and not (table.get("clause") or table.get("source")):
            yield Problem(key, "状态为CONFIRMED却没有条款（clause）或来源（source）")
        if status == "DEFAULT" and not table.get("source"):
            yield Problem(key, "状态为DEFAULT须注明来源（source）")


def _required(raw: Raw) -> Iterator[Problem]:
    present = {key for key, _ in tables(raw)}
    for key in REQUIRED:
        if key not in present:
            yield Problem(key, "缺少这一项；数值未定的，状态写UNSET")


def _years(raw: Raw) -> Iterator[Problem]:
    for key, _ in tables(raw):
        section, _, name = key.rpartition(".")
        if section in BY_YEAR and not is_year(name):
            yield Problem(key, "须是四位数的年份")


def _indices(raw: Raw) -> Iterator[Problem]:
    for year, table in raw.get("identification", {}).get("price_index", {}).items():
        if "value" in table and not 50 <= table["value"] <= 200:
            yield Problem(f"identification.price_index.{year}", "价格指数以上年为100，如101.8")


def _targets(raw: Raw) -> Iterator[Problem]:
    targets = raw.get("targets_persons", {})
    baseline = raw.get("baseline", {}).get("persons", {}).get("value")
    if not targets or baseline is None or any("value" not in table for table in targets.values()):
        return
    total = sum(table["value"] for table in targets.values())
    if total != baseline:
        yield Problem("targets_persons", f"各年目标合计{total}人，与基数{baseline}人相差{abs(total - baseline)}人")


def _exit_lines(raw: Raw) -> Iterator[Problem]:
    section = raw.get("exit_income", {})
    if section.get("basis", {}).get("value") != "preset_growth":
        return
    given = {k: section.get(k, {}).get("value") for k in ("base_year", "base_income", "ratio", "growth")}
    missing = [k for k, value in given.items() if value is None]
    for name in missing:
        yield Problem(f"exit_income.{name}", "口径为preset_growth时须填写")
    if missing:
        return
    for year, table in section.get("line", {}).items():
        if "value" in table and is_year(year):
            base, ratio, growth = (Decimal(str(given[k])) for k in ("base_income", "ratio", "growth"))
            expected = growth_line(base, ratio, growth, int(year) - given["base_year"])
            if abs(expected.fen - Yuan.of(str(table["value"])).fen) > 100:
                yield Problem(f"exit_income.line.{year}", f"为{table['value']}元，按基数和增幅应为{expected.plain}元")


def _publicity(raw: Raw) -> Iterator[Problem]:
    section = raw.get("publicity", {})
    least = section.get("lawful_min_days", {})
    for name, word in (("min_days", "公示"), ("announcement_days", "公告")):
        shown = section.get(name, {})
        if "value" not in shown or "value" not in least:
            continue
        if shown["value"] < least["value"]:
            yield Problem(f"publicity.{name}", f"{word}{shown['value']}日，少于规定的最少{least['value']}日")
        if least.get("unit") == "working_days" != shown.get("unit"):
            yield Problem(f"publicity.{name}", "最少天数按工作日计，本项也须按工作日计")


def _rounds(raw: Raw) -> Iterator[Problem]:
    rounds = raw.get("publicity", {}).get("rounds", {}).get("value")
    if rounds not in (None, 1, 2):
        yield Problem("publicity.rounds", "公示轮数只能是1或2")
    at_exit = raw.get("publicity", {}).get("exit_rounds", {}).get("value")
    if at_exit not in (None, 1, 2):
        yield Problem("publicity.exit_rounds", "退出公示轮数只能是1或2")
    for name, asked in (("identification", rounds), ("relapse", rounds), ("exit", at_exit)):
        listed = {step["key"] for step in raw["procedures"].get(name, {}).get("steps", ())}
        if asked == 2 and listed and not listed.issuperset(_PUB2):
            yield Problem(f"procedures.{name}", "公示轮数为2，却没有第二次公示的环节（pub2_post、pub2_close）")


def _procedures(raw: Raw) -> Iterator[Problem]:
    for name, table in raw["procedures"].items():
        key, steps = f"procedures.{name}", table["steps"]
        if name not in STEP_KEYS:
            yield Problem(key, "系统没有这一事项")
            continue
        listed = [step["key"] for step in steps]
        yield from _listed(key, listed, STEP_KEYS[name], MUST_HAVE_STEPS.get(name, ()))
        for step in steps:
            yield from _step(f"{key}.{step['key']}", step)
    for name in STEP_KEYS:
        if name not in raw["procedures"] and name != "removal":  # a pack without 错评剔除 is a pack
            yield Problem(f"procedures.{name}", "缺少这一事项")


def _listed(key: str, listed: list[str], known: frozenset[str], needed: tuple[str, ...]) -> Iterator[Problem]:
    for step in dict.fromkeys(listed):
        if step not in known:
            yield Problem(key, f"环节{step}系统不认识；可用：{'、'.join(sorted(known))}")
        if listed.count(step) > 1:
            yield Problem(key, f"环节{step}重复")
    for step in needed:
        if step not in listed:
            yield Problem(key, f"环节{step}不能省略")
    for post, close in (_PUB1, _PUB2, _PUB):
        if (post in listed) != (close in listed):
            yield Problem(key, f"环节{post}与{close}须成对")
        elif post in listed and listed.index(post) > listed.index(close):
            yield Problem(key, f"环节{post}须在{close}之前")


def _step(key: str, step: Raw) -> Iterator[Problem]:
    if "limit" in step and "unit" not in step:
        yield Problem(key, "时限须注明单位：working_days（工作日）或calendar_days（日）")
    if step["status"] == "UNSET" and "limit" in step:
        yield Problem(key, "状态为UNSET却填了时限")
    if step["status"] == "CONFIRMED" and not (step.get("clause") or step.get("source")):
        yield Problem(key, "状态为CONFIRMED却没有条款（clause）或来源（source）")


def _checklist(raw: Raw) -> Iterator[Problem]:
    codes = [item["code"] for item in raw["checklist"]]
    for code in dict.fromkeys(c for c in codes if codes.count(c) > 1):
        yield Problem(f"checklist.{code}", "条件代码重复")
    for item in raw["checklist"]:
        if item.get("applies_to", "every") != "every" and not item["may_not_apply"]:
            yield Problem(f"checklist.{item['code']}", "只对部分户适用，may_not_apply须是true")
    ages = raw.get("school", {})
    by_age = [item["code"] for item in raw["checklist"] if item.get("applies_to") == "school_age"]
    for code in by_age:
        if any("value" not in ages.get(name, {}) for name in ("age_from", "age_to")):
            yield Problem(f"checklist.{code}", "按学龄适用，须填写school.age_from和school.age_to")


def _documents(raw: Raw) -> Iterator[Problem]:
    numbers = [item["number"] for item in raw["documents"]]
    for number in dict.fromkeys(n for n in numbers if numbers.count(n) > 1):
        yield Problem(f"documents.{number}", "文号重复")


def _methods(raw: Raw) -> Iterator[Problem]:
    section = raw.get("income", {})
    methods = section.get("methods", {}).get("value", {})
    for name, spec in methods.items():
        if strange := set(spec["leaves_out"]) - set(ITEMS):
            yield Problem(f"income.methods.{name}", f"没有这些收入项目：{'、'.join(sorted(strange))}")
    for kind in ("method_exit", "method_entry"):
        chosen = section.get(kind, {}).get("value")
        if chosen is not None and methods and chosen not in methods:
            yield Problem(f"income.{kind}", f"没有{chosen}这种核算口径；可选：{'、'.join(methods)}")


def _meeting(raw: Raw) -> Iterator[Problem]:
    section = raw.get("review_meeting", {})
    rules, model = section.get("rules", {}).get("value", {}), section.get("model", {}).get("value")
    if rules and model is not None and model not in rules:
        yield Problem("review_meeting.model", f"没有{model}这种评议规则；可选：{'、'.join(rules)}")


CHECKS: tuple[tuple[tuple[str, ...], Check], ...] = (  # the sections it reads, and the check
    (("pack",), _head), (("labels",), _labels), (("targets_persons", "baseline"), _targets),
    (("identification",), _indices), (("exit_income",), _exit_lines), (("publicity",), _publicity),
    (("publicity", "procedures"), _rounds), (("procedures",), _procedures), (("checklist", "school"), _checklist),
    (("documents",), _documents), (("income",), _methods), (("review_meeting",), _meeting),
)  # fmt: skip
ON_ANY_ENTRY: tuple[Check, ...] = (_status, _required, _years)
