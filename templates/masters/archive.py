"""Masters of the household's file: the index of what lies in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.archive_index import ArchiveIndex
from templates.masters.sheet import roster
from templates.page import Sheet

MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "archive_index": roster(
        ArchiveIndex, "rows", 8, 11, 31, 19, 15, 10, 6, title="一户一档卷内目录",
        line="户主姓名：{{ head }}　　户编号：{{ household_no }}　　家庭人口：{{ size }}人",
        small="编制单位：{{ office }}；编制日期：{{ made_on }}。共{{ rows|length }}件。",
    ),
}  # fmt: skip
