"""Standing in for somebody who is away: period, scope, both see the tasks, and the rule of maker and checker stays."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path

import pytest
from district import COMMUNITY, STREET, District, at, make_district
from sqlalchemy import Engine, select

from flows.appoint import appoint
from flows.decide import decide
from flows.delegation import Delegate, delegate, revoke
from flows.drain import drain
from flows.handing import HandOn, hand
from records import cases, delegations, help, messages, schema, verification
from records.engine import reading, writing
from records.scope import scope_of
from records.views import todo
from states.decision import Actor, Decision
from states.handing import Hand
from states.not_allowed import DelegationWrong, NotAllowed, NotYourPost, OutsideYourArea, SamePerson
from states.procedure import Verdict

LEADERS = (f"{STREET}-office", "street_leader")


def away(district: District, giver: str, taker: str, since: int = 1, until: int = 10, **rest: object) -> int:
    who = district.who
    return delegate(district.office, Delegate(who[giver].person_id, who[taker].person_id, date(2017, 11, since),
                    date(2017, 11, until), "外出培训", who[giver], at(2017, 11, 1), **rest))  # type: ignore[arg-type] # fmt: skip


def standing_in(district: District, taker: str, giver: str) -> Actor:
    giver_ = district.who[giver]
    return Actor(district.who[taker].person_id, giver_.office_code, giver_.role, acting_for_id=giver_.person_id)


def sees(district: District, who: str, day: int = 3) -> list[tuple[int, str | None]]:
    with reading(district.office.records) as conn:
        rows = todo(conn, district.who[who].person_id, date(2017, 11, day))
    return [(row.case_id, row.acting_for) for row in rows]


def test_both_see_open_and_new_tasks_while_it_lasts(district: District) -> None:
    before = district.exit_until("street_review", district.household())
    away(district, "leader", "street_clerk")
    after = district.exit_until("street_review", district.household("林木生"))

    assert sees(district, "leader") == [(before, None), (after, None)]
    assert sees(district, "street_clerk") == [(before, "李书记"), (after, "李书记")]
    assert sees(district, "street_clerk", 11) == []
    district.who["deputy"] = standing_in(district, "street_clerk", "leader")
    district.say(before, "street_review", "deputy", at(2017, 11, 3))
    with reading(district.office.records) as conn:
        last = cases.last_decision(conn, before)
        assert last is not None and (last.person, last.acting_for) == ("黄小燕", "李书记")
        assert verification.verify(conn) == [] or all("register_events" in f.where for f in verification.verify(conn))


def test_for_one_procedure_only(district: District) -> None:
    case = district.exit_until("street_review", district.household())
    away(district, "leader", "street_clerk", procedure="identification")

    assert sees(district, "street_clerk") == []
    with pytest.raises(NotYourPost, match="受委托"):
        district.who["deputy"] = standing_in(district, "street_clerk", "leader")
        district.say(case, "street_review", "deputy", at(2017, 11, 3))


def test_for_one_post_or_for_all(district: District) -> None:
    case = district.exit_until("street_review", district.household())
    made = away(district, "leader", "street_clerk", office_code=LEADERS[0], role=LEADERS[1])
    assert sees(district, "street_clerk") == [(case, "李书记")]
    with reading(district.office.records) as conn:
        [row] = delegations.given_to(district.who["street_clerk"].person_id).page(conn)
        assert (row.id, row.from_person, row.post, row.reason) == (made, "李书记", "街道负责人", "外出培训")

    revoke(district.office, made, district.who["leader"], at(2017, 11, 2))

    assert sees(district, "street_clerk") == []
    with pytest.raises(DelegationWrong, match="已经收回"):
        revoke(district.office, made, district.who["leader"], at(2017, 11, 2, 5))
    drain(district.office, at(2017, 11, 2), kinds=("tell",))
    with reading(district.office.records) as conn:
        told = [m.body for m in messages.inbox(conn, district.who["street_clerk"].person_id) if m.kind == "delegated"]
    assert told == ["李书记对黄小燕的离岗委托已由李书记收回。",
                    "李书记（达濠街道办事处街道负责人）自2017年11月1日至2017年11月10日委托黄小燕办理。"]  # fmt: skip


def test_what_the_giver_did_the_deputy_may_not_check(small: District) -> None:
    """Truth 6: the deputy of the maker is the maker, and so is the maker as anybody's deputy."""
    case = small.exit_until("street_review", small.household())
    small.who["both"] = appoint(
        small.office, "何兼任", f"{COMMUNITY}-office", "community_clerk", date(2016, 1, 1), at(2016, 1, 4)
    )
    with pytest.raises(DelegationWrong, match="不在达濠街道办事处任职"):
        away(small, "leader", "both")
    from records import offices
    from records.engine import writing

    with writing(small.office.records) as conn:
        offices.appoint(conn, small.who["clerk"].person_id, f"{STREET}-office", "street_clerk", date(2016, 1, 1))
    away(small, "leader", "clerk")
    small.who["deputy"] = standing_in(small, "clerk", "leader")

    with pytest.raises(SamePerson, match="含代办"):
        small.say(case, "street_review", "deputy", at(2017, 11, 3))
    own = small.see(case).tasks[0].id
    with pytest.raises(SamePerson):  # nor by giving it away and getting it back
        hand(small.office, HandOn(Hand.ADD_AFTER, own, small.who["leader"], at(2017, 11, 3),
                                  (small.who["clerk"].person_id,)))  # fmt: skip


def test_what_is_no_delegation(small: District) -> None:
    away(small, "leader", "street_clerk")
    for says, wrong in (
        ("已委托黄小燕", lambda: away(small, "leader", "other_leader", 5, 20)),
        ("结束日期早于", lambda: away(small, "other_leader", "street_clerk", 10, 5)),
        ("不能委托给本人", lambda: away(small, "other_leader", "other_leader")),
        ("在该期间也已离岗委托", lambda: away(small, "other_leader", "leader")),
        ("不在濠江区扶贫开发领导小组任职", lambda: away(small, "group", "leader")),
        ("最长90日", lambda: delegate(small.office, Delegate(
            small.who["director"].person_id, small.who["district_clerk"].person_id, date(2017, 11, 1), date(2018, 3, 1),
            "进修", small.who["director"], at(2017, 11, 1)))),
        ("由本人办理", lambda: delegate(small.office, Delegate(
            small.who["director"].person_id, small.who["district_clerk"].person_id, date(2017, 11, 1), date(2017, 11, 9),
            "进修", small.who["leader"], at(2017, 11, 1)))),
        ("只有委托人", lambda: revoke(small.office, 1, small.who["director"], at(2017, 11, 2))),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=says):
            wrong()
    away(small, "group", "director")  # the leading group's own office stands in for it


@pytest.mark.postgres
def test_deciding_and_handing_on_at_once_neither_lose_nor_double_anything(
    postgres_engine: Engine, tmp_path: Path
) -> None:
    district = make_district(postgres_engine, tmp_path / "files")
    for name in ("陈家强", "林木生", "黄海", "许多"):
        case = district.exit_until("street_review", district.household(name))
        own = district.see(case).tasks[0].id
        deeds = [
            lambda case=case: decide(district.office, Decision(case, "street_review", Verdict.APPROVE,
                                     district.who["leader"], at(2017, 11, 3), "同意")),
            *(lambda own=own, kind=kind: hand(district.office, HandOn(kind, own, district.who["other_leader"],
                                              at(2017, 11, 3), (district.who["street_clerk"].person_id,), "请阅"))
              for kind in (Hand.ASK, Hand.ADD_BEFORE, Hand.COPY)),
        ]  # fmt: skip
        done: list[object] = []

        def go(deed: object, done: list[object] = done) -> None:
            try:
                done.append(deed())  # type: ignore[operator]
            except NotAllowed as no:
                done.append(str(no))

        threads = [threading.Thread(target=go, args=(deed,)) for deed in deeds]
        for t in threads:
            t.start()
        for t in threads:
            t.join()

        assert len(done) == 4
        here = district.see(case)
        assert here.step in ("street_review", "district_check")
        ids = {t.id for t in here.tasks}
        assert sum(t.status == "open" for t in here.tasks) == 1
        assert all(t.after_task_id in ids for t in here.tasks if t.status == "waiting")
        with reading(district.office.records) as conn:
            decided = conn.execute(select(schema.decisions).where(
                schema.decisions.c.case_id == case, schema.decisions.c.step == "street_review")).all()  # fmt: skip
            assert len(decided) == (here.step == "district_check")
    with reading(district.office.records) as conn:
        assert [f for f in verification.verify(conn) if not f.where.startswith("register_events")] == []


@pytest.mark.postgres
def test_two_signatures_of_a_joint_step_at_once_both_count(postgres_engine: Engine, tmp_path: Path) -> None:
    """Whoever waited for the other's signature sees it as done: the case goes on and no task is left behind."""
    from test_several_people import begin_with

    from rules.days import WorkingDays
    from states.procedure import Step

    district = make_district(postgres_engine, tmp_path / "files")
    steps = (
        Step("joint", "会签", "street", "street_clerk", within=WorkingDays(3), mode="all", seats=("street_clerk", "street_leader")),
        Step("last", "办结", "street", "street_leader", within=WorkingDays(3)),
    )  # fmt: skip
    for _ in range(8):
        case = begin_with(district, "joint-race", steps)
        start = threading.Barrier(2)

        def go(who: str, case: int = case, start: threading.Barrier = start) -> None:
            start.wait()
            district.say(case, "joint", who, at(2017, 3, 2))

        threads = [threading.Thread(target=go, args=(who,)) for who in ("street_clerk", "leader")]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert district.see(case).step == "last"
        district.say(case, "last", "leader", at(2017, 3, 3))  # one case at a time: the next is another


def test_a_helper_who_stands_in_sees_and_works_the_households_of_the_other_for_the_period_alone(
    district: District,
) -> None:
    """The delegate of a helper sees and can work those households, nothing else; the ledger names for whom."""
    unit = "440512-unit-01"
    district.who["deputy_helper"] = appoint(district.office, "代帮扶", unit, "helper", date(2015, 1, 1), at(2016, 1, 4))
    theirs, own = district.household(), district.household("林木生")
    with writing(district.office.records) as conn:
        help.end_pairing(conn, own, date(2017, 10, 1))
        help.pair(conn, own, unit, district.who["deputy_helper"].person_id, date(2017, 10, 1), "调整", None)
    taker, giver = district.who["deputy_helper"], district.who["helper"]

    def homes(day: int) -> frozenset[int]:
        with reading(district.office.records) as conn:
            return scope_of(conn, taker.person_id, date(2017, 11, day)).households

    assert homes(3) == {own}
    made = away(district, "helper", "deputy_helper", since=2, until=10)
    assert [homes(day) for day in (1, 2, 10, 11)] == [{own}, {own, theirs}, {own, theirs}, {own}]

    district.who["standing_in"] = standing_in(district, "deputy_helper", "helper")
    with pytest.raises(OutsideYourArea):  # not for oneself, only in the other's stead
        district.begin("plan", theirs, at(2017, 11, 3), by="deputy_helper")
    case = district.begin("plan", theirs, at(2017, 11, 3), by="standing_in")
    assert (case.id, "方帮扶") in sees(district, "deputy_helper")
    with pytest.raises(OutsideYourArea):
        district.begin("plan", own, at(2017, 11, 3), by="standing_in")  # nor anybody else's in that stead
    with reading(district.office.records) as conn:
        [line] = [
            r.personal for r in conn.execute(select(schema.ledger).where(schema.ledger.c.stream == f"case:{case.id}"))
        ]
        assert json.loads(line) == {"by": "代帮扶", "acting_for": "方帮扶"}
        assert [f for f in verification.verify(conn) if "case 0" not in f.where] == []
    revoke(district.office, made, giver, at(2017, 11, 4))
    assert homes(4) == {own}
    with pytest.raises(NotYourPost, match="受委托"):
        district.say(case.id, "draft", "standing_in", at(2017, 11, 5))
