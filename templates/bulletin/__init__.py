"""D-70 扶贫工作动态（简报）: news of the work, with an issue number of its own; no order and no request."""

from __future__ import annotations

from typing import ClassVar

from rules.wording import phrase
from templates.document import Section
from templates.paper import Dated, blank, blanks


@blanks
class Bulletin(Dated):
    """工作动态（简报）"""

    code: ClassVar[str] = "D-70"
    folder: ClassVar[str] = "bulletin"

    issue: int = blank("期号", record="文稿")
    subject: str = blank("标题", record="文稿")
    sections: tuple[Section, ...] = blank("正文", record="文稿")
    sent_to: str = blank("发送范围", record="单位信息", says=phrase)
