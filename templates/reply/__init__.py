"""D-77C 批复: answers a request by its name and number."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Addressed
from templates.paper import blank, blanks


@blanks
class Reply(Addressed):
    """批复"""

    code: ClassVar[str] = "D-77C"
    folder: ClassVar[str] = "reply"
    kind: ClassVar[str] = "批复"

    request: str = blank("来文标题", record="收文登记")
    request_number: str = blank("来文字号", default="", record="收文登记")
