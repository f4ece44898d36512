"""Examples of the documents a person words."""

from __future__ import annotations

from datetime import date
from typing import Any

from samples.people import GROUP, GROUP_OFFICE
from templates.circular_notice import CircularNotice
from templates.document import AnnexName, Issuer, Section
from templates.joint_notice import JointNotice
from templates.meeting_minutes import MeetingMinutes, Settled
from templates.meeting_notice import MeetingNotice
from templates.official_letter import OfficialLetter
from templates.opinion import OpinionPaper
from templates.order import Order
from templates.paper import Paper
from templates.public_announcement import PublicAnnouncement
from templates.reply import Reply
from templates.report import Report
from templates.request import Request

STREETS = "各街道党工委、办事处"
PHONE = dict(contact="蔡晓", phone="0754-87380002")


def text(*lines: tuple[int, str]) -> tuple[Section, ...]:
    return tuple(Section(level=level, text=words) for level, words in lines)


def _common() -> dict[str, Any]:
    return dict(office=GROUP, printed_by=GROUP_OFFICE, copies="区直各帮扶单位")


def _upward() -> tuple[Paper, ...]:
    street = dict(office="达濠街道办事处", printed_by="达濠街道办事处", to=GROUP)
    return (
        Request(
            **street,
            **PHONE,
            subject="核定2017年退出贫困户",
            sections=text(
                (0, "根据《汕头市濠江区新时期精准扶贫精准脱贫三年攻坚实施方案》，我街道对拟退出户开展了逐户核查。"
                 "经入户核查、民主评议、户主认可和公示，12户42人达到退出条件。现将有关情况请示如下："),
                (1, "一、核查情况"),
                (0, "核查组由街道、社区和帮扶单位共同组成，逐户核对收入和“八有”情况，公示期内未收到异议。"),
                (1, "二、请示事项"),
                (0, "请核定上述12户42人退出，名单和核查材料随文报送。"),
            ),
        ),
        Report(
            **street,
            **PHONE,
            subject="2017年上半年精准扶贫工作情况",
            sections=text(
                (0, "现将我街道2017年上半年精准扶贫工作情况报告如下："),
                (1, "一、主要工作"),
                (2, "（一）落实帮扶责任"),
                (0, "全街道贫困户均有帮扶责任人，上半年入户走访426人次。"),
                (2, "（二）推进到户项目"),
                (0, "1. 组织技能培训3期，培训贫困劳动力58人。"),
                (0, "2. 新增稳定就业21人。"),
                (1, "二、存在问题"),
                (0, "部分户收入来源单一，稳定性有待提高。"),
                (1, "三、下一步工作"),
                (0, "逐户完善帮扶计划，抓好年度退出核查准备。"),
            ),
        ),
    )  # fmt: skip


def _downward() -> tuple[Paper, ...]:
    return (
        Reply(
            **_common(),
            subject="达濠街道产业扶贫基地选址",
            to="达濠街道党工委、办事处",
            request="关于产业扶贫基地选址的请示",
            request_number="达街〔2017〕36号",
            sections=text(
                (0, "一、原则同意你街道在东兴社区建设产业扶贫基地，用地面积以国土部门核定为准。"),
                (0, "二、请依法办理用地、环保等手续，项目资金专款专用，并按规定公示。"),
            ),
        ),
        CircularNotice(
            **_common(),
            subject="做好2017年度贫困户动态调整工作",
            to=STREETS + "，区直各帮扶单位",
            sections=text(
                (0, "为做好2017年度贫困户动态调整工作，现就有关事项通知如下："),
                (1, "一、调整范围"),
                (0, "本次调整包括家庭成员增减、户主变更、错评剔除和漏评补录。"),
                (1, "二、办理程序"),
                (0, "按照入户核实、民主评议、公示公告、逐级审定的程序办理，不得以指标代替标准。"),
                (1, "三、时间安排"),
                (0, "各街道应于2017年11月30日前完成入户核实，并将有关材料报区扶贫开发领导小组办公室。"),
            ),
            annexes=(AnnexName(name="动态调整登记表"), AnnexName(name="动态调整情况汇总表")),
        ),
        JointNotice(
            office="汕头市濠江区教育局",
            printed_by="汕头市濠江区教育局办公室",
            issuers=(Issuer(name="汕头市濠江区财政局"), Issuer(name="汕头市濠江区扶贫开发领导小组办公室")),
            subject="做好建档立卡学生生活费补助发放工作",
            to="区属各学校，各街道办事处",
            sections=text(
                (0, "为落实教育扶贫政策，现就2017年秋季学期建档立卡学生生活费补助发放工作通知如下："),
                (0, "一、各学校应于9月30日前完成学生身份核对，名册由街道复核后报区教育局。"),
                (0, "二、补助资金由区财政局统一发放到户，不得截留、抵扣。"),
            ),
        ),
        MeetingNotice(
            **_common(),
            **PHONE,
            subject="召开全区精准扶贫工作推进会",
            to=STREETS + "，区直各帮扶单位",
            sections=text((0, "经研究，定于2017年9月5日召开全区精准扶贫工作推进会。现将有关事项通知如下：")),
            held_at="2017年9月5日（星期二）上午9时",
            place="区行政中心二楼会议室",
            attending="各街道主要负责人、分管负责人，区直各帮扶单位主要负责人",
            annexes=(AnnexName(name="参会回执"),),
        ),
    )  # fmt: skip


def samples() -> tuple[Paper, ...]:
    return (
        *_upward(),
        *_downward(),
        OfficialLetter(
            office=GROUP_OFFICE,
            copies="区民政局",
            subject="商请提供持证残疾人信息",
            to="区残疾人联合会",
            sections=text((0, "为做好2017年度贫困户信息核对工作，现商请贵单位提供截至2017年9月30日的持证残疾人名单"
                           "（姓名、证件号码、残疾等级）。所提供信息仅用于身份核对，我办按规定保密。"),),
            closing="请予支持，并于2017年10月15日前函复为盼。",
            annexes=(AnnexName(name="信息核对名单"),),
            **PHONE,
        ),
        OpinionPaper(
            office="中共汕头市濠江区委　汕头市濠江区人民政府",
            mark="中共汕头市濠江区委",
            printed_by="中共汕头市濠江区委办公室",
            copies="",
            subject="新时期精准扶贫精准脱贫三年攻坚",
            form="实施",
            adopted_on=date(2017, 7, 3),
            to=STREETS + "，区直各单位",
            sections=text(
                (0, "为深入贯彻落实上级关于新时期精准扶贫精准脱贫的决策部署，结合我区实际，现提出如下实施意见。"),
                (1, "一、总体要求"),
                (2, "（一）指导思想"),
                (0, "坚持精准扶贫、精准脱贫基本方略，坚持分类施策，确保帮扶到户到人。"),
                (2, "（二）目标任务"),
                (0, "到2018年，现行标准下相对贫困人口稳定脱贫。"),
            ),
        ),
        PublicAnnouncement(
            **_common(),
            subject="公布精准扶贫监督举报方式",
            sections=text((0, "为接受社会监督，现将我区精准扶贫监督举报方式予以公告：来信请寄区扶贫开发领导小组办公室。"),),
        ),
        Order(
            office="汕头市濠江区人民政府",
            printed_by="汕头市濠江区人民政府办公室",
            sections=text((0, "《汕头市濠江区扶贫资金管理办法》已经区人民政府常务会议通过，现予公布，自公布之日起施行。"),),
            signer_title="区长",
        ),
        MeetingMinutes(
            office=GROUP,
            printed_by=GROUP_OFFICE,
            subject="区扶贫开发领导小组2017年第三次会议",
            held_on=date(2017, 12, 20),
            place="区行政中心二楼会议室",
            chair="领导小组组长庄伟明",
            summary="会议听取了2017年贫困户退出核查情况汇报，审议了退出名单。",
            settled=(
                Settled(serial=1, matter="同意2017年贫困户退出名单，由区扶贫办发布公告。", owner="区扶贫办",
                        due_on=date(2017, 12, 29)),
                Settled(serial=2, matter="对暂不核定退出的户，责成帮扶单位逐户制定帮扶措施。", owner="各帮扶单位",
                        due_on=date(2018, 1, 31)),
                Settled(serial=3, matter="加强退出户跟踪回访，防止返贫。", owner="各街道"),
            ),
            attending="区委、区政府分管领导，领导小组各成员单位负责人",
            observing="各街道主要负责人",
        ),
    )  # fmt: skip
