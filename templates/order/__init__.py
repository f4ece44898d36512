"""D-77J 命令: signed by the head of the body with the title."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Worded
from templates.paper import blank, blanks


@blanks
class Order(Worded):
    """命令"""

    code: ClassVar[str] = "D-77J"
    folder: ClassVar[str] = "order"
    kind: ClassVar[str] = "命令"

    printed_by: str = blank("印发机关", record="单位信息")
    signer_title: str = blank("签发人职务", record="单位信息")
    signer: str = blank("签发人", default="", shown="　　　")
