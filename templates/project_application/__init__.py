"""D-50 项目申报（入库）审批表: a project asks to be entered in the library."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.form import Opinion
from templates.paper import Paper, blank, blanks


@blanks
class ProjectApplication(Paper):
    """项目申报（入库）审批表"""

    code: ClassVar[str] = "D-50"
    folder: ClassVar[str] = "project_application"
    hand_signed: ClassVar[bool] = True

    project: str = blank("项目名称", record="项目")
    place: str = blank("实施地点", record="项目")
    owner: str = blank("申报单位", record="项目")
    category: str = blank("项目类别", record="政策参数")
    need: str = blank("立项依据和必要性", record="项目")
    content: str = blank("建设内容和规模", record="项目")
    budget: Yuan = blank("总投资（元）", record="项目")
    source: str = blank("资金来源", record="项目")
    term: str = blank("建设期限", record="项目")
    goal: str = blank("绩效目标", record="项目")
    benefit: str = blank("受益户和带动方式", record="项目")
    opinions: tuple[Opinion, ...] = blank("各级意见", default=())
