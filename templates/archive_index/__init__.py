"""D-80 档案卷内目录: what lies in one household's file, in order, with how long it is kept."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import Paper, blank, blanks


@blanks
class Filed:
    """One paper in the file."""

    serial: int = blank("顺序号", record="户档")
    category: str = blank("类别", record="户档")
    title: str = blank("文件材料名称", record="户档")
    number: str = blank("文号", default="", record="户档")
    dated_on: date = blank("日期", record="户档")
    retention: str = blank("保管期限", record="政策参数")
    pages: str = blank("页数", default="", record="户档")  # counted and written when the file is bound


@blanks
class ArchiveIndex(Paper):
    """档案卷内目录"""

    code: ClassVar[str] = "D-80"
    folder: ClassVar[str] = "archive_index"

    head: str = blank("户主姓名", record="户登记信息")
    household_no: str = blank("户编号", record="户登记信息")
    size: int = blank("家庭人口", record="户登记信息")
    made_on: date = blank("编制日期", record="户档")
    rows: tuple[Filed, ...] = blank("卷内文件", record="户档")
