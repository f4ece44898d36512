"""What real years bring: objections found true and not, a case sent back, births and deaths, relapse, an application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from demo.exits import ExitYear, post
from demo.moments import on
from demo.world import Household, World
from flows.administration import Admin, change_phone
from flows.apply import Applicant, Application, apply, pair, record_income
from flows.appoint import appoint
from flows.decide import decide
from flows.drain import drain
from flows.rounds import Act, Say, act, waiting_at
from flows.start import Start, start
from records import cases, help, register
from records.engine import reading
from rules.identity import check_digit
from rules.money import Yuan
from states.decision import Actor, Decision, Evidence, MadeBy
from states.not_allowed import NotAllowed
from states.procedure import Verdict


@dataclass
class Incidents:
    """What happened beside the ordinary, for the summary."""

    objections_upheld: int = 0
    objections_dismissed: int = 0
    sent_back: int = 0
    births: int = 0
    deaths: int = 0
    registered: int = 0
    application_refused: int = 0
    relapsed: list[str] = field(default_factory=list)
    risk_cleared: int = 0
    revisits_done: int = 0
    revisits_missed: int = 0
    consolidated: int = 0
    consolidation_refused: int = 0


def step(world: World, case_id: int, key: str, by: Actor, when: datetime, opinion: str = "同意",
         verdict: Verdict = Verdict.APPROVE, fields: dict[str, object] | None = None,
         evidence: Sequence[str] = (), made_by: MadeBy | None = None, back_to: str | None = None,
         straight: bool = False) -> None:  # fmt: skip
    """One decision of the story."""
    proofs: tuple[Evidence, ...] = tuple(world.scan(kind, f"{case_id}-{key}") for kind in evidence)
    decide(world.office, Decision(case_id, key, verdict, by, when, opinion, fields or {}, proofs, made_by, back_to,
                                  straight))  # fmt: skip


def objection(world: World, target: int, household: Household, day: date, outcome: str) -> None:
    """A neighbour objects; the street, by people who did not decide the case, investigates and answers."""
    clerk, street = world.clerk(household.community), household.street
    case = start(world.office, Start("objection", "case", target, f"对{household.title}的异议", household.community,
                                     clerk, on(day)))  # fmt: skip
    step(world, case.id, "receive", clerk, on(day, 5), "已登记", evidence=("D-7C",), made_by=MadeBy("邻居", "异议人"),
         fields={"about": "该户收入与公示不符", "channel": "当面", "real_name": True})  # fmt: skip
    found = "经入户和走访核实，有一项收入漏计。" if outcome == "成立" else "经入户和走访核实，所反映情况不实。"
    step(world, case.id, "investigate", world.street_clerk(street, 1), on(day, 60), "已查明",
         fields={"found": found}, evidence=("investigation",))  # fmt: skip
    step(world, case.id, "decide", world.leader(street, 1), on(day, 90), "同意调查结论", fields={"outcome": outcome})
    step(world, case.id, "reply", world.street_clerk(street, 1), on(day, 120), "已书面答复",
         fields={"replied_on": day})  # fmt: skip
    world.issue(on(day, 130), world.leader(street))


def objections_of(world: World, result: ExitYear, told: Incidents) -> None:
    """In 2017 two households are objected to during the publicity: one rightly, one not."""
    waiting = [c for r in result.rounds for c in waiting_at(world.office, [r], "pub_close")]
    if len(waiting) < 12:
        return
    wrong, right = waiting[3], waiting[9]
    day = world.day(date(result.year, 11, 9))
    objection(world, wrong, result.households[wrong], day, "不成立")
    told.objections_dismissed += 1
    objection(world, right, result.households[right], day, "成立")
    told.objections_upheld += 1


def after_upheld(world: World, result: ExitYear, told: Incidents) -> None:
    """A case held back by an objection found true goes back to the home check and, put right, straight on again."""
    for case_id in [c for r in result.rounds for c in waiting_at(world.office, [r], "pub_close")]:
        household = result.households[case_id]
        clerk = world.clerk(household.community)
        back, again = world.day(date(result.year, 11, 21)), world.day(date(result.year, 11, 22))
        step(world, case_id, "pub_close", clerk, on(back), "异议成立，退回重新核查", Verdict.SEND_BACK,
             back_to="verify", straight=True)  # fmt: skip
        told.sent_back += 1
        fields: dict[str, object] = {
            "visited_on": again, "surveyors": [world.clerk_name(household.community), "驻街道帮扶工作组成员"],
            "stability": "漏计收入已补记，收入来源稳定。",
        }  # fmt: skip
        step(world, case_id, "verify", clerk, on(again), "重新核查后仍符合退出条件", fields=fields,
             evidence=("D-33", "D-32"))  # fmt: skip
        step(world, case_id, "pub_close", clerk, on(again, 30), "异议已处理")


def send_one_back(world: World, result: ExitYear, told: Incidents) -> None:
    """A street's leader sends one case back to the home check; put right, it goes straight back to the leader."""
    waiting = [c for r in result.rounds for c in waiting_at(world.office, [r], "street_review")]
    if len(waiting) < 5:
        return
    case_id = waiting[4]
    household = result.households[case_id]
    day = world.day(date(result.year, 11, 23))
    step(world, case_id, "street_review", world.leader(household.street), on(day), "核查表缺一处签名，请补正",
         Verdict.SEND_BACK, back_to="verify", straight=True)  # fmt: skip
    fields: dict[str, object] = {
        "visited_on": day, "surveyors": [world.clerk_name(household.community), "驻街道帮扶工作组成员"],
        "stability": "收入来源稳定，不依赖一次性收入。",
    }  # fmt: skip
    step(world, case_id, "verify", world.clerk(household.community), on(day, 60), "已补正", fields=fields,
         evidence=("D-33", "D-32"))  # fmt: skip
    told.sent_back += 1


# --- members ---------------------------------------------------------------------------------------------------------


def change(world: World, household: Household, changes: list[dict[str, object]], reason: str, day: date) -> None:
    """A change of members: the community checks, the street approves, the district takes note."""
    clerk = world.clerk(household.community)
    case = start(world.office, Start("change", "household", household.id, household.title, household.community, clerk,
                                     on(day)))  # fmt: skip
    step(world, case.id, "community", clerk, on(day, 5), "情况属实", evidence=("certificate",),
         fields={"changes": changes, "reason": reason, "effective_on": day})  # fmt: skip
    step(world, case.id, "street", world.leader(household.street), on(day, 60))
    step(world, case.id, "district", world.district_clerk, on(day, 90), "已备案")


def births_and_deaths(world: World, households: Sequence[Household], told: Incidents) -> None:
    """In 2017 some are born and some die; a household whose head dies gets a new one in the same case."""
    day = world.day(date(2017, 4, 12))
    with reading(world.office.records) as conn:
        seen = {h.id: register.household_on(conn, h.id, day) for h in households[:120]}
    big = [h for h in households[:120] if (there := seen[h.id]) is not None and len(there.members) >= 3]
    for serial, household in enumerate(big[:3], 1):
        id_no = made_up_id(date(2017, 3, 1 + serial), 990 + serial)
        born: dict[str, object] = {
            "kind": "join", "person_no": f"{household.number}9{serial}", "id_no": id_no, "name": f"{household.head[0]}小{'安康乐'[serial - 1]}",
            "sex": "男" if int(id_no[16]) % 2 else "女", "born_on": f"2017-03-{1 + serial:02d}", "relation": "其他",
            "facts": {"health": "健康", "labour": "无劳动力", "schooling": "非在校生"},
        }  # fmt: skip
        change(world, household, [born], "出生", day)
        told.births += 1
    for household in big[3:6]:
        there = seen[household.id]
        assert there is not None and there.head is not None
        heir = next(m for m in there.members if m.relation != "户主")
        change(world, household, [
            {"kind": "head", "person_id": heir.person_id, "old_head_becomes": "其他"},
            {"kind": "leave", "person_id": there.head.person_id},
        ], "死亡，户主变更", day)  # fmt: skip
        told.deaths += 1


def made_up_id(born: date, order: int) -> str:
    """An identity number that nobody has: order codes from 990 are not given out."""
    first = f"440512{born:%Y%m%d}{order}"
    return first + check_digit(first)


# --- applications ----------------------------------------------------------------------------------------------------


def application(world: World, community: str, name: str, day: date, grant: bool, told: Incidents) -> None:
    """A family applies in 2017 and goes the whole way, to its plan or to a written refusal."""
    clerk, street = world.clerk(community), community[:9]
    born = date(1962, 5, 4) if grant else date(1970, 2, 9)
    wife = date(1966, 8, 3) if grant else date(1971, 6, 6)
    case = apply(world.office, Application(
        community, (
            Applicant(name, made_up_id(born, 997), "户主", {"health": "长期慢性病", "labour": "弱劳动力或半劳动力"}),
            Applicant(f"{name[0]}秀兰", made_up_id(wife, 998), "配偶", {"health": "健康", "labour": "普通劳动力"}),
        ), {"attribute": "一般贫困户", "main_cause": "因病", "house_grade": "B"}, clerk, on(day),
    ))  # fmt: skip
    owner = MadeBy(name, "户主")
    step(world, case.id, "accept", clerk, on(day, 5), "材料齐全", evidence=("D-01", "D-02"), made_by=owner)
    world.issue(on(day, 8), world.head(community))
    income = "12000" if not grant else "7200"
    record_income(world.office, case.subject_id, 2016, 2, {"wages": Yuan.of(income)}, "社区入户核算", on(day, 10))
    visit = world.day(date(day.year, day.month, day.day + 3))
    step(world, case.id, "survey", clerk, on(visit), "已入户", evidence=("D-04", "D-05"),
         fields={"visited_on": visit, "surveyors": [world.clerk_name(community), "工作组成员"]})  # fmt: skip
    step(world, case.id, "cross_check", world.district_clerk, on(visit, 60), "未发现不符",
         fields={"hits": "名下无机动车、无商品房、无工商登记。"}, evidence=("D-06",), made_by=MadeBy("区信息核对组", "核对部门"))  # fmt: skip
    if not _to_decision(world, case.id, community, street, visit):
        return
    sitting = world.day(date(visit.year, visit.month + 2, 5))
    if not grant:
        step(world, case.id, "group_decision", world.group_leader, on(sitting),
             "经核算，人均可支配收入高于认定标准，不符合认定条件", Verdict.REFUSE)  # fmt: skip
        told.application_refused += 1
    else:
        step(world, case.id, "group_decision", world.group_leader, on(sitting))
        _register(world, case.id, community, name, world.day(date(sitting.year, sitting.month, 12)))
        told.registered += 1
    drain(world.office, on(sitting, 300))
    for signer in (world.group_leader, world.leader(street), world.head(community)):
        world.sign_all(signer, on(sitting, 310))


def _to_decision(world: World, case_id: int, community: str, street: str, visit: date) -> bool:
    clerk = world.clerk(community)
    votes = {"held_on": visit, "place": "社区会议室", "chair": world.head_name(community),
             "recorder": world.clerk_name(community), "due": 31, "present": 26, "agree": 26, "oppose": 0, "abstain": 0}  # fmt: skip
    act(world.office, Act("review", {case_id: Say()}, clerk, on(visit, 120), community, None, votes,
                          (world.scan("D-07", str(case_id)),), MadeBy("居民代表会议", "民主评议会")))  # fmt: skip
    first = world.day(date(visit.year, visit.month, 20))
    post(world, "pub1_post", community, None, first, [case_id])
    closed = world.day(date(visit.year, visit.month + 1, 2))
    step(world, case_id, "pub1_close", clerk, on(closed), "公示无异议")
    step(world, case_id, "submit", world.head(community), on(closed, 20))
    world.issue(on(closed, 40), world.head(community))  # the letter goes up before the street answers it
    step(world, case_id, "street_review", world.leader(street), on(closed, 60))
    world.issue(on(closed, 70), world.leader(street))
    second = world.day(date(visit.year, visit.month + 1, 10))
    post(world, "pub2_post", street, None, second, [case_id])
    over = world.day(date(visit.year, visit.month + 1, 24))
    step(world, case_id, "pub2_close", world.street_clerk(street), on(over), "公示无异议")
    step(world, case_id, "district_review", world.director, on(over, 60))
    world.issue(on(over, 70), world.director)
    return True


def _register(world: World, case_id: int, community: str, name: str, day: date) -> None:
    post(world, "announce", "440512", None, day, [case_id])
    unit = "440512-unit-01"
    helper = appoint(world.office, "陈志远", unit, "helper", day, on(day), "19900009901")
    with reading(world.office.records) as conn:
        case = cases.see_case(conn, case_id)
    assert case is not None
    pair(world.office, case.subject_id, unit, helper.person_id, day, "新纳入结对", world.district_clerk, on(day, 40))
    step(world, case_id, "register", world.district_clerk, on(day, 60), "已登记建档")
    measures = [{"programme": "医疗保险和医疗救助保障", "kind": "relief", "resource": "money",
                 "title": "落实医疗救助", "owner": "区委办公室", "starts_on": day.isoformat()}]  # fmt: skip
    step(world, case_id, "plan", helper, on(day, 90), "计划已签字", fields={"measures": measures}, evidence=("D-18",),
         made_by=MadeBy(name, "户主"))  # fmt: skip
    world.issue(on(day, 100), world.leader(community[:9]))


# --- after the exit --------------------------------------------------------------------------------------------------


def revisits(world: World, until: date, told: Incidents, risky: set[str]) -> None:
    """Helpers revisit; some visits are missed, and one finds a family in trouble."""
    with reading(world.office.records) as conn:
        owed = help.owed(conn, "revisit", until)
        homes = {o.household_id: register.household_on(conn, o.household_id, o.due_on) for o in owed}
    for serial, duty in enumerate(owed):
        if serial % 41 == 40:
            told.revisits_missed += 1
            continue
        home = homes[duty.household_id]
        assert home is not None and home.head is not None
        _revisit(world, duty, home.number in risky, f"{home.head.name}户", home.head.name, serial)
        told.revisits_done += 1


def _revisit(world: World, duty: Any, risky: bool, title: str, head: str, serial: int) -> None:
    day = world.day(max(duty.starts_on, duty.due_on))
    household_id = duty.household_id
    helper = world.helper(household_id, day)
    area = duty.area_path.strip("/").split("/")[-1]
    case = start(world.office, Start("revisit", "household", household_id, title, area, helper, on(day, serial % 400)))
    fields: dict[str, object] = {"visited_on": day, "condition": "生产生活正常。", "interrupted": False}
    if risky:
        fields |= {"condition": "户主病情加重，收入骤减。", "risk": "因病可能返贫"}
    step(world, case.id, "record", helper, on(day, serial % 400), "已回访", fields=fields, evidence=("D-41",),
         made_by=MadeBy(head, "户主"))  # fmt: skip


def relapses(world: World, day: date, told: Incidents) -> None:
    """The flags opened checks; families that fell back re-enter under their old number, one is cleared."""
    drain(world.office, on(day), kinds=("open_case",))
    with reading(world.office.records) as conn:
        running = cases.running(conn, "relapse")
        homes = {c.subject_id: register.household_on(conn, c.subject_id, day) for c in running}
    for serial, case in enumerate(running):
        home = homes[case.subject_id]
        assert home is not None and home.head is not None
        _check(world, case.id, home, day, clear=serial == len(running) - 1 and len(running) > 1, told=told)


def _check(world: World, case_id: int, home: register.HouseholdOn, day: date, clear: bool, told: Incidents) -> None:
    clerk, street = world.clerk(home.area_code), home.area_code[:9]
    if clear:
        step(world, case_id, "visit", clerk, on(day, 10), "已纳入大病救助，收入未受持续影响，风险消除", Verdict.REFUSE)
        told.risk_cleared += 1
        return
    step(world, case_id, "visit", clerk, on(day, 10), "情况属实", evidence=("D-42",),
         fields={"visited_on": day, "surveyors": [world.clerk_name(home.area_code), "工作组成员"],
                 "finding": "户主病情加重，今年以来自负医疗费用大，预计全年收入低于标准。"})  # fmt: skip
    votes = {"held_on": day, "place": "社区会议室", "chair": world.head_name(home.area_code),
             "recorder": world.clerk_name(home.area_code), "due": 31, "present": 25, "agree": 24, "oppose": 0,
             "abstain": 1}  # fmt: skip
    act(world.office, Act("review", {case_id: Say()}, clerk, on(day, 120), home.area_code, None, votes,
                          (world.scan("D-07", f"relapse-{case_id}"),), MadeBy("居民代表会议", "民主评议会")))  # fmt: skip
    post(world, "pub1_post", home.area_code, None, world.day(date(day.year, day.month, 20)), [case_id])
    closed = world.day(date(day.year, day.month + 1, 2))
    step(world, case_id, "pub1_close", clerk, on(closed), "公示无异议")
    step(world, case_id, "street_review", world.leader(street), on(closed, 60))
    world.issue(on(closed, 70), world.leader(street))
    post(world, "pub2_post", street, None, world.day(date(day.year, day.month + 1, 4)), [case_id])
    over = world.day(date(day.year, day.month + 1, 16))
    step(world, case_id, "pub2_close", world.street_clerk(street), on(over), "公示无异议")
    step(world, case_id, "district_review", world.director, on(over, 60))
    world.issue(on(over, 70), world.director)
    step(world, case_id, "group_decision", world.group_leader, on(over, 120))
    world.issue(on(over, 140), world.group_leader)
    told_day = world.day(date(over.year, over.month, 20))
    post(world, "announce", "440512", None, told_day, [case_id])
    step(world, case_id, "register", world.district_clerk, on(told_day, 60), "恢复帮扶")
    helper = world.helper(home.id, told_day)
    change_phone(
        world.office, helper.office_code, helper.person_id, "19900009902", Admin(world.administrator, on(told_day, 70))
    )
    measures = [{"programme": "医疗保险和医疗救助保障", "kind": "relief", "resource": "money",
                 "title": "落实重特大疾病救助", "owner": "帮扶单位", "starts_on": told_day.isoformat()}]  # fmt: skip
    assert home.head is not None
    step(world, case_id, "plan", helper, on(told_day, 90), "计划已签字", fields={"measures": measures},
         evidence=("D-18",), made_by=MadeBy(home.head.name, "户主"))  # fmt: skip
    world.issue(on(told_day, 100), world.leader(street))
    told.relapsed.append(home.number)


def consolidation(world: World, households: Sequence[Household], day: date, told: Incidents) -> None:
    """The end of the consolidation period: whoever was not revisited, or is at risk, is not let off."""
    for serial, household in enumerate(households):
        clerk = world.street_clerk(household.street)
        case = start(world.office, Start("consolidation_end", "household", household.id, household.title,
                                         household.community, clerk, on(day, serial % 300)))  # fmt: skip
        try:
            step(world, case.id, "opinion", clerk, on(day, serial % 300), "巩固期满，情况稳定")
        except NotAllowed:
            told.consolidation_refused += 1
            continue
        step(world, case.id, "approve", world.leader(household.street), on(day, 301 + serial % 60))
        told.consolidated += 1
