"""Examples of minutes, cards, plans and other forms."""

from __future__ import annotations

from datetime import date

from rules.money import Yuan
from samples.people import COMMUNITY, HOUSEHOLD, NAMES, OPINIONS, STREET, name_of
from templates.change_form import Change, ChangeForm
from templates.delivery_receipt import DeliveryReceipt
from templates.help_card import Benefit, HelpCard, PlanLine
from templates.help_plan import HelpPlan, PlannedMeasure
from templates.paper import Paper
from templates.review_minutes import Attendee, ReviewCase, ReviewMinutes
from templates.revisit_record import RevisitRecord


def samples() -> tuple[Paper, ...]:
    here = dict(office=COMMUNITY, **HOUSEHOLD)
    return (
        ReviewMinutes(
            office=COMMUNITY,
            subject="2017年度拟退出贫困户",
            held_on=date(2017, 10, 20),
            place="东兴社区会议室",
            chair="郑立新",
            recorder="林晓敏",
            due=41,
            present=31,
            observers=2,
            quorum_met="符合",
            quorum_rule="到会人数超过应到人数的二分之一，同意票超过到会人数的二分之一",
            withdrew="无",
            tellers="蔡丽卿、黄锦泉",
            cases=tuple(
                ReviewCase(
                    serial=n,
                    head=NAMES[n],
                    size=3,
                    situation="收入、住房、教育、医疗情况已核",
                    agree=30,
                    oppose=1,
                    abstain=0,
                    conclusion="同意退出",
                )
                for n in range(1, 6)
            ),
            attendees=tuple(Attendee(serial=n, name=name_of(n + 5), capacity="居民代表") for n in range(1, 32)),
        ),
        HelpCard(
            office=STREET,
            year=2017,
            head="陈树根",
            area="达濠街道东兴社区",
            size=4,
            label="贫困户",
            helper="王敏",
            helper_unit="区教育局",
            helper_phone="13800000001",
            phone="0754-87380001",
            complaint_line="12317",
            benefits=(
                Benefit(name="基本医疗保险", content="个人缴费部分由财政全额资助"),
                Benefit(name="教育生活费补助", content="初中在校生每学年3000元"),
            ),
            plan=(
                PlanLine(content="介绍到本区企业稳定就业", done="已签订一年期劳动合同"),
                PlanLine(content="参加养殖技术培训"),
            ),
        ),
        HelpPlan(
            **here,
            label="贫困户",
            attribute="一般贫困户",
            main_cause="因病",
            needs="稳定就业、子女就学",
            target_year=2017,
            helper="王敏",
            helper_unit="区教育局",
            helper_phone="13800000001",
            measures=(
                PlannedMeasure(
                    year=2016,
                    programme="劳动力就业",
                    content="介绍到本区企业就业",
                    unit="区人社局",
                    term="2016年9月起",
                    gain=Yuan.of(18000),
                ),
                PlannedMeasure(
                    year=2017,
                    programme="产业发展",
                    content="入股水产养殖合作社",
                    unit="街道办事处",
                    funds=Yuan.of(5000),
                    term="2017年1月至12月",
                    gain=Yuan.of(600),
                ),
            ),
        ),
        ChangeForm(
            **here,
            kind="人口自然增加",
            reason="出生",
            effective_on=date(2017, 6, 2),
            evidence="出生医学证明、居民户口簿",
            changes=(Change(item="家庭成员", new="陈小满（之女）"), Change(item="家庭人口", old="3人", new="4人")),
            consequences="按4人重新核算人均收入",
            opinions=OPINIONS[:3],
        ),
        RevisitRecord(
            **here,
            exited_on=date(2017, 12, 28),
            occasion="2018年第一季度",
            due_on=date(2018, 3, 31),
            helper="王敏",
            helper_unit="区教育局",
            last_income="7403.09元",
        ),
        DeliveryReceipt(
            office=STREET,
            paper_title="不予认定告知书",
            recipient="吴𠮷祥",
        ),
    )
