"""Examples of forms about one household's income and approval."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.money import Yuan
from samples.people import (
    CERTIFIED,
    COMMUNITY,
    CONDITIONS,
    CONTINUES,
    ENTRY,
    HOUSEHOLD,
    INCOME,
    LONG_BASIS,
    MEMBERS,
    OPINIONS,
    RELAPSE_OPINIONS,
)  # fmt: skip
from templates.exit_acceptance import ExitAcceptance, SeenItem
from templates.exit_checklist import CheckedItem, ExitChecklist
from templates.identification_form import IdentificationForm
from templates.income_sheet import ExitIncomeSheet, IncomeItem, IncomeSheet
from templates.paper import Paper
from templates.reentry_form import ReentryForm


def _income() -> dict[str, Any]:
    return dict(
        office=COMMUNITY,
        **HOUSEHOLD,
        **INCOME,
        cut_off=date(2017, 10, 31),
        maker="林晓敏",
        wages=Yuan.of(21600),
        business=Yuan.of("3412.35"),
        property=Yuan.of(600),
        transfers=Yuan.of(4000),
        excluded=Yuan.of(800),
        result="高于标准520.09元",
        items=(
            IncomeItem(
                kind="工资性收入",
                name="户主务工工资",
                amount=Yuan.of(21600),
                treated="计入",
                source="工资流水（单位提供）",
            ),
            IncomeItem(
                kind="经营净收入",
                name="水产养殖销售收入",
                amount=Yuan.of("6012.35"),
                treated="计入",
                source="户主申报、销售单据",
            ),
            IncomeItem(
                kind="经营净收入", name="养殖成本", amount=Yuan.of(2600), treated="扣减", source="户主申报、购料单据"
            ),
            IncomeItem(kind="财产净收入", name="土地流转租金", amount=Yuan.of(600), treated="计入", source="流转合同"),
            IncomeItem(
                kind="转移净收入", name="最低生活保障金", amount=Yuan.of(4000), treated="计入", source="民政部门核对"
            ),
            IncomeItem(
                kind="转移净收入", name="临时救助", amount=Yuan.of(800), treated="不计入", source="民政部门核对"
            ),
        ),
    )


def samples() -> tuple[Paper, ...]:
    whole = dict(office=COMMUNITY, **HOUSEHOLD, **INCOME)
    entry: dict[str, Any] = dict(office=COMMUNITY, **HOUSEHOLD, **ENTRY)
    return (
        IncomeSheet(
            office=COMMUNITY,
            **HOUSEHOLD,
            **ENTRY,
            cut_off=date(2016, 12, 31),
            maker="林晓敏",
            wages=Yuan.of(13200),
            business=Yuan.of(600),
            property=Yuan.of(600),
            transfers=Yuan.of(0),
            excluded=Yuan.of(800),
            result="本表不与退出标准比较",
            items=(
                IncomeItem(
                    kind="工资性收入", name="户主务工工资", amount=Yuan.of(13200), treated="计入", source="用工单位证明"
                ),
                IncomeItem(
                    kind="经营净收入", name="家禽养殖收入", amount=Yuan.of(1000), treated="计入", source="户主申报"
                ),
                IncomeItem(kind="经营净收入", name="养殖成本", amount=Yuan.of(400), treated="扣减", source="户主申报"),
                IncomeItem(
                    kind="财产净收入", name="土地流转租金", amount=Yuan.of(600), treated="计入", source="流转合同"
                ),
                IncomeItem(
                    kind="转移净收入", name="临时救助", amount=Yuan.of(800), treated="不计入", source="民政部门核对"
                ),
            ),
        ),
        ExitIncomeSheet(**_income()),
        IdentificationForm(
            **entry,
            label="贫困户",
            applied_on=date(2017, 7, 12),
            attribute="一般贫困户",
            main_cause="因病",
            members=MEMBERS,
            review="应到41人，实到31人；同意28票，反对1票，弃权2票",
            publicity="2017年8月1日至2017年8月8日在东兴社区公示栏公示，无异议",
            opinions=OPINIONS,
        ),
        ReentryForm(
            **entry
            | {
                "year": 2017,
                "period": "2017年1月1日至2017年12月31日",
                "total": Yuan.of("15200"),
                "per_head": Yuan.of("3800"),
            },
            review="应到41人，实到33人；同意32票，反对1票，弃权0票",
            publicity="2018年5月21日至2018年5月28日在东兴社区公示栏公示，无异议",
            label="贫困户",
            exited_on=date(2016, 12, 30),
            trigger="户主因工伤失去劳动能力",
            found_on=date(2018, 5, 9),
            finding="经入户核查，家庭主要收入中断，人均可支配收入低于当年标准。",
            members=MEMBERS,
            opinions=RELAPSE_OPINIONS,
        ),
        ExitChecklist(
            **whole,
            label="贫困户",
            track="有劳动能力",
            checklist="“八有”脱贫标准",
            basis=LONG_BASIS,
            items=tuple(
                CheckedItem(
                    serial=n,
                    name=name,
                    verdict="达标",
                    evidence="证明材料第" + str(n) + "号",
                    certifier=office,
                    verifier=person,
                    found_on=date(2017, 10, 10 + n),
                )
                for n, (name, office, person) in enumerate(CERTIFIED, 1)
            ),
        ),
        ExitAcceptance(
            **whole,
            label="贫困户",
            checklist="“八有”脱贫标准",
            continues=CONTINUES,
            helper="王敏",
            items=tuple(SeenItem(name=name, verdict="达标") for name in CONDITIONS),
        ),
    )
