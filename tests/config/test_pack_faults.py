"""A wrong pack is refused with every fault by key and reason, and never ends in anything but a pack or a refusal."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.pack import POLICIES, Pack, parse_pack, read_pack
from config.pack_checks import LABELS, MUST_HAVE_STEPS, REQUIRED, STEP_KEYS, problems_of
from flows.procedures import PROCEDURES, procedure_for
from states.not_allowed import NotAllowed, PackInvalid, PackValueUnset

TEXT = (POLICIES / "haojiang-2017.toml").read_text(encoding="utf-8")
TWICE_AT_EXIT = TEXT.replace('再张贴一次）", value = 1', '再张贴一次）", value = 2')
SECOND = (POLICIES / "monitoring-2021.toml").read_text(encoding="utf-8")
RAW: dict[str, Any] = tomllib.loads(TEXT)


def with_(path: str, value: Any) -> dict[str, Any]:
    """The shipped pack as a table, with one place changed, or taken out when the value is None."""
    raw = copy.deepcopy(RAW)
    *parents, last = [int(p) if p.isdigit() and len(p) < 3 else p for p in path.split("/")]
    place: Any = raw
    for part in parents:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return raw


def faults(raw: Mapping[str, Any]) -> str:
    return "；".join(f"{p.key}：{p.why}" for p in problems_of(raw))


STEP = {"key": "survey", "title": "入户调查", "limit": 10, "unit": "working_days", "status": "DEFAULT"}
WRONG = [
    ("fund/per_capita", 20000, "fund.per_capita：须写成一项参数"),
    ("fund/per_capita/claus", "R3.1-01", "fund.per_capita.claus：不认识这一项"),
    ("fund/per_capita/status", "SURE", "fund.per_capita.status：只能是"),
    ("fund/per_capita/unit", None, "fund.per_capita：数值须注明单位"),
    ("fund/per_capita/value", 20000.001, "fund.per_capita：须是金额"),
    ("fund/per_capita/value", True, "fund.per_capita：须是金额"),
    ("fund/per_capita/value", float("nan"), "fund.per_capita：须是金额"),
    ("consolidation/months/value", 0, "consolidation.months：时限须是正整数"),
    ("consolidation/months/unit", "count", "consolidation.months：须注明单位（unit）：months"),
    ("consolidation/months", None, "consolidation.months：缺少这一项"),
    ("consolidation/months/source", "", "consolidation.months：状态为DEFAULT须注明来源"),
    ("relapse/visit_limit/unit", None, "relapse.visit_limit：须注明单位（unit）：working_days、calendar_days"),
    ("targets_persons/2017", None, "targets_persons：各年目标合计1093人，与基数1593人相差500人"),
    ("targets_persons/later", RAW["targets_persons"]["2018"], "targets_persons.later：须是四位数的年份"),
    ("exit_income/base_income", None, "exit_income.base_income：口径为preset_growth时须填写"),
    ("exit_income/basis/value", "guess", "exit_income.basis：只能是"),
    ("exit_income/ratio/value", 45, "exit_income.ratio"),
    ("exit_income/line/2016/value", 6435, "exit_income.line.2016：为6435元，按基数和增幅应为6433元"),
    ("income/cutoff/value", "10-32", "income.cutoff：没有10-32这一天"),
    ("income/cutoff/value", "十月底", "income.cutoff：须写作“月-日”"),
    ("income/methods/value/EXIT_GD/leaves_out", ["lottery"], "income.methods.EXIT_GD：没有这些收入项目：lottery"),
    ("income/method_entry/value", "NONE", "income.method_entry：没有NONE这种核算口径"),
    ("review_meeting/model/value", "show_of_hands", "review_meeting.model：没有show_of_hands这种评议规则"),
    ("review_meeting/rules/value/dibao_2012/quorum", "3/2", "dibao_2012.quorum：须写作不大于1的分数"),
    ("publicity/min_days/value", 6, "publicity.min_days：公示6日，少于规定的最少7日"),
    ("publicity/announcement_days/value", 5, "publicity.announcement_days：公告5日，少于规定的最少7日"),
    ("publicity/rounds/value", 3, "publicity.rounds：公示轮数只能是1或2"),
    ("publicity/count_start_day/value", "no", "publicity.count_start_day：须是true或false"),
    ("reminders/rungs/value/0/offset", "早", "reminders.rungs.1.offset：须是整数"),
    ("reminders/rungs/value/0/unit", None, "reminders.rungs.1.unit：缺少这一项"),
    ("reminders/rungs/value/4/to", "everybody", "reminders.rungs.5.to：只能是"),
    ("reminders/quiet/value", ["21:00", "25:00"], "reminders.quiet.2：须写作“时:分”"),
    ("reminders/quiet/value", ["21:00"], "reminders.quiet：须写起、止两项"),
    ("pack/valid_to", date(2015, 1, 1), "pack.valid_to：早于生效日期"),
    ("pack/valid_from", "2016", "pack.valid_from：须是日期"),
    ("pack/id", "汕濠 7", "pack.id：须填写，或写法不对"),
    ("labels/continues", None, "labels.continues：缺少这一用语"),
    ("labels/continues", "退出后至{end}", "labels.continues：含有不认识的花括号"),
    ("labels/household", "贫困户{", "labels.household：含有不认识的花括号"),
    ("documents/1/number", "中发〔2015〕34号", "documents.中发〔2015〕34号：文号重复"),
    ("checklist/1/code", "不愁吃", "checklist.不愁吃：条件代码重复"),
    ("checklist/2/may_not_apply", False, "checklist.义务教育：只对部分户适用"),
    ("checklist/0/certifier", None, "checklist.1.certifier：缺少这一项"),
    ("school/age_to", None, "checklist.义务教育：按学龄适用"),
    ("procedures/exit/steps/3", None, "procedures.exit：环节accept不能省略"),
    ("procedures/exit/steps/5", None, "procedures.exit：环节pub_post与pub_close须成对"),
    ("procedures/exit/steps/0/key", "lottery", "procedures.exit：环节lottery系统不认识"),
    ("procedures/exit/steps/0", {**STEP, "key": "verify"}, "procedures.exit：环节verify重复"),
    ("procedures/change/steps/0/unit", None, "procedures.change.community：时限须注明单位"),
    ("procedures/change/steps/0/limit", -1, "procedures.change.steps.1.limit：须是正整数"),
    ("procedures/change/steps", [], "procedures.change.steps：至少要有一项"),
    ("procedures/lottery", {"title": "抽签", "steps": [STEP]}, "procedures.lottery：系统没有这一事项"),
    ("procedures/revisit", None, "procedures.revisit：缺少这一事项"),
    ("procedures", None, "procedures：缺少这一节"),
    ("baseline", {"label": "基数", "value": 1, "unit": "count", "status": "UNSET"}, "baseline：须逐年逐项填写"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "expected"), WRONG, ids=[f"{p}={v!r:.20}" for p, v, _ in WRONG])
def test_a_fault_is_named_by_key_and_reason(path: str, value: Any, expected: str) -> None:
    assert expected in faults(with_(path, value))


def test_the_shipped_packs_have_no_fault() -> None:
    assert problems_of(RAW) == [] and problems_of(tomllib.loads(SECOND)) == []


def test_faults_in_several_sections_are_told_all_at_once() -> None:
    """R1.3-10 beside a misshapen entry elsewhere: the clerk corrects the file once."""
    raw = with_("loan/max/value", "五万")
    raw["targets_persons"]["2016"]["value"] = 847
    raw["procedures"]["exit"]["steps"].pop(3)
    found = faults(raw)
    assert all(key in found for key in ("loan.max：", "targets_persons：", "procedures.exit："))


def test_a_price_index_counts_the_year_before_as_a_hundred() -> None:
    """R1.2-01: 1.018 in place of 101.8 would make the line a hundredth of itself."""
    index = {"label": "指数", "value": 1.018, "unit": "ratio", "source": "统计局", "status": "DEFAULT"}
    assert "identification.price_index.2015：价格指数以上年为100" in faults(
        with_("identification/price_index/2015", index)
    )


def test_the_household_is_never_left_out_of_its_own_exit() -> None:
    """R1.4-11: no pack drops verification, the household's acceptance or the publicity."""
    for step in MUST_HAVE_STEPS["exit"]:
        raw = copy.deepcopy(RAW)
        raw["procedures"]["exit"]["steps"] = [s for s in raw["procedures"]["exit"]["steps"] if s["key"] != step]
        assert f"procedures.exit：环节{step}不能省略" in faults(raw)


def test_one_round_of_publicity_leaves_the_second_notice_out() -> None:
    pack = parse_pack(TEXT.replace('第二次公示）", value = 2', '第二次公示）", value = 1'))
    assert pack.publicity_rounds() == 1
    for name in ("identification", "relapse"):
        keys = [step.key for step in procedure_for(pack, name).steps]
        assert "pub1_close" in keys and not {"pub2_post", "pub2_close"} & set(keys)
    assert "pub2_close" in [step.key for step in read_pack("haojiang-2017").procedure("identification").steps]


def test_two_rounds_need_two_notices() -> None:
    raw = tomllib.loads(SECOND.replace('label = "公示轮数", value = 1', 'label = "公示轮数", value = 2'))
    assert "procedures.identification：公示轮数为2，却没有第二次公示的环节" in faults(raw)


def test_a_pack_names_exactly_the_steps_that_the_procedures_know() -> None:
    modules = {f.__module__ for f in PROCEDURES.values()}
    known = {
        key
        for m in modules
        for name, steps in vars(import_module(m)).items()
        if name.endswith("STEPS")
        for key in steps
    }
    assert {key for keys in STEP_KEYS.values() for key in keys} == known
    assert set(STEP_KEYS) == set(PROCEDURES)


@pytest.mark.parametrize("name", sorted(STEP_KEYS))
def test_every_step_a_pack_may_name_can_be_built(name: str) -> None:
    raw = tomllib.loads(TEXT)
    listed = [s["key"] for s in raw["procedures"][name]["steps"]]
    assert set(listed) == STEP_KEYS[name]
    assert [s.key for s in procedure_for(parse_pack(TWICE_AT_EXIT), name).steps] == listed


def test_exits_are_posted_twice_only_where_the_pack_says_so() -> None:
    twice, once = (parse_pack(text).procedure("exit").steps for text in (TWICE_AT_EXIT, TEXT))
    assert [s.key for s in twice if s not in once] == ["pub2_post", "pub2_close"]
    steps = '  {key = "pub2_close", title = "街道公示期满"'
    short = TWICE_AT_EXIT.replace(steps, "# " + steps)
    assert "procedures.exit：公示轮数为2，却没有第二次公示的环节（pub2_post、pub2_close）" in faults(
        tomllib.loads(short)
    )


def paths(raw: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a pack."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(raw, dict):
        inner = list(raw.items())
    elif isinstance(raw, list):
        inner = list(enumerate(raw))
    return [p for key, value in inner for p in [(*at, key), *paths(value, (*at, key))]]


PLACES = paths(RAW)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(max_size=8), st.dates(),
    st.sampled_from(["UNSET", "DEFAULT", "CONFIRMED", "working_days", "yuan", "{", "2/0", "02-30", "²"]),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["label", "value", "unit", "status", "source", "2016", "²016", "key", "title"]), inner, max_size=4), max_leaves=6
)  # fmt: skip


@given(place=st.sampled_from(PLACES), value=ANYTHING, key=st.sampled_from(["2016", "9999", "", "x"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_pack_is_judged_and_never_crashes(place: tuple[Any, ...], value: Any, key: str) -> None:
    raw = copy.deepcopy(RAW)
    inner: Any = raw
    for part in place[:-1]:
        inner = inner[part]
    if value is None:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
        if isinstance(inner, dict) and key:
            inner[key] = copy.deepcopy(value)
    for problem in problems_of(raw):
        assert problem.key and problem.why


@given(place=st.sampled_from([p for p in PLACES if p[-1] in ("value", "limit", "unit", "status", "key", "leaves_out")]),
       value=SCALARS)  # fmt: skip
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_pack_that_is_accepted_answers_every_question(place: tuple[Any, ...], value: Any) -> None:
    raw = copy.deepcopy(RAW)
    inner: Any = raw
    for part in place[:-1]:
        inner = inner[part]
    if value is None:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    if not problems_of(raw):
        pack = parse_pack(as_toml(raw))
        for ask in QUESTIONS:
            try:
                ask(pack)
            except PackValueUnset as no:
                assert "尚未设定" in str(no)


QUESTIONS = (
    Pack.publicity_limit, Pack.announcement_limit, Pack.meeting_rule, Pack.cutoff, Pack.targets, Pack.baseline,
    Pack.price_indices, Pack.school_age, Pack.checklist, lambda p: p.exit_line(2016), lambda p: p.method("exit"),
    lambda p: p.method("entry"), lambda p: p.limit("revisit.issue_limit"), lambda p: p.limit("objection.decide_limit"),
    lambda p: p.integer("consolidation.months", "退出"), lambda p: p.integer("survey.min_surveyors", "核查"),
    lambda p: p.yuan("identification.line", "认定"), lambda p: p.texts("measures.programmes", "计划"),
    lambda p: [p.label(name) for name in LABELS], lambda p: [p.entry(key) for key in REQUIRED],
    lambda p: p.label("continues").format(until="期满"),
    lambda p: [procedure_for(p, name) for name in p.procedures], lambda p: p.legal_basis(date(2018, 1, 1)),
)  # fmt: skip


def as_toml(raw: Any) -> str:
    """A table as TOML text: one inline table per top-level key."""
    return "\n".join(f"{_quoted(k)} = {_inline(v)}" for k, v in raw.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(k)} = {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(v) for v in value) + "]"
    if isinstance(value, str):
        return _quoted(value)
    return str(value).lower() if isinstance(value, (bool, float)) else str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@given(st.text(max_size=60))
def test_any_text_is_a_pack_or_a_refusal(text: str) -> None:
    with pytest.raises(NotAllowed):
        parse_pack(text)


def test_a_file_that_is_no_toml_is_a_refusal() -> None:
    with pytest.raises(PackInvalid, match="不是有效的TOML"):
        parse_pack("[" * 5000)
