"""No sequence of handing on, delegating and deciding lets one person take two parts, or loses a task."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from district import COMMUNITY, STREET, District, at, make_district
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Connection, select
from test_several_people import begin_with

from flows.delegation import Delegate, delegate, revoke
from flows.handing import HandOn, hand
from flows.tick import tick
from records import offices, schema, verification
from records.engine import open_engine, reading, writing
from records.views import todo
from rules.days import WorkingDays, day_of
from states.decision import Actor
from states.handing import Hand
from states.not_allowed import NotAllowed
from states.procedure import Step, Verdict

STEPS = (
    Step("make", "拟办", "community", "community_clerk", "maker", WorkingDays(3)),
    Step("check", "审核", "street", "street_leader", "checker", WorkingDays(3)),
    Step("joint", "会签", "street", "street_clerk", "checker", WorkingDays(3), mode="all", seats=("street_clerk", "street_leader")),
    Step("approve", "审批", "district", "district_director", "approver", WorkingDays(3)),
)  # fmt: skip
POSTS = (
    (f"{COMMUNITY}-office", "community_clerk"), (f"{COMMUNITY}-office", "community_head"),
    (f"{STREET}-office", "street_clerk"), (f"{STREET}-office", "street_leader"),
    ("440512-office", "district_clerk"), ("440512-office", "district_director"),
)  # fmt: skip
ACTS = [h for h in Hand if h is not Hand.RELEASE]


class AnyHanding(RuleBasedStateMachine):
    """Anybody, in any post, for anybody, does anything with any task, while people come, go and stand in."""

    @initialize()
    def an_office(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.district: District = make_district(
            open_engine(f"sqlite:///{self.folder / 'x.sqlite3'}"), self.folder / "f"
        )
        self.people = [self.district.who[k].person_id for k in (
            "clerk", "head", "street_clerk", "other_street_clerk", "leader", "other_leader", "director", "district_clerk")]  # fmt: skip
        with writing(self.district.office.records) as conn:  # posts overlap, so that one person could meet itself
            for person, post in ((0, 2), (2, 3), (5, 2), (7, 5), (4, 0)):
                offices.appoint(conn, self.people[person], *POSTS[post], date(2016, 1, 1))
        self.case = begin_with(self.district, "any-handing", STEPS)
        self.now = at(2017, 3, 2)

    def teardown(self) -> None:
        if hasattr(self, "district"):
            self.district.office.records.dispose()
            shutil.rmtree(self.folder, ignore_errors=True)

    def seats(self) -> list[tuple[Actor, int, str]]:
        """(who, task, kind) for every open task, as its people see it in their lists."""
        with reading(self.district.office.records) as conn:
            return [
                (Actor(p, row.office_code, row.role, row.acting_for_id), row.id, row.kind)
                for p in self.people for row in todo(conn, p, day_of(self.now)) if row.case_id == self.case
            ]  # fmt: skip

    def try_hand(self, kind: Hand, task: int, by: Actor, to: int) -> None:
        try:
            hand(self.district.office, HandOn(kind, task, by, self.now, (self.people[to],), "理由"))
        except NotAllowed as no:
            assert str(no)

    def try_decide(self, by: Actor, verdict: Verdict) -> None:
        self.district.who["somebody"] = by
        step = self.district.see(self.case).step
        try:
            self.district.say(self.case, step, "somebody", self.now, verdict, "理由", back_to="make")
        except NotAllowed as no:
            assert str(no)

    @rule(n=st.integers(0, 30), kind=st.sampled_from(ACTS), to=st.integers(0, 7))
    def a_holder_hands_on(self, n: int, kind: Hand, to: int) -> None:
        if seats := self.seats():
            by, task, _ = seats[n % len(seats)]
            self.try_hand(kind, task, by, to)

    @rule(
        person=st.integers(0, 7),
        post=st.integers(0, 5),
        n=st.integers(0, 9),
        kind=st.sampled_from(ACTS),
        to=st.integers(0, 7),
    )
    def anybody_hands_on(self, person: int, post: int, n: int, kind: Hand, to: int) -> None:
        if tasks := self.district.see(self.case).tasks:
            self.try_hand(kind, tasks[n % len(tasks)].id, Actor(self.people[person], *POSTS[post]), to)

    @rule(
        n=st.integers(0, 30),
        kind=st.sampled_from([Hand.ADD_BEFORE, Hand.ADD_AFTER, Hand.ASK, Hand.TRANSFER]),
        first=st.integers(0, 7),
    )
    def a_holder_finds_somebody_for_it(self, n: int, kind: Hand, first: int) -> None:
        if seats := self.seats():
            by, task, _ = seats[n % len(seats)]
            for to in range(first, first + 8):
                self.try_hand(kind, task, by, to % 8)

    @rule(n=st.integers(0, 30))
    def whoever_was_asked_answers(self, n: int) -> None:
        asked = [seat for seat in self.seats() if seat[2] == "advice"]
        if asked:
            by, task, _ = asked[n % len(asked)]
            self.try_hand(Hand.ANSWER, task, by, 0)

    @rule(first=st.integers(0, 7))
    def whoever_may_signs(self, first: int) -> None:
        """Everybody tries in every post, from the one named on, until somebody's signature counts."""
        seats = [seat for seat in self.seats() if seat[2] != "advice"]
        before = self.district.see(self.case).version
        for k in range(len(seats)):
            self.try_decide(seats[(first + k) % len(seats)][0], Verdict.APPROVE)
            if self.district.see(self.case).version != before:
                return

    @rule(n=st.integers(0, 30), verdict=st.sampled_from([Verdict.APPROVE] * 6 + [Verdict.SEND_BACK]))
    def a_holder_decides(self, n: int, verdict: Verdict) -> None:
        if seats := self.seats():
            self.try_decide(seats[n % len(seats)][0], verdict)

    @rule(giver=st.integers(0, 7), taker=st.integers(0, 7), days=st.integers(0, 9))
    def somebody_stands_in(self, giver: int, taker: int, days: int) -> None:
        on = day_of(self.now)
        try:
            with reading(self.district.office.records) as conn:
                post = next(p for p in POSTS if any(
                    h.person_id == self.people[giver] for h in offices.holders(conn, *p, on)))  # fmt: skip
            delegate(self.district.office, Delegate(self.people[giver], self.people[taker], on, on + timedelta(days),
                     "出差", Actor(self.people[giver], *post), self.now, *post))  # fmt: skip
        except (NotAllowed, StopIteration):
            pass

    @rule(n=st.integers(1, 6))
    def a_delegation_is_revoked(self, n: int) -> None:
        with reading(self.district.office.records) as conn:
            row = conn.execute(select(schema.delegations).where(schema.delegations.c.id == n)).first()
        if row is not None:
            try:
                revoke(self.district.office, n, Actor(row.from_person_id, *POSTS[0]), self.now)
            except NotAllowed as no:
                assert str(no)

    @rule(person=st.integers(0, 7), post=st.integers(0, 5))
    def somebody_leaves_a_post(self, person: int, post: int) -> None:
        with writing(self.district.office.records) as conn:
            if len(offices.holders(conn, *POSTS[post], day_of(self.now))) > 1:
                offices.end_term(conn, self.people[person], *POSTS[post], day_of(self.now))

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        tick(self.district.office, self.now)

    @invariant()
    def nobody_takes_two_parts_and_nothing_is_lost(self) -> None:
        if not hasattr(self, "case"):
            return
        with reading(self.district.office.records) as conn:
            assert [f.says for f in verification.verify(conn)] == []
            self._chains_differ(conn)
            self._nobody_is_passed_over(conn)
            self._parts_differ(conn.execute(select(schema.decisions).order_by(schema.decisions.c.id)).mappings().all())
            open_dues = select(schema.dues.c.subject_id).where(
                schema.dues.c.subject_kind == "task", schema.dues.c.closed_at.is_(None))  # fmt: skip
            due = set(conn.execute(open_dues).scalars())
        case = self.district.see(self.case)
        tasks = {t.id: t for t in case.tasks}
        assert (case.closed_on is None) == any(t.status == "open" for t in tasks.values())
        assert all(t.after_task_id in tasks for t in tasks.values() if t.status == "waiting")  # a chain has no gap
        assert all(t.id in due for t in tasks.values() if t.status == "open") and due <= set(tasks)

    def _nobody_is_passed_over(self, conn: Connection) -> None:
        """While nothing was sent back, a signature falls away only for whom it was taken off (减签)."""
        decisions, handings, tasks = schema.decisions, schema.handings, schema.tasks
        back = select(decisions.c.id).where(decisions.c.case_id == self.case, decisions.c.verdict == "send_back")
        if conn.execute(back).first() is None:
            off = set(conn.execute(select(handings.c.made_task_id).where(handings.c.kind == "remove")).scalars())
            gone = select(tasks.c.id).where(
                tasks.c.case_id == self.case, tasks.c.kind != "advice", tasks.c.status == "cancelled")  # fmt: skip
            assert set(conn.execute(gone).scalars()) <= off

    def _chains_differ(self, conn: Connection) -> None:
        """Whoever signed one task of a chain, for whomever, signed no other of it."""
        tasks = {t.id: t for t in conn.execute(select(schema.tasks).where(schema.tasks.c.case_id == self.case))}
        signed: dict[int, list[set[int]]] = {}
        for row in conn.execute(select(schema.decisions).where(
                schema.decisions.c.case_id == self.case, schema.decisions.c.verdict == "approve")):  # fmt: skip
            root = tasks[row.task_id]
            while root.for_task_id is not None:
                root = tasks[root.for_task_id]
            signed.setdefault(root.id, []).append({row.person_id, row.acting_for_id} - {None})
        assert all(len(set().union(*of)) == sum(map(len, of)) for of in signed.values()), signed

    def _parts_differ(self, decisions: object) -> None:
        parts: dict[int, set[str]] = {}
        for row in decisions:  # type: ignore[attr-defined]
            if row["case_id"] == self.case and row["verdict"] == "approve":
                for person in {row["person_id"], row["acting_for_id"]} - {None}:
                    parts.setdefault(person, set()).add(row["part"])
        assert all(len(p) == 1 for p in parts.values()), parts


TestAnyHanding = AnyHanding.TestCase
TestAnyHanding.settings = settings(max_examples=8, stateful_step_count=25, deadline=None,
                                   suppress_health_check=list(HealthCheck))  # fmt: skip
