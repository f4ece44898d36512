"""Examples of documents and notices of particular subjects."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.money import Yuan
from samples.generic import PHONE, STREETS, text
from samples.people import BASIS, COMMUNITIES, COMMUNITY, DISTRICT, GROUP, GROUP_OFFICE, STREET, public_rows
from templates.annual_report import AnnualReport
from templates.assessment_result import AssessmentResult, Graded
from templates.assessment_scheme import AssessmentScheme
from templates.bulletin import Bulletin
from templates.chain_letter import DistrictOpinion, StreetExitOpinion, StreetOpinion
from templates.document import AnnexName
from templates.evaluation_report import EvaluationReport, Rate
from templates.exit_publicity import StreetExitPublicity
from templates.forwarding_letter import ForwardingLetter
from templates.fund_announcement import Allocation, FundAnnouncement
from templates.fund_notice import AuditNotice, FundFlowNotice, FundLine
from templates.paper import Paper
from templates.poverty_day import PovertyDayPlan, PovertyDaySummary
from templates.project_approval import ProjectApproval
from templates.project_notice import ProjectEndNotice, ProjectStartNotice
from templates.reduction_plan import ReductionPlan, Target

PHONES = {"phone": "0754-87380002", "complaint_line": "12317"}
GROUP_BY = {"office": GROUP, "printed_by": GROUP_OFFICE}


def _chain() -> tuple[Paper, ...]:
    rows, homes = public_rows(6, *COMMUNITIES), public_rows(7, *DISTRICT)
    entry, entry_list = "关于2017年拟认定贫困户名单的", "2017年拟认定贫困户名单"
    return (
        ForwardingLetter(office=COMMUNITY, subject="关于报送2017年拟认定贫困户名单的函", to=STREET, rows=public_rows(6), listed=entry_list,
                         done="经入户调查、民主评议，并于2017年8月1日至2017年8月8日公示，公示期满无异议",
                         opinion="以上各户材料齐全，请予审核。", contact="林晓兰", phone="0754-87380002"),
        StreetOpinion(office=STREET, subject=entry + "审核意见", to=GROUP_OFFICE, rows=rows, listed=entry_list,
                      done="经入户抽查、材料审核，并于2017年8月22日至2017年8月29日公示，公示期满无异议",
                      opinion="经审核，上述各户符合认定条件，同意上报。"),
        DistrictOpinion(office=GROUP_OFFICE, subject=entry + "复核意见", to=GROUP, rows=homes, listed=entry_list, done="经信息核对和抽样复核，各街道公示期满无异议",
                        opinion="经复核，上述各户程序完备，建议予以认定。"),
        StreetExitOpinion(office=STREET, subject="关于2017年拟退出贫困户名单的审核意见", to=GROUP_OFFICE, rows=rows,
                          listed="2017年拟退出贫困户名单", done="经民主评议、入户核查、户主认可，并于2017年11月15日至2017年11月22日公示，公示期满无异议",
                          opinion="经审核，上述各户达到退出条件，同意上报。"),
        StreetExitPublicity(office=STREET, year=2017, label="贫困户", leaving="退出", area="达濠街道", basis=BASIS,
                            after="民主评议、入户核查和户主认可", starts_on=date(2017, 11, 15), ends_on=date(2017, 11, 22),
                            period="7日", place="达濠街道办事处办事大厅", rows=public_rows(12, *COMMUNITIES), **PHONES),
    )  # fmt: skip


def _project() -> dict[str, Any]:
    return dict(
        office=STREET, project="东兴社区水产养殖基地项目", place="东兴社区", content="改造鱼塘20亩，购置增氧设备12台", standard="每户入股资金2万元",
        amount=Yuan.of(480000), source="财政扶贫资金、自筹", term="2017年9月至2018年3月", owner=STREET, in_charge="郑立新",
        goal="带动15户48人，户均年增收3000元以上", benefit="贫困户15户48人，入股分红、就近务工", starts_on=date(2017, 9, 4),
        ends_on=date(2017, 9, 11), **PHONES,
    )  # fmt: skip


def _money() -> tuple[Paper, ...]:
    lines = (
        FundLine(serial=1, item="产业发展", planned=Yuan.of(480000), used=Yuan.of(478600), left=Yuan.of(1400)),
        FundLine(serial=2, item="危房改造", planned=Yuan.of(240000), used=Yuan.of(240000), left=Yuan.of(0)),
    )
    fund = {"office": GROUP_OFFICE, "starts_on": date(2018, 1, 8), "ends_on": date(2018, 1, 15), "rows": lines} | PHONES
    return (
        ProjectStartNotice(stage="实施前", **_project()),
        ProjectEndNotice(stage="完成", result="已按批复内容完成并验收合格。",
                         **_project() | {"starts_on": date(2018, 4, 2), "ends_on": date(2018, 4, 9)}),
        ProjectApproval(
            **GROUP_BY, subject="东兴社区水产养殖基地项目立项", to="达濠街道党工委、办事处", copies="区财政局",
            request="关于东兴社区水产养殖基地项目立项的请示", request_number="达街〔2017〕40号", project="东兴社区水产养殖基地项目",
            place="东兴社区", content="改造鱼塘20亩，购置增氧设备12台。", amount=Yuan.of(480000), source="财政扶贫资金和自筹资金",
            term="2017年9月至2018年3月", owner=STREET, goal="带动贫困户15户48人，户均年增收3000元以上。",
            sections=text((0, "请抓紧组织实施，于2018年4月底前申请验收。"),),
        ),
        FundAnnouncement(
            **GROUP_BY, subject="2017年度扶贫资金分配结果", total=Yuan.of(720000), **PHONES,
            sections=text((0, "根据扶贫资金管理有关规定，经区扶贫开发领导小组审定，现将2017年度扶贫资金分配结果予以公告。"),),
            rows=(Allocation(serial=1, receiver=STREET, purpose="产业发展", amount=Yuan.of(480000)),
                  Allocation(serial=2, receiver="河浦街道办事处", purpose="危房改造", amount=Yuan.of(240000))),
        ),
        FundFlowNotice(what="2017年度扶贫资金流向", finding="资金拨付、使用和结余情况如下：", **fund),
        AuditNotice(what="2017年度扶贫资金审计结果", finding="审计未发现截留、挪用资金情形，结余资金已按规定收回。", **fund),
    )  # fmt: skip


def _plans() -> tuple[Paper, ...]:
    return (
        ReductionPlan(
            **GROUP_BY, subject="下达2017年减贫计划", to=STREETS, year=2017,
            sections=text((0, "根据三年攻坚目标任务，现将2017年减贫计划下达给你们，请结合实际抓好落实。"),),
            rows=(Target(serial=1, street="达濠街道", households=62, people=158),
                  Target(serial=2, street="河浦街道", households=71, people=187)),
        ),
        AssessmentScheme(
            **GROUP_BY, subject="开展2017年度精准扶贫考核工作", to=STREETS + "，区直各帮扶单位",
            sections=text(
                (0, "现将2017年度精准扶贫考核工作有关事项通知如下："), (1, "一、考核对象"), (0, "各街道、区直各帮扶单位。"),
                (1, "二、考核内容和分值"), (0, "减贫成效30分、精准识别20分、精准帮扶30分、资金管理20分。"),
                (1, "三、考核方法"), (0, "查阅台账、抽户核查、满意度调查。"), (1, "四、考核程序"),
                (0, "自查自评、实地考核、综合评定。"), (1, "五、结果运用"), (0, "考核结果予以通报，并作为评先评优的依据。")),
            annexes=(AnnexName(name="年度考核评分表"),),
        ),
        AssessmentResult(
            **GROUP_BY, subject="2017年度精准扶贫考核结果", to=STREETS, copies="区委组织部",
            sections=text((0, "2017年度精准扶贫考核工作已经结束，考核结果经区扶贫开发领导小组审定，现予通报。"),
                          (0, "各单位要对照考核发现的问题，逐项整改落实。")),
            rows=(Graded(serial=1, unit="达濠街道", points="94.5分", grade="优秀"),
                  Graded(serial=2, unit="河浦街道", points="88.0分", grade="良好")),
        ),
    )  # fmt: skip


def _reports() -> tuple[Paper, ...]:
    return (
        AnnualReport(
            office=STREET, printed_by=STREET, to=GROUP, **PHONE, subject="2017年度精准扶贫工作情况",
            sections=text(
                (0, "现将我街道2017年度精准扶贫工作情况报告如下："), (1, "一、基本情况和目标完成情况"), (0, "年度减贫62户158人。"),
                (1, "二、主要做法"), (0, "落实六大工程，帮扶到户到人。"), (1, "三、资金使用和项目"), (0, "使用资金48万元。"),
                (1, "四、考核督查和整改"), (0, "发现问题3项，均已整改。"), (1, "五、存在问题"), (0, "产业带动能力有待提高。"),
                (1, "六、下一年度安排"), (0, "抓好退出户跟踪回访。")),
            annexes=(AnnexName(name="2017年度减贫情况表"),),
        ),
        Bulletin(office=GROUP_OFFICE, issue=3, subject="达濠街道开展技能培训促就业", sent_to="区委、区政府领导，各街道，各帮扶单位",
                 sections=text((0, "9月上旬，达濠街道举办技能培训班，58名贫困劳动力参加，21人与企业达成就业意向。"),)),
        EvaluationReport(
            office="某评估机构", client=GROUP_OFFICE, subject="2017年濠江区精准扶贫工作",
            sections=text((1, "一、评估方法"), (0, "采用分层随机抽样入户调查和资料核查。"), (1, "二、评估结论"),
                          (0, "识别和退出总体准确，群众认可度较高。"), (1, "三、建议"), (0, "完善收入佐证材料。")),
            rows=(Rate(serial=1, item="识别准确率", value="99.2%", basis="抽样240户"),
                  Rate(serial=2, item="退出准确率", value="99.6%", basis="抽样240户")),
        ),
        PovertyDayPlan(office=GROUP_OFFICE, subject="2017年扶贫日活动方案",
                       sections=text((1, "一、活动时间"), (0, "2017年10月17日。"), (1, "二、活动内容"), (0, "走访慰问、捐助、政策宣传。"))),
        PovertyDaySummary(office=GROUP_OFFICE, subject="2017年扶贫日活动总结",
                          sections=text((1, "一、开展情况"), (0, "走访贫困户120户，募集款物12万元。"), (1, "二、体会"),
                                        (0, "社会力量参与面进一步扩大。"))),
    )  # fmt: skip


def samples() -> tuple[Paper, ...]:
    return (*_chain(), *_plans(), *_money(), *_reports())
