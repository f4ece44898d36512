"""D-52 项目公示: before a project starts and after it is finished, everything that the rules ask to be shown."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.money import Yuan
from rules.wording import sentence
from templates.paper import Dated, blank, blanks


@blanks
class ProjectNotice(Dated):
    """项目公示"""

    folder: ClassVar[str] = "project_notice"
    public: ClassVar[bool] = True

    stage: str = blank("公示阶段", record="项目")  # 实施前, 完成
    project: str = blank("项目名称", record="项目")
    place: str = blank("实施地点", record="项目")
    content: str = blank("建设内容", record="项目")
    standard: str = blank("补助标准", record="政策参数")
    amount: Yuan = blank("资金规模（元）", record="项目")
    source: str = blank("资金来源", record="项目")
    term: str = blank("实施期限", record="项目")
    owner: str = blank("实施单位", record="项目")
    in_charge: str = blank("责任人", record="项目")
    goal: str = blank("绩效目标", record="项目")
    benefit: str = blank("受益对象和带动机制", record="项目")
    result: str = blank("完成情况", default="", record="项目", says=sentence)
    starts_on: date = blank("公示开始日", record="项目")
    ends_on: date = blank("公示截止日", record="项目")
    phone: str = blank("受理电话", record="单位信息", contact=True)
    complaint_line: str = blank("监督电话", record="政策参数", contact=True)


@blanks
class ProjectStartNotice(ProjectNotice):
    """项目实施前公示"""

    code: ClassVar[str] = "D-52A"


@blanks
class ProjectEndNotice(ProjectNotice):
    """项目完成公示"""

    code: ClassVar[str] = "D-52B"
