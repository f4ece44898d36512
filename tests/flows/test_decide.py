"""The one path of every decision: who may, who may not be the same, what can be taken back, and what is told."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from district import COMMUNITY, HEAD, STREET, District, at, proof
from sqlalchemy import Engine, and_, select

from flows.appoint import appoint
from flows.decide import decide
from flows.delegation import Delegate, delegate
from flows.drain import drain
from flows.rounds import Act, Say, act, open_round, waiting_at
from flows.start import Start, start
from flows.tick import tick
from records import alerts, cases, duties, offices, packs, papers, schema
from records.engine import reading, writing
from records.views import todo
from states.decision import Actor, Decision, MadeBy
from states.not_allowed import (
    AlreadyDecided,
    CannotGoBack,
    CannotTakeBack,
    EvidenceMissing,
    FieldMissing,
    FieldWrong,
    NotAllowed,
    NotTheApplicant,
    NotYourPost,
    OpenAlready,
    OpinionMissing,
    OutsideYourArea,
    SamePerson,
    VerdictNotOffered,
)
from states.procedure import Verdict

VISIT = {"visited_on": "2017-10-20", "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}


def test_maker_and_approver_are_never_one_person(district: District) -> None:
    """R4.2-01, truth 6: the clerk who made the case cannot also be the street's checker of it."""
    case = district.exit_until("street_review", district.household())
    clerk = district.who["clerk"]
    with writing(district.office.records) as conn:
        offices.appoint(conn, clerk.person_id, f"{STREET}-office", "street_leader", date(2016, 1, 1))

    with pytest.raises(SamePerson, match="林记录已办理过本件的“列为拟退出户”"):
        decide(district.office, Decision(case, "street_review", Verdict.APPROVE,
                                         Actor(clerk.person_id, f"{STREET}-office", "street_leader"),
                                         at(2017, 11, 3), "同意"))  # fmt: skip


def test_standing_in_for_somebody_does_not_lift_the_rule(district: District) -> None:
    """The clerk stands in for the street's leader: still the same person; another may stand in, and both names stay."""
    case = district.exit_until("street_review", district.household())
    leader, clerk, other = (district.who[k] for k in ("leader", "clerk", "street_clerk"))
    with writing(district.office.records) as conn:
        offices.appoint(conn, clerk.person_id, f"{STREET}-office", "street_clerk", date(2017, 10, 30))
    for taker, since, until in ((clerk, 1, 3), (other, 4, 10)):
        delegate(district.office, Delegate(leader.person_id, taker.person_id, date(2017, 11, since),
                                           date(2017, 11, until), "出差", leader, at(2017, 11, 1)))  # fmt: skip

    def standing_in(person: Actor, day: int) -> Decision:
        by = Actor(person.person_id, f"{STREET}-office", "street_leader", acting_for_id=leader.person_id)
        return Decision(case, "street_review", Verdict.APPROVE, by, at(2017, 11, day), "同意")

    with pytest.raises(SamePerson):
        decide(district.office, standing_in(clerk, 3))
    with pytest.raises(NotYourPost):
        decide(district.office, standing_in(other, 13))  # the delegation is over
    decide(district.office, standing_in(other, 5))
    with reading(district.office.records) as conn:
        last = cases.last_decision(conn, case)
        assert last is not None
        assert (last.person, last.acting_for) == ("黄小燕", "李书记")


def test_a_post_that_ended_decides_nothing(district: District) -> None:
    case = district.exit_until("street_review", district.household())
    leader = district.who["leader"]
    with writing(district.office.records) as conn:
        offices.end_term(conn, leader.person_id, leader.office_code, leader.role, date(2017, 11, 1))

    with pytest.raises(NotYourPost, match="李书记在2017-11-03不担任"):
        district.say(case, "street_review", "leader", at(2017, 11, 3))


def test_an_approval_is_taken_back_while_the_next_step_is_untouched(district: District) -> None:
    case = district.exit_until("district_check", district.household())

    district.say(
        case, "district_check", "leader", at(2017, 11, 3, 30), Verdict.TAKE_BACK, "误点", back_to="street_review"
    )

    assert district.see(case).step == "street_review"
    district.say(case, "street_review", "leader", at(2017, 11, 3, 60))
    district.say(case, "district_check", "director", at(2017, 11, 6))
    with pytest.raises(CannotTakeBack):
        district.say(case, "group_confirm", "leader", at(2017, 11, 6, 60), Verdict.TAKE_BACK, "误点",
                     back_to="street_review")  # fmt: skip


def test_what_took_effect_is_not_taken_back(district: District) -> None:
    case = district.exit_until("pub_close", district.household())

    with pytest.raises(CannotTakeBack, match="已生效"):
        district.say(case, "pub_close", "clerk", at(2017, 10, 25), Verdict.TAKE_BACK, "误点", back_to="pub_post")


def test_only_the_starter_withdraws(district: District) -> None:
    case = district.exit_until("street_review", district.household())

    with pytest.raises(NotTheApplicant):
        district.say(case, "street_review", "leader", at(2017, 11, 3), Verdict.WITHDRAW, "不办了")
    district.say(case, "street_review", "clerk", at(2017, 11, 3), Verdict.WITHDRAW, "户主申请撤销")
    assert district.see(case).status == "withdrawn"
    with reading(district.office.records) as conn:
        assert todo(conn, district.who["leader"].person_id, date(2017, 11, 3)) == []


def test_wrong_input_is_refused_with_what_is_wrong(small: District) -> None:
    case = small.exit_until("verify", small.household())

    with pytest.raises(FieldMissing, match="入户日期、核查人员、收入稳定性说明"):
        small.say(case, "verify", "clerk", at(2017, 10, 20), evidence=proof("D-33", "D-32"))
    with pytest.raises(FieldWrong, match="2017-07-03"):
        small.say(case, "verify", "clerk", at(2017, 10, 20), fields={**VISIT, "visited_on": "昨天"},
                  evidence=proof("D-33", "D-32"))  # fmt: skip
    with pytest.raises(FieldWrong, match="没有这个栏目"):
        small.say(case, "verify", "clerk", at(2017, 10, 20), fields={**VISIT, "extra": "x"})
    with pytest.raises(EvidenceMissing, match="D-33"):
        small.say(case, "verify", "clerk", at(2017, 10, 20), fields=VISIT, evidence=proof("D-32"))
    with pytest.raises(VerdictNotOffered):
        small.say(case, "verify", "clerk", at(2017, 10, 20), Verdict.SEND_BACK, "退", back_to="review")
    with pytest.raises(OpinionMissing):
        small.say(case, "verify", "clerk", at(2017, 10, 20), Verdict.REFUSE, "")
    assert small.see(case).step == "verify"


def test_nothing_goes_back_to_a_later_step(small: District) -> None:
    case = small.exit_until("street_review", small.household())

    with pytest.raises(CannotGoBack, match="入户核查"):
        small.say(case, "street_review", "leader", at(2017, 11, 3), Verdict.SEND_BACK, "退", back_to="announce")


def test_one_running_case_of_a_kind_and_household(district: District) -> None:
    household = district.household()
    district.begin("exit", household, at(2017, 10, 10))

    with pytest.raises(OpenAlready):
        district.begin("exit", household, at(2017, 10, 11))


def test_a_community_starts_nothing_for_another(small: District) -> None:
    household = small.household()
    stranger = appoint(
        small.office, "外社区", "440512001002-office", "community_clerk", date(2016, 1, 1), at(2016, 1, 4)
    )

    with pytest.raises(OutsideYourArea):
        start(small.office, Start("exit", "household", household, "陈家强户", COMMUNITY, stranger, at(2017, 10, 10)))


def test_an_empty_post_gets_its_task_and_somebody_is_told(district: District) -> None:
    case = district.exit_until("street_review", district.household())
    for key in ("director",):
        actor = district.who[key]
        with writing(district.office.records) as conn:
            offices.end_term(conn, actor.person_id, actor.office_code, actor.role, date(2017, 11, 1))

    district.say(case, "street_review", "leader", at(2017, 11, 3))

    with reading(district.office.records) as conn:
        told = alerts.open_alerts(conn)
        assert any("区扶贫办主任岗位无人担任" in a.says for a in told)
        assert district.see(case).tasks[0].role == "district_director"
    appoint(district.office, "新主任", "440512-office", "district_director", date(2017, 11, 3), at(2017, 11, 3))
    with reading(district.office.records) as conn:
        assert not any("区扶贫办主任岗位无人担任" in a.says for a in alerts.open_alerts(conn))


def test_a_post_that_falls_empty_under_a_waiting_task_is_told_by_the_next_tick(district: District) -> None:
    district.exit_until("street_review", district.household())
    with writing(district.office.records) as conn:
        for key in ("leader", "other_leader"):
            actor = district.who[key]
            offices.end_term(conn, actor.person_id, actor.office_code, actor.role, date(2017, 11, 1))

    tick(district.office, at(2017, 11, 2))

    with reading(district.office.records) as conn:
        assert any("街道负责人岗位无人担任，有1件待办" in a.says for a in alerts.open_alerts(conn))


def test_a_running_case_keeps_the_procedure_it_began_with(district: District) -> None:
    """Truth 7: a pack edited meanwhile changes new cases only."""
    before = district.begin("exit", district.household(), at(2017, 10, 10))
    text = district.office.pack.text.replace("min_surveyors = {label = \"入户核查最少人数\", value = 2",
                                             "min_surveyors = {label = \"入户核查最少人数\", value = 3")  # fmt: skip
    from config.pack import parse_pack
    from flows.office import Office

    changed = parse_pack(text)
    assert changed.sha256 != district.office.pack.sha256
    with writing(district.office.records) as conn:
        packs.keep_pack(conn, changed.id, changed.sha256, text, "管理员", at(2017, 10, 11))
    old = district.office
    district.office = Office(old.records, old.calendar, changed, {**old.packs, changed.id: changed}, old.files)
    after = district.begin("exit", district.household("林木生"), at(2017, 10, 12), title="林木生户")

    assert before.procedure_sha256 != after.procedure_sha256
    for case in (before.id, after.id):
        for key, go in district._exit_steps(case)[:2]:
            assert key in ("candidate", "review")
            go()
    district.say(before.id, "verify", "clerk", at(2017, 10, 20), fields=VISIT, evidence=proof("D-33", "D-32"))
    with pytest.raises(NotAllowed, match="3人以上"):
        district.say(after.id, "verify", "clerk", at(2017, 10, 20), fields=VISIT, evidence=proof("D-33", "D-32"))


def test_an_act_decides_each_case_by_itself(district: District) -> None:
    """One sitting, three households: the one that fails stays and says why, the others pass."""
    round_id = open_round(district.office, "exit", COMMUNITY, 2017, "东兴社区2017年度退出", at(2017, 10, 9))
    for name in ("陈家强", "林木生", "黄海"):
        district.begin("exit", district.household(name), at(2017, 10, 10), title=f"{name}户", round_id=round_id)
    first, second, third = waiting_at(district.office, [round_id], "candidate")
    district.say(second, "candidate", "clerk", at(2017, 10, 10), Verdict.REFUSE, "户主外出")

    result = act(district.office, Act("candidate", {c: Say() for c in (first, second, third)}, district.who["clerk"],
                                      at(2017, 10, 11), COMMUNITY, round_id))  # fmt: skip

    assert set(result.done) == {first, third}
    assert "林记录" in result.held[second]


def test_duties_carried_out_twice_file_one_paper(district: District) -> None:
    case = district.exit_until("accept", district.household())
    drain(district.office, at(2017, 10, 21))
    with writing(district.office.records) as conn:
        conn.execute(schema.duties.update().values(done_at=None))  # as if the process had died before it was noted

    drain(district.office, at(2017, 10, 22))

    with reading(district.office.records) as conn:
        codes = [p.code for p in papers.papers_of_case(conn, case)]
        assert sorted(codes) == ["D-07", "D-31", "D-32", "D-33", "D-34"]
        assert duties.count_open(conn) == {}


def test_a_duty_that_keeps_failing_ends_on_the_list_and_can_be_retried(small: District) -> None:
    with writing(small.office.records) as conn:
        duties.owe(conn, [{"key": "x", "kind": "draft_paper", "case_id": 999, "act_id": None, "payload":
                           {"code": "D-35", "step": "pub_post"}, "owed_since": at(2017, 1, 3)}])  # fmt: skip
    for day in range(3, 31):
        drain(small.office, at(2017, 1, day))

    with reading(small.office.records) as conn:
        assert [d.key for d in duties.failed(conn)] == ["x"]
        assert any("多次未能办成" in a.says for a in alerts.open_alerts(conn))
        duty = duties.failed(conn)[0]
    with writing(small.office.records) as conn:
        assert duties.retry(conn, duty.id, at(2017, 2, 1))
    assert drain(small.office, at(2017, 2, 1)).put_back == 1


@pytest.mark.postgres
def test_of_four_clerks_at_once_one_wins_and_the_others_are_told(postgres_engine: Engine, tmp_path: object) -> None:
    from pathlib import Path

    from district import make_district

    district = make_district(postgres_engine, Path(str(tmp_path)) / "files")
    wins, losses = [], []
    for name in ("陈家强", "林木生", "黄海", "许多", "吴用"):
        case = district.exit_until("street_review", district.household(name))
        people = [district.who["leader"], district.who["other_leader"]] * 2

        def go(person: Actor, case: int = case) -> None:
            try:
                wins.append(decide(district.office, Decision(case, "street_review", Verdict.APPROVE, person,
                                                             at(2017, 11, 3), "同意")))  # fmt: skip
            except AlreadyDecided as no:
                losses.append(str(no))

        threads = [threading.Thread(target=go, args=(p,)) for p in people]
        for t in threads:
            t.start()
        for t in threads:
            t.join()

    assert (len(wins), len(losses)) == (5, 15)
    assert all("已由" in says for says in losses)
    with reading(district.office.records) as conn:
        rows = conn.execute(select(schema.decisions.c.case_id).where(schema.decisions.c.step == "street_review")).all()
        assert len(rows) == 5


@pytest.mark.postgres
def test_eight_drains_at_once_file_each_paper_once(postgres_engine: Engine, tmp_path: object) -> None:
    from pathlib import Path

    from district import make_district

    district = make_district(postgres_engine, Path(str(tmp_path)) / "files")
    for name in ("陈家强", "林木生", "黄海", "许多", "吴用"):
        district.exit_until("accept", district.household(name))

    threads = [threading.Thread(target=drain, args=(district.office, at(2017, 10, 21))) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()

    with reading(district.office.records) as conn:
        assert len(papers.listing(conn, "D-33")) == 5
        assert duties.count_open(conn) == {} and duties.failed(conn) == []


def test_an_objection_holds_its_own_household_only(district: District) -> None:
    """Domain 3.12: open, it holds; dismissed, it lets go; upheld, the case must go back first."""
    mine = district.exit_until("pub_close", district.household("陈家强"))
    other = district.exit_until("pub_close", district.household("林木生"))
    case = start(district.office, Start("objection", "case", mine, "对陈家强户的异议", COMMUNITY, district.who["clerk"],
                                        at(2017, 10, 27)))  # fmt: skip

    district.say(other, "pub_close", "clerk", at(2017, 11, 1))
    with pytest.raises(NotAllowed, match="1件异议尚未办结"):
        district.say(mine, "pub_close", "clerk", at(2017, 11, 1))

    _answer(district, case.id, "成立")
    with pytest.raises(NotAllowed, match="查证属实"):
        district.say(mine, "pub_close", "clerk", at(2017, 11, 2))
    district.say(mine, "pub_close", "clerk", at(2017, 11, 2), Verdict.SEND_BACK, "异议成立", back_to="verify",
                 straight_back=True)  # fmt: skip
    district.say(mine, "verify", "clerk", at(2017, 11, 2, 30), fields=VISIT, evidence=proof("D-33", "D-32"))
    district.say(mine, "pub_close", "clerk", at(2017, 11, 2, 60))
    assert district.see(mine).step == "street_review"


def _answer(district: District, case: int, outcome: str) -> None:
    district.say(case, "receive", "clerk", at(2017, 10, 27), made_by=MadeBy("邻居", "异议人"), evidence=proof("D-7C"),
                 fields={"about": "收入不实", "channel": "当面", "real_name": True})  # fmt: skip
    district.say(case, "investigate", "other_street_clerk", at(2017, 10, 30), fields={"found": "查明"},
                 evidence=proof("investigation"))  # fmt: skip
    district.say(case, "decide", "other_leader", at(2017, 10, 31), fields={"outcome": outcome})
    district.say(case, "reply", "other_street_clerk", at(2017, 11, 1), fields={"replied_on": "2017-11-01"})


def test_who_decided_a_case_does_not_judge_the_objection_to_it(district: District) -> None:
    mine = district.exit_until("district_check", district.household())
    case = start(district.office, Start("objection", "case", mine, "对陈家强户的异议", COMMUNITY, district.who["clerk"],
                                        at(2017, 11, 4)))  # fmt: skip
    district.say(case.id, "receive", "clerk", at(2017, 11, 4), made_by=MadeBy("邻居", "异议人"), evidence=proof("D-7C"),
                 fields={"about": "收入不实", "channel": "当面", "real_name": False})  # fmt: skip
    district.say(case.id, "investigate", "street_clerk", at(2017, 11, 6), fields={"found": "查明"},
                 evidence=proof("investigation"))  # fmt: skip

    with pytest.raises(NotAllowed, match="应当回避"):
        district.say(case.id, "decide", "leader", at(2017, 11, 7), fields={"outcome": "不成立"})
    district.say(case.id, "decide", "other_leader", at(2017, 11, 7), fields={"outcome": "不成立"})


def test_the_household_signs_its_plan_and_is_then_assisted(district: District) -> None:
    """R1.1-01, R4.1-04: a named helper, a plan with at least one measure, the household's signature."""
    household = district.household(assisted=False)
    case = district.begin("plan", household, at(2016, 6, 13), by="helper").id
    measure = {"programme": "劳动力就业", "kind": "capacity", "resource": "skill", "title": "培训", "owner": "区人社局",
               "starts_on": "2016-06-13"}  # fmt: skip

    with pytest.raises(NotAllowed, match=r"至少一项|帮扶措施"):
        district.say(case, "draft", "helper", at(2016, 6, 13), fields={"measures": []})
    with pytest.raises(FieldWrong, match="工程类别只能是"):
        district.say(case, "draft", "helper", at(2016, 6, 13), fields={"measures": [{**measure, "programme": "养老"}]})
    district.say(case, "draft", "helper", at(2016, 6, 13), fields={"measures": [measure]})
    assert district.state(household) == "identified"
    district.say(case, "sign", "helper", at(2016, 6, 24), evidence=proof("D-18"), made_by=HEAD)
    assert district.state(household) == "assisted"


def test_a_due_says_what_its_task_says(district: District) -> None:
    """Truth 4: whoever is reminded is who must act, in the same area, for the same day, on either database."""
    district.exit_until("street_review", district.household())
    T, U = schema.tasks, schema.dues
    with reading(district.office.records) as conn:
        both = conn.execute(select(T, U).join(U, and_(U.c.subject_kind == "task", U.c.subject_id == T.c.id))).all()

    assert {row.status for row in both} == {"open", "done"}
    for row in both:
        for key in ("office_code", "role", "area_path", "due_on", "provisional"):
            assert row._mapping[T.c[key]] == row._mapping[U.c[key]]
        assert row._mapping[T.c.helper_person_id] == row._mapping[U.c.person_id]
        assert row._mapping[T.c.closed_at] == row._mapping[U.c.closed_at]
        assert row.title and row.starts_on and row.remind_next_on
