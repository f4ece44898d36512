"""Examples of the papers of supervision; offices and people are invented."""

from __future__ import annotations

from datetime import date

from samples.people import BASIS, GROUP, GROUP_OFFICE, STREET
from templates.closing_approval import ClosingApproval
from templates.clue_transfer import ClueTransfer, Material
from templates.form import Opinion
from templates.interview_record import InterviewRecord
from templates.interview_summons import InterviewSummons
from templates.paper import Paper
from templates.rectification_commitment import RectificationCommitment
from templates.rectification_order import RectificationOrder
from templates.rectification_report import RectificationReport
from templates.supervision_circular import Problem, SupervisionCircular

PROBLEMS = (
    Problem(serial=1, text="2017年计划退出126人，实际退出58人，完成46%。"),
    Problem(serial=2, text="12户的回访逾期15个工作日以上，经催办、督办仍未办结。"),
)
CONTACT = {"contact": "黄小燕", "phone": "0754-87380002"}


def samples() -> tuple[Paper, ...]:
    return (
        SupervisionCircular(
            office=GROUP,
            printed_by=GROUP_OFFICE,
            to="各街道党工委、办事处，区直有关单位",
            subject=STREET,
            cause="未完成年度减贫任务",
            means="查阅台账和入户抽查",
            finding="截至2017年12月31日，全区计划退出500人，实际退出432人，多数街道按期完成任务。",
            problems=PROBLEMS,
            basis=BASIS,
            standard="逾期事项全部办结，未退出的户逐户分析原因、落实措施",
            within="30日",
            copies="区纪检监察机关",
        ),
        RectificationOrder(
            office=GROUP,
            to=STREET,
            you="你单位",
            means="查阅台账和入户抽查",
            problems=PROBLEMS,
            basis=BASIS,
            standard="逾期事项全部办结，未退出的户逐户落实措施",
            finish_by=date(2018, 2, 12),
            consequence="将约谈主要负责人",
            **CONTACT,
        ),
        RectificationReport(
            office=STREET,
            to=GROUP,
            matter="未完成年度减贫任务问题",
            order_number="汕濠扶组〔2018〕2号",
            ordered_on=date(2018, 1, 10),
            problems=PROBLEMS,
        ),
        InterviewSummons(
            office=GROUP,
            to="李志明（党工委书记）、吴建华（办事处主任）",
            reason="所在街道未完成2017年减贫任务且逾期未整改到位",
            basis=BASIS,
            on=date(2018, 3, 5),
            place="区政府三楼会议室",
            by_whom="区扶贫开发领导小组副组长",
            reply_by=date(2018, 3, 2),
            **CONTACT,
        ),
        InterviewRecord(
            office=GROUP_OFFICE,
            matter=f"{STREET}（未完成年度减贫任务）",
            who="李志明、吴建华",
            by_whom="区扶贫开发领导小组副组长",
            place="区政府三楼会议室",
            on=date(2018, 3, 5),
            held_on=date(2018, 3, 5),
            recorder="黄小燕",
            reason="2017年计划退出126人，实际退出58人。",
            statement="部分户的就业措施落实较晚，下半年收入未达到标准。",
            demands="5月底前逐户落实措施，每月报送进度。",
        ),
        RectificationCommitment(
            office=STREET,
            to=GROUP,
            reason="未完成2017年减贫任务",
            held_on=date(2018, 3, 5),
            demands="5月底前逐户落实措施，每月报送进度。",
            finish_by=date(2018, 5, 31),
        ),
        ClueTransfer(
            office=GROUP,
            to="汕头市濠江区纪检监察机关",
            subject="某单位工作人员",
            kind="弄虚作假",
            facts="抽查发现3户的入户核查表签名与本人不符，核查日期当天核查人员不在岗。",
            basis=BASIS,
            materials=(Material(serial=1, name="入户核查表复印件3份"), Material(serial=2, name="考勤记录1份")),
            **CONTACT,
        ),
        ClosingApproval(
            office=GROUP_OFFICE,
            matter=f"{STREET}（未完成年度减贫任务）",
            subject=STREET,
            opened_on=date(2018, 1, 5),
            finding="2017年计划退出126人，实际退出58人。",
            measure="约谈",
            done="68人逐户落实就业措施；逾期回访全部补办。",
            checked_on=date(2018, 6, 5),
            checkers="黄小燕、蔡晓",
            result="现场抽查15户，措施均已落实。",
            opinions=(Opinion(level="经办人意见"), Opinion(level="负责人意见")),
        ),
    )
