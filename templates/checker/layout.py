"""Rules of the page and its typography: G-01 to G-04, G-13, G-15."""

from __future__ import annotations

from lxml import etree

from templates import standard
from templates.checker.departure import Context, Departure, place_of
from templates.checker.reading import Paragraph, Section, W

_BODY_FONTS = ("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312", "方正仿宋_GBK", "华文仿宋")
_TITLE_FONTS = ("方正小标宋简体", "方正小标宋_GBK", "小标宋", "FZXiaoBiaoSong-B05S")
_PITCH = standard.TEXT_MM[1] / standard.LINES_PER_PAGE  # millimetres from line to line
_SIDES = ("上", "右", "下", "左")


def page_size(c: Context) -> list[Departure]:
    wide, high = standard.PAGE_MM
    return [
        Departure(
            "G-01", _section(n), f"纸张为{s.width:g}×{s.height:g}毫米", f"请改为A4（{wide:g}×{high:g}毫米）（5.1）"
        )
        for n, s in enumerate(c.word.sections, 1)
        if sorted((round(s.width), round(s.height))) != sorted((round(wide), round(high)))
    ]


def margins(c: Context) -> list[Departure]:
    found = []
    for n, s in enumerate(c.word.sections, 1):
        for side, is_, should in zip(_SIDES, s.margins, _wanted(s), strict=True):
            if abs(is_ - should) > standard.MARGIN_TOLERANCE_MM:
                found.append(Departure("G-02", _section(n), f"{side}边距{is_:g}毫米", f"请改为{should:g}毫米（5.2.1）"))
    return found


def _wanted(s: Section) -> tuple[float, float, float, float]:
    top, right, bottom, left = standard.TOP_MM, standard.RIGHT_MM, standard.BOTTOM_MM, standard.LEFT_MM
    return (left, top, right, bottom) if s.sideways else (top, right, bottom, left)


def grid(c: Context) -> list[Departure]:
    """The file's own grid; what it comes to on paper is read from the PDF."""
    twips = standard.twips(_PITCH)
    found = [
        Departure("G-03", _section(n), f"文档网格每行{s.pitch / 20:g}磅" if s.pitch else "没有设置文档网格",
                  f"请设为只指定行网格、每页{standard.LINES_PER_PAGE}行（行距{twips / 20:.2f}磅）（5.2.3）")
        for n, s in enumerate(c.word.sections, 1)
        if s.grid not in ("lines", "linesAndChars", "snapToChars") or abs(s.pitch - twips) > 12
    ]  # fmt: skip
    if c.official:
        found += [
            Departure("G-03", place_of(p), f"正文为{p.size:g}磅", f"请改为3号（{standard.BODY_POINTS:g}磅）（5.2.2）")
            for p in _body(c)
            if p.size != standard.BODY_POINTS
        ]
    return found


def _body(c: Context) -> list[Paragraph]:
    return [p for p in c.after_title if not p.textbox and not p.new_page and p.indented]


def fonts(c: Context) -> list[Departure]:
    found = [
        Departure("G-04", "本机", f"没有字体{name}", "版面以装有该字体的电脑为准，换行可能不同", note=True)
        for name in c.missing_fonts
    ]
    if not c.official:
        return found
    wrong = [p for p in c.title_lines if p.font not in _TITLE_FONTS]
    found += [
        Departure("G-04", place_of(p), f"标题字体为{p.font or '未指定'}", "请改为小标宋体（7.3.1）") for p in wrong[:1]
    ]
    plain = [p for p in _body(c) if not _is_heading(p.text) and p.font not in _BODY_FONTS]
    return found + [
        Departure("G-04", place_of(p), f"正文字体为{p.font or '未指定'}", "请改为仿宋体（5.2.2）") for p in plain[:3]
    ]


def _is_heading(text: str) -> bool:
    return text.startswith(("附件", "（", "出席：", "请假：", "列席：")) or (
        len(text) > 1 and text[0] in "一二三四五六七八九十" and "、" in text[:4]
    )


def imprint_lines(c: Context) -> list[Departure]:
    borders = c.word.imprint_borders()
    if not c.official or c.word.letter:
        return []
    if borders is None:
        return [Departure("G-13", "文末", "没有版记", "请加版记：首末分隔线0.35毫米，中间0.25毫米（7.4.1）")]
    wanted = {
        "top": standard.IMPRINT_OUTER_MM,
        "bottom": standard.IMPRINT_OUTER_MM,
        "insideH": standard.IMPRINT_INNER_MM,
    }
    names = {"top": "首条分隔线", "bottom": "末条分隔线", "insideH": "中间分隔线"}
    return [
        Departure("G-13", f"版记{names[side]}", f"粗细为{borders.get(side, 0) / 8:g}磅", f"请改为{mm}毫米（7.4.1）")
        for side, mm in wanted.items()
        if borders.get(side) != standard.eighths(mm)
    ]


def page_numbers(c: Context) -> list[Departure]:
    found = []
    for n, s in enumerate(c.word.sections, 1):
        if not s.footers and n > 1:
            continue  # goes on with the footers of the section before
        if not c.word.even_and_odd or "even" not in s.footers:
            found.append(
                Departure("G-15", _section(n), "单双页页码没有分开", "请设奇偶页不同：单页居右、双页居左（7.5）")
            )
        for kind, side, name in (("default", "right", "单页"), ("even", "left", "双页")):
            part = s.footers.get(kind)
            if part in c.word.parts:
                found += _number(c, str(part), side, f"{name}页码", s.sideways)
            elif kind == "default":
                found.append(Departure("G-15", f"{name}页码", "没有页码", "请加页码，左右各一条一字线（7.5）"))
    return found


def _number(c: Context, part: str, side: str, place: str, sideways: bool) -> list[Departure]:
    root = c.word.footer(part)
    paragraph = next((p for p in root.iter(f"{W}p") if _has_field(p)), None)
    if paragraph is None:
        return [Departure("G-15", place, "没有页码", "请加页码，左右各一条一字线（7.5）")]
    text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
    jc = paragraph.find(f"{W}pPr/{W}jc")
    seen = c.word.shape_of(paragraph)
    found = []
    if sideways and not _is_turned(root):
        found.append(
            Departure("G-15", place, "横排页的页码没有转向", "请放在纸张左侧，装订后与其他页码位置一致（第8章）")
        )
    if text.count("—") != 2:
        found.append(Departure("G-15", place, f"写作“{text}”", "请写作“— 1 —”，数字左右各一条一字线（7.5）"))
    if (jc.get(f"{W}val") if jc is not None else "left") != side:
        found.append(Departure("G-15", place, "位置不对", f"请改为居{'右' if side == 'right' else '左'}空一字（7.5）"))
    if seen.size != standard.PAGE_NUMBER_POINTS:
        found.append(Departure("G-15", place, f"字号为{seen.size:g}磅", "请改为4号（14磅）半角宋体（7.5）"))
    return found


def _is_turned(root: etree._Element) -> bool:
    """Is what stands in the footer written downwards: in a cell, or in a box?"""
    cells = any(d.get(f"{W}val") == "tbRl" for d in root.iter(f"{W}textDirection"))
    return cells or any("vert" in (b.get("vert") or "") for b in root.iter("{*}bodyPr"))


def _has_field(p: etree._Element) -> bool:
    codes = "".join(i.text or "" for i in p.iter(f"{W}instrText")) + "".join(
        f.get(f"{W}instr", "") for f in p.iter(f"{W}fldSimple")
    )
    return "PAGE" in codes


def _section(n: int) -> str:
    return f"第{n}节"
