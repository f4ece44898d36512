"""2016, before the first exits: the register goes in, households are paired, plans are signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from demo.moments import at, on
from demo.world import Household, World
from flows.decide import decide
from flows.import_register import ImportReport, Options, upload
from flows.start import Start, start
from states.decision import Decision, MadeBy
from states.procedure import Verdict

Told = Callable[[str], None]
NAME = "haojiang-2016.xlsx"
BY_CAUSE = {
    "因病": ("医疗保险和医疗救助保障", "relief", "money", "落实医疗救助和大病保险报销"),
    "因残": ("社会保障", "relief", "money", "落实残疾人补贴和低保兜底"),
    "因学": ("教育文化", "relief", "money", "落实子女就学生活费补助"),
    "因灾": ("社会保障", "relief", "money", "落实临时救助"),
    "缺技术": ("劳动力就业", "capacity", "skill", "参加农民适用技术培训"),
    "缺劳力": ("社会保障", "relief", "money", "落实低保政策"),
    "缺资金": ("产业发展", "capacity", "money", "扶持发展特色种养"),
}
OTHERWISE = ("劳动力就业", "capacity", "skill", "推荐公益性岗位")


def import_part(world: World, data: bytes, options: Options, effective_on: date, when: datetime) -> ImportReport:
    """One part of the workbook as a case: the clerk uploads and vouches, the director approves next day."""
    case, report = upload(world.office, data, NAME, world.district_clerk, when, options)
    decide(world.office, Decision(case.id, "report", Verdict.APPROVE, world.district_clerk, when, "已逐项核对",
                                  {"effective_on": effective_on}))  # fmt: skip
    decide(world.office, Decision(case.id, "approve", Verdict.APPROVE, world.director, when, "同意入库"))
    return report


def plans(world: World, households: Sequence[Household], causes: dict[int, str], told: Told) -> None:
    """Each helper draws up a plan with its household, which signs it (R1.1-01, R4.1-04)."""
    for number, household in enumerate(households):
        drafted = world.day(date(2016, 6, 13))
        signed = world.day(date(2016, 6, 24))
        helper = world.helper(household.id, drafted)
        case = start(world.office, Start("plan", "household", household.id, household.title, household.community,
                                         helper, on(drafted, number % 400), 2016))  # fmt: skip
        measures = [measure(household, causes.get(household.id, ""), drafted), follow_up(household, drafted)]
        decide(world.office, Decision(case.id, "draft", Verdict.APPROVE, helper, on(drafted, number % 400),
                                      "拟定帮扶计划", {"measures": measures}))  # fmt: skip
        decide(world.office, Decision(
            case.id, "sign", Verdict.APPROVE, helper, on(signed, number % 400), "户主已签字",
            evidence=(world.scan("D-18", str(case.id)),), made_by=MadeBy(household.head, "户主"),
        ))  # fmt: skip
        told(f"2016年{world.area_name(household.community)}帮扶计划")


def measure(household: Household, cause: str, since: date) -> dict[str, str]:
    """The measure that answers the household's main cause."""
    programme, kind, resource, title = BY_CAUSE.get(cause, OTHERWISE)
    return {"programme": programme, "kind": kind, "resource": resource, "title": title, "owner": "帮扶单位",
            "starts_on": since.isoformat()}  # fmt: skip


def follow_up(household: Household, since: date) -> dict[str, str]:
    return {"programme": "医疗保险和医疗救助保障", "kind": "relief", "resource": "money",
            "title": "全额资助参加城乡居民基本医疗保险", "owner": "区人社局", "starts_on": since.isoformat()}  # fmt: skip


START = at(2016, 1, 4)
