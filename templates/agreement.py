"""What agreements share: their number, their parties, the targets they carry, and who signs. Never a red head."""

from __future__ import annotations

from typing import ClassVar

from templates.paper import NO_NUMBER, Paper, blank, blanks


def copies_in_words(count: int) -> str:
    """How many originals, as agreements say it: 一式四份."""
    return "零一两三四五六七八九十"[count] if 0 < count <= 10 else str(count)


@blanks
class Target:
    """One measure of the year."""

    serial: int = blank("序号", record="责任书目标")
    label: str = blank("指标", record="责任书目标")
    unit: str = blank("单位", record="责任书目标")
    amount: int = blank("目标", record="责任书目标")


@blanks
class SignLine:
    """One person's place to sign, by capacity."""

    capacity: str = blank("签订人职务", record="政策参数")


@blanks
class Helped:
    """One household of an internal list."""

    serial: int = blank("序号", record="结对信息")
    place: str = blank("所在社区", record="户登记信息")
    head: str = blank("户主姓名", record="户登记信息")
    size: int = blank("家庭人口（人）", record="户登记信息")
    planned: str = blank("计划年度", default="", record="户登记信息", shown="—")
    helper: str = blank("帮扶责任人", record="结对信息")


@blanks
class Agreement(Paper):
    """协议"""

    hand_signed: ClassVar[bool] = True

    number: str = blank("协议编号", default="", record="责任书", shown=NO_NUMBER)
    year: int = blank("年度", record="责任书")
    other: str = blank("乙方", record="单位信息")  # 甲方 is the office
    basis: str = blank("依据文件", record="政策参数")
    label: str = blank("对象名称", record="政策参数")
    leaving: str = blank("退出的名称", record="政策参数")
    bond: str = blank("结对约束", record="政策参数")
    re_sign: str = blank("接任者重新签订的期限", record="政策参数")
    copies: int = blank("份数", record="政策参数")

    def texts(self) -> dict[str, object]:
        return super().texts() | {"copies": copies_in_words(self.copies)}


@blanks
class Responsibility(Agreement):
    """责任书"""

    name: str = blank("责任书名称", record="政策参数")
    targets: tuple[Target, ...] = blank("目标任务", record="责任书目标")
    signers: tuple[SignLine, ...] = blank("甲方签订人", record="政策参数")
    others: tuple[SignLine, ...] = blank("乙方签订人", record="政策参数")
    report_by: str = blank("年中报告期限", default="", record="政策参数")
    grades: str = blank("考核等次", record="政策参数")
