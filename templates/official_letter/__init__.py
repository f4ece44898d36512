"""D-77D 函: between offices that do not command each other, in the letter form."""

from __future__ import annotations

from typing import ClassVar

from templates.document import AnnexName, Worded, subject_in_lines
from templates.paper import blank, blanks


@blanks
class OfficialLetter(Worded):
    """函"""

    code: ClassVar[str] = "D-77D"
    folder: ClassVar[str] = "official_letter"
    kind: ClassVar[str] = "函"

    subject: str = blank("事由", record="文稿")
    to: str = blank("主送机关", record="单位信息")
    annexes: tuple[AnnexName, ...] = blank("附件", default=(), record="文稿")
    closing: str = blank("结语", record="文稿")  # 请予支持为盼。 请函复。 特此函复。
    contact: str = blank("联系人", record="单位信息")
    phone: str = blank("联系电话", record="单位信息", contact=True)

    def texts(self) -> dict[str, object]:
        return super().texts() | {"subject": subject_in_lines(self.subject, self.kind)}
