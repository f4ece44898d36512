"""After the exit: revisits, risk, relapse under the old number, the end of consolidation (R4.3-07, R4.3-08, R4.3-11)."""

from __future__ import annotations

from datetime import date

import pytest
from district import HEAD, MEETING, PACK, District, at, proof

from flows.drain import drain
from flows.fills.forms import _on_the_wall
from records import cases, enrolments, help, papers, register, views
from records.engine import reading, writing
from records.register import Because
from states.decision import MadeBy
from states.not_allowed import ConsolidationRunning, RevisitsOwed
from states.procedure import Verdict
from templates.checker import check as departures
from templates.master import text_of
from templates.papers import paper_from


def revisit(district: District, household: int, day: tuple[int, int, int], **fields: object) -> None:
    case = district.begin("revisit", household, at(*day), by="helper").id
    district.say(case, "record", "helper", at(*day), evidence=proof("D-41"), made_by=HEAD,
                 fields={"visited_on": date(*day), "condition": "正常", "interrupted": False, **fields})  # fmt: skip


def test_a_revisit_done_closes_what_was_owed(district: District) -> None:
    household = district.household()
    district.exit_until("end", household)

    revisit(district, household, (2018, 2, 8))

    with reading(district.office.records) as conn:
        left = help.next_obligation(conn, household, "revisit")
        assert left is not None and left.due_on == date(2018, 5, 10)


def test_a_record_that_is_printed_late_is_about_the_revisit_that_was_made(district: District) -> None:
    household = district.household()
    district.exit_until("end", household)

    revisit(district, household, (2018, 2, 8))
    drain(district.office, at(2018, 2, 9), kinds=("print_form",))

    with reading(district.office.records) as conn:
        [record] = [papers.paper(conn, row.id).snapshot for row in papers.listing(conn, "D-41", None)]
    assert (record["occasion"], record["due_on"]) == ("2018年第一季度", "2018-02-10")
    assert record["visited_on"] == "2018-02-08"


def test_the_path_of_a_past_day_is_the_path_of_that_day(district: District) -> None:
    """R4.3-01: the register as of a day says where its households stood then, not where they stand now."""
    district.exit_until("end", district.household())

    with reading(district.office.records) as conn:
        stood = [views.path_counts(conn, PACK, date(*day)) for day in ((2016, 4, 30), (2017, 11, 9), (2018, 1, 1))]
    assert stood == [{}, {"assisted": (1, 2)}, {"monitored": (1, 2)}]


def test_a_problem_found_is_owed_until_it_is_solved(district: District) -> None:
    household = district.household()
    district.exit_until("end", household)

    revisit(district, household, (2018, 2, 8), problems=["屋顶漏水"])

    with reading(district.office.records) as conn:
        owed = help.next_obligation(conn, household, "revisit_issue")
        assert owed is not None and owed.asked == {"problems": ["屋顶漏水"]}
        assert "屋顶" not in owed.title  # a title travels in messages, what was found in a home does not


def test_a_risk_opens_a_check_and_a_relapse_returns_under_the_old_number(district: District) -> None:
    household = district.household()
    district.exit_until("end", household)
    with writing(district.office.records) as conn:
        why = Because(0, "测试", date(2017, 1, 5), at(2017, 1, 5))
        register.change_household(conn, household, {"attribute": "一般贫困户", "main_cause": "因病"}, why)
    with reading(district.office.records) as conn:
        number = enrolments.household_number(conn, household)

    revisit(district, household, (2018, 2, 8), risk="主要劳动力重病")
    revisit(district, household, (2018, 2, 9), risk="主要劳动力重病")  # found again: the paper says it once
    drain(district.office, at(2018, 2, 9, 50), kinds=("open_case",))
    with reading(district.office.records) as conn:
        [check] = cases.running(conn, "relapse")
    district.say(check.id, "visit", "clerk", at(2018, 2, 12), evidence=proof("D-42"),
                 fields={"visited_on": "2018-02-12", "surveyors": ["林记录", "工作组甲"], "finding": "收入骤减"})  # fmt: skip
    district.say(check.id, "review", "clerk", at(2018, 2, 13), fields=MEETING, evidence=proof("D-07"),
                 made_by=MadeBy("居民会议", "民主评议会"))  # fmt: skip
    district.post([check.id], "pub1_post", "clerk", "head", at(2018, 2, 14))
    district.say(check.id, "pub1_close", "clerk", at(2018, 2, 26))
    district.say(check.id, "street_review", "leader", at(2018, 2, 27))
    district.post([check.id], "pub2_post", "street_clerk", "leader", at(2018, 2, 28))
    district.say(check.id, "pub2_close", "street_clerk", at(2018, 3, 9))
    district.say(check.id, "district_review", "director", at(2018, 3, 12))
    district.say(check.id, "group_decision", "group", at(2018, 3, 13))
    district.post([check.id], "announce", "district_clerk", "director", at(2018, 3, 14))
    district.say(check.id, "register", "district_clerk", at(2018, 3, 15))

    assert district.state(household) == "assisted"
    with reading(district.office.records) as conn:
        path = enrolments.enrolment_of(conn, household, PACK)
        assert path is not None and (path.relapses, path.exited_on) == (1, None)
        assert enrolments.household_number(conn, household) == number
        assert help.next_obligation(conn, household, "revisit") is None  # lapsed: no longer owed
        assert help.pairing_on(conn, household, date(2018, 3, 16)) is not None  # R4.1-06

    drain(district.office, at(2018, 3, 16), kinds=("print_form",))  # late: the path has moved on meanwhile
    with reading(district.office.records) as conn:
        snapshots = [papers.paper(conn, row.id).snapshot for row in papers.listing(conn, "D-42", None)]
    assert [s["exited_on"] for s in snapshots] == ["2017-11-10"]
    assert [(s["trigger"], s["alerted_on"]) for s in snapshots] == [("主要劳动力重病", "2018-02-08")]  # cleared since

    measures = [{"programme": "医疗保险和医疗救助保障", "kind": "relief", "resource": "money", "title": title,
                 "owner": "区卫计局", "starts_on": "2018-03-16"} for title in ("落实大病救助", "资助参保")]  # fmt: skip
    drain(district.office, at(2018, 3, 15, 20))
    district.say(check.id, "plan", "helper", at(2018, 3, 16), fields={"measures": measures}, evidence=proof("D-18"),
                 made_by=HEAD)  # fmt: skip
    drain(district.office, at(2018, 3, 16, 20))
    with reading(district.office.records) as conn:
        drawn = {row.code: papers.paper(conn, row.id) for row in papers.papers_of_case(conn, check.id)}
    for code, says in (
        ("D-08", "符合返贫再纳入条件"),
        ("D-11", "2018年拟返贫再纳入相对贫困户名单"),
        ("D-15", "为返贫再纳入的相对贫困户"),
    ):
        docx = paper_from(code, drawn[code].snapshot).render()
        assert says in text_of(docx) and departures(docx, public=True) == [], code
        assert "返贫再纳入" in drawn[code].title
    assert drawn["D-43"].snapshot["trigger"] == "主要劳动力重病"
    assert drawn["D-18"].snapshot["target_year"] == 2018  # planned for 2017, which is over


def test_the_card_on_the_wall_names_no_measure_that_tells_of_health(district: District) -> None:
    """Domain 5.2, D-17: it hangs where neighbours read it."""
    assert [_on_the_wall(m) for m in ("落实大病救助", "资助参保")] == ["按政策落实", "资助参保"]


def test_a_check_that_finds_nothing_clears_the_flag(district: District) -> None:
    household = district.household()
    district.exit_until("end", household)
    revisit(district, household, (2018, 2, 8), risk="邻居反映收入下降")
    drain(district.office, at(2018, 2, 9), kinds=("open_case",))
    with reading(district.office.records) as conn:
        [check] = cases.running(conn, "relapse")

    district.say(check.id, "visit", "clerk", at(2018, 2, 12), Verdict.REFUSE, "核查收入稳定，无返贫风险")

    assert district.state(household) == "monitored"
    with reading(district.office.records) as conn:
        assert help.open_risks(conn, household) == []


def test_consolidation_ends_after_its_day_with_every_revisit_done(district: District) -> None:
    household = district.household()
    district.exit_until("end", household)
    early = district.begin("consolidation_end", household, at(2019, 11, 8), by="street_clerk").id
    with pytest.raises(ConsolidationRunning, match="2019年11月10日"):
        district.say(early, "opinion", "street_clerk", at(2019, 11, 8))
    with pytest.raises(RevisitsOwed, match="6次"):
        district.say(early, "opinion", "street_clerk", at(2019, 11, 12))
    for _ in range(6):
        revisit(district, household, (2019, 11, 12))

    district.say(early, "opinion", "street_clerk", at(2019, 11, 13), opinion="情况稳定")
    district.say(early, "approve", "leader", at(2019, 11, 14))

    assert district.state(household) == "stable"
    drain(district.office, at(2019, 11, 15))
    assert district.sign("leader", at(2019, 11, 15)) >= 1
