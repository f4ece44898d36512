"""A small office for tests: one community, its street, the district; people by name, time as an argument."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine

from flows.appoint import appoint
from flows.decide import decide
from flows.drain import drain
from flows.office import Office, load_office
from flows.rounds import Act, ActResult, Say, act, settle_list
from flows.setup import set_up
from flows.sign import sign_list
from flows.start import Start, start
from integrations.filing import FilingStore
from records import enrolments, facts, help, papers, register
from records.cases import CaseRow, see_case
from records.engine import reading, writing
from records.register import Because
from rules.days import BEIJING
from rules.identity import check_digit
from states.decision import Actor, Decided, Decision, Evidence, MadeBy
from states.procedure import Verdict

SINCE = date(2015, 1, 1)
COMMUNITY, STREET = "440512001001", "440512001"
PACK = "haojiang-2017"
MEETING = {
    "held_on": "2017-10-16", "place": "社区会议室", "chair": "陈主任", "recorder": "林记录", "due": 31, "present": 27,
    "agree": 25, "oppose": 1, "abstain": 1,
}  # fmt: skip


def at(year: int, month: int, day: int, minute: int = 0) -> datetime:
    """Nine in the morning in Beijing, and so many minutes."""
    return datetime.combine(date(year, month, day), time(9), BEIJING) + timedelta(minutes=minute)


def made_up_id(born: date, order: int = 991) -> str:
    """An identity number that nobody has: order codes from 990 are not given out."""
    first = f"440512{born:%Y%m%d}{order}"
    return first + check_digit(first)


def proof(*kinds: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind, f"{kind}.jpg", "0" * 64) for kind in kinds)


HEAD = MadeBy("陈家强", "户主")


@dataclass
class District:
    """The office and its people."""

    office: Office
    who: dict[str, Actor] = field(default_factory=dict)
    households: int = 0

    def household(self, name: str = "陈家强", passes: bool = True, labour: str = "普通劳动力", assisted: bool = True,
                  wages: int = 2_000_000) -> int:  # fmt: skip
        """A household of two in the register, with a helper, a measure, this year's income and every finding."""
        self.households += 1
        number = f"{COMMUNITY}{self.households:04d}"
        on = date(2016, 5, 1)
        why = Because(0, "建档立卡导入", on, at(2016, 5, 1))
        with writing(self.office.records) as conn:
            made = register.add_household(conn, number, COMMUNITY, f"/440512/{STREET}/{COMMUNITY}/", {}, why)
            for serial, (person, relation, order) in enumerate(
                ((name, "户主", 991), (f"{name[0]}秀英", "配偶", 992)), 1
            ):
                born = date(1970 + self.households // 28, 1, self.households % 28 + 1)
                id_no = made_up_id(born, order)
                register.join(conn, made, {
                    "person_no": f"{number}{serial:02d}", "id_no": id_no, "name": person, "sex": "男" if order % 2 else "女", "born_on": born,
                    "facts": {"labour": labour if serial == 1 else "无劳动力", "on_dibao": False},
                }, relation, why)  # fmt: skip
            enrolments.enrol(conn, made, PACK, "assisted" if assisted else "identified", on, 2017)
            help.pair(conn, made, "440512-unit-01", self.who["helper"].person_id, on, "结对安排", None)
            help.keep_measures(conn, [{
                "household_id": made, "person_id": None, "programme": "劳动力就业", "kind": "capacity",
                "resource": "skill", "title": "技能培训", "owner": "区人社局", "amount": None, "starts_on": on,
                "ends_on": None, "case_id": None,
            }])  # fmt: skip
            self._facts(conn, made, passes, wages)
        return made

    def _facts(self, conn: object, household_id: int, passes: bool, wages: int) -> None:
        for year in (2016, 2017, 2018):
            facts.put_sheet(conn, {  # type: ignore[arg-type]
                "household_id": household_id, "year": year, "period_start": date(year, 1, 1),
                "period_end": date(year, 10, 31), "heads": 2, "items": {"wages": wages}, "supplied_by": "社区",
                "proof": "document", "case_id": None, "recorded_at": at(year, 1, 1),
            }, at(year, 1, 1))  # fmt: skip
        facts.add_findings(conn, [  # type: ignore[arg-type]
            {"household_id": household_id, "person_id": None, "condition": c.code,
             "verdict": "met" if passes or c.code != "住房安全" else "not_met", "found_on": date(2017, 10, 9),
             "certifier": "社区", "verifier": "核查组", "evidence": "入户核查表", "note": None, "case_id": None,
             "recorded_at": at(2017, 10, 9)}
            for c in self.office.pack.conditions
        ])  # fmt: skip

    def begin(self, procedure: str, household_id: int, when: datetime, by: str = "clerk", title: str = "陈家强户",
              round_id: int | None = None) -> CaseRow:  # fmt: skip
        return start(self.office, Start(procedure, "household", household_id, title, COMMUNITY, self.who[by], when,
                                        when.year, round_id))  # fmt: skip

    def say(self, case_id: int, step: str, by: str, when: datetime, verdict: Verdict = Verdict.APPROVE,
            opinion: str = "同意", **rest: object) -> Decided:  # fmt: skip
        return decide(self.office, Decision(case_id, step, verdict, self.who[by], when, opinion, **rest))  # type: ignore[arg-type]

    def see(self, case_id: int) -> CaseRow:
        with reading(self.office.records) as conn:
            case = see_case(conn, case_id)
        assert case is not None
        return case

    def state(self, household_id: int) -> str:
        with reading(self.office.records) as conn:
            path = enrolments.enrolment_of(conn, household_id, PACK)
        assert path is not None
        return path.state

    def post(self, case_ids: list[int], step: str, by: str, signer: str, when: datetime) -> ActResult:
        """Settle the list, draft the notice, sign it and post it on one day."""
        day = when.date()
        settle_list(self.office, step, case_ids, self.who[by], when, COMMUNITY, day)
        drain(self.office, when, kinds=("draft_paper",))
        self.sign(signer, when)
        return act(self.office, Act(step, {c: Say() for c in case_ids}, self.who[by], when, COMMUNITY, None,
                                    {"posted_on": day, "place": "公示栏"}, proof("posting")))  # fmt: skip

    def sign(self, signer: str, when: datetime) -> int:
        actor = self.who[signer]
        with reading(self.office.records) as conn:
            waiting = [p.id for p in papers.waiting_for(conn, actor.role, [actor.office_code])]
        signed, stays = sign_list(self.office, waiting, actor, when)
        assert not stays, stays
        return len(signed)

    # --- an exit, step by step --------------------------------------------------------------------------------------

    def exit_until(self, step: str, household_id: int) -> int:
        """An exit case of 2017, brought to the given step."""
        case = self.begin("exit", household_id, at(2017, 10, 10)).id
        for key, go in self._exit_steps(case):
            if key == step:
                return case
            go()
        return case

    def _exit_steps(self, case: int) -> list[tuple[str, object]]:
        visit = {"visited_on": "2017-10-20", "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}
        return [
            ("candidate", lambda: self.say(case, "candidate", "clerk", at(2017, 10, 10, 5))),
            ("review", lambda: self.say(case, "review", "clerk", at(2017, 10, 16), fields=MEETING,
                                        evidence=proof("D-07"), made_by=MadeBy("居民会议", "民主评议会"))),
            ("verify", lambda: self.say(case, "verify", "clerk", at(2017, 10, 20), fields=visit,
                                        evidence=proof("D-33", "D-32"))),
            ("accept", lambda: self.say(case, "accept", "clerk", at(2017, 10, 23), evidence=proof("D-34"),
                                        made_by=HEAD)),
            ("pub_post", lambda: self.post([case], "pub_post", "clerk", "head", at(2017, 10, 24))),
            ("pub_close", lambda: self.say(case, "pub_close", "clerk", at(2017, 11, 1))),
            ("street_review", lambda: self.say(case, "street_review", "leader", at(2017, 11, 3))),
            ("district_check", lambda: self.say(case, "district_check", "director", at(2017, 11, 6))),
            ("group_confirm", lambda: self.say(case, "group_confirm", "group", at(2017, 11, 8))),
            ("announce", lambda: self.post([case], "announce", "district_clerk", "director", at(2017, 11, 10))),
            ("notify", lambda: self._notify(case)),
            ("end", lambda: None),
        ]  # fmt: skip

    def _notify(self, case: int) -> None:
        drain(self.office, at(2017, 11, 13))
        self.sign("leader", at(2017, 11, 13, 10))
        self.say(case, "notify", "street_clerk", at(2017, 11, 14), evidence=proof("D-7B"))


def make_district(engine: Engine, folder: Path) -> District:
    """An office on that database with the people that a case needs."""
    set_up(engine, (PACK, "monitoring-2021"), "haojiang", at(2016, 1, 4), SINCE)
    district = District(load_office(engine, FilingStore(folder), PACK))
    community, street, poverty = f"{COMMUNITY}-office", f"{STREET}-office", "440512-office"
    for key, name, office_code, role in (
        ("clerk", "林记录", community, "community_clerk"), ("head", "陈主任", community, "community_head"),
        ("street_clerk", "黄小燕", street, "street_clerk"), ("other_street_clerk", "许立", street, "street_clerk"),
        ("leader", "李书记", street, "street_leader"), ("other_leader", "吴主任", street, "street_leader"),
        ("district_clerk", "蔡晓", poverty, "district_clerk"), ("director", "郑主任", poverty, "district_director"),
        ("group", "庄组长", "440512-group", "group_leader"), ("helper", "方帮扶", "440512-unit-01", "helper"),
    ):  # fmt: skip
        phone = "19900001234" if key == "helper" else None
        district.who[key] = appoint(district.office, name, office_code, role, SINCE, at(2016, 1, 4), phone)
    return district
