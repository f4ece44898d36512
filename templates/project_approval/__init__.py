"""D-51 立项批复: what is approved, for whom, with which money, until when."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from rules.wording import phrase, sentence
from templates.document import Addressed
from templates.paper import blank, blanks


@blanks
class ProjectApproval(Addressed):
    """立项批复"""

    code: ClassVar[str] = "D-51"
    folder: ClassVar[str] = "project_approval"
    kind: ClassVar[str] = "批复"

    request: str = blank("来文标题", record="收文登记")
    request_number: str = blank("来文字号", default="", record="收文登记")
    project: str = blank("项目名称", record="项目")
    place: str = blank("实施地点", record="项目")
    content: str = blank("建设内容和规模", record="项目", says=sentence)
    amount: Yuan = blank("投资金额（元）", record="项目")
    source: str = blank("资金来源", record="项目")
    term: str = blank("建设期限", record="项目", says=phrase)
    owner: str = blank("实施单位", record="项目")
    goal: str = blank("绩效目标和受益户", record="项目", says=sentence)
