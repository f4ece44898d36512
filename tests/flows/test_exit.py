"""The exit of a household (R4.3-06): what opens the gate, what holds it, and who may say so."""

from __future__ import annotations

from datetime import date

import pytest
from district import COMMUNITY, HEAD, MEETING, PACK, District, at, proof

from records import cases, enrolments, help, papers, rounds, verification
from records.engine import reading
from states.decision import MadeBy
from states.not_allowed import (
    AlreadyDecided,
    ChangedMeanwhile,
    ExitGateNotMet,
    MadeByMissing,
    NoticeNotIssued,
    NotYourTask,
    OpinionMissing,
    PublicityRunning,
    QuorumNotMet,
    TooFewSurveyors,
    VoteNotPassed,
    VotesDoNotAddUp,
)
from states.procedure import Verdict

VISIT = {"visited_on": "2017-10-20", "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}


def test_a_household_that_meets_every_condition_exits_and_is_monitored(district: District) -> None:
    household = district.household()

    case = district.exit_until("end", household)

    assert district.see(case).status == "done"
    assert district.state(household) == "monitored"
    with reading(district.office.records) as conn:
        path = enrolments.enrolment_of(conn, household, PACK)
        assert path is not None
        assert path.exited_on == date(2017, 11, 10)
        assert path.consolidation_until == date(2019, 11, 10)  # R4.3-07: the pack's 24 months
        assert help.owed_before(conn, household, "revisit", date(2019, 12, 31)) == 6  # R4.3-11
        assert help.pairing_on(conn, household, date(2018, 6, 1)) is not None  # R4.1-06: not let go
        assert [f for f in verification.verify(conn) if f.where != "register_events:case 0"] == []


def test_an_unmet_condition_refuses_the_exit_with_its_reason(district: District) -> None:
    """R1.3-02: housing found not safe; no target, vote or leader opens the gate."""
    household = district.household(passes=False)
    case = district.exit_until("verify", household)

    with pytest.raises(ExitGateNotMet, match="“住房安全有保障”于2017年10月9日认定为不达标"):
        district.say(case, "verify", "clerk", at(2017, 10, 20), fields=VISIT, evidence=proof("D-33", "D-32"))

    district.say(case, "verify", "clerk", at(2017, 10, 20), Verdict.REFUSE, "住房不达标")
    assert district.state(household) == "assisted"


def test_an_income_below_the_line_of_the_year_is_no_exit(district: District) -> None:
    """R1.3-04: 6,883 yuan a head in 2017, compared unrounded."""
    household = district.household(wages=688_299 * 2)
    case = district.exit_until("verify", household)

    with pytest.raises(ExitGateNotMet, match=r"6882\.99元，低于2017年标准6883元"):
        district.say(case, "verify", "clerk", at(2017, 10, 20), fields=VISIT, evidence=proof("D-33", "D-32"))


def test_only_the_household_accepts_its_exit(district: District) -> None:
    """R1.4-11: nobody accepts in its place, and a refusal ends the case."""
    household = district.household()
    case = district.exit_until("accept", household)

    with pytest.raises(MadeByMissing):
        district.say(case, "accept", "clerk", at(2017, 10, 23), evidence=proof("D-34"))
    with pytest.raises(OpinionMissing):
        district.say(case, "accept", "clerk", at(2017, 10, 23), Verdict.REFUSE, " ", made_by=HEAD)

    district.say(case, "accept", "clerk", at(2017, 10, 23), Verdict.REFUSE, "收入算错了", made_by=HEAD)
    assert (district.see(case).status, district.state(household)) == ("refused", "assisted")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"present": 15, "agree": 15, "oppose": 0, "abstain": 0}, QuorumNotMet),
        ({"agree": 25, "oppose": 0, "abstain": 0}, VotesDoNotAddUp),
        ({"agree": 13, "oppose": 13, "abstain": 1}, VoteNotPassed),
        ({"withdrawn": ["陈家强"], "agree": 25, "oppose": 1, "abstain": 1}, VotesDoNotAddUp),
    ],
)
def test_a_meeting_without_quorum_or_votes_decides_nothing(
    small: District, changes: dict[str, object], refusal: type[Exception]
) -> None:
    case = small.exit_until("review", small.household())

    with pytest.raises(refusal):
        small.say(case, "review", "clerk", at(2017, 10, 16), fields={**MEETING, **changes}, evidence=proof("D-07"),
                  made_by=MadeBy("居民会议", "民主评议会"))  # fmt: skip


def test_one_person_alone_is_no_home_check(small: District) -> None:
    case = small.exit_until("verify", small.household())

    with pytest.raises(TooFewSurveyors):
        small.say(case, "verify", "clerk", at(2017, 10, 20), fields={**VISIT, "surveyors": ["林记录", "林记录"]},
                  evidence=proof("D-33", "D-32"))  # fmt: skip


def test_a_notice_nobody_signed_cannot_be_posted(small: District) -> None:
    case = small.exit_until("pub_post", small.household())

    with pytest.raises(NoticeNotIssued):
        small.say(case, "pub_post", "clerk", at(2017, 10, 24), evidence=proof("posting"),
                  fields={"posted_on": "2017-10-24", "place": "公示栏"})  # fmt: skip


def test_publicity_ends_after_its_last_day_only(district: District) -> None:
    """R4.3-09: posted on 24 October for seven days; the posting day does not count."""
    case = district.exit_until("pub_close", district.household())

    with reading(district.office.records) as conn:
        shown = rounds.publicity_of(conn, case)
        assert shown.ends_on == date(2017, 10, 31)
    with pytest.raises(PublicityRunning, match="2017年10月31日止"):
        district.say(case, "pub_close", "clerk", at(2017, 10, 31))
    district.say(case, "pub_close", "clerk", at(2017, 11, 1))


def test_a_second_click_decides_nothing_and_says_who_was_first(district: District) -> None:
    case = district.exit_until("candidate", district.household())
    district.say(case, "candidate", "clerk", at(2017, 10, 10, 5))

    with pytest.raises(AlreadyDecided, match="林记录于2017年10月10日 09:05办结"):
        district.say(case, "candidate", "clerk", at(2017, 10, 10, 6))


def test_a_stale_page_is_refused(district: District) -> None:
    case = district.exit_until("street_review", district.household())
    seen = district.see(case).version
    district.say(case, "street_review", "leader", at(2017, 11, 3), Verdict.SEND_BACK, "缺签名", back_to="pub_close")
    district.say(case, "pub_close", "clerk", at(2017, 11, 3, 30))

    with pytest.raises(ChangedMeanwhile, match="林记录"):
        district.say(case, "street_review", "leader", at(2017, 11, 3, 60), seen_version=seen)


def test_the_same_key_twice_is_one_decision(district: District) -> None:
    case = district.exit_until("candidate", district.household())
    first = district.say(case, "candidate", "clerk", at(2017, 10, 10, 5), key="click-1")

    again = district.say(case, "candidate", "clerk", at(2017, 10, 10, 6), key="click-1")

    assert again.repeated and again.decision_id == first.decision_id
    with reading(district.office.records) as conn:
        assert len(cases.decisions_of(conn, case)) == 1


def test_somebody_elses_task_is_not_mine(district: District) -> None:
    case = district.exit_until("street_review", district.household())

    with pytest.raises(NotYourTask, match="达濠街道办事处"):
        district.say(case, "street_review", "clerk", at(2017, 11, 3))


def test_sent_back_in_order_passes_every_step_again(district: District) -> None:
    case = district.exit_until("street_review", district.household())

    district.say(case, "street_review", "leader", at(2017, 11, 3), Verdict.SEND_BACK, "缺签名", back_to="verify")

    assert (district.see(case).status, district.see(case).step) == ("returned", "verify")
    district.say(case, "verify", "clerk", at(2017, 11, 3, 30), fields=VISIT, evidence=proof("D-33", "D-32"))
    assert (district.see(case).status, district.see(case).step) == ("running", "accept")


def test_sent_back_straight_returns_to_the_one_who_sent_it(district: District) -> None:
    case = district.exit_until("street_review", district.household())

    district.say(case, "street_review", "leader", at(2017, 11, 3), Verdict.SEND_BACK, "缺签名", back_to="verify",
                 straight_back=True)  # fmt: skip
    district.say(case, "verify", "clerk", at(2017, 11, 3, 30), fields=VISIT, evidence=proof("D-33", "D-32"))

    assert (district.see(case).status, district.see(case).step) == ("running", "street_review")


def test_papers_of_an_exit_are_numbered_without_a_gap(district: District) -> None:
    for name in ("陈家强", "林木生", "黄海"):
        district.exit_until("end", district.household(name))

    with reading(district.office.records) as conn:
        numbers = [p.number for p in papers.listing(conn, "D-39")]
        assert numbers == [f"汕濠扶办〔2017〕{n}号" for n in (1, 2, 3)]
        assert all(district.office.files.holds(p.file_key, p.sha256) for p in papers.issued_files(conn))


def test_a_case_starts_only_where_its_starter_answers(district: District) -> None:
    household = district.household()
    assert district.begin("exit", household, at(2017, 10, 10)).area_code == COMMUNITY
