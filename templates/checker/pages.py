"""Rules that only the printed page shows: G-03 on paper, G-07, G-13 at the foot."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from templates import standard
from templates.checker.departure import Context, Departure, PageSeen

_POINTS_A_MM = 72 / 25.4
_CHINESE = re.compile(r"[\u4e00-\u9fff，。、；：“”（）《》〔〕]+")
_PITCH = standard.TEXT_MM[1] / standard.LINES_PER_PAGE * _POINTS_A_MM


def grid_on_paper(c: Context) -> list[Departure]:
    """28 characters in a full line of Chinese, lines so far apart that 22 fill the page."""
    if c.printed is None or not c.official:
        return []
    texts = [line for page in c.printed if page.height > page.width for line in _body_lines(page)]
    full = [len(t) for t, left, _, right, _ in texts
            if _CHINESE.fullmatch(t) and t not in "".join(c.title.split()) and left < 29 * _POINTS_A_MM + 1 and right > 182 * _POINTS_A_MM]  # fmt: skip
    found = []
    if len(full) >= 3 and not 27 <= median(full) <= 29:  # one line may be stretched before a word that does not break
        found.append(
            Departure(
                "G-03", "正文", f"每行排{median(full):g}字", f"请调整字距，每行{standard.CHARS_PER_LINE}字（5.2.3）"
            )
        )
    gaps = [gap for page in c.printed for gap in _gaps(page)]
    if len(gaps) >= 3 and abs(median(gaps) - _PITCH) > 1:
        lines = standard.TEXT_MM[1] * _POINTS_A_MM / median(gaps)
        found.append(
            Departure("G-03", "正文", f"每页约排{lines:.0f}行", f"请调整行距，每页{standard.LINES_PER_PAGE}行（5.2.3）")
        )
    return found


def first_page_has_text(c: Context) -> list[Departure]:
    if c.printed is None or not c.official or not c.printed:
        return []
    first = "".join("".join(line[0].split()) for line in c.printed[0].lines)
    body = next((p for p in c.after_title if p.indented and len(p.text) > 8 and not p.new_page), None)
    if body is None or "".join(body.text.split())[:8] in first:
        return []
    return [Departure("G-07", "首页", "首页没有正文", "请压缩版头与标题之间的空行或者标题行数（7.3.3）")]


def imprint_at_the_foot(c: Context) -> list[Departure]:
    if c.printed is None or not c.official or c.word.letter:
        return []
    places = [(n, line) for n, page in enumerate(c.printed, 1) for line in page.lines if line[0].endswith("印发")]
    if not places:
        return []
    number, line = places[-1]
    if number != len(c.printed):
        return [Departure("G-13", f"第{number}页", "版记不在最后一页", "请把版记移到最后一页（7.4）")]
    foot = (standard.TOP_MM + standard.TEXT_MM[1]) * _POINTS_A_MM
    if not -14 <= foot - line[4] <= 14:
        return [Departure("G-13", f"第{number}页", "版记没有排在版心最下方", "末条分隔线应与版心下边缘重合（7.4.1）")]
    return []


def _body_lines(page: PageSeen) -> list[tuple[str, float, float, float, float]]:
    top, bottom = standard.TOP_MM * _POINTS_A_MM - 2, (standard.TOP_MM + standard.TEXT_MM[1]) * _POINTS_A_MM + 2
    return [line for line in page.lines if top <= line[2] and line[4] <= bottom]


def _gaps(page: PageSeen) -> list[float]:
    """From one body line to the next, where two lines of one size stand under each other at the left margin."""
    if page.height < page.width:
        return []
    left = standard.LEFT_MM * _POINTS_A_MM
    lines = [line for line in _body_lines(page) if line[1] < left + 40 and len(line[0]) > 20]
    return [b[2] - a[2] for a, b in pairwise(lines) if abs((b[4] - b[2]) - (a[4] - a[2])) < 1 and 15 < b[2] - a[2] < 45]
