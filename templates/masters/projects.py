"""Masters of projects and their money: application, purchase, payment, rosters, acceptance, evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import signed, titled
from templates.masters.official import CONTACT
from templates.masters.sheet import facts, hand, heading, listing, opinions, room, roster, sheet, signs
from templates.page import Sheet
from templates.payment_form import PaymentForm
from templates.payment_roster import PaymentRoster
from templates.performance_review import PerformanceReview
from templates.procurement_record import ProcurementRecord
from templates.project_acceptance import ProjectAcceptance
from templates.project_application import ProjectApplication
from templates.wordml import body, close, each, lines, row, table


def payment_list() -> str:
    heads = row("序号", "所在社区", "户主姓名", "金额（元）", style="ListHead", head=True)
    one = row("{{ r.serial }}", "{{ r.place }}", "{{ r.head }}", "{{ r.amount }}", style="List")
    whole = row("合计", "", "", "{{ total }}", style="List")
    return (
        titled("{{ period }}{{ item }}", "发放情况公示")
        + body("现将{{ period }}{{ item }}发放情况予以公示，公示期为{{ starts_on }}至{{ ends_on }}。")
        + table((12, 36, 26, 26), (heads, *each("r in rows", one), whole))
        + lines(1)
        + close(*CONTACT)
        + signed()
    )


MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "project_application": sheet(
        ProjectApplication,
        facts("project"),
        facts("place", "owner"),
        facts("category", "budget"),
        facts("source"),
        facts("term"),
        room("need", 1100),
        room("content", 1300),
        room("goal", 900),
        room("benefit", 900),
        opinions,
    ),
    "procurement_record": sheet(
        ProcurementRecord,
        facts("project"),
        facts("way", "opened_on"),
        facts("place"),
        listing("bidders", 5, 3, 4),
        facts("winner", "price"),
        room("reason", 1300),
        signs("采购小组成员签名", "监督人签名", "采购小组成员签名", "记录人签名"),
        line="实施单位：{{ office }}",
    ),
    "payment_form": sheet(
        PaymentForm,
        facts("project"),
        facts("contract"),
        room("progress", 900),
        facts("amount", "words"),
        facts("paid", "purpose"),
        facts("payee", "bank"),
        facts("account"),
        hand("申请单位意见", 1150),
        hand("业务部门审核", 1150),
        hand("财务部门审核", 1150),
        hand("领导审批", 1150),
        line="申请单位：{{ office }}\t金额单位：元",
        small="经办、审核、审批须由不同人员签署；收款账户须与合同约定一致。",
    ),
    "payment_roster": roster(
        PaymentRoster, "rows", 6, 11, 23, 16, 22, 11, 11, title="{{ period }}{{ item }}发放花名册（银行用）",
        line="填报单位：{{ office }}　　合计金额：{{ total }}元",
        sign="制表人：　　　　　　　　审核人：　　　　　　　　单位负责人：",
        small="本册含证件号码和账号，仅供代发银行和财务部门使用，不得公开、张贴或者上网。",
    ),
    "payment_list": payment_list,
    "project_acceptance": sheet(
        ProjectAcceptance,
        facts("project"),
        facts("owner", "approval"),
        facts("accepted_on", "invested"),
        listing("rows", 1, 4, 3, 2, 2),
        room("benefit", 900),
        room("conclusion", 1100),
        signs("验收组组长签名", "验收组成员签名", "实施单位（盖章）", "受益户代表签名"),
        line="验收单位：{{ office }}",
    ),
    "performance_review": sheet(
        PerformanceReview,
        facts("project"),
        facts("year", "score"),
        facts("funds", "spent"),
        heading("评价指标"),
        listing("rows", 1, 4, 3, 2, 2),
        facts("grade"),
        room("problems", 1600),
        signs("评价人签名", "单位负责人签名"),
        line="评价单位：{{ office }}",
    ),
}  # fmt: skip
