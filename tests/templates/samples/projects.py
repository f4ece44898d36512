"""Examples: projects and their money."""

from __future__ import annotations

from datetime import date

from rules.money import Yuan
from samples.people import OPINIONS, STREET
from templates.paper import Paper
from templates.payment_form import PaymentForm
from templates.payment_list import PaidHousehold, PaymentList
from templates.payment_roster import PaidPerson, PaymentRoster
from templates.performance_review import Indicator, PerformanceReview
from templates.procurement_record import Bidder, ProcurementRecord
from templates.project_acceptance import AcceptedItem, ProjectAcceptance
from templates.project_application import ProjectApplication


def samples() -> tuple[Paper, ...]:
    return (
        ProjectApplication(
            office=STREET,
            project="东兴社区水产养殖基地项目",
            place="东兴社区",
            owner="达濠街道办事处",
            category="产业发展",
            need="社区有养殖基础，可带动贫困户入股分红和就近务工。",
            content="改造鱼塘20亩，购置增氧设备12台。",
            budget=Yuan.of("480000"),
            source="财政扶贫资金、自筹",
            term="2017年9月至2018年3月",
            goal="带动15户48人，户均年增收3000元以上",
            benefit="贫困户15户48人，入股分红、务工",
            opinions=OPINIONS,
        ),
        ProcurementRecord(
            office=STREET,
            project="东兴社区水产养殖基地项目",
            way="询价",
            opened_on=date(2017, 9, 18),
            place="达濠街道办事处会议室",
            winner="濠江某设备公司",
            price=Yuan.of("86400"),
            reason="报价最低且符合技术要求",
            bidders=(
                Bidder(name="濠江某设备公司", offer=Yuan.of("86400"), remark="符合"),
                Bidder(name="汕头某机电公司", offer=Yuan.of("88900"), remark="符合"),
                Bidder(name="汕头某渔具公司", offer=Yuan.of("91200"), remark="符合"),
            ),
        ),
        PaymentForm(
            office=STREET,
            project="东兴社区水产养殖基地项目",
            contract="设备采购合同（2017年9月20日签订）",
            progress="设备已安装调试，验收合格",
            amount=Yuan.of("43200"),
            words="肆万叁仟贰佰元整",
            paid=Yuan.of("43200"),
            purpose="设备采购尾款",
            payee="濠江某设备公司",
            account="（按合同约定账户）",
            bank="汕头某银行濠江支行",
        ),
        ProjectAcceptance(
            office=STREET,
            project="东兴社区水产养殖基地项目",
            owner="达濠街道办事处",
            approval="汕濠扶组〔2017〕9号",
            accepted_on=date(2018, 3, 20),
            invested=Yuan.of("478600"),
            benefit="带动15户48人",
            conclusion="合格",
            rows=(
                AcceptedItem(serial=1, item="改造鱼塘", planned="20亩", done="20亩", quality="合格"),
                AcceptedItem(serial=2, item="购置增氧设备", planned="12台", done="12台", quality="合格"),
            ),
        ),
        PerformanceReview(
            office=STREET,
            project="东兴社区水产养殖基地项目",
            year=2018,
            funds=Yuan.of("480000"),
            spent=Yuan.of("478600"),
            score="92分",
            grade="优秀",
            problems="完善分红公示。",
            rows=(
                Indicator(serial=1, item="带动户数", goal="15户", actual="15户", points="20分"),
                Indicator(serial=2, item="户均年增收", goal="3000元", actual="3150元", points="30分"),
                Indicator(serial=3, item="资金支出率", goal="100%", actual="99.7%", points="24分"),
                Indicator(serial=4, item="群众满意度", goal="95%", actual="92%", points="18分"),
            ),
        ),
        PaymentRoster(
            office=STREET,
            item="教育生活费补助",
            period="2017年秋季学期",
            total=Yuan.of("3000"),
            rows=(
                PaidPerson(
                    serial=1,
                    name="陈树根",
                    id_no="110101197003073012",
                    bank="汕头某银行",
                    account="6222021234567890128",
                    amount=Yuan.of("1500"),
                ),
                PaidPerson(
                    serial=2,
                    name="林惜娇",
                    id_no="110101197208142028",
                    bank="汕头某银行",
                    account="6222021234567890136",
                    amount=Yuan.of("1500"),
                ),
            ),
        ),
        PaymentList(
            office=STREET,
            item="教育生活费补助",
            period="2017年秋季学期",
            starts_on=date(2017, 9, 11),
            ends_on=date(2017, 9, 18),
            total=Yuan.of("3000"),
            phone="0754-87380001",
            complaint_line="12317",
            rows=(
                PaidHousehold(serial=1, place="东兴社区", head="陈树根", amount=Yuan.of("1500")),
                PaidHousehold(serial=2, place="东兴社区", head="林惜娇", amount=Yuan.of("1500")),
            ),
        ),
    )
