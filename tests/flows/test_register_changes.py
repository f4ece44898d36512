"""Births, deaths, heads, moves and closed households (R4.3-01): checked, approved by the street, kept as events."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from district import District, at, made_up_id, proof

from flows.drain import drain
from records import papers, register, verification
from records.engine import reading
from states.not_allowed import FieldWrong, HeadWrong, PersonElsewhere


def change(district: District, household: int, *changes: dict[str, object], on: str = "2017-04-10") -> int:
    case = district.begin("change", household, at(2017, 4, 12)).id
    district.say(case, "community", "clerk", at(2017, 4, 12), evidence=proof("certificate"),
                 fields={"changes": list(changes), "reason": "家庭变动", "effective_on": on})  # fmt: skip
    district.say(case, "street", "leader", at(2017, 4, 13))
    district.say(case, "district", "district_clerk", at(2017, 4, 14))
    return case


def home(district: District, household: int, day: date) -> register.HouseholdOn:
    with reading(district.office.records) as conn:
        there = register.household_on(conn, household, day)
    assert there is not None
    return there


def newborn(born: date, order: int = 995) -> dict[str, object]:
    id_no = made_up_id(born, order)
    return {"kind": "join", "person_no": f"44051200100100019{order % 10}", "id_no": id_no, "name": "陈小安",
            "sex": "男" if int(id_no[16]) % 2 else "女", "born_on": born.isoformat(), "relation": "之子",
            "facts": {"labour": "无劳动力"}}  # fmt: skip


def test_a_birth_counts_from_its_day_and_not_before(district: District) -> None:
    household = district.household()

    change(district, household, newborn(date(2017, 3, 2)))

    assert len(home(district, household, date(2017, 4, 9)).members) == 2
    assert len(home(district, household, date(2017, 4, 10)).members) == 3
    with reading(district.office.records) as conn:
        assert [f for f in verification.verify(conn) if f.where != "register_events:case 0"] == []


def test_when_the_head_dies_another_becomes_head_in_the_same_case(district: District) -> None:
    household = district.household()
    head, spouse = home(district, household, date(2017, 1, 1)).members

    change(district, household, {"kind": "head", "person_id": spouse.person_id, "old_head_becomes": "配偶"},
           {"kind": "leave", "person_id": head.person_id})  # fmt: skip

    after = home(district, household, date(2017, 5, 1))
    assert [(m.name, m.relation) for m in after.members] == [(spouse.name, "户主")]
    before = home(district, household, date(2017, 4, 1))
    assert before.head is not None and before.head.name == head.name
    drain(district.office, at(2017, 4, 14, 30))
    form = issued(district, "D-24")
    assert (form["head"], form["size"]) == (head.name, 2)
    assert [(c["item"], c["old"], c["new"]) for c in form["changes"]] == [
        ("户主变更", head.name, spouse.name), ("成员减少", f"{head.name}（户主）", "")]  # fmt: skip


def issued(district: District, code: str) -> dict[str, Any]:
    with reading(district.office.records) as conn:
        [paper] = papers.listing(conn, code)
        return dict(papers.paper(conn, paper.id).snapshot)


def test_the_form_of_a_change_names_facts_and_places_in_chinese(district: District) -> None:
    household = district.household()
    head, _ = home(district, household, date(2017, 1, 1)).members

    change(district, household, {"kind": "person", "person_id": head.person_id, "facts": {"labour": "丧失劳动力"}},
           {"kind": "household", "facts": {"tv_signal": True}})  # fmt: skip
    drain(district.office, at(2017, 4, 14, 30))

    assert [(c["item"], c["new"]) for c in issued(district, "D-24")["changes"]] == [
        (f"{head.name}：劳动能力", "丧失劳动力"), ("本户：是否有电视信号", "是")]  # fmt: skip


def test_a_household_never_has_no_head_or_two(small: District) -> None:
    household = small.household()
    head, _ = home(small, household, date(2017, 1, 1)).members

    with pytest.raises(HeadWrong, match="将有0名"):
        change(small, household, {"kind": "leave", "person_id": head.person_id})
    two = small.household("林木生")
    with pytest.raises(HeadWrong, match="将有2名"):
        change(small, two, {**newborn(date(2000, 1, 1)), "relation": "户主"})


def test_nobody_is_in_two_households(small: District) -> None:
    first, second = small.household("陈家强"), small.household("林木生")
    member = home(small, second, date(2017, 1, 1)).members[0]
    taken = {**newborn(member.born_on), "id_no": member.id_no, "sex": "男" if int(member.id_no[16]) % 2 else "女"}

    with pytest.raises(PersonElsewhere, match="一人只能在一户"):
        change(small, first, taken)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"id_no": "440512201703029951"}, "校验码不符"),
        ({"sex": "未知"}, "与出生日期或性别不符"),
        ({"relation": "邻居"}, "不在规定的选项中"),
        ({"name": ""}, "缺少name"),
        ({"kind": "fly"}, "类型只能是"),
    ],
)
def test_a_wrong_newcomer_is_refused_with_the_reason(small: District, wrong: dict[str, object], says: str) -> None:
    with pytest.raises(FieldWrong, match=says):
        change(small, small.household(), {**newborn(date(2017, 3, 2)), **wrong})


def test_a_whole_household_that_moves_away_is_closed(district: District) -> None:
    household = district.household()

    change(district, household, {"kind": "close"})

    assert district.state(household) == "closed"
    with reading(district.office.records) as conn:
        assert register.household_on(conn, household, date(2017, 5, 1)) is None
        assert register.household_on(conn, household, date(2017, 4, 1)) is not None


def test_facts_change_by_event_and_the_old_ones_stay_readable(district: District) -> None:
    household = district.household()
    head = home(district, household, date(2017, 1, 1)).members[0]

    change(district, household, {"kind": "person", "person_id": head.person_id, "facts": {"labour": "丧失劳动能力"}},
           {"kind": "household", "facts": {"house_grade": "C"}})  # fmt: skip

    assert home(district, household, date(2017, 4, 9)).members[0].facts["labour"] == "普通劳动力"
    after = home(district, household, date(2017, 4, 10))
    assert after.members[0].facts["labour"] == "丧失劳动能力"
    assert after.facts["house_grade"] == "C"
    with reading(district.office.records) as conn:
        kinds = [(e.kind, e.field, e.old, e.new) for e in register.events_of(conn, household)]
    assert ("changed", "labour", "普通劳动力", "丧失劳动能力") in kinds


def test_a_change_cannot_take_effect_in_the_future(small: District) -> None:
    with pytest.raises(FieldWrong, match="不能晚于今日"):
        change(small, small.household(), newborn(date(2017, 3, 2)), on="2017-05-01")
