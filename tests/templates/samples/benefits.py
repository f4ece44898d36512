"""Examples: houses, loans, school, health, assets."""

from __future__ import annotations

from datetime import date

from rules.money import Yuan
from samples.people import HOUSEHOLD, OPINIONS, STREET, name_of
from templates.dividend_roster import Dividend, DividendRoster
from templates.handover_slip import HandoverSlip
from templates.house_acceptance import HouseAcceptance
from templates.house_agreement import HouseAgreement
from templates.house_application import HouseApplication
from templates.interest_form import InterestForm
from templates.loan_application import LoanApplication
from templates.loan_reminder import LoanReminder
from templates.medical_form import MedicalForm
from templates.operator_agreement import OperatorAgreement
from templates.paper import Paper
from templates.school_roster import Pupil, SchoolRoster
from templates.share_scheme import Share, ShareScheme

SIZES = (4, *(3,) * 12, 4, 4)  # of the fifteen households that hold shares


def samples() -> tuple[Paper, ...]:
    return (
        HouseApplication(
            office=STREET,
            **HOUSEHOLD,
            label="贫困户",
            grade="D级",
            graded_by="区住建局",
            way="拆除重建",
            area_now="58平方米",
            area_new="65平方米",
            subsidy=Yuan.of("40000"),
            own=Yuan.of("20000"),
            review="评议通过，公示无异议",
            opinions=OPINIONS,
        ),
        HouseAgreement(
            office=STREET,
            head="陈树根",
            area="达濠街道东兴社区",
            way="拆除重建",
            size_new="65平方米",
            subsidy=Yuan.of("40000"),
            words="肆万元整",
            start_on=date(2017, 10, 8),
            end_on=date(2018, 3, 31),
            form_no="危改2017-0012",
        ),
        HouseAcceptance(
            office=STREET,
            **HOUSEHOLD,
            grade="D级",
            way="拆除重建",
            started_on=date(2017, 10, 8),
            finished_on=date(2018, 3, 20),
            area_new="65平方米",
            subsidy=Yuan.of("40000"),
            safety="主体结构安全，水电齐全。",
            conclusion="合格",
        ),
        LoanApplication(
            office=STREET,
            **HOUSEHOLD,
            label="贫困户",
            amount=Yuan.of("30000"),
            term="24个月",
            purpose="购买养殖饲料和鱼苗",
            bank="汕头某银行濠江支行",
            plan="年养殖收入预计25000元，按季付息、到期还本。",
            opinions=OPINIONS,
        ),
        InterestForm(
            office=STREET,
            **HOUSEHOLD,
            bank="汕头某银行濠江支行",
            contract="2017年第0132号",
            amount=Yuan.of("30000"),
            rate="4.35%",
            period="2017年10月1日至2017年12月31日",
            interest=Yuan.of("326.25"),
            subsidy=Yuan.of("326.25"),
            opinions=OPINIONS,
        ),
        LoanReminder(
            office=STREET,
            head="陈树根",
            bank="汕头某银行濠江支行",
            contract="2017年第0132号",
            amount=Yuan.of("30000"),
            due_on=date(2019, 9, 30),
            contact="林晓敏",
            phone="0754-87380001",
        ),
        SchoolRoster(
            office=STREET,
            school="濠江区某中学",
            term="2017年秋季学期",
            rows=(
                Pupil(
                    serial=1,
                    name="陈楚楚",
                    head="陈树根",
                    stage="初中一年级2班",
                    standard=Yuan.of("1500"),
                    amount=Yuan.of("1500"),
                ),
                Pupil(
                    serial=2,
                    name="欧阳小雨",
                    head="欧阳文海",
                    stage="初中二年级1班",
                    standard=Yuan.of("1500"),
                    amount=Yuan.of("1500"),
                ),
            ),
        ),
        MedicalForm(
            office=STREET,
            **HOUSEHOLD,
            label="贫困户",
            patient="林惜娇",
            hospital="濠江区人民医院",
            period="2017年5月3日至5月16日",
            total=Yuan.of("18400"),
            insured=Yuan.of("11200"),
            own=Yuan.of("7200"),
            subsidy=Yuan.of("5760"),
            basis="医疗救助有关规定",
            opinions=OPINIONS,
        ),
        HandoverSlip(
            office=STREET,
            **HOUSEHOLD,
            label="贫困户",
            to="区民政局",
            reason="家庭无劳动能力，人均收入低于低保标准",
            material="收入核算表、入户调查表、身份证明复印件",
        ),
        ShareScheme(
            office=STREET,
            asset="东兴社区水产养殖基地",
            value=Yuan.of("480000"),
            shares=480,
            rule="每股1000元，户股与集体股按七三比例设置，户股按受益人口平均量化。",
            adopted_on=date(2018, 4, 10),
            votes="应到41人，实到35人，同意33票",
            rows=(
                *(
                    Share(serial=n, holder=name_of(n - 1), people=size, count=7 * size)
                    for n, size in enumerate(SIZES, 1)
                ),
                Share(serial=16, holder="东兴社区集体", people=0, count=144),
            ),
        ),
        OperatorAgreement(
            office=STREET,
            operator="濠江某水产专业合作社",
            asset="东兴社区水产养殖基地",
            value=Yuan.of("480000"),
            since=date(2018, 5, 1),
            until=date(2021, 4, 30),
            yearly=Yuan.of("38400"),
            words="叁万捌仟肆佰元整",
            pay_by="每年12月20日前",
            form_no="资产2018-0003",
        ),
        DividendRoster(
            office=STREET,
            asset="东兴社区水产养殖基地",
            year=2018,
            total=Yuan.of("26880"),
            rows=tuple(
                Dividend(serial=n, holder=name_of(n - 1), count=7 * size, amount=Yuan.of(80 * 7 * size))
                for n, size in enumerate(SIZES, 1)
            ),
        ),
    )
