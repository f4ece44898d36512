"""The numbered data-quality rules (R4.3-03, R4.3-05): each fires where it should and is silent on a sound household."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.pack import read_pack
from rules.identity import check_digit
from rules.money import ZERO, Yuan
from rules.quality import RULES, Across, check_household, check_incomes, check_totals
from rules.register import HouseholdRows, IncomeRow, PersonRow

DAY = date(2016, 5, 3)
LIMITS = read_pack("haojiang-2017").thresholds()
DOC = Path(__file__).parents[2] / "docs" / "data-quality.md"


def id_no(born: date, order: int = 991) -> str:
    first = f"440512{born:%Y%m%d}{order}"
    return first + check_digit(first)


def person(
    row: int = 3, relation: str = "户主", born: date = date(1980, 3, 4), order: int = 991, **facts: Any
) -> PersonRow:
    sound = {"health": "健康", "labour": "普通劳动力", "schooling": "非在校生", "education": "初中",
             "work_place": "市内", "work_months": 8, "medical_insured": True, "pension_insured": True, "on_dibao": False,
             "on_wubao": False, "farmland": 1, "phone": "19900000000", "bank_card": "6200000000000000018"}  # fmt: skip
    return PersonRow(row, f"4405120010010001{row:02d}", "4405120010010001", f"陈家{'强安康乐福'[row % 5]}",
                     "男" if order % 2 else "女", "居民身份证", id_no(born, order), relation, born, {**sound, **facts})  # fmt: skip


def home(*people: PersonRow, **facts: Any) -> HouseholdRows:
    sound = {"attribute": "一般贫困户", "main_cause": "缺技术", "other_causes": None, "house_area": 80,
             "house_grade": "A", "water_hard": False, "water_safe": True, "electricity": True, "tv_signal": True,
             "network_signal": True}  # fmt: skip
    return HouseholdRows("4405120010010001", "达濠街道", "东兴社区", 2016, {**sound, **facts},
                         list(people) or [person()])  # fmt: skip


def income(**sums: Any) -> IncomeRow:
    base = IncomeRow(3, "4405120010010001", 2016, 1, Yuan.of(8000), ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)
    return replace(base, **sums)


CHILD = {"labour": "无劳动力", "schooling": "小学", "education": None, "work_place": None, "work_months": None,
         "pension_insured": False, "phone": None, "bank_card": None}  # fmt: skip

FIRES: dict[str, HouseholdRows] = {
    "DQ-10": home(replace(person(), id_no="440512198003049910")),
    "DQ-11": home(replace(person(), born_on=date(1980, 3, 5))),
    "DQ-12": home(replace(person(), sex="女")),
    "DQ-13": home(person(born=date(2030, 1, 1))),
    "DQ-14": home(replace(person(), sex="其他")),
    "DQ-15": home(replace(person(), relation="邻居"), person(4)),
    "DQ-16": home(replace(person(), id_kind="护照")),
    "DQ-17": home(person(health="一般")),
    "DQ-20": home(replace(person(), id_kind="残疾人证")),
    "DQ-21": home(replace(person(), id_no="990512" + id_no(date(1980, 3, 4))[6:])),
    "DQ-22": home(person(born=date(1900, 1, 1))),
    "DQ-23": home(person(health=None)),
    "DQ-24": home(person(labour=None)),
    "DQ-25": home(person(schooling=None)),
    "DQ-26": home(person(education=None)),
    "DQ-27": home(replace(person(), name="陈1")),
    "DQ-28": home(person(), replace(person(4, "之女"), sex="男")),
    "DQ-29": home(person(), person(4, "之子", date(2008, 1, 1), **{**CHILD, "labour": "普通劳动力"})),
    "DQ-30": home(person(labour="无劳动力", work_place=None, work_months=None)),
    "DQ-31": home(person(labour="丧失劳动能力", work_place=None, work_months=None)),
    "DQ-32": home(person(born=date(1945, 1, 1), work_place=None, work_months=None)),
    "DQ-33": home(person(schooling="大专")),
    "DQ-34": home(person(), person(4, "之子", date(2006, 1, 1), **{**CHILD, "schooling": "非在校生"})),
    "DQ-35": home(person(), person(4, "之子", date(2006, 1, 1), **{**CHILD, "schooling": "高中"})),
    "DQ-36": home(person(), person(4, "之子", date(1996, 1, 1), **CHILD)),
    "DQ-37": home(person(work_months=13)),
    "DQ-38": home(person(work_place=None)),
    "DQ-39": home(person(work_months=None)),
    "DQ-40": home(person(labour="无劳动力", health="残疾")),
    "DQ-41": home(person(), person(4, "之子", date(2006, 1, 1), **{**CHILD, "work_months": 3})),
    "DQ-42": home(person(medical_insured=False)),
    "DQ-43": home(person(born=date(1950, 1, 1), pension_insured=False)),
    "DQ-44": home(person(), person(4, "之子", date(2006, 1, 1), **{**CHILD, "pension_insured": True})),
    "DQ-45": home(person(on_dibao=True, on_wubao=True)),
    "DQ-46": home(person(farmland=12)),
    "DQ-47": home(replace(person(), id_kind="残疾人证", id_no=id_no(date(1980, 3, 4)) + "11")),
    "DQ-50": home(person(), person(4)),
    "DQ-51": home(attribute="富户"),
    "DQ-52": home(main_cause="懒"),
    "DQ-53": HouseholdRows("4405120010010001", "达濠街道", "东兴社区", 2016),
    "DQ-54": home(replace(person(), person_no="990512001001000101")),
    "DQ-55": home(person(), person(4, "配偶")),
    "DQ-56": home(person(), person(4, "之父", date(1999, 1, 1))),
    "DQ-57": home(person(born=date(2005, 1, 1)), person(4, "之兄弟姐妹")),
    "DQ-58": home(*(person(3 + n, "户主" if not n else "其他") for n in range(8))),
    "DQ-59": home(main_cause="因病"),
    "DQ-60": home(main_cause="因残"),
    "DQ-61": home(main_cause="因学"),
    "DQ-62": home(person(), person(4, "之子"), person(5, "之子"), main_cause="缺劳力"),
    "DQ-63": home(other_causes="缺技术"),
    "DQ-64": home(attribute="低保户"),
    "DQ-65": home(attribute="五保户"),
    "DQ-66": home(person(on_dibao=True)),
    "DQ-67": home(house_grade="D"),
    "DQ-68": home(house_area=900),
    "DQ-69": home(house_area=None),
    "DQ-70": home(water_safe=False),
    "DQ-71": home(tv_signal=None),
    "DQ-72": home(person(phone=None)),
    "DQ-73": home(person(bank_card=None)),
    "DQ-74": home(person(on_wubao=True), attribute="五保户"),
    "DQ-48": home(person(phone="199000")),
    "DQ-49": home(person(bank_card="12")),
    "DQ-76": home(house_grade="D级"),
    "DQ-75": home(person(), replace(person(4, "之子"), name=person().name)),
}
INCOME_FIRES: dict[str, tuple[HouseholdRows, IncomeRow]] = {
    "DQ-80": (home(), income(heads=0)),
    "DQ-81": (home(), income(of_which_assistance=Yuan.of(10))),
    "DQ-82": (home(), income(wages=Yuan.of(-1))),
    "DQ-83": (home(), income(wages=Yuan.of(50))),
    "DQ-84": (home(), income(business=Yuan.of(5000))),
    "DQ-85": (home(), income(wages=Yuan.of(300))),
    "DQ-86": (home(person(work_months=None, work_place=None)), income()),
    "DQ-87": (home(person(on_dibao=True)), income()),
    "DQ-88": (home(), income(transfers=Yuan.of(900), of_which_assistance=Yuan.of(900))),
}


def test_a_sound_household_gives_no_hit() -> None:
    assert check_household(home(), DAY, LIMITS) == []
    assert check_incomes(replace(home(), incomes=[income()]), LIMITS) == []


@pytest.mark.parametrize("rule", sorted(FIRES))
def test_each_rule_fires_on_its_case(rule: str) -> None:
    hits = [h for h in check_household(FIRES[rule], DAY, LIMITS) if h.rule == rule]

    assert hits and hits[0].message.startswith("人员表第") and hits[0].message.endswith("。") and hits[0].remedy


@pytest.mark.parametrize("rule", sorted(INCOME_FIRES))
def test_each_income_rule_fires_on_its_case(rule: str) -> None:
    household, row = INCOME_FIRES[rule]
    hits = [h.rule for h in check_incomes(replace(household, incomes=[row]), LIMITS)]
    assert rule in hits


def test_every_rule_is_shown_and_numbered_once() -> None:
    ids = [r.id for r in RULES]
    assert len(ids) == len(set(ids)) >= 40
    assert set(ids) == set(FIRES) | set(INCOME_FIRES)


def test_a_birth_place_that_did_not_exist_then_is_no_error() -> None:
    """440512 was not given out before 2003, and real people carry it."""
    assert check_household(home(person(born=date(1970, 1, 2))), DAY, LIMITS) == []


def test_one_number_in_two_households_is_seen_across() -> None:
    across = Across()
    assert across.feed(home()) == []
    assert {h.rule for h in across.feed(home())} == {"DQ-90", "DQ-91", "DQ-92"}


def test_control_totals_are_a_remark() -> None:
    """R1.2-02: 638 households; a part of the district is lawful, so a difference is only said."""
    [hit] = check_totals({"households": 600}, {"households": 638})
    assert hit.severity == "remark" and "相差38" in hit.message


def test_messages_never_show_a_whole_identity_number() -> None:
    for household in FIRES.values():
        for hit in check_household(household, DAY, LIMITS):
            assert not any(p.id_no and p.id_no in hit.message + hit.value for p in household.people)


@given(
    st.dictionaries(st.sampled_from(["health", "labour", "work_months", "farmland", "schooling", "phone"]),
                    st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans())),
    st.dates(date(1850, 1, 1), date(2100, 1, 1)), st.text(max_size=20), st.text(max_size=4),
)  # fmt: skip
def test_no_input_breaks_a_rule(facts: dict[str, Any], born: date, number: str, name: str) -> None:
    odd = replace(person(**facts), born_on=born, id_no=number, name=name)
    check_household(home(odd, replace(odd, relation="配偶"), replace(odd, relation="之父")), DAY, LIMITS)


def test_the_documented_table_is_the_real_one() -> None:
    text = DOC.read_text(encoding="utf-8")
    for rule in RULES:
        assert (
            f"| {rule.id} | {rule.title} | {'退回' if rule.severity == 'error' else '疑点'} | {rule.remedy} |" in text
        )
