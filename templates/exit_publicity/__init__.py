"""D-35: the list of households about to exit, posted so that neighbours can object."""

from __future__ import annotations

from typing import ClassVar

from templates.notice import Publicity
from templates.paper import blank, blanks


@blanks
class ExitPublicity(Publicity):
    """拟退出公示"""

    code: ClassVar[str] = "D-35"
    folder: ClassVar[str] = "exit_publicity"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除


@blanks
class StreetExitPublicity(ExitPublicity):
    """拟退出公示（街道）"""

    code: ClassVar[str] = "D-37"
