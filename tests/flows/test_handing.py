"""Handing on: transfer, advice, added approvers, copies, urging; every act in the history, each with its rule."""

from __future__ import annotations

from datetime import date

import pytest
from district import STREET, District, at
from sqlalchemy import select
from test_several_people import begin

from flows.appoint import appoint
from flows.drain import drain
from flows.handing import HandOn, hand
from records import handing, help, messages, offices, schema, verification
from records.engine import reading, writing
from records.views import todo
from states.decision import Actor
from states.handing import Hand
from states.not_allowed import (
    CannotHand,
    HandedWrong,
    NotYoursToUrge,
    NotYourTask,
    OpinionMissing,
    SamePerson,
    TaskNotOpen,
    UrgedAlready,
    WaitsForAnother,
)
from states.procedure import Verdict


def at_review(district: District) -> int:
    """An exit case that waits for the street's leader (two people hold that post)."""
    return district.exit_until("street_review", district.household())


def task(district: District, case: int, kind: str = "own") -> int:
    return next(t.id for t in district.see(case).tasks if t.kind == kind)


def give(district: District, kind: Hand, task_id: int, by: str, *to: str, note: str = "请办", minute: int = 0,
         day: int = 3) -> int:  # fmt: skip
    people = tuple(district.who[name].person_id for name in to)
    return hand(district.office, HandOn(kind, task_id, district.who[by], at(2017, 11, day, minute), people, note))


def mine(district: District, who: str, day: date = date(2017, 11, 3)) -> list[tuple[int, str]]:
    with reading(district.office.records) as conn:
        return [(row.case_id, row.kind) for row in todo(conn, district.who[who].person_id, day)]


def whole(district: District) -> None:
    """The ledger fits, the handings included."""
    with reading(district.office.records) as conn:
        assert [f.says for f in verification.verify(conn) if not f.where.startswith("register_events")] == []


def second_post(district: District, who: str, role: str, office_code: str = f"{STREET}-office") -> Actor:
    person = district.who[who].person_id
    with writing(district.office.records) as conn:
        offices.appoint(conn, person, office_code, role, date(2016, 1, 1))
    return Actor(person, office_code, role)


def test_a_transferred_task_is_the_others_alone(district: District) -> None:
    case = at_review(district)
    assert mine(district, "leader") == mine(district, "other_leader") == [(case, "own")]

    give(district, Hand.TRANSFER, task(district, case), "leader", "other_leader", note="我分管别的片区")

    assert mine(district, "leader") == []
    with pytest.raises(NotYourTask, match="街道负责人吴主任办理"):
        district.say(case, "street_review", "leader", at(2017, 11, 3, 5))
    district.say(case, "street_review", "other_leader", at(2017, 11, 3, 6))
    assert district.see(case).step == "district_check"
    with reading(district.office.records) as conn:
        [event] = handing.of_case(conn, case)
        assert (event.person, event.kind, event.to_person, event.note) == (
            "李书记",
            "transfer",
            "吴主任",
            "我分管别的片区",
        )
    whole(district)


def test_a_task_goes_only_to_somebody_in_the_same_post_who_took_no_other_part(small: District) -> None:
    """Truth 6: a transfer cannot make the maker of a case its checker."""
    case = at_review(small)
    mine_ = task(small, case)

    with pytest.raises(HandedWrong, match="只能转给现任达濠街道办事处街道负责人的人员"):
        give(small, Hand.TRANSFER, mine_, "leader", "street_clerk")
    second_post(small, "clerk", "street_leader")
    with pytest.raises(SamePerson, match="林记录已办理过本件"):
        give(small, Hand.TRANSFER, mine_, "leader", "clerk")
    with pytest.raises(NotYourTask):
        give(small, Hand.TRANSFER, mine_, "street_clerk", "other_leader")
    with pytest.raises(HandedWrong, match="请选定一个人"):
        give(small, Hand.TRANSFER, mine_, "leader")
    whole(small)


def test_a_helpers_task_follows_the_pairing_and_is_not_transferred(small: District) -> None:
    case = small.begin("plan", small.household(assisted=False), at(2017, 11, 3), by="helper").id
    small.who["second"] = appoint(small.office, "欧帮扶", "440512-unit-01", "helper", date(2016, 1, 1), at(2016, 1, 4))

    with pytest.raises(CannotHand, match="随结对走"):
        give(small, Hand.TRANSFER, task(small, case), "helper", "second")


def test_a_helpers_open_tasks_and_obligations_go_over_with_the_pairing(district: District) -> None:
    """R4.1-06: the household is never without; the new helper has what the old one still owed."""
    home = district.household(assisted=False)
    case = district.begin("plan", home, at(2017, 11, 3), by="helper").id
    second = appoint(district.office, "欧帮扶", "440512-unit-02", "helper", date(2016, 1, 1), at(2016, 1, 4))
    district.who["second"] = second
    with writing(district.office.records) as conn:
        help.oblige(conn, {
            "kind": "revisit", "key": "revisit:x", "title": "回访", "office_code": "440512-unit-01",
            "person_id": district.who["helper"].person_id, "household_id": home, "area_path": "/440512/",
            "starts_on": date(2017, 11, 3), "due_on": date(2017, 12, 3)})  # fmt: skip
        help.pair(conn, home, "440512-unit-02", second.person_id, date(2017, 11, 4), "调整", None)

    day = date(2017, 11, 4)
    assert (mine(district, "helper", day), mine(district, "second", day)) == ([], [(case, "own")])
    with reading(district.office.records) as conn:
        dues = conn.execute(select(schema.dues.c.office_code, schema.dues.c.person_id)).all()
        assert dues and {tuple(row) for row in dues} == {("440512-unit-02", second.person_id)}


def test_advice_comes_back_to_the_owner_who_decides(district: District) -> None:
    case = at_review(district)
    own = task(district, case)

    give(district, Hand.ASK, own, "leader", "clerk", note="入户情况是否属实？")
    assert mine(district, "leader") == []
    assert mine(district, "clerk") == [(case, "advice")]
    with pytest.raises(WaitsForAnother, match="正由林记录提出意见，请等候，或先收回委派"):
        district.say(case, "street_review", "leader", at(2017, 11, 3, 5))
    with pytest.raises(OpinionMissing, match="反馈意见"):
        give(district, Hand.ANSWER, task(district, case, "advice"), "clerk", note=" ")
    with pytest.raises(NotYourTask):  # an opinion is no decision: the adviser made this case and decides nothing here
        district.say(case, "street_review", "clerk", at(2017, 11, 3, 6))
    give(district, Hand.ANSWER, task(district, case, "advice"), "clerk", note="属实", minute=7)

    assert mine(district, "leader") == [(case, "own")]
    district.say(case, "street_review", "leader", at(2017, 11, 3, 9))
    assert district.see(case).step == "district_check"
    with reading(district.office.records) as conn:
        kinds = [(e.kind, e.person, e.to_person) for e in handing.of_case(conn, case)]
        assert kinds == [("ask", "李书记", "林记录"), ("answer", "林记录", "李书记")]
        assert handing.asked_by(district.who["leader"].person_id).count(conn) == 1
    whole(district)


def test_a_question_is_recalled_and_the_answer_then_comes_too_late(district: District) -> None:
    case = at_review(district)
    own = task(district, case)
    give(district, Hand.ASK, own, "leader", "clerk")
    asked = task(district, case, "advice")

    give(district, Hand.RECALL, own, "other_leader", minute=1)

    with pytest.raises(TaskNotOpen, match="已取消"):
        give(district, Hand.ANSWER, asked, "clerk", note="属实", minute=2)
    with pytest.raises(CannotHand, match="没有委派在外"):
        give(district, Hand.RECALL, own, "leader", minute=3)
    district.say(case, "street_review", "leader", at(2017, 11, 3, 9))
    whole(district)


def test_an_approver_added_before_signs_first_and_fills_nothing_in(district: District) -> None:
    case = at_review(district)
    give(district, Hand.ADD_BEFORE, task(district, case), "leader", "street_clerk", note="请先核")

    with pytest.raises(WaitsForAnother, match="正由黄小燕签署，请等候，或先减签"):
        district.say(case, "street_review", "leader", at(2017, 11, 3, 5))
    district.say(case, "street_review", "street_clerk", at(2017, 11, 3, 6), opinion="已核")
    assert district.see(case).step == "street_review"
    district.say(case, "street_review", "leader", at(2017, 11, 3, 7))

    assert district.see(case).step == "district_check"
    whole(district)


def test_an_approver_added_after_signs_last_and_a_second_between(district: District) -> None:
    case = at_review(district)
    own = task(district, case)
    give(district, Hand.ADD_AFTER, own, "leader", "street_clerk")
    give(district, Hand.ADD_AFTER, own, "leader", "other_street_clerk", minute=1)

    district.say(case, "street_review", "leader", at(2017, 11, 3, 5))
    with pytest.raises(WaitsForAnother):
        district.say(case, "street_review", "street_clerk", at(2017, 11, 3, 6))
    district.say(case, "street_review", "other_street_clerk", at(2017, 11, 3, 7))
    assert district.see(case).step == "street_review"
    district.say(case, "street_review", "street_clerk", at(2017, 11, 3, 8))

    assert district.see(case).step == "district_check"
    whole(district)


def test_an_added_approver_may_send_back_and_the_whole_chain_ends(district: District) -> None:
    case = at_review(district)
    give(district, Hand.ADD_BEFORE, task(district, case), "leader", "street_clerk")

    district.say(
        case, "street_review", "street_clerk", at(2017, 11, 3, 6), Verdict.SEND_BACK, "收入不清", back_to="verify"
    )

    assert district.see(case).step == "verify"
    assert [t.kind for t in district.see(case).tasks] == ["own"]
    assert mine(district, "leader") == []


def test_an_added_approver_is_let_off_while_nothing_depends_on_it(district: District) -> None:
    case = at_review(district)
    own = task(district, case)
    give(district, Hand.ADD_BEFORE, own, "leader", "street_clerk")
    with pytest.raises(CannotHand, match="只有加签的达濠街道办事处李书记可以减签"):
        give(district, Hand.REMOVE, task(district, case, "added"), "director")

    give(district, Hand.REMOVE, task(district, case, "added"), "leader", minute=1)
    give(district, Hand.ADD_AFTER, own, "leader", "street_clerk", minute=2)
    district.say(case, "street_review", "leader", at(2017, 11, 3, 5))
    with pytest.raises(CannotHand, match="只待加签人签署"):
        give(district, Hand.REMOVE, task(district, case, "added"), "leader", minute=6)
    district.say(case, "street_review", "street_clerk", at(2017, 11, 3, 7))

    assert district.see(case).step == "district_check"
    whole(district)


def test_nobody_signs_twice_in_one_step_or_is_used_up_for_a_later_one(small: District) -> None:
    """Truth 6: an added approver is nobody's second signature, and the only approver of a later step is not added."""
    case = at_review(small)
    own = task(small, case)

    with pytest.raises(HandedWrong, match="“领导小组核定”环节须由其办理"):
        give(small, Hand.ADD_BEFORE, own, "leader", "group")
    with pytest.raises(SamePerson):
        give(small, Hand.ADD_BEFORE, own, "leader", "clerk")
    with pytest.raises(HandedWrong, match="同岗"):
        give(small, Hand.ADD_BEFORE, own, "leader", "other_leader")
    small.who["auditor"] = appoint(small.office, "审计", "440512-office", "auditor", date(2016, 1, 1), at(2016, 1, 4))
    with pytest.raises(HandedWrong, match="不参与审批"):
        give(small, Hand.ADD_BEFORE, own, "leader", "auditor")
    give(small, Hand.ADD_AFTER, own, "leader", "street_clerk")
    late = second_post(small, "street_clerk", "street_leader")
    with pytest.raises(SamePerson):
        small.who["late"] = late
        small.say(case, "street_review", "late", at(2017, 11, 3, 5))


def test_what_a_household_or_a_notice_says_takes_no_second_signature(small: District) -> None:
    case = small.exit_until("accept", small.household())

    with pytest.raises(CannotHand, match="记录的是户主的决定"):
        hand(small.office, HandOn(Hand.ADD_BEFORE, task(small, case), small.who["clerk"], at(2017, 10, 23),
                                  (small.who["head"].person_id,)))  # fmt: skip


def test_copies_go_to_people_who_may_read_and_each_gets_it_once(district: District) -> None:
    case = at_review(district)
    stranger = appoint(district.office, "外街道", "440512002-office", "street_clerk", date(2016, 1, 1), at(2016, 1, 4))
    district.who["stranger"] = stranger

    give(district, Hand.COPY, task(district, case), "leader", "head", "director", note="阅知")
    with pytest.raises(HandedWrong, match="不在其管辖范围内"):
        give(district, Hand.COPY, task(district, case), "leader", "stranger")
    with pytest.raises(HandedWrong, match="已经抄送过"):
        give(district, Hand.COPY, task(district, case), "leader", "head", minute=2)
    with pytest.raises(CannotHand, match="可以抄送"):
        give(district, Hand.COPY, task(district, case), "street_clerk", "head", minute=3)

    head = district.who["head"].person_id
    with writing(district.office.records) as conn:
        assert [r.case_id for r in handing.copied_to(head, unread_only=True).page(conn)] == [case]
        handing.mark_copy_read(conn, head, case, at(2017, 11, 4))
        assert handing.copied_to(head, unread_only=True).count(conn) == 0
        assert handing.copied_to(head).page(conn)[0].read_at == at(2017, 11, 4)
    drain(district.office, at(2017, 11, 4), kinds=("tell",))
    with reading(district.office.records) as conn:
        assert any("抄送您阅知" in m.body for m in messages.inbox(conn, head))
    whole(district)


def test_urging_is_on_record_and_not_too_often(district: District) -> None:
    case = at_review(district)  # Friday, 3 November 2017
    own = task(district, case)

    give(district, Hand.URGE, own, "clerk", note="户主多次询问")
    with pytest.raises(UrgedAlready, match="2017年11月6日起方可再次催办"):
        give(district, Hand.URGE, own, "clerk", minute=30)
    with pytest.raises(UrgedAlready):
        give(district, Hand.URGE, own, "director", day=5)
    give(district, Hand.URGE, own, "director", day=6)
    with pytest.raises(CannotHand, match="就在您手上"):
        give(district, Hand.URGE, own, "leader", day=8)
    with pytest.raises(NotYoursToUrge):
        give(district, Hand.URGE, own, "helper", day=8)

    drain(district.office, at(2017, 11, 6), kinds=("tell",))
    with reading(district.office.records) as conn:
        for who in ("leader", "other_leader"):
            told = [m.title for m in messages.inbox(conn, district.who[who].person_id) if m.kind == "handed"]
            assert told == ["催办：陈家强户", "催办：陈家强户"]
    whole(district)


def test_the_lists_that_people_keep(district: District) -> None:
    case = at_review(district)
    with reading(district.office.records) as conn:
        clerk = district.who["clerk"].person_id
        assert [r.case_id for r in handing.started_by(clerk).page(conn)] == [case]
        assert [(r.case_id, r.step) for r in handing.done_by(clerk).page(conn)] == [(case, "pub_close")]
        assert handing.done_by(district.who["leader"].person_id).count(conn) == 0


def test_several_people_in_order_keep_their_order_around_a_chain(district: District) -> None:
    case = begin(district, "in_order")
    district.who["head_of_all"] = second_post(district, "other_leader", "street_leader")

    hand(district.office, HandOn(Hand.ADD_AFTER, task(district, case), district.who["street_clerk"], at(2017, 3, 2),
                                 (district.who["director"].person_id,)))  # fmt: skip
    district.say(case, "joint", "street_clerk", at(2017, 3, 2, 10))
    with pytest.raises(NotYourTask):
        district.say(case, "joint", "leader", at(2017, 3, 2, 11))
    district.say(case, "joint", "director", at(2017, 3, 2, 12))
    district.say(case, "joint", "leader", at(2017, 3, 2, 13))

    assert district.see(case).step == "last"


def test_a_task_of_somebody_who_left_the_post_is_the_posts_again(district: District) -> None:
    from flows.tick import tick

    case = at_review(district)
    give(district, Hand.TRANSFER, task(district, case), "leader", "other_leader")
    gone = district.who["other_leader"]
    with writing(district.office.records) as conn:
        offices.end_term(conn, gone.person_id, gone.office_code, gone.role, date(2017, 11, 4))

    tick(district.office, at(2017, 11, 4))

    assert mine(district, "leader", date(2017, 11, 4)) == [(case, "own")]
    district.say(case, "street_review", "leader", at(2017, 11, 6))
