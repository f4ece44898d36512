"""D-15: the final list of registered households."""

from __future__ import annotations

from typing import ClassVar

from templates.notice import Announcement
from templates.paper import blank, blanks


@blanks
class IdentificationAnnouncement(Announcement):
    """认定公告"""

    code: ClassVar[str] = "D-15"
    folder: ClassVar[str] = "identification_announcement"

    entering: str = blank("纳入称谓", default="认定")  # 认定, 返贫再纳入
