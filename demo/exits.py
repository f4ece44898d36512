"""One year's exits: candidates, reviews, home checks, the households' own answers, notices, approval, announcement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from demo.moments import on
from demo.world import Household, World
from flows.decide import decide
from flows.drain import drain
from flows.rounds import Act, Say, act, open_round, settle_list, waiting_at
from flows.start import Start, start
from states.decision import Decision, MadeBy
from states.not_allowed import ExitGateNotMet
from states.procedure import Verdict


@dataclass
class ExitYear:
    """What came of one year's round."""

    year: int
    candidates: int = 0
    failed: dict[str, str] = field(default_factory=dict)  # household number -> why it does not meet the conditions
    refused: dict[str, str] = field(default_factory=dict)  # household number -> why it does not accept
    rounds: list[int] = field(default_factory=list)
    households: dict[int, Household] = field(default_factory=dict)  # case id -> household


Told = Callable[[str], None]


def community_half(world: World, year: int, candidates: Sequence[Household], told: Told) -> ExitYear:
    """October and November in the communities: from the list of candidates to the closed publicity."""
    result = ExitYear(year, len(candidates))
    by_community: dict[str, list[Household]] = defaultdict(list)
    for household in candidates:
        by_community[household.community].append(household)
    for community in sorted(by_community):
        _community(world, result, community, by_community[community])
        told(f"{year}年{world.area_name(community)}拟退出户评议、核查、公示")
    return result


def _community(world: World, result: ExitYear, community: str, households: Sequence[Household]) -> None:
    year = result.year
    first = world.day(date(year, 10, 10))
    name = world.area_name(community)
    round_id = open_round(world.office, "exit", community, year, f"{name}{year}年度退出", on(first))
    result.rounds.append(round_id)
    clerk = world.clerk(community)
    for household in households:
        case = start(world.office, Start("exit", "household", household.id, household.title, community, clerk,
                                         on(first, 5), year, round_id))  # fmt: skip
        result.households[case.id] = household
    everyone = {c: Say() for c in waiting_at(world.office, [round_id], "candidate")}
    act(world.office, Act("candidate", everyone, clerk, on(first, 30), community, round_id))
    _review(world, community, round_id, world.day(date(year, 10, 14)), "review")
    _verify(world, result, round_id, world.day(date(year, 10, 31)))
    _answers(world, result, round_id, world.day(date(year, 11, 3)))
    post(world, "pub_post", community, round_id, world.day(date(year, 11, 6)))


def _review(world: World, community: str, round_id: int, day: date, step: str) -> None:
    """A democratic review: attendance and votes are the meeting's, the verdict is each household's."""
    waiting = waiting_at(world.office, [round_id], step)
    if not waiting:
        return
    fields = {
        "held_on": day, "place": f"{world.area_name(community)}党群服务中心", "chair": world.head_name(community),
        "recorder": world.clerk_name(community), "due": 31, "present": 27, "agree": 25, "oppose": 0, "abstain": 2,
    }  # fmt: skip
    act(world.office, Act(step, {c: Say(opinion="评议同意") for c in waiting}, world.clerk(community), on(day),
                          community, round_id, fields, (world.scan("D-07", f"{round_id}-{step}"),),
                          MadeBy("居民代表会议", "民主评议会")))  # fmt: skip


def _verify(world: World, result: ExitYear, round_id: int, day: date) -> None:
    """Two people visit each household; one that does not meet every condition is refused with the reasons."""
    for number, case_id in enumerate(waiting_at(world.office, [round_id], "verify")):
        household = result.households[case_id]
        clerk = world.clerk(household.community)
        fields = {"visited_on": day, "surveyors": [world.clerk_name(household.community), "驻街道帮扶工作组成员"],
                  "stability": "收入来源稳定，不依赖一次性收入。"}  # fmt: skip
        evidence = (world.scan("D-33", str(case_id)), world.scan("D-32", str(case_id)))
        asked = Decision(case_id, "verify", Verdict.APPROVE, clerk, on(day, number % 400), "经核查符合退出条件",
                         fields, evidence)  # fmt: skip
        try:
            decide(world.office, asked)
        except ExitGateNotMet as no:
            reasons = str(no.facts["reasons"])
            result.failed[household.number] = reasons
            decide(world.office, Decision(case_id, "verify", Verdict.REFUSE, clerk, on(day, number % 400),
                                          f"不符合退出条件：{reasons}"))  # fmt: skip


def _answers(world: World, result: ExitYear, round_id: int, day: date) -> None:
    """Each householder reads the figures and signs, or does not."""
    for number, case_id in enumerate(waiting_at(world.office, [round_id], "accept")):
        household = result.households[case_id]
        clerk = world.clerk(household.community)
        why = world.refusal(household, result.year)
        verdict = Verdict.REFUSE if why else Verdict.APPROVE
        if why:
            result.refused[household.number] = why
        decide(world.office, Decision(
            case_id, "accept", verdict, clerk, on(day, number % 400), why or "认可退出",
            evidence=(world.scan("D-34", str(case_id)),), made_by=MadeBy(household.head, "户主"),
        ))  # fmt: skip


def post(world: World, step: str, area: str, round_id: int | None, day: date,
         case_ids: Sequence[int] | None = None) -> None:  # fmt: skip
    """Settle the list, have the notice drafted and signed, and post it on the same day."""
    waiting = list(case_ids) if case_ids is not None else waiting_at(world.office, [round_id or 0], step)
    if not waiting:
        return
    clerk, signer = world.posters(step, area)
    settle_list(world.office, step, waiting, clerk, on(day), area, day, round_id)
    drain(world.office, on(day, 5), kinds=("draft_paper",))
    world.sign_all(signer, on(day, 10))
    place = f"{world.area_name(area)}公示栏"
    act(world.office, Act(step, {c: Say() for c in waiting}, clerk, on(day, 20), area, round_id,
                          {"posted_on": day, "place": place}, (world.scan("posting", f"{step}-{area}-{day}"),)))  # fmt: skip


def close_publicity(world: World, result: ExitYear, told: Told) -> None:
    """The period is over; a household with an open objection is held back by itself."""
    for round_id in result.rounds:
        waiting = waiting_at(world.office, [round_id], "pub_close")
        if not waiting:
            continue
        community = result.households[waiting[0]].community
        day = world.day(date(result.year, 11, 20))
        act(world.office, Act("pub_close", {c: Say(opinion="公示期满无异议") for c in waiting}, world.clerk(community),
                              on(day), community, round_id))  # fmt: skip
        told(f"{result.year}年{world.area_name(community)}公示期满")


def district_half(world: World, result: ExitYear, told: Told) -> None:
    """From the streets' review to the announcement and the letters to the households."""
    year = result.year
    for street in world.streets:
        _street(world, result, street, world.day(date(year, 11, 27)))
        told(f"{year}年{world.area_name(street)}审核、区核定、公告")


def _street(world: World, result: ExitYear, street: str, day: date) -> None:
    office, year = world.office, result.year

    def mine(step: str) -> list[int]:
        return [c for c in waiting_at(office, result.rounds, step) if result.households[c].street == street]

    for step, actor, when in (
        ("street_review", world.leader(street), day),
        ("district_check", world.director, world.day(date(year, 12, 4))),
        ("group_confirm", world.group_leader, world.day(date(year, 12, 8))),
    ):
        says = {c: Say() for c in mine(step)}
        if says:
            act(office, Act(step, says, actor, on(when), street))
        if step != "district_check":  # the street's opinion, the group's reply
            world.issue(on(when, 30), actor)
    post(world, "announce", street, None, world.day(date(year, 12, 12)), mine("announce"))
    world.issue(on(world.day(date(year, 12, 14))), world.leader(street))
    _notify(world, result, mine("notify"), street, world.day(date(year, 12, 20)))


def _notify(world: World, result: ExitYear, waiting: Sequence[int], street: str, day: date) -> None:
    for number, case_id in enumerate(waiting):
        decide(world.office, Decision(case_id, "notify", Verdict.APPROVE, world.street_clerk(street),
                                      on(day, number % 400), "已送达", evidence=(world.scan("D-7B", str(case_id)),)))  # fmt: skip
