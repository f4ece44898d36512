"""The page of an official paper in WordprocessingML: GB/T 9704-2012 sizes, fonts and margins, and plain builders.

Only `make_masters` uses this, to write a master the first time; afterwards the master is what a clerk makes of it.
All lengths are in twips (1/20 pt; 1 mm = 56.7), font sizes in half points.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

PAGE_W, PAGE_H = 11906, 16838  # A4
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474  # 37, 35, 28, 26 mm (GB/T 9704 5.2.1)
TEXT_W = PAGE_W - LEFT - RIGHT  # 156 mm
FOOTER = 1417  # the dash of the page number lies 7 mm under the text (7.5)
LINE_PITCH = 579  # 22 lines in 225 mm
XBS, FS, KT, HT, ST = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True)
class Style:
    """A named paragraph style, as a clerk sees it in Word's list."""

    key: str
    name: str
    font: str = FS
    size: int = 32
    ppr: str = ""
    rpr: str = ""


_FREE = '<w:snapToGrid w:val="0"/>'
_KEEP = '<w:keepNext/><w:keepLines/>'
STYLES: tuple[Style, ...] = (
    Style("Body", "公文正文", ppr='<w:ind w:firstLineChars="200" w:firstLine="640"/>', rpr='<w:spacing w:val="-5"/>'),
    Style("Body2", "附件说明续行", ppr='<w:ind w:leftChars="500" w:left="1600"/>'),
    Style("Head", "红头", XBS, 72,
          f'{_FREE}<w:spacing w:before="1890" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
          '<w:color w:val="FF0000"/><w:w w:val="62"/>'),
    Style("Number", "发文字号", ppr='<w:jc w:val="center"/>'),
    Style("RedLine", "红线", size=2,
          ppr='<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="0" w:color="FF0000"/></w:pBdr>'
          f'{_FREE}<w:spacing w:line="140" w:lineRule="exact"/>'),
    Style("Title", "公文标题", XBS, 44,
          f'{_KEEP}{_FREE}<w:spacing w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>'),
    Style("To", "主送", rpr='<w:spacing w:val="-5"/>'),
    Style("H1", "一级标题", HT, ppr=f'{_KEEP}<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    Style("H2", "二级标题", KT, ppr=f'{_KEEP}<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    Style("Sign", "署名", ppr=f'{_KEEP}<w:ind w:left="4200"/><w:jc w:val="center"/>'),
    Style("SignLong", "署名（长）", ppr=f'{_KEEP}<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>'),
    Style("Day", "成文日期", ppr='<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'),
    Style("Annex", "附件标记", HT, ppr='<w:keepNext/><w:pageBreakBefore/>'),
    Style("FormTitle", "表单标题", XBS, 40,
          f'{_KEEP}{_FREE}<w:spacing w:after="160" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>'),
    Style("FormLine", "表头行", size=24, ppr=f'<w:keepNext/>{_FREE}<w:spacing w:after="60"/>'),
    Style("Small", "填表说明", size=21, ppr=f'{_FREE}<w:spacing w:before="60"/>'),
    Style("Label", "表格项目", HT, 24, f'{_FREE}<w:jc w:val="center"/>'),
    Style("Cell", "表格文字", size=24, ppr=f'{_FREE}<w:jc w:val="center"/>'),
    Style("CellL", "表格文字（左）", size=24, ppr=f'{_FREE}<w:jc w:val="left"/>'),
    Style("CellR", "表格文字（右）", size=24, ppr=f'{_FREE}<w:jc w:val="right"/>'),
    Style("CellS", "表格文字（小）", size=21, ppr=f'{_FREE}<w:jc w:val="center"/>'),
    Style("CellI", "表格文字（首行缩进）", size=24, ppr=f'{_FREE}<w:ind w:firstLineChars="200" w:firstLine="480"/>'),
    Style("List", "名单文字", size=28, ppr=f'{_FREE}<w:jc w:val="center"/>'),
    Style("ListHead", "名单表头", HT, 28, f'{_FREE}<w:jc w:val="center"/>'),
    Style("Imprint", "版记", size=28,
          ppr=f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_W - 280}"/></w:tabs>{_FREE}'
          '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'),
    Style("Gap", "表格间隔", size=2, ppr=f'{_FREE}<w:spacing w:line="20" w:lineRule="exact"/>'),
    Style("Tail", "版记占位", size=2, ppr=f'{_FREE}<w:spacing w:line="1300" w:lineRule="exact"/>'),
    Style("Copies", "抄送", size=28,
          ppr=f'{_FREE}<w:ind w:left="1120" w:hanging="840" w:rightChars="100" w:right="280"/>'),
)


def p(style: str, text: str = "", keep: bool = False, page: bool = False) -> str:
    """One paragraph; `keep` holds it together with what follows, `page` begins a page with it."""
    extra = ("<w:keepNext/>" if keep else "") + ("<w:pageBreakBefore/>" if page else "")
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    run = run.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{run}</w:p>'


def body(*texts: str) -> str:
    return "".join(p("Body", text) for text in texts)


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
    height: int = 567
    head: bool = False


def row(*cells: C | str, height: int = 567, head: bool = False, style: str = "Cell") -> R:
    return R(tuple(c if isinstance(c, C) else C(c, style=style) for c in cells), height, head)


def each(loop: str, *rows: R) -> tuple[R, ...]:
    """Rows that a master repeats: `each("r in rows", row(…))`."""
    return (row("{%tr for " + loop + " %}"), *rows, row("{%tr endfor %}"))


def when(test: str, *rows: R) -> tuple[R, ...]:
    """Rows that a master prints only when its test holds."""
    return (row("{%tr if " + test + " %}"), *rows, row("{%tr endif %}"))


def table(widths: Sequence[int], rows: Iterable[R]) -> str:
    """A table over the whole width of the text; widths are shares."""
    whole = sum(widths)
    grid = [TEXT_W * w // whole for w in widths]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
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


def imprint(copies: str, printer: str, day: str, when: str) -> str:
    """版记 at the foot of the last page: 0.35 mm lines outside, 0.25 mm inside; it moves on with its anchor. The row of
    copies stands only `when` that blank is filled."""
    thick, thin = (f'w:val="single" w:sz="{size}" w:space="0" w:color="000000"' for size in (8, 6))
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" '
        'w:tblpX="0" w:tblpYSpec="bottom"/>'
    )
    cells = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{TEXT_W}" w:type="dxa"/></w:tcPr>'
        f"{text}</w:tc></w:tr>"
        for text in (
            p("Copies", "{%tr if " + when + " %}"),
            p("Copies", copies),
            p("Copies", "{%tr endif %}"),
            p("Imprint", f"{printer}\t{day}"),
        )
    )
    return (
        f'{p("Gap")}<w:tbl><w:tblPr>{place}<w:tblW w:w="{TEXT_W}" w:type="dxa"/><w:tblBorders><w:top {thick}/><w:bottom {thick}/>'
        f'<w:insideH {thin}/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        f'<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{TEXT_W}"/></w:tblGrid>'
        f"{cells}</w:tbl>{p('Tail')}"
    )


def write(path: Path, content: str) -> None:
    """Write one master: the same content gives the same bytes."""
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>'
        f'<w:pgSz w:w="{PAGE_W}" w:h="{PAGE_H}"/><w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" '
        f'w:left="{LEFT}" w:header="851" w:footer="{FOOTER}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE_PITCH}"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": f"{_XML}<w:document {_NS}><w:body>{content}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "docProps/core.xml": _CORE,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, text.encode())


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}" w:hint="eastAsia"/>'


def _styles() -> str:
    named = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{s.key}"><w:name w:val="{s.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{s.ppr}</w:pPr>'
        f'<w:rPr>{_fonts(s.font)}{s.rpr}<w:sz w:val="{s.size}"/><w:szCs w:val="{s.size}"/></w:rPr></w:style>'
        for s in STYLES
    )
    return (
        f'{_XML}<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FS)}<w:kern w:val="2"/><w:sz w:val="32"/>'
        '<w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:jc w:val="both"/></w:pPr></w:style>{named}</w:styles>'
    )


def _footer(side: str) -> str:
    run = f'<w:r><w:rPr>{_fonts(ST)}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>{{}}</w:r>'
    field = "".join(
        run.format(f'<w:fldChar w:fldCharType="{kind}"/>')
        if kind != "code" else run.format('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
        for kind in ("begin", "code", "separate")
    ) + run.format("<w:t>1</w:t>") + run.format('<w:fldChar w:fldCharType="end"/>')
    dash = run.format('<w:t xml:space="preserve">— </w:t>'), run.format('<w:t xml:space="preserve"> —</w:t>')
    indent = '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
    shape = f'{_FREE}{indent}<w:jc w:val="{side}"/>'
    return f"{_XML}<w:ftr {_NS}><w:p><w:pPr>{shape}</w:pPr>{dash[0]}{field}{dash[1]}</w:p></w:ftr>"


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD_TYPE}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{_WORD_TYPE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/footer" Target="footer1.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/footer" Target="footer2.xml"/></Relationships>'
)
_SETTINGS = (
    f'{_XML}<w:settings {_NS}><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
_CORE = (
    f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>底版</dc:title></cp:coreProperties>'
)
