"""The second pack (防止返贫监测) runs on the same code with its own words, steps, one publicity of its own length."""

from __future__ import annotations

from datetime import date

from district import COMMUNITY, HEAD, MEETING, District, at, made_up_id, proof

from flows.apply import Applicant, Application, apply, pair, record_income
from records import enrolments, papers, rounds
from records.engine import reading
from rules.money import Yuan
from states.decision import MadeBy

PACK = "monitoring-2021"


def test_a_monitored_family_goes_through_one_publicity_in_the_community(district: District) -> None:
    case = apply(district.office, Application(COMMUNITY, (
        Applicant("黄国梁", made_up_id(date(1962, 5, 4), 997), "户主", {"labour": "普通劳动力"}),), {"main_cause": "因病"},
        district.who["clerk"], at(2021, 6, 1), PACK)).id  # fmt: skip
    household = district.see(case).subject_id
    record_income(district.office, household, 2021, 1, {"wages": Yuan.of(9000)}, "社区", at(2021, 6, 1))
    district.say(case, "accept", "clerk", at(2021, 6, 2), evidence=proof("D-01", "D-02"), made_by=HEAD)
    district.say(case, "survey", "clerk", at(2021, 6, 3), evidence=proof("D-04", "D-05"),
                 fields={"visited_on": "2021-06-03", "surveyors": ["林记录", "驻村干部"]})  # fmt: skip
    district.say(case, "review", "clerk", at(2021, 6, 4), fields={**MEETING, "held_on": "2021-06-04"},
                 evidence=proof("D-07"), made_by=MadeBy("村民代表会议", "民主评议会"))  # fmt: skip
    district.post([case], "pub1_post", "clerk", "head", at(2021, 6, 7))
    with reading(district.office.records) as conn:
        shown = rounds.publicity_of(conn, case)
        assert shown.ends_on == date(2021, 6, 15)  # five days, rolled over the Dragon Boat Festival
        notice = papers.notice_for(conn, case, "D-08")
        assert notice.snapshot["label"] == "监测对象" and "中农组发〔2021〕7号" in notice.snapshot["basis"]
    district.say(case, "pub1_close", "clerk", at(2021, 6, 16))
    district.say(case, "street_review", "leader", at(2021, 6, 17))
    district.say(case, "group_decision", "group", at(2021, 6, 18))
    pair(district.office, household, "440512-unit-01", district.who["helper"].person_id, date(2021, 6, 18), "监测帮扶",
         district.who["district_clerk"], at(2021, 6, 18))  # fmt: skip
    district.say(case, "register", "district_clerk", at(2021, 6, 18, 30))

    with reading(district.office.records) as conn:
        path = enrolments.enrolment_of(conn, household, PACK)
        assert path is not None and path.state == "identified"
    measure = {"programme": "健康帮扶", "kind": "relief", "resource": "money", "title": "大病救助", "owner": "区医保局",
               "starts_on": "2021-06-21"}  # fmt: skip
    district.say(case, "plan", "helper", at(2021, 6, 21), fields={"measures": [measure]}, evidence=proof("D-18"),
                 made_by=HEAD)  # fmt: skip
    assert district.see(case).status == "done"
