"""D-15: the final list of registered households."""

from __future__ import annotations

from typing import ClassVar

from templates.notice import Announcement
from templates.paper import blanks


@blanks
class IdentificationAnnouncement(Announcement):
    """认定公告"""

    code: ClassVar[str] = "D-15"
    folder: ClassVar[str] = "identification_announcement"
