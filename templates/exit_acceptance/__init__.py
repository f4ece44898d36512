"""D-34: the household accepts its exit, or does not; nobody accepts in its place."""

from __future__ import annotations

from typing import ClassVar

from rules.wording import phrase
from templates.form import IncomeResult
from templates.paper import blank, blanks


@blanks
class SeenItem:
    """One condition as the household reads it."""

    name: str = blank("条件", record="政策参数")
    verdict: str = blank("核查结论", record="达标认定")


@blanks
class ExitAcceptance(IncomeResult):
    """脱贫确认书"""

    code: ClassVar[str] = "D-34"
    folder: ClassVar[str] = "exit_acceptance"

    leaving: str = blank("退出称谓", default="脱贫", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    label: str = blank("对象名称", record="政策参数")
    checklist: str = blank("核查条件名称", record="政策参数")
    items: tuple[SeenItem, ...] = blank("逐项核查", record="达标认定")
    continues: str = blank(
        "退出后的帮扶政策", record="政策参数", says=phrase
    )  # 退出后至2018年12月31日继续享受相关帮扶政策
    helper: str = blank("帮扶责任人", default="", record="结对信息", shown="　　　　")
