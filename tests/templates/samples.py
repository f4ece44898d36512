"""One filled example of every paper, with invented people; tests and the pictures in docs/papers/ use the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.money import Yuan
from rules.privacy import PublicRow
from templates.acceptance_notice import AcceptanceNotice, Missing
from templates.change_form import Change, ChangeForm
from templates.consolidation_opinion import ConsolidationOpinion
from templates.delivery_receipt import DeliveryReceipt
from templates.exit_acceptance import ExitAcceptance, SeenItem
from templates.exit_announcement import ExitAnnouncement
from templates.exit_checklist import CheckedItem, ExitChecklist
from templates.exit_letter import Continuing, ExitLetter
from templates.exit_publicity import ExitPublicity
from templates.exit_reply import ExitReply, HeldRow
from templates.form import Member, Opinion
from templates.help_card import Benefit, HelpCard, PlanLine
from templates.help_plan import HelpPlan, PlannedMeasure
from templates.identification_announcement import IdentificationAnnouncement
from templates.identification_form import IdentificationForm
from templates.identification_publicity import FirstPublicity, SecondPublicity
from templates.income_sheet import ExitIncomeSheet, IncomeItem, IncomeSheet
from templates.objection_reply import ObjectionReply
from templates.paper import Paper
from templates.reentry_form import ReentryForm
from templates.refusal_letter import RefusalLetter
from templates.review_minutes import Attendee, ReviewCase, ReviewMinutes
from templates.revisit_record import RevisitRecord

BASIS = "《广东省农村扶贫开发条例》和汕濠〔2017〕7号文件"
GROUP_OFFICE = "汕头市濠江区扶贫开发领导小组办公室"
NAMES = ("陈树根", "林惜娇", "欧阳文海", "吴𠮷祥", "郑楚", "李阿弟", "黄锦泉", "蔡丽卿", "杨木水", "纪大头")


def public_rows(count: int, place: str = "第{}居民小组") -> tuple[PublicRow, ...]:
    return tuple(
        PublicRow(serial=n, place=place.format(n % 7 + 1), head=NAMES[n % 10], size=n % 6 + 1)
        for n in range(1, count + 1)
    )


def _publicity() -> dict[str, Any]:
    return dict(
        office="达濠街道东兴社区居民委员会",
        year=2017,
        label="贫困户",
        area="东兴社区",
        basis=BASIS,
        after="入户核查、民主评议、逐项核实和户主认可",
        starts_on=date(2017, 11, 6),
        ends_on=date(2017, 11, 13),
        period="7日",
        place="东兴社区居民委员会一楼办事大厅",
        phone="0754-87380001",
        complaint_line="12317",
        rows=public_rows(9),
    )


def _announcement() -> dict[str, Any]:
    return dict(
        office=GROUP_OFFICE,
        printed_by=GROUP_OFFICE,
        year=2017,
        label="贫困户",
        area="全区7个街道共",
        basis=BASIS,
        after="民主评议、入户核实、户主认可和公示",
        decided_by="区扶贫开发领导小组",
        review_until=date(2018, 1, 12),
        review_office="区扶贫开发领导小组办公室",
        phone="0754-87380002",
        complaint_line="12317",
        copies="各街道党工委、办事处，区直各帮扶单位",
        rows=public_rows(23, "达濠街道东兴社区"),
    )


COMMUNITY = "达濠街道东兴社区居民委员会"
STREET = "达濠街道办事处"
CONTINUES = "退出后至2018年12月31日继续享受相关帮扶政策，帮扶责任人不变"
HOUSEHOLD: dict[str, Any] = dict(head="陈树根", household_no="4405120010010001", area="达濠街道东兴社区", size=4)
INCOME: dict[str, Any] = dict(
    year=2017,
    period="2016年11月1日至2017年10月31日",
    method="退出核算口径（含低保金，不含一次性救助）",
    total=Yuan.of("29,612.35"),
    per_head=Yuan.of("7,403.09"),
    line=Yuan.of("6883"),
    line_basis="粤扶组〔2016〕12号",
)
MEMBERS = (
    Member(name="陈树根", sex="男", relation="户主", id_no="110101197003073012", health="健康", labour="普通劳动力"),
    Member(
        name="林惜娇",
        sex="女",
        relation="配偶",
        id_no="110101197208142028",
        health="长期慢性病",
        labour="弱劳动力或半劳动力",
    ),
    Member(name="陈𠮷祥", sex="男", relation="之子", id_no="110101200502110017", health="健康", labour="无劳动力"),
    Member(name="陈楚楚", sex="女", relation="之女", id_no="110101200903150028", health="健康", labour="无劳动力"),
)
OPINIONS = (
    Opinion(level="社区意见", text="经入户调查和民主评议，情况属实，同意上报。", by="林晓敏", on=date(2017, 8, 21)),
    Opinion(level="街道审核意见", text="经审核，材料齐全、程序完备，同意上报。", by="郑立新", on=date(2017, 9, 4)),
    Opinion(level="区扶贫办复核意见"),
    Opinion(level="领导小组审定意见"),
)
CONDITIONS = (
    "有稳定收入来源且吃穿不愁",
    "有安全住房",
    "有安全饮用水",
    "有电用",
    "义务教育有保障",
    "基本医疗有保障",
    "有电视信号覆盖",
    "有网络信号覆盖",
)


def _letters() -> tuple[Paper, ...]:
    return (
        AcceptanceNotice(
            office=COMMUNITY,
            head="陈树根",
            matter="贫困户认定",
            applied_on=date(2017, 7, 12),
            missing=(
                Missing(serial=1, material="家庭成员的居民户口簿复印件"),
                Missing(serial=2, material="全体成年家庭成员签名的家庭经济状况核查授权书"),
            ),
            bring_by=date(2017, 7, 31),
            handler="林晓敏",
            phone="0754-87380001",
        ),
        RefusalLetter(
            office=STREET,
            head="吴𠮷祥",
            matter="贫困户认定",
            label="贫困户",
            applied_on=date(2017, 7, 12),
            facts="你户家庭人口3人，2016年家庭可支配收入46,200元，人均15,400元，高于当年认定标准；住房、教育、医疗均有保障。",
            basis=BASIS,
            decided_by="区扶贫开发领导小组",
            review_within="60日",
            review_office=GROUP_OFFICE,
            phone="0754-87380002",
            complaint_line="12317",
        ),
        ExitLetter(
            office=STREET,
            head="陈树根",
            year=2017,
            label="贫困户",
            announced_on=date(2017, 12, 28),
            announcement="《关于2017年退出贫困户的公告》（汕濠扶办〔2017〕35号）",
            continues=CONTINUES + "。",
            benefits=(
                Continuing(name="城乡居民基本医疗保险个人缴费资助", until="至2018年12月31日"),
                Continuing(name="子女在校生活费补助", until="至学业完成"),
            ),
            helper="王敏",
            helper_unit="区教育局",
            helper_phone="13800000001",
            phone="0754-87380001",
            complaint_line="12317",
        ),
        ConsolidationOpinion(
            office=STREET,
            to=GROUP_OFFICE,
            head="陈树根",
            household_no="4405120010010001",
            community="东兴社区",
            size=4,
            label="贫困户",
            exited_on=date(2017, 12, 28),
            consolidated_until=date(2018, 12, 31),
            revisits=4,
            last_revisit_on=date(2018, 11, 20),
            finding="2018年人均可支配收入8,120元，住房、教育、医疗均有保障，无返贫风险。",
            basis=BASIS,
        ),
        ObjectionReply(
            office=COMMUNITY,
            case_no="东兴异议〔2017〕3号",
            received_on=date(2017, 11, 8),
            manner="来访",
            objector="杨木水",
            about="陈树根户拟退出",
            content="反映该户外出务工收入不稳定，不应退出。",
            taken_by="林晓敏",
            answer_by=date(2017, 11, 22),
            facts="该户2017年在本区企业务工10个月，工资流水与申报一致。",
            answer="该户收入核算属实，符合退出条件，维持拟退出意见。",
            basis=BASIS,
            review_within="30日",
            review_office=STREET,
            phone="0754-87380003",
        ),
    )


def _published() -> tuple[Paper, ...]:
    identified = _publicity() | {"after": "入户核查、信息核对和民主评议"}
    street = identified | {"office": STREET, "area": "达濠街道", "rows": public_rows(31, "东兴社区")}
    return (
        FirstPublicity(**identified),
        SecondPublicity(**street),
        IdentificationAnnouncement(**_announcement()),
        ExitPublicity(**_publicity()),
        ExitReply(
            office="汕头市濠江区扶贫开发领导小组",
            printed_by=GROUP_OFFICE,
            to="达濠街道党工委、办事处",
            year=2017,
            label="贫困户",
            request="关于核定2017年退出贫困户的请示",
            request_number="达街〔2017〕48号",
            basis=BASIS,
            decided_by="区扶贫开发领导小组",
            decided_on=date(2017, 12, 20),
            rows=public_rows(12, "东兴社区"),
            held=(HeldRow(serial=1, place="东兴社区", head="蔡丽卿", reason="住房鉴定为D级，改造未验收"),),
            continues="退出户在2018年12月31日前继续享受相关帮扶政策。",
            copies="区直各帮扶单位",
        ),
        ExitAnnouncement(
            **_announcement(),
            continues="上述对象退出后，在巩固期内（至2018年12月31日）原有帮扶政策和帮扶责任人不变。",
        ),
    )


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


def _forms() -> tuple[Paper, ...]:
    whole = dict(office=COMMUNITY, **HOUSEHOLD, **INCOME)
    return (
        IncomeSheet(**_income()),
        ExitIncomeSheet(**_income()),
        IdentificationForm(
            **whole,
            label="贫困户",
            applied_on=date(2017, 7, 12),
            attribute="一般贫困户",
            main_cause="因病",
            members=MEMBERS,
            review="同意28票、反对1票、弃权2票",
            publicity="2017年8月1日至8日，无异议",
            opinions=OPINIONS,
        ),
        ReentryForm(
            **whole,
            label="贫困户",
            exited_on=date(2016, 12, 30),
            trigger="户主因工伤失去劳动能力",
            found_on=date(2018, 5, 9),
            finding="经入户核查，家庭主要收入中断，人均可支配收入低于当年标准。",
            members=MEMBERS,
            opinions=OPINIONS,
        ),
        ExitChecklist(
            **whole,
            label="贫困户",
            track="有劳动能力",
            checklist="“八有”脱贫标准",
            basis=BASIS,
            items=tuple(
                CheckedItem(
                    serial=n,
                    name=name,
                    verdict="达标",
                    evidence="证明材料第" + str(n) + "号",
                    certifier="区住建局",
                    verifier="郑楚",
                    found_on=date(2017, 10, n),
                )
                for n, name in enumerate(CONDITIONS, 1)
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


def _more_forms() -> tuple[Paper, ...]:
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
            attendees=tuple(Attendee(serial=n, name=NAMES[n % 10], capacity="居民代表") for n in range(1, 32)),
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


def samples() -> tuple[Paper, ...]:
    return (*_letters(), *_published(), *_forms(), *_more_forms())
