"""No sequence of legal and illegal calls leaves an impossible register or a broken ledger."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from district import COMMUNITY, HEAD, MEETING, PACK, District, at, make_district, proof
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from flows.drain import drain
from flows.rounds import settle_list
from flows.sign import sign_list
from records import enrolments, papers, schema, verification
from records.engine import open_engine, reading
from states.decision import MadeBy
from states.not_allowed import NotAllowed
from states.procedure import Verdict

STEPS = ("candidate", "review", "verify", "accept", "pub_post", "pub_close", "street_review", "district_check",
         "group_confirm", "announce", "notify")  # fmt: skip
WHO = ("clerk", "head", "street_clerk", "leader", "other_leader", "director", "district_clerk", "group", "helper")
RIGHT = {"candidate": "clerk", "review": "clerk", "verify": "clerk", "accept": "clerk", "pub_post": "clerk",
         "pub_close": "clerk", "street_review": "leader", "district_check": "director", "group_confirm": "group",
         "announce": "district_clerk", "notify": "street_clerk"}  # fmt: skip


class AnySequence(RuleBasedStateMachine):
    """Two households, anybody, any step, any verdict, in any order, while days pass."""

    @initialize()
    def an_office(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.district: District = make_district(
            open_engine(f"sqlite:///{self.folder / 'x.sqlite3'}"), self.folder / "f"
        )
        self.homes = [self.district.household("陈家强"), self.district.household("林木生", passes=False)]
        self.cases = [self.district.begin("exit", h, at(2017, 10, 10)).id for h in self.homes]
        self.now: datetime = at(2017, 10, 20)

    def teardown(self) -> None:
        if hasattr(self, "district"):
            self.district.office.records.dispose()
            shutil.rmtree(self.folder, ignore_errors=True)

    def try_(self, case: int, step: str, who: str, verdict: Verdict, **rest: Any) -> None:
        fields: dict[str, Any] = {}
        if step == "review":
            fields = MEETING
        elif step == "verify":
            fields = {"visited_on": "2017-10-20", "surveyors": ["甲", "乙"], "stability": "稳定"}
        elif step in ("pub_post", "announce"):
            fields = {"posted_on": self.now.date(), "place": "公示栏"}
        maker = {"review": MadeBy("会议", "民主评议会"), "accept": HEAD}.get(step)
        try:
            self.district.say(case, step, who, self.now, verdict, "理由", fields=fields if verdict is Verdict.APPROVE else {},
                              evidence=proof("D-07", "D-33", "D-32", "D-34", "posting", "D-7B"), made_by=maker, **rest)  # fmt: skip
        except NotAllowed as no:
            assert str(no)

    @rule(n=st.integers(0, 1), step=st.sampled_from(STEPS), who=st.sampled_from(WHO),
          verdict=st.sampled_from(list(Verdict)), back=st.sampled_from(STEPS), straight=st.booleans())  # fmt: skip
    def anybody_tries_anything(self, n: int, step: str, who: str, verdict: Verdict, back: str, straight: bool) -> None:
        self.try_(self.cases[n], step, who, verdict, back_to=back, straight_back=straight)

    @rule(n=st.integers(0, 1))
    def the_right_person_does_the_next_step(self, n: int) -> None:
        case = self.district.see(self.cases[n])
        if case.step in ("pub_post", "announce"):
            self._notice(case.id, case.step)
        if case.step == "notify":
            self._sign_all()
        self.try_(case.id, case.step, RIGHT[case.step], Verdict.APPROVE)

    @rule(n=st.integers(0, 1), back=st.sampled_from(STEPS), straight=st.booleans())
    def the_right_person_sends_back(self, n: int, back: str, straight: bool) -> None:
        case = self.district.see(self.cases[n])
        self.try_(case.id, case.step, RIGHT[case.step], Verdict.SEND_BACK, back_to=back, straight_back=straight)

    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    def _notice(self, case: int, step: str) -> None:
        try:
            settle_list(self.district.office, step, [case], self.district.who[RIGHT[step]], self.now, COMMUNITY,
                        self.now.date())  # fmt: skip
        except NotAllowed:
            return
        self._sign_all()

    def _sign_all(self) -> None:
        drain(self.district.office, self.now)
        for who in ("head", "leader", "director", "group"):
            actor = self.district.who[who]
            with reading(self.district.office.records) as conn:
                waiting = [p.id for p in papers.waiting_for(conn, actor.role, [actor.office_code])]
            sign_list(self.district.office, waiting, actor, self.now)

    @invariant()
    def every_case_stands_somewhere_and_the_ledger_is_whole(self) -> None:
        if not hasattr(self, "cases"):
            return
        with reading(self.district.office.records) as conn:
            assert [f.says for f in verification.verify(conn) if f.where != "register_events:case 0"] == []
            open_dues = select(func.count()).select_from(schema.dues).where(
                schema.dues.c.closed_at.is_(None), schema.dues.c.subject_kind == "task")  # fmt: skip
            waiting = sum(len(self.district.see(c).tasks) for c in self.cases)
            assert conn.execute(open_dues).scalar_one() == waiting
            for case_id, home in zip(self.cases, self.homes, strict=True):
                case = self.district.see(case_id)
                assert (case.closed_on is None) == bool(case.tasks)
                path = enrolments.enrolment_of(conn, home, PACK)
                assert path is not None
                if case.status == "done":
                    assert path.state == "monitored"
                assert path.state in ("assisted", "exited", "monitored")
                assert (path.exited_on is None) == (path.state == "assisted")
            second = enrolments.enrolment_of(conn, self.homes[1], PACK)
            assert second is not None and second.state == "assisted"  # its housing is not safe: it never exits


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=12, stateful_step_count=30, deadline=None,
                                    suppress_health_check=list(HealthCheck))  # fmt: skip
