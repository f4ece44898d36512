"""D-77H 联合通知: two or three bodies, one number: the leading one's."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Issuer, WithAnnexes
from templates.paper import blank, blanks


@blanks
class JointNotice(WithAnnexes):
    """联合通知"""

    code: ClassVar[str] = "D-77H"
    folder: ClassVar[str] = "joint_notice"
    kind: ClassVar[str] = "通知"

    issuers: tuple[Issuer, ...] = blank("联合发文机关", record="单位信息")
