"""The numbers of GB/T 9704-2012, each named after what its clause fixes. Masters are written from them, the checker reads
files against them; they stand nowhere else. Millimetres and points as the standard has them."""

from __future__ import annotations

from typing import Final

# 5.1, 5.2.1: paper and text area
PAGE_MM: Final = (210.0, 297.0)  # 5.1 A4
TOP_MM: Final = 37.0  # 5.2.1 天头
LEFT_MM: Final = 28.0  # 5.2.1 订口
TEXT_MM: Final = (156.0, 225.0)  # 5.2.1 版心, without the page number
RIGHT_MM: Final = PAGE_MM[0] - LEFT_MM - TEXT_MM[0]
BOTTOM_MM: Final = PAGE_MM[1] - TOP_MM - TEXT_MM[1]
MARGIN_TOLERANCE_MM: Final = 1.0  # 5.2.1

# 5.2.2, 5.2.3: body
BODY_POINTS: Final = 16.0  # 3号
LINES_PER_PAGE: Final = 22  # 5.2.3
CHARS_PER_LINE: Final = 28  # 5.2.3
FIRST_LINE_CHARS: Final = 2  # 7.3.3

# 7.2: head
HEAD_BELOW_TEXT_TOP_MM: Final = 35.0  # 7.2.4 upper edge of the mark
LINES_HEAD_TO_NUMBER: Final = 2  # 7.2.5
NUMBER_TO_LINE_MM: Final = 4.0  # 7.2.7
LINES_LINE_TO_TITLE: Final = 2  # 7.3.1
TITLE_POINTS: Final = 22.0  # 7.3.1, 2号
DAY_FROM_RIGHT_CHARS: Final = 4  # 7.3.5.1, with a seal
NAME_FROM_RIGHT_CHARS: Final = 2  # 7.3.5.2, without a seal
DAY_AFTER_NAME_CHARS: Final = 2  # 7.3.5.2

# 7.4: imprint
IMPRINT_OUTER_MM: Final = 0.35  # 7.4.1 first and last line
IMPRINT_INNER_MM: Final = 0.25  # 7.4.1 lines between
IMPRINT_POINTS: Final = 14.0  # 4号

# 7.5: page number
PAGE_NUMBER_POINTS: Final = 14.0  # 4号
PAGE_NUMBER_BELOW_TEXT_MM: Final = 7.0

# 10: particular forms
LETTER_HEAD_FROM_EDGE_MM: Final = 30.0  # 10.1 mark of a letter, from the paper's upper edge
LETTER_HEAD_TO_LINE_MM: Final = 4.0
LETTER_LINE_MM: Final = 170.0  # both double lines, centred on the paper
LETTER_FOOT_FROM_EDGE_MM: Final = 20.0  # lower double line, from the paper's lower edge
ORDER_HEAD_BELOW_TEXT_TOP_MM: Final = 20.0  # 10.2
MINUTES_HEAD_BELOW_TEXT_TOP_MM: Final = 35.0  # 10.3

# Fonts by the names that offices have installed (5.2.2, 7.2.4, 7.3.1, 7.3.3, 7.5)
XBS: Final = "方正小标宋简体"
FS: Final = "仿宋_GB2312"
KT: Final = "楷体_GB2312"
HT: Final = "黑体"
ST: Final = "宋体"
FONTS: Final = (XBS, FS, KT, HT, ST)

# The fifteen types of official documents (党政机关公文处理工作条例 第八条)
TYPES: Final = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip


def twips(mm: float) -> int:
    """Millimetres in Word's unit, 1/20 pt."""
    return round(mm / 25.4 * 1440)


def eighths(mm: float) -> int:
    """The width of a border in Word's unit, 1/8 pt, as near as it gets: 0.35 mm is 8, 0.25 mm is 6."""
    return {IMPRINT_OUTER_MM: 8, IMPRINT_INNER_MM: 6}.get(mm, round(mm / 25.4 * 72 * 8))
