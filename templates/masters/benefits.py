"""Masters of help with houses, loans, school, health, allowances and shares; issued when their procedures arrive."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.dividend_roster import DividendRoster
from templates.handover_slip import HandoverSlip
from templates.house_acceptance import HouseAcceptance
from templates.house_application import HouseApplication
from templates.interest_form import InterestForm
from templates.loan_application import LoanApplication
from templates.masters.agreements import Side, signing
from templates.masters.letter import signed
from templates.masters.sheet import facts, hand, household, listing, opinions, room, roster, sheet, signs
from templates.medical_form import MedicalForm
from templates.page import Sheet
from templates.school_roster import SchoolRoster
from templates.share_scheme import ShareScheme
from templates.wordml import body, choose, close, lines, p

NUMBERED = lines(1) + choose("form_no", p("Plain", "协议编号：{{ form_no }}"))


def _signed(second: str, by: str) -> str:
    """The places to sign, each over the day of the agreement."""
    first = Side("甲方（盖章）：\n{{ office }}", "代表（签字）：\n　", "{{ issued_on }}")
    return p("To", keep=True) + signing(first, Side(f"乙方：\n{{{{ {second} }}}}", f"{by}：\n　", "{{ issued_on }}"))


def house_agreement() -> str:
    return (
        p("Title", "农村危房改造协议")
        + NUMBERED
        + p("Plain", "甲方：{{ office }}")
        + p("Plain", "乙方：{{ head }}（住{{ area }}）")
        + body("为做好农村危房改造工作，甲乙双方经协商，订立本协议。")
        + p("H1", "一、改造方式和面积")
        + body("乙方住房采用{{ way }}方式改造，改造后建筑面积为{{ size_new }}。")
        + p("H1", "二、开工和竣工")
        + body("乙方应于{{ start_on }}开工，于{{ end_on }}前竣工。")
        + p("H1", "三、补助资金")
        + body("经验收合格，甲方按规定补助人民币{{ subsidy }}元（大写：{{ words }}），直接拨付到乙方账户。")
        + p("H1", "四、双方责任")
        + body(
            "甲方负责技术指导、质量安全巡查和组织验收，不得指定施工单位，不得截留补助资金。",
            "乙方按照批准的方式、面积和期限施工，保证资金用于住房改造，竣工后原危房按要求拆除。",
        )
        + p("H1", "五、其他")
        + close(
            "乙方逾期未开工或者未通过验收的，甲方可以停止拨付或者追回补助资金。本协议一式三份，自双方签字之日起生效。"
        )
        + _signed("head", "户主（签名、指印）")
    )


def operator_agreement() -> str:
    return (
        p("Title", "资产委托运营协议")
        + NUMBERED
        + p("Plain", "甲方：{{ office }}")
        + p("Plain", "乙方：{{ operator }}")
        + body("甲方将{{ asset }}（价值人民币{{ value }}元）委托乙方运营，双方经协商，订立本协议。")
        + p("H1", "一、运营期限")
        + body("自{{ since }}起至{{ until }}止。")
        + p("H1", "二、收益")
        + body("乙方每年向甲方支付收益金人民币{{ yearly }}元（大写：{{ words }}），于{{ pay_by }}付清。")
        + p("H1", "三、双方责任")
        + body(
            "甲方有权查阅资产使用和经营情况，收益按通过的方案分配并公示。",
            "乙方不得转让、抵押受托资产，按约定优先吸纳贫困劳动力就业，负责资产的维护和安全。",
        )
        + p("H1", "四、违约责任")
        + close("乙方逾期支付收益金的，甲方可以解除协议、收回资产并依法追偿。本协议一式四份，自双方签章之日起生效。")
        + _signed("operator", "负责人（签字、盖章）")
    )


def loan_reminder() -> str:
    return (
        p("Title", "贷款到期提醒函")
        + lines(1)
        + p("To", "{{ head }}：")
        + body(
            "你户向{{ bank }}申请的扶贫小额信贷（借款合同：{{ contract }}），本金人民币{{ amount }}元，将于{{ due_on }}到期。"
        )
        + close(
            "请提前准备资金，按期归还，以免产生逾期利息、影响信用记录。确有困难、符合展期条件的，"
            "请在到期前向承贷银行提出申请，我单位协助办理。",
            "联系人：{{ contact }}，联系电话：{{ phone }}。",
        )
        + signed()
    )


MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "house_application": sheet(
        HouseApplication,
        household,
        facts("label", "grade"),
        facts("graded_by", "way"),
        facts("area_now", "area_new"),
        facts("subsidy", "own"),
        facts("review"),
        opinions,
        hand("验收情况", 950),
        hand("拨付记录", 950),
    ),
    "house_agreement": house_agreement,
    "house_acceptance": sheet(
        HouseAcceptance,
        household,
        facts("grade", "way"),
        facts("started_on", "finished_on"),
        facts("area_new", "subsidy"),
        room("safety", 2000),
        room("conclusion", 1500),
        signs("户主签名（按指印）", "社区验收人签名", "街道验收人签名", "住建部门验收人签名"),
        line="验收单位：{{ office }}",
        small="改造前、中、后照片附后。",
    ),
    "loan_application": sheet(
        LoanApplication,
        household,
        facts("label", "amount"),
        facts("term", "bank"),
        facts("purpose"),
        room("plan", 2000),
        hand("申请人", 1100, "以上情况属实，贷款用于所列生产经营，按期归还。", "户主（签名指印）：　　　　　　　　　　年　月　日"),
        opinions,
        line="受理单位：{{ office }}\t金额单位：元",
    ),
    "interest_form": sheet(
        InterestForm,
        household,
        facts("bank", "contract"),
        facts("amount", "rate"),
        facts("period"),
        facts("interest", "subsidy"),
        opinions,
        line="填报单位：{{ office }}\t金额单位：元",
    ),
    "loan_reminder": loan_reminder,
    "school_roster": roster(
        SchoolRoster, "rows", 8, 16, 16, 26, 17, 17, title="{{ term }}教育生活费补助申请名册",
        line="学校：{{ school }}　　填报单位：{{ office }}", sign="学校（盖章）：　　　　　　　　街道（盖章）：",
        small="本册含未成年人信息，仅供学校和主管部门使用，不得公开。",
    ),
    "medical_form": sheet(
        MedicalForm,
        household,
        facts("label", "patient"),
        facts("hospital"),
        facts("period"),
        facts("total", "insured"),
        facts("own", "subsidy"),
        room("basis", 900),
        opinions,
        line="填报单位：{{ office }}\t金额单位：元",
    ),
    "handover_slip": sheet(
        HandoverSlip,
        household,
        facts("label", "to"),
        room("reason", 1800),
        room("material", 1300),
        hand("移交单位", 1300, end="经办人（签名盖章）：　　　　　　　　　　年　月　日"),
        hand("接收部门", 1300, end="经办人（签名盖章）：　　　　　　　　　　年　月　日"),
        room("result", 1800),
        line="移交单位：{{ office }}",
    ),
    "share_scheme": sheet(
        ShareScheme,
        facts("asset"),
        facts("value", "shares"),
        room("rule", 1500),
        facts("adopted_on", "votes"),
        listing("rows", 1, 4, 2, 2, 3, height=400),
        signs("社区负责人签名", "监督委员会签名"),
        line="编制单位：{{ office }}",
    ),
    "operator_agreement": operator_agreement,
    "dividend_roster": roster(
        DividendRoster, "rows", 10, 24, 18, 24, 24, title="{{ year }}年资产收益分红发放表",
        line="{{ asset }}　　发放单位：{{ office }}　　总额：{{ total }}元",
        sign="制表人：　　　　　　　　审核人：　　　　　　　　社区负责人：",
    ),
}  # fmt: skip
