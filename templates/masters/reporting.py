"""Masters of reports, assessment, visits and training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.leader_visit import LeaderVisit
from templates.masters.letter import signed
from templates.masters.sheet import facts, hand, heading, listing, room, roster, sheet, signs
from templates.page import Sheet
from templates.periodic_report import PeriodicReport
from templates.satisfaction_summary import SatisfactionSummary
from templates.satisfaction_survey import SatisfactionSurvey
from templates.score_sheet import ScoreSheet
from templates.training_sheet import TrainingSheet
from templates.wordml import body, close, lines, p


def training_certificate() -> str:
    return (
        p("FormLine", "编号：{{ form_no }}")
        + lines(2)
        + p("Title", "培训证书")
        + lines(1)
        + p("Plain", "{{ name }}同志：")
        + body("于{{ since }}至{{ until }}参加{{ course }}，共{{ hours }}学时，考核合格。")
        + close("特发此证。")
        + signed()
    )


MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "periodic_report": roster(
        PeriodicReport, "rows", 8, 40, 13, 13, 13, 13, title="{{ period }}工作进展报表",
        line="填报单位：{{ office }}", sign="填表人：{{ maker }}　　　　　　审核人：{{ checker }}　　　　　　单位负责人：",
    ),
    "score_sheet": sheet(
        ScoreSheet,
        facts("assessed", "total"),
        heading("评分"),
        listing("rows", 1, 4, 2, 2, 3),
        facts("grade"),
        hand("考核组意见", 1300),
        signs("考核组组长签名", "被考核单位负责人签名"),
        title="{{ year }}年度考核评分表",
        line="考核单位：{{ office }}",
        small="得分以台账、抽户核查和满意度调查为依据，扣分须注明事实。",
    ),
    "satisfaction_survey": sheet(
        SatisfactionSurvey,
        facts("community", "survey_no"),
        listing("rows", 1, 5, 6, height=700),
        hand("您的意见和建议", 2500, end=""),
        signs("调查员签名", "调查日期"),
        title="{{ year }}年群众满意度调查问卷",
        line="调查单位：{{ office }}",
        small="本问卷不记名，所填内容仅用于汇总统计，请按实际感受选择。",
    ),
    "satisfaction_summary": sheet(
        SatisfactionSummary,
        facts("asked", "valid"),
        listing("rows", 1, 3, 2, 2, 2, 2),
        facts("rate"),
        hand("主要意见和建议", 2200, end=""),
        signs("汇总人签名", "审核人签名"),
        title="{{ year }}年群众满意度调查汇总表",
        line="调查单位：{{ office }}",
    ),
    "leader_visit": sheet(
        LeaderVisit,
        facts("leader", "visited_on"),
        facts("place", "company"),
        facts("households"),
        room("findings", 2600),
        room("requests", 2200),
        room("handling", 2200),
        signs("走访领导签名", "记录人签名"),
        line="记录单位：{{ office }}",
    ),
    "training_sheet": roster(
        TrainingSheet, "rows", 8, 16, 32, 20, 24, title="{{ course }}签到表",
        line="举办单位：{{ office }}　　日期：{{ held_on }}　　地点：{{ place }}\n授课人：{{ teacher }}　　学时：{{ hours }}",
    ),
    "training_certificate": training_certificate,
}  # fmt: skip
