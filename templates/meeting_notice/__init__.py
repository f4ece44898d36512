"""D-76A 会议通知: when, where, who comes, what to bring."""

from __future__ import annotations

from typing import ClassVar

from rules.wording import phrase
from templates.document import WithAnnexes
from templates.paper import blank, blanks


@blanks
class MeetingNotice(WithAnnexes):
    """会议通知"""

    code: ClassVar[str] = "D-76A"
    folder: ClassVar[str] = "meeting_notice"
    kind: ClassVar[str] = "通知"

    held_at: str = blank("会议时间", record="文稿", says=phrase)  # 2017年9月5日（星期二）上午9时
    place: str = blank("会议地点", record="文稿", says=phrase)
    attending: str = blank("参会人员", record="文稿", says=phrase)
    contact: str = blank("联系人", record="单位信息")
    phone: str = blank("联系电话", record="单位信息", contact=True)
