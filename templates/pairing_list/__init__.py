"""D-23 结对帮扶安排表: who leads and helps where: the annex to a notice."""

from __future__ import annotations

from typing import ClassVar

from templates.paper import Paper, blank, blanks


@blanks
class Paired:
    """One line of the rows."""

    street: str = blank("街道", record="结对安排")
    leader: str = blank("挂钩区领导", record="结对安排")
    unit: str = blank("帮扶单位", record="结对安排")
    contact: str = blank("责任人", record="结对安排")
    households: int = blank("户数", record="结对安排")
    people: int = blank("人数", record="结对安排")


@blanks
class PairingList(Paper):
    """结对帮扶安排表"""

    code: ClassVar[str] = "D-23"
    folder: ClassVar[str] = "pairing_list"

    year: int = blank("年度", record="结对安排")
    rows: tuple[Paired, ...] = blank("安排")
