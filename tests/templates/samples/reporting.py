"""Examples: reports, assessment, visits, training."""

from __future__ import annotations

from datetime import date

from samples.people import GROUP_OFFICE
from templates.leader_visit import LeaderVisit
from templates.paper import Paper
from templates.periodic_report import PeriodicReport, Progress
from templates.satisfaction_summary import Answered, SatisfactionSummary
from templates.satisfaction_survey import Question, SatisfactionSurvey
from templates.score_sheet import Scored, ScoreSheet
from templates.training_certificate import TrainingCertificate
from templates.training_sheet import Trainee, TrainingSheet


def samples() -> tuple[Paper, ...]:
    return (
        PeriodicReport(
            office=GROUP_OFFICE,
            period="2017年第三季度",
            maker="蔡晓",
            checker="郑立新",
            rows=(
                Progress(serial=1, item="帮扶责任人入户走访（人次）", goal="1200", now="426", sum="1032", share="86%"),
            ),
        ),
        ScoreSheet(
            office=GROUP_OFFICE,
            year=2017,
            assessed="达濠街道",
            total="94.5分",
            grade="优秀",
            rows=(
                Scored(serial=1, item="减贫成效", full="30分", points="29分", why="1户收入佐证不全"),
                Scored(serial=2, item="精准识别", full="20分", points="19分", why="1户变更登记不及时"),
                Scored(serial=3, item="精准帮扶", full="30分", points="27.5分", why="3户走访记录不完整"),
                Scored(serial=4, item="资金管理", full="20分", points="19分", why="1个项目公示照片缺失"),
            ),
        ),
        SatisfactionSurvey(
            office=GROUP_OFFICE,
            year=2017,
            community="东兴社区",
            survey_no="东兴-012",
            rows=(
                Question(
                    serial=1, text="您对本社区贫困户的认定是否满意？", answers="□满意　□基本满意　□不满意　□不清楚"
                ),
            ),
        ),
        SatisfactionSummary(
            office=GROUP_OFFICE,
            year=2017,
            asked=420,
            valid=412,
            rate="96.6%",
            rows=(Answered(serial=1, text="认定是否满意", yes=371, fair=27, no=6, unknown=8),),
        ),
        LeaderVisit(
            office=GROUP_OFFICE,
            leader="区委书记林立群",
            visited_on=date(2017, 8, 15),
            place="达濠街道东兴社区",
            households="陈树根、欧阳文海",
            company="街道、社区负责人",
            findings="收入来源单一，子女就学负担重。",
            requests="希望介绍稳定就业岗位。",
            handling="由区人社局于2017年9月15日前落实岗位。",
        ),
        TrainingSheet(
            office=GROUP_OFFICE,
            course="帮扶责任人业务培训",
            held_on=date(2017, 8, 22),
            place="区委党校",
            teacher="区扶贫办业务骨干",
            hours=8,
            rows=(Trainee(serial=1, name="王敏", unit="区教育局", post="帮扶责任人"),),
        ),
        TrainingCertificate(
            office=GROUP_OFFICE,
            name="王敏",
            course="帮扶责任人业务培训",
            since=date(2017, 8, 22),
            until=date(2017, 8, 23),
            hours=16,
            form_no="培训2017-0031",
        ),
    )
