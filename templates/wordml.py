"""Builders for the content of a master: paragraphs, tables, conditions, the imprint. Used by `make_masters` only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from templates import standard
from templates.page import IMPRINT_H, TEXT_H, TEXT_W
from templates.standard import eighths


def p(style: str, text: str = "", keep: bool = False, page: bool = False) -> str:
    """One paragraph; `keep` holds it together with what follows, `page` begins a page with it."""
    extra = ("<w:keepNext/>" if keep else "") + ("<w:pageBreakBefore/>" if page else "")
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    run = run.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    run = run.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{run}</w:p>'


def mixed(style: str, *runs: str | tuple[str, str]) -> str:
    """One paragraph of several runs; a pair is (character style, text)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(_run(r) for r in runs)}</w:p>'


def _run(run: str | tuple[str, str]) -> str:
    key, text = run if isinstance(run, tuple) else ("", run)
    shape = f'<w:rPr><w:rStyle w:val="{key}"/></w:rPr>' if key else ""
    kept = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{shape}<w:t xml:space="preserve">{kept}</w:t></w:r>'


def body(*texts: str) -> str:
    return "".join(p("Body", text) for text in texts)


def close(*texts: str) -> str:
    """Last paragraphs of a letter: they stay on the page of the signature."""
    return "".join(p("Body", text, keep=True) for text in texts)


def choose(test: str, then: str, otherwise: str = "") -> str:
    """Paragraphs or tables that a master prints only when its test holds."""
    other = p("To", "{%p else %}") + otherwise if otherwise else ""
    return p("To", "{%p if " + test + " %}") + then + other + p("To", "{%p endif %}")


def lines(count: int) -> str:
    """So many empty lines of the body."""
    return p("To") * count


@dataclass(frozen=True)
class C:
    """One cell: its paragraphs (one per line of text), how many columns it spans, its style."""

    text: str
    span: int = 1
    style: str = "Cell"
    end: str = ""  # last paragraph(s) at the right: signature and day
    valign: str = "center"


def label(text: str, span: int = 1) -> C:
    return C(text, span, "Label")


@dataclass(frozen=True)
class R:
    """One row: its cells, its least height, and whether it is repeated at the top of each page."""

    cells: tuple[C, ...]
    height: int = 480
    head: bool = False


def row(*cells: C | str, height: int = 480, head: bool = False, style: str = "Cell") -> R:
    return R(tuple(c if isinstance(c, C) else C(c, style=style) for c in cells), height, head)


def each(loop: str, *rows: R) -> tuple[R, ...]:
    """Rows that a master repeats: `each("r in rows", row(…))`."""
    return (row("{%tr for " + loop + " %}"), *rows, row("{%tr endfor %}"))


def when(test: str, *rows: R) -> tuple[R, ...]:
    """Rows that a master prints only when its test holds."""
    return (row("{%tr if " + test + " %}"), *rows, row("{%tr endif %}"))


def table(widths: Sequence[int], rows: Iterable[R], across: bool = False, ruled: bool = True) -> str:
    """A table over the whole width of the text (`across`: of a page on its side); widths are shares."""
    whole = sum(widths)
    grid = [(TEXT_H if across else TEXT_W) * w // whole for w in widths]
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"' if ruled else 'w:val="nil"'
    edges = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_row(r, grid) for r in rows)}</w:tbl>"
    )


def _row(r: R, grid: Sequence[int]) -> str:
    head = "<w:tblHeader/>" if r.head else ""
    cells, at = [], 0
    for c in r.cells:
        cells.append(_cell(c, sum(grid[at : at + c.span])))
        at += c.span
    height = f'<w:trHeight w:val="{r.height}" w:hRule="atLeast"/>'
    split = "" if r.height > 3000 else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{split}{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(c: C, width: int) -> str:
    span = f'<w:gridSpan w:val="{c.span}"/>' if c.span > 1 else ""
    text = "".join(p(c.style, line) for line in c.text.split("\n"))
    text += "".join(p("CellR", line) for line in c.end.split("\n")) if c.end else ""
    shape = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="{c.valign}"/>'
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{text}</w:tc>"


@dataclass(frozen=True)
class ImprintLine:
    """One element of the imprint; with a test it stands only when that holds."""

    style: str
    text: str
    when: str = ""


def imprint(*elements: ImprintLine, ruled: bool = True) -> str:
    """版记 at the foot of the last page: 0.35 mm lines outside, 0.25 mm inside (a letter has none). It stands in a text
    box at the foot of the text; the tall paragraph that holds the box keeps its place free, so that both move on
    together."""
    text = _imprint_table(elements, ruled) + p("Gap")
    width, height = TEXT_W * 635, IMPRINT_H * 635  # EMU
    box = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="1001" name="版记"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor>"
    )
    holder = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice></mc:AlternateContent>'
    )
    return f'{p("Gap")}<w:p><w:pPr><w:pStyle w:val="Tail"/></w:pPr><w:r>{holder}</w:r></w:p>'


def _imprint_table(elements: Sequence[ImprintLine], ruled: bool) -> str:
    """Text one character in on both sides, lines over the whole width."""
    outer, inner = (
        f'w:val="single" w:sz="{eighths(mm)}" w:space="0" w:color="000000"'
        for mm in (standard.IMPRINT_OUTER_MM, standard.IMPRINT_INNER_MM)
    )
    borders = f"<w:tblBorders><w:top {outer}/><w:bottom {outer}/><w:insideH {inner}/></w:tblBorders>" if ruled else ""
    tag = "<w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr>"
    texts: list[str] = []
    for e in elements:
        inside = (p(e.style, e.text),)
        guarded = (p(e.style, "{%tr if " + e.when + " %}"), *inside, p(e.style, "{%tr endif %}")) if e.when else inside
        texts.extend(guarded)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TEXT_W}" w:type="dxa"/>{borders}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="280" w:type="dxa"/>'
        f'<w:right w:w="280" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{TEXT_W}"/></w:tblGrid>'
        f"{''.join(tag.format(text) for text in texts)}</w:tbl>"
    )
