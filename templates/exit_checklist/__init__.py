"""D-33: every exit condition answered by a dated finding with evidence and a verifier."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import in_lines
from templates.form import IncomeResult
from templates.paper import blank, blanks


@blanks
class CheckedItem:
    """One condition and what was found."""

    serial: int = blank("序号")
    name: str = blank("条件", record="政策参数", says=in_lines)
    verdict: str = blank("结论", default="", record="达标认定", shown="□达标 □不达标 □不适用")
    evidence: str = blank("佐证", default="", record="达标认定")
    certifier: str = blank("认定单位", default="", record="达标认定")
    verifier: str = blank("认定人", default="", record="达标认定")
    found_on: date | None = blank("认定日期", default=None, record="达标认定")


@blanks
class ExitChecklist(IncomeResult):
    """退出核查表"""

    code: ClassVar[str] = "D-33"
    folder: ClassVar[str] = "exit_checklist"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    label: str = blank("对象名称", record="政策参数")
    track: str = blank("核查类别", record="户登记信息")  # 有劳动能力, 完全或部分丧失劳动能力
    checklist: str = blank("核查条件名称", record="政策参数")  # “八有”脱贫标准
    basis: str = blank("依据", record="政策参数")
    items: tuple[CheckedItem, ...] = blank("逐项核查", record="政策参数")
    conclusion: str = blank("核查组结论", default="", shown="□符合条件　□不符合条件（理由：＿＿＿＿＿＿）")
