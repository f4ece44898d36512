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

    continues: str = blank("退出后的帮扶政策", default="", record="政策参数")  # a whole sentence
