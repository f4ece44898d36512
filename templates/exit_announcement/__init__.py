"""D-39: the final list of households that have exited."""

from __future__ import annotations

from typing import ClassVar

from templates.notice import Announcement
from templates.paper import blank, blanks


@blanks
class ExitAnnouncement(Announcement):
    """退出公告"""

    code: ClassVar[str] = "D-39"
    folder: ClassVar[str] = "exit_announcement"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    continues: str = blank("退出后的帮扶政策", default="", record="政策参数")  # a whole sentence
