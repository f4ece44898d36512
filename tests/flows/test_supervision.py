"""Supervision: conditions are shown, people open and decide every rung, one level down, and it closes on site."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from district import COMMUNITY, STREET, District, at, proof

from flows.appoint import appoint
from flows.drain import drain
from flows.supervision import OpenFile, conditions, open_file, open_rung
from records import enrolments, help, papers, schema, supervision, verification
from records.engine import reading, writing
from records.scope import scope_of
from rules.jurisdiction import covers
from states.decision import Actor
from states.not_allowed import (
    CannotSupervise,
    EvidenceMissing,
    FieldWrong,
    NotAllowed,
    NoticeNotIssued,
    NotYourPost,
    NotYourTask,
    WrongMoment,
)
from states.procedure import Verdict

STREET_OFFICE = f"{STREET}-office"
PROBLEMS = {
    "means": "查阅台账",
    "problems": ["逾期12户"],
    "basis": "责任书第三条",
    "standard": "全部办结",
    "circulate": "全区通报",
}
SUMMONS = {"reason": "未完成年度任务", "basis": "实施意见四（四）", "who": ["李书记", "吴主任"], "by_whom": "副组长",
           "on": "2018-01-22", "place": "三楼会议室"}  # fmt: skip
SITE = {"checked_on": "2018-02-20", "checkers": ["蔡晓", "工作组甲"], "result": "已整改"}


def when(month: int, day: int, minute: int = 0) -> datetime:
    return at(2018, month, day, minute)


def opened(district: District, cause: str = "slow", by: str = "district_clerk", office: str = STREET_OFFICE,
           person: int | None = None, finding: str = "全年进度不足一半") -> int:  # fmt: skip
    return open_file(district.office, OpenFile(office, cause, finding, district.who[by], when(1, 5), person,
                                               proof("finding"), 2017))  # fmt: skip


def rung(district: District, file: int, which: str, month: int = 1, day: int = 8) -> int:
    return open_rung(district.office, file, which, district.who["district_clerk"], when(month, day)).id


def state(district: District, file: int) -> str:
    with reading(district.office.records) as conn:
        return str(supervision.file(conn, file).state)  # type: ignore[union-attr]


def signed(district: District, month: int, day: int) -> None:
    drain(district.office, when(month, day))
    district.sign("group", when(month, day, 5))


def ordered(district: District, file: int) -> int:
    """The rectification of a file until the street has to report."""
    case = rung(district, file, "rectification")
    district.say(case, "propose", "district_clerk", when(1, 8, 5), fields=PROBLEMS)
    district.say(case, "review", "director", when(1, 9))
    district.say(case, "decide", "group", when(1, 10))
    signed(district, 1, 11)
    return case


def summoned(district: District, file: int) -> int:
    case = rung(district, file, "interview")
    district.say(case, "propose", "district_clerk", when(1, 8, 5), fields=SUMMONS)
    district.say(case, "review", "director", when(1, 9))
    district.say(case, "decide", "group", when(1, 10))
    signed(district, 1, 11)
    return case


def missed(district: District) -> None:
    """Two households of the street were planned to exit in 2017; one did."""
    for name in ("陈家强", "林木生"):
        made = district.household(name)
        if name == "陈家强":
            with writing(district.office.records) as conn:
                path = enrolments.enrolment_of(conn, made, district.office.pack.id, lock=True)
                assert path is not None
                path.state = "exited"
                enrolments.keep_move(conn, path, "announce_exit", "assisted", date(2017, 12, 1), 0, at(2017, 12, 1), {})


def test_conditions_are_shown_and_nothing_happens_by_itself(district: District) -> None:
    """R4.4-09, truth 13: who missed the yearly task is shown once the year is over; no file is opened, nobody is told."""
    missed(district)

    assert conditions(district.office, date(2017, 12, 31), 2017) == []
    [met] = conditions(district.office, date(2018, 1, 1))

    assert (met.cause, met.office, met.count, met.of) == ("missed_target", "达濠街道办事处", 2, 4)
    with reading(district.office.records) as conn:
        assert supervision.files(scope_of(conn, district.who["group"].person_id, date(2018, 1, 1))).count(conn) == 0


def test_what_was_urged_by_the_office_above_in_vain_is_a_condition(district: District) -> None:
    from flows.tick import tick

    district.exit_until("street_review", district.household())
    tick(district.office, at(2017, 11, 2))
    assert [m for m in conditions(district.office, date(2017, 11, 2)) if m.cause == "overdue"] == []
    for day in (20, 30):
        tick(district.office, at(2017, 11, day))
    tick(district.office, at(2017, 12, 20))

    [met] = [m for m in conditions(district.office, date(2017, 12, 20)) if m.cause == "overdue"]
    assert (met.office_code, met.count) == (STREET_OFFICE, 1)


def test_from_the_finding_to_the_check_on_site(district: District) -> None:
    """R4.4-08: circular and order, decided by three people; the street reports; the issuer looks and closes."""
    file = opened(district)
    case = ordered(district, file)
    assert state(district, file) == "ordered"
    with reading(district.office.records) as conn:
        issued = {p.code: p.number for p in papers.papers_of_case(conn, case) if p.number}
        assert set(issued) == {"D-62", "D-63"}
        [due] = conn.execute(schema.dues.select().where(
            schema.dues.c.office_code == STREET_OFFICE, schema.dues.c.closed_at.is_(None))).all()  # fmt: skip
        assert due.due_on == date(2018, 2, 9)  # thirty days after the decision
    with pytest.raises(NotYourTask):
        district.say(case, "report", "director", when(1, 30), fields={"done": ["已办"]}, evidence=proof("D-64"))
    district.say(case, "report", "leader", when(1, 30), fields={"done": ["12户已办结"]}, evidence=proof("D-64"))
    with pytest.raises(EvidenceMissing, match="site"):
        district.say(case, "check", "district_clerk", when(2, 20), fields=SITE)
    with pytest.raises(NotAllowed, match="2人以上"):
        district.say(
            case, "check", "district_clerk", when(2, 20), fields={**SITE, "checkers": ["蔡晓"]}, evidence=proof("site")
        )
    district.say(case, "check", "district_clerk", when(2, 20), fields=SITE, evidence=proof("site"))
    district.say(case, "close", "director", when(2, 21), evidence=proof("D-69"))

    assert (state(district, file), district.see(case).status) == ("closed", "done")
    drain(district.office, when(2, 22))
    with reading(district.office.records) as conn:
        codes = {p.code for p in papers.papers_of_case(conn, case)}
        assert codes == {"D-62", "D-63", "D-64", "D-69"}
        assert [f for f in verification.verify(conn) if not f.where.startswith("register_events")] == []


def test_rectification_that_failed_leads_to_the_interview_only_when_a_person_opens_it(district: District) -> None:
    file = opened(district)
    case = ordered(district, file)
    district.say(case, "report", "leader", when(1, 30), fields={"done": ["部分办结"]}, evidence=proof("D-64"))
    district.say(case, "check", "district_clerk", when(2, 20), Verdict.REFUSE, "6户仍未办结", evidence=proof("site"))

    assert (state(district, file), district.see(case).status) == ("failed", "refused")
    assert [(m.cause, m.supervision_id) for m in conditions(district.office, date(2018, 2, 21))
            if m.cause == "rectification_failed"] == [("rectification_failed", file)]  # fmt: skip
    with reading(district.office.records) as conn:
        assert conn.execute(schema.cases.select().where(schema.cases.c.procedure == "interview")).first() is None


def test_a_street_that_missed_its_task_is_interviewed_before_it_is_let_off(district: District) -> None:
    """R4.4-09: mandatory interview of the main leaders; summons in time, record, commitment, check on site."""
    file = opened(district, "missed_target")
    case = summoned(district, file)
    with pytest.raises(FieldWrong, match="实际约谈日期"):
        district.say(case, "hold", "district_clerk", when(1, 15), evidence=proof("D-66"), fields={
            "held_on": "2018-01-15", "recorder": "蔡晓", "statement": "说明", "demands": "三月底前"})  # fmt: skip
    district.say(case, "hold", "district_clerk", when(1, 22), evidence=proof("D-66"), fields={
        "held_on": "2018-01-22", "recorder": "蔡晓", "statement": "说明", "demands": "三月底前"})  # fmt: skip
    with pytest.raises(FieldWrong, match="完成期限"):
        district.say(case, "commit", "leader", when(1, 24), evidence=proof("D-67"),
                     fields={"measures": ["逐户落实"], "finish_by": "2018-01-24"})  # fmt: skip
    district.say(case, "commit", "leader", when(1, 24), evidence=proof("D-67"),
                 fields={"measures": ["逐户落实"], "finish_by": "2018-03-30"})  # fmt: skip
    with reading(district.office.records) as conn:
        owed = help.obligation_by_key(conn, f"rectification:{case}")
        assert owed is not None and (owed.office_code, owed.due_on) == (STREET_OFFICE, date(2018, 3, 30))
    district.say(
        case, "check", "district_clerk", when(4, 3), fields={**SITE, "checked_on": "2018-04-03"}, evidence=proof("site")
    )
    district.say(case, "close", "director", when(4, 4), evidence=proof("D-69"))

    assert state(district, file) == "closed"
    with reading(district.office.records) as conn:
        assert help.obligation_by_key(conn, f"rectification:{case}").done_on == date(2018, 4, 4)  # type: ignore[union-attr]
    drain(district.office, when(4, 5))
    with reading(district.office.records) as conn:
        assert {p.code for p in papers.papers_of_case(conn, case)} == {"D-65", "D-66", "D-67", "D-69"}


def test_a_missed_task_is_not_closed_by_rectification_alone(small: District) -> None:
    """R4.4-09: the interview is mandatory; the order to rectify does not replace it."""
    file = opened(small, "missed_target")
    case = ordered(small, file)
    small.say(case, "report", "leader", when(1, 30), fields={"done": ["已办"]}, evidence=proof("D-64"))
    small.say(case, "check", "district_clerk", when(2, 20), fields=SITE, evidence=proof("site"))

    with pytest.raises(CannotSupervise, match="应当约谈主要领导"):
        small.say(case, "close", "director", when(2, 21), evidence=proof("D-69"))


def test_the_summons_reaches_the_leaders_so_many_working_days_before(small: District) -> None:
    file = opened(small, "missed_target")
    case = rung(small, file, "interview")
    small.say(case, "propose", "district_clerk", when(1, 8, 5), fields={**SUMMONS, "on": "2018-01-12"})
    small.say(case, "review", "director", when(1, 9))

    with pytest.raises(FieldWrong, match="最早可定在2018年1月15日"):
        small.say(case, "decide", "group", when(1, 10))


def test_clues_are_referred_by_three_people_and_read_by_nobody_below(district: District) -> None:
    """R4.4-10: a person's decision, in writing, with a receipt; the street does not see the case, discipline does."""
    file = opened(district, "falsified")
    district.who["discipline"] = appoint(
        district.office, "纪检员", "440512-office", "discipline", date(2016, 1, 1), at(2016, 1, 4)
    )
    case = rung(district, file, "referral")
    facts = {"kind": "弄虚作假", "facts": "核查表代签", "materials": ["核查表3份"]}
    district.say(case, "propose", "district_clerk", when(1, 8, 5), fields=facts)
    district.say(case, "review", "director", when(1, 9))
    district.say(case, "decide", "group", when(1, 10))
    with pytest.raises(NoticeNotIssued):
        district.say(case, "hand_over", "district_clerk", when(1, 11), evidence=proof("receipt"),
                     fields={"received_on": "2018-01-11", "received_by": "区纪检监察机关"})  # fmt: skip
    signed(district, 1, 11)
    district.say(case, "hand_over", "district_clerk", when(1, 12), evidence=proof("receipt"),
                 fields={"received_on": "2018-01-12", "received_by": "区纪检监察机关"})  # fmt: skip

    assert state(district, file) == "referred"
    with reading(district.office.records) as conn:
        path = district.see(case).area_path
        assert covers(scope_of(conn, district.who["discipline"].person_id, date(2018, 1, 12)), path)
        assert not covers(scope_of(conn, district.who["leader"].person_id, date(2018, 1, 12)), path)
    district.say(case, "close", "director", when(6, 1), evidence=proof("D-69"), fields={"outcome": "已处理"})
    assert state(district, file) == "closed"


def test_one_level_supervises_the_one_below(small: District) -> None:
    """R4.4-05: the district does not reach into a community, a street not into another's, nobody upwards."""
    community = f"{COMMUNITY}-office"
    with pytest.raises(CannotSupervise, match="由达濠街道办事处督查"):
        opened(small, office=community)
    with pytest.raises(CannotSupervise, match="一级对一级"):
        opened(small, by="street_clerk", office="440512002-office")
    with pytest.raises(CannotSupervise, match="一级对一级"):
        opened(small, by="street_clerk", office="440512-office")
    with pytest.raises(NotYourPost):
        opened(small, by="helper")
    with pytest.raises(EvidenceMissing):
        open_file(small.office, OpenFile(STREET_OFFICE, "slow", "慢", small.who["district_clerk"], when(1, 5)))

    file = opened(small, by="street_clerk", office=community)
    with pytest.raises(CannotSupervise, match="由达濠街道办事处督办"):
        rung(small, file, "rectification")
    case = open_rung(small.office, file, "rectification", small.who["street_clerk"], when(1, 8)).id
    small.say(case, "propose", "street_clerk", when(1, 8, 5), fields={**PROBLEMS, "circulate": "仅发被督查单位"})
    small.say(case, "review", "leader", when(1, 9))
    small.say(case, "decide", "other_leader", when(1, 10))
    assert [(t.office_code, t.role) for t in small.see(case).tasks] == [(community, "community_head")]


def test_a_person_is_supervised_in_the_post_and_a_member_of_the_group_by_nobody_below(small: District) -> None:
    leader = small.who["leader"].person_id
    file = opened(small, "inaction", person=leader)
    case = ordered(small, file)

    [task] = small.see(case).tasks
    assert (task.office_code, task.role, task.helper_person_id) == (STREET_OFFICE, "street_leader", leader)
    with pytest.raises(NotYourTask):
        small.say(case, "report", "other_leader", when(1, 30), fields={"done": ["已办"]}, evidence=proof("D-64"))
    small.say(case, "report", "leader", when(1, 30), fields={"done": ["已办"]}, evidence=proof("D-64"))

    from records import offices

    with writing(small.office.records) as conn:
        offices.add_posts(conn, [("440512-group", "helper_head")])
        offices.appoint(conn, small.who["other_leader"].person_id, "440512-group", "group_leader", date(2016, 1, 1))
    with pytest.raises(CannotSupervise, match="不由下级单位督查"):
        opened(small, "inaction", person=small.who["other_leader"].person_id)


def test_what_a_condition_shows_is_opened_once(district: District) -> None:
    file = opened(district, "missed_target")

    with pytest.raises(CannotSupervise, match=f"已经立项（督查件{file}）"):
        opened(district, "missed_target")
    with pytest.raises(CannotSupervise, match="约谈其主要领导"):
        opened(district, "missed_target", person=district.who["leader"].person_id)
    first = opened(district, "inspection")
    assert (
        opened(district, "inspection", finding="公示栏三个月未更新") != first
    )  # findings of an inspection may be several
    with pytest.raises(CannotSupervise, match="没有重复立项"):  # the same form, sent again
        opened(district, "inspection")


def test_a_measure_that_the_group_does_not_take_ends_a_file_that_has_no_other(small: District) -> None:
    file = opened(small)
    case = rung(small, file, "rectification")
    small.say(case, "propose", "district_clerk", when(1, 8, 5), fields=PROBLEMS)
    small.say(case, "review", "director", when(1, 9), Verdict.REFUSE, "情况不属实")

    assert state(small, file) == "dropped"
    with pytest.raises(CannotSupervise, match="已经销号或不予立项"):
        rung(small, file, "interview")


def test_no_rung_is_taken_out_of_its_turn(small: District) -> None:
    file = opened(small)
    ordered(small, file)
    case = rung(small, file, "referral")

    with pytest.raises(WrongMoment, match=r"限期整改.*不能办理.*追责移送"):
        small.say(
            case, "propose", "district_clerk", when(1, 12), fields={"kind": "不作为", "facts": "x", "materials": ["y"]}
        )


def test_the_same_person_neither_proposes_and_decides(small: District) -> None:
    """Truth 6 holds here as everywhere."""
    file = opened(small)
    case = rung(small, file, "rectification")
    small.say(case, "propose", "district_clerk", when(1, 8, 5), fields=PROBLEMS)
    from records import offices

    clerk = small.who["district_clerk"]
    with writing(small.office.records) as conn:
        offices.appoint(conn, clerk.person_id, "440512-office", "district_director", date(2016, 1, 1))
    small.who["both"] = Actor(clerk.person_id, "440512-office", "district_director")
    with pytest.raises(NotAllowed, match="不得为同一人"):
        small.say(case, "review", "both", when(1, 9))
