"""Masters of what goes with help over the years: handbook, pairing list, list of those who may exit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.candidate_list import CandidateList
from templates.handbook import Handbook
from templates.masters.sheet import facts, hand, heading, household, listing, members, roster, sheet
from templates.page import Sheet
from templates.pairing_list import PairingList

MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "handbook": sheet(
        Handbook,
        heading("一、家庭基本情况"),
        household,
        facts("label", "identified_on"),
        members,
        heading("二、主要原因"),
        facts("main_cause"),
        heading("三、帮扶责任人（调整时另起一行，不涂改）"),
        listing("helpers", 2, 4, 3, 3),
        heading("四、帮扶计划、措施和成效"),
        listing("measures", 1, 5, 3, 3),
        hand("户主确认", 900, "以上帮扶情况属实。", "户主（签名指印）：　　　　　　　　　　年　月　日"),
        line="制发单位：{{ office }}",
        small="本手册由户主保管，逐年填写，不涂改。",
    ),
    "pairing_list": roster(
        PairingList, "rows", 16, 20, 26, 16, 11, 11, title="{{ year }}年结对帮扶安排表",
        line="编制单位：{{ office }}", small="公开版不列户名；户名单仅供内部使用。",
    ),
    "candidate_list": roster(
        CandidateList, "rows", 8, 16, 20, 12, 20, 24, title="{{ year }}年拟{{ leaving }}{{ label }}名单",
        line="编制单位：{{ office }}", sign="社区负责人（签名）：　　　　　　　　　　　　　　年　月　日",
        small="列入本名单不等于已经{{ leaving }}，须经核查、户主认可、公示和审批。",
    ),
}  # fmt: skip
