"""Examples of agreements: a street's, a community's, a unit's, a helper's, a household's, and a supplement."""

from __future__ import annotations

from datetime import date
from typing import Any

from samples.people import BASIS, COMMUNITY, name_of
from templates.agreement import Helped, SignLine, Target
from templates.agreement_supplement import AgreementSupplement, ChangedTarget
from templates.community_agreement import CommunityAgreement
from templates.help_agreement import AgreedMeasure, HelpAgreement
from templates.helper_agreement import HelperAgreement
from templates.paper import Paper
from templates.street_agreement import StreetAgreement
from templates.unit_agreement import UnitAgreement

STREET = "达濠街道党工委、办事处"
DISTRICT = "中共汕头市濠江区委员会、汕头市濠江区人民政府"
FIRST = ("党工委书记", "办事处主任")
AGREED: dict[str, Any] = dict(
    year=2017, basis=BASIS, label="相对贫困户", leaving="脱贫", bond="不脱贫不脱钩", re_sign="10个工作日", copies=4,
)  # fmt: skip
BOUND: dict[str, Any] = dict(
    **AGREED, name="脱贫攻坚责任书", report_by="2017年7月31日", grades="优秀、良好、合格、不合格",
)  # fmt: skip
MEASURES = (
    ("减贫人口（不含上年结转）", "人"),
    ("计划退出户（含上年结转）", "户"),
    ("挂钩联系帮扶全覆盖", "户"),
    ("危房改造", "户"),
    ("参加城乡居民基本医疗保险", "人"),
)


def _targets(*amounts: int) -> tuple[Target, ...]:
    return tuple(Target(serial=n, label=label, unit=unit, amount=amount)
                 for n, ((label, unit), amount) in enumerate(zip(MEASURES, amounts, strict=True), 1))  # fmt: skip


def _lines(*capacities: str) -> tuple[SignLine, ...]:
    return tuple(SignLine(capacity=c) for c in capacities)


def _homes(count: int) -> tuple[Helped, ...]:
    return tuple(
        Helped(serial=n, place=f"达濠街道{('东兴社区', '青石社区')[n % 2]}", head=name_of(n), size=n % 5 + 1, planned="2017年",
               helper=("吴晓明", "林志强", "黄海燕", "陈立群", "郑秀珠")[n // 4] if count > 3 else "吴晓明")
        for n in range(1, count + 1)
    )  # fmt: skip


def _household() -> HelpAgreement:
    measures = (
        ("社会保障", "落实农村低保兜底和残疾人补贴", "区民政局"), ("劳动力就业", "推荐公益性岗位，参加农民适用技术培训", "区人社局"),
        ("医疗保险和医疗救助保障", "全额资助参加城乡居民基本医疗保险", "区人社局"), ("产业发展", "扶持海水养殖，联系销售渠道", "区供销社"),
    )  # fmt: skip
    return HelpAgreement(
        office="区供销社", other="欧阳建国", number="濠扶协户2017-0127", **AGREED, helper="吴晓明",
        helper_phone="0754-00000047", community=COMMUNITY, household_no="4405120010070012", area="达濠街道东兴社区",
        size=4, able=2, attribute="低保贫困户", cause="因病", planned_year="2017年",
        measures=tuple(
            AgreedMeasure(serial=n, programme=kind, content=what, owner=owner, term="2016年6月起")
            for n, (kind, what, owner) in enumerate(measures, 1)
        ),
        starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31), after="在24个月的巩固期内", complaint_line="12317",
    )  # fmt: skip


def samples() -> tuple[Paper, ...]:
    known = dict(register="建档立卡", checklist="“两不愁三保障”和“八有”")
    return (
        _household(),
        StreetAgreement(
            office=DISTRICT, other=STREET, number="濠扶责街2017-0001", **BOUND, **known, targets=_targets(158, 62, 121, 7, 303),
            signers=_lines("区委书记", "区长"), others=_lines(*FIRST), first="党工委书记、办事处主任",
            duties="进度安排、项目落地、资金使用、帮扶力量调配、推进实施",
            programmes="产业发展、劳动力就业、社会保障、教育文化、医疗保险和医疗救助保障、农村危房改造", communities=8,
        ),
        AgreementSupplement(
            office=DISTRICT, other=STREET, number="濠扶责街2017-0001补1", main_title="2017年脱贫攻坚责任书（达濠街道党工委、办事处）",
            main_number="濠扶责街2017-0001", reason="辖区内6户27人因户籍迁移转由河浦街道帮扶", copies=4,
            changes=(
                ChangedTarget(serial=1, label="减贫人口（不含上年结转）", unit="人", before=158, after=131),
                ChangedTarget(serial=2, label="计划退出户（含上年结转）", unit="户", before=62, after=56),
            ),
            signers=_lines("区委书记", "区长"), others=_lines(*FIRST),
        ),
        CommunityAgreement(
            office=STREET, other=COMMUNITY, number="濠扶责社2017-0007", **BOUND, **known, targets=_targets(42, 15, 26, 1, 71),
            signers=_lines(*FIRST),
            others=_lines("社区主要负责人"),
        ),
        UnitAgreement(
            office=DISTRICT, other="区供销社", number="濠扶责单2017-0043", **BOUND, rows=_homes(15), targets=_targets(45, 15, 15, 2, 45),
            domains="就业扶贫、教育、医疗、技能培训", signers=_lines("区扶贫开发领导小组组长"), others=_lines("单位主要负责人"),
        ),
        HelperAgreement(
            office="区供销社", other="吴晓明", number="濠扶责人2017-0098", **{**BOUND, "report_by": ""}, rows=_homes(3),
            targets=_targets(9, 3, 3, 0, 9),
            signers=_lines("单位主要负责人"), others=_lines("帮扶责任人"),
        ),
    )  # fmt: skip
