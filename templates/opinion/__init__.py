"""D-77E 意见: adopted by a meeting; the day under the title, the addressees in the imprint, as in the seed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.document import Document, subject_in_lines
from templates.paper import NO_DAY, blank, blanks


@blanks
class OpinionPaper(Document):
    """意见"""

    code: ClassVar[str] = "D-77E"
    folder: ClassVar[str] = "opinion"
    kind: ClassVar[str] = "意见"

    form: str = blank("意见种类", default="", record="文稿")  # 实施, 指导 …: what stands before 意见 in the title
    mark: str = blank("发文机关标志", record="单位信息")  # of two issuers the leading one's alone
    adopted_on: date | None = blank("题下日期", default=None, record="文稿", shown=NO_DAY)
    to: str = blank("主送机关", record="单位信息")

    def texts(self) -> dict[str, object]:
        return super().texts() | {"subject": subject_in_lines(self.subject, f"{self.form}意见")}
