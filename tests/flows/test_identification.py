"""From an application to the register, or to a written refusal (R1.4-03, R4.3-02, R4.3-03, R4.3-04)."""

from __future__ import annotations

from datetime import date

import pytest
from district import COMMUNITY, HEAD, MEETING, District, at, made_up_id, proof

from config.pack import parse_pack
from flows.apply import Applicant, Application, apply, pair, record_income
from flows.drain import drain
from flows.office import Office
from records import duties, help, packs, papers, register
from records.engine import reading, writing
from rules.money import Yuan
from states.decision import MadeBy
from states.not_allowed import FieldWrong, HeadWrong, HelpRecordMissing, IncomeNotBelow, PersonElsewhere
from states.procedure import Verdict

MEMBERS = (
    Applicant(
        "黄国梁", made_up_id(date(1962, 5, 4), 997), "户主", {"labour": "弱劳动力或半劳动力", "health": "长期慢性病"}
    ),
    Applicant("黄秀兰", made_up_id(date(1966, 8, 3), 998), "配偶", {"labour": "普通劳动力", "health": "健康"}),
)


def applied(district: District, members: tuple[Applicant, ...] = MEMBERS) -> tuple[int, int]:
    case = apply(district.office, Application(COMMUNITY, members, {"attribute": "一般贫困户", "main_cause": "因病"},
                                              district.who["clerk"], at(2017, 3, 6)))  # fmt: skip
    return case.id, case.subject_id


def until_decision(district: District) -> tuple[int, int]:
    case, household = applied(district)
    district.say(case, "accept", "clerk", at(2017, 3, 7), evidence=proof("D-01", "D-02"), made_by=HEAD)
    record_income(district.office, household, 2016, 2, {"wages": Yuan.of("7200")}, "社区", at(2017, 3, 7))
    district.say(case, "survey", "clerk", at(2017, 3, 9), evidence=proof("D-04", "D-05"),
                 fields={"visited_on": "2017-03-09", "surveyors": ["林记录", "工作组甲"]})  # fmt: skip
    district.say(case, "cross_check", "district_clerk", at(2017, 3, 13), evidence=proof("D-06"),
                 fields={"hits": "无"}, made_by=MadeBy("信息核对组", "核对部门"))  # fmt: skip
    district.say(case, "review", "clerk", at(2017, 3, 15), fields=MEETING, evidence=proof("D-07"),
                 made_by=MadeBy("居民会议", "民主评议会"))  # fmt: skip
    district.post([case], "pub1_post", "clerk", "head", at(2017, 3, 16))
    district.say(case, "pub1_close", "clerk", at(2017, 3, 27))
    district.say(case, "submit", "head", at(2017, 3, 28))
    district.say(case, "street_review", "leader", at(2017, 3, 29))
    district.post([case], "pub2_post", "street_clerk", "leader", at(2017, 3, 30))
    district.say(case, "pub2_close", "street_clerk", at(2017, 4, 10))
    district.say(case, "district_review", "director", at(2017, 4, 11))
    return case, household


def test_an_applicant_becomes_registered_paired_and_planned(district: District) -> None:
    case, household = until_decision(district)
    assert district.state(household) == "applicant"

    district.say(case, "group_decision", "group", at(2017, 4, 12))
    district.post([case], "announce", "district_clerk", "director", at(2017, 4, 13))
    with pytest.raises(HelpRecordMissing, match="帮扶责任人"):
        district.say(case, "register", "district_clerk", at(2017, 4, 14))  # R1.1-01: nobody without a named helper
    pair(district.office, household, "440512-unit-01", district.who["helper"].person_id, date(2017, 4, 14), "新纳入",
         district.who["district_clerk"], at(2017, 4, 14))  # fmt: skip
    district.say(case, "register", "district_clerk", at(2017, 4, 14, 10))
    assert district.state(household) == "identified"
    measure = {"programme": "社会保障", "kind": "relief", "resource": "money", "title": "低保", "owner": "民政局",
               "starts_on": "2017-04-20"}  # fmt: skip
    district.say(case, "plan", "helper", at(2017, 4, 20), fields={"measures": [measure]}, evidence=proof("D-18"),
                 made_by=HEAD)  # fmt: skip

    assert (district.state(household), district.see(case).status) == ("assisted", "done")
    drain(district.office, at(2017, 4, 21))
    district.sign("leader", at(2017, 4, 21))
    with reading(district.office.records) as conn:
        codes = {p.code for p in papers.papers_of_case(conn, case)}
        assert {"D-03", "D-05", "D-07", "D-08", "D-11", "D-13", "D-15", "D-17", "D-18"} <= codes
        assert help.measures_on(conn, household, date(2017, 5, 1))
        card = papers.paper_of_case(conn, case, "D-17")
        assert card.snapshot["helper_phone"] == "19900001234"  # exempt exactly, on the household's own card


def test_a_refusal_is_written_with_reasons_and_lets_its_people_go(district: District) -> None:
    """R4.5-04: written reasons; the people may be registered elsewhere afterwards."""
    case, household = until_decision(district)

    district.say(case, "group_decision", "group", at(2017, 4, 12), Verdict.REFUSE, "人均收入高于认定标准")

    assert (district.see(case).status, district.state(household)) == ("refused", "declined")
    drain(district.office, at(2017, 4, 13))
    with reading(district.office.records) as conn:
        letter = papers.paper_of_case(conn, case, "D-14")
        assert letter.snapshot["facts"] == "人均收入高于认定标准"
        receipt = papers.paper_of_case(conn, case, "D-7B")  # 送达回证另附
        assert (receipt.status, receipt.snapshot["recipient"]) == ("printed", "黄国梁")
        assert receipt.snapshot["paper_title"] == "不予认定告知书"  # as the letter itself is headed
        assert register.household_on(conn, household, date(2017, 4, 14)) is None
    applied(district)


def test_exactly_one_head_applies(small: District) -> None:
    with pytest.raises(HeadWrong, match="将有2名"):
        applied(small, (MEMBERS[0], Applicant("黄秀兰", MEMBERS[1].id_no, "户主")))


def test_a_member_elsewhere_cannot_apply_again(small: District) -> None:
    applied(small)
    with pytest.raises(PersonElsewhere):
        applied(small)


def test_a_wrong_identity_number_is_named(small: District) -> None:
    with pytest.raises(FieldWrong, match=r"黄国梁的证件号码.*校验码不符"):
        applied(
            small, (Applicant("黄国梁", MEMBERS[0].id_no[:-1] + ("1" if MEMBERS[0].id_no[-1] != "1" else "2"), "户主"),)
        )


def test_the_applicant_may_withdraw_before_the_decision(district: District) -> None:
    case, household = applied(district)

    district.say(case, "accept", "clerk", at(2017, 3, 7), Verdict.WITHDRAW, "申请人撤回")

    assert (district.see(case).status, district.state(household)) == ("withdrawn", "declined")


def test_an_income_not_below_the_line_is_not_registered_once_prices_are_known(small: District) -> None:
    """R1.2-01: 4,000 yuan at 2014 prices, strictly below; compared only when every price index is set."""
    text = small.office.pack.text
    for year in (2015, 2016):
        old = f'{year} = {{label = "{year}年农村居民消费价格指数（上年=100）", unit = "ratio", source = "省统计局，待填", status = "UNSET"}}'
        assert old in text
        text = text.replace(
            old, old.replace('unit = "ratio"', 'value = 100, unit = "ratio"').replace("UNSET", "DEFAULT")
        )
    pack = parse_pack(text)
    with writing(small.office.records) as conn:
        packs.keep_pack(conn, pack.id, pack.sha256, text, "管理员", at(2017, 1, 3))
    old_office = small.office
    small.office = Office(old_office.records, old_office.calendar, pack, {pack.id: pack}, old_office.files)
    case, household = until_decision(small)

    record_income(small.office, household, 2016, 2, {"wages": Yuan.of("8000")}, "社区", at(2017, 4, 11))
    with pytest.raises(IncomeNotBelow, match="人均可支配收入4000元，不低于认定标准4000元"):
        small.say(case, "group_decision", "group", at(2017, 4, 12))
    record_income(small.office, household, 2016, 2, {"wages": Yuan.of("7999.99")}, "社区", at(2017, 4, 12))
    small.say(case, "group_decision", "group", at(2017, 4, 12, 30))


def test_a_form_waits_for_what_is_not_written_down_yet_and_that_is_no_fault(district: District) -> None:
    case, household = applied(district)
    district.say(case, "accept", "clerk", at(2017, 3, 7), evidence=proof("D-01", "D-02"), made_by=HEAD)
    for day in range(7, 27):
        drain(district.office, at(2017, 3, day))
    with reading(district.office.records) as conn:
        assert duties.failed(conn) == [] and papers.paper_of_case(conn, case, "D-05") is None
    record_income(district.office, household, 2016, 2, {"wages": Yuan.of("7200")}, "社区", at(2017, 3, 26, 5))
    drain(district.office, at(2017, 3, 26, 6))
    with reading(district.office.records) as conn:
        assert papers.paper_of_case(conn, case, "D-05") is not None
