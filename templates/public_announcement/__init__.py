"""D-77G 公告: for everybody; no addressee."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Document
from templates.paper import blanks


@blanks
class PublicAnnouncement(Document):
    """公告"""

    code: ClassVar[str] = "D-77G"
    folder: ClassVar[str] = "public_announcement"
    kind: ClassVar[str] = "公告"
    public: ClassVar[bool] = True
