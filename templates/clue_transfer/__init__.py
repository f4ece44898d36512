"""D-68: clues go to the discipline body; the letter names facts and materials and judges nobody (R4.4-10)."""

from __future__ import annotations

from typing import ClassVar

from rules.wording import phrase, sentence
from templates.letter import Letter
from templates.paper import blank, blanks


@blanks
class Material:
    """One item that goes with the letter."""

    serial: int = blank("序号")
    name: str = blank("材料名称", says=phrase)


@blanks
class ClueTransfer(Letter):
    """问题线索移送函"""

    code: ClassVar[str] = "D-68"
    folder: ClassVar[str] = "clue_transfer"

    to: str = blank("受移送机关", record="政策参数")
    subject: str = blank("涉及单位或个人", record="督查件")
    kind: str = blank("线索类别")
    facts: str = blank("主要事实", says=sentence)
    basis: str = blank("依据", record="政策参数")
    materials: tuple[Material, ...] = blank("移送材料")
