"""The page of an official paper in WordprocessingML: GB/T 9704-2012 sizes, margins, fonts and named styles.

Only `make_masters` uses this, to write a master the first time; afterwards the master is what a clerk makes of it.
All lengths are in twips (1/20 pt; 1 mm = 56.7), font sizes in half points; the numbers come from `standard`.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from templates import standard
from templates.standard import FS, HT, KT, ST, XBS, twips

PAGE_W, PAGE_H = (twips(mm) for mm in standard.PAGE_MM)
TOP, BOTTOM, LEFT, RIGHT = (
    twips(mm) for mm in (standard.TOP_MM, standard.BOTTOM_MM, standard.LEFT_MM, standard.RIGHT_MM)
)
TEXT_W = PAGE_W - LEFT - RIGHT  # 156 mm
TEXT_H = PAGE_H - TOP - BOTTOM  # 225 mm, the width of a table that lies on its side
FOOTER = 1417  # the dash of the page number lies 7 mm under the text (7.5)
IMPRINT_H = 1100  # room kept for the imprint at the foot of the last page
LINE_PITCH = 579  # 22 lines in 225 mm
CHAR = 320  # one character of the body
# what a font leaves free above its characters, so that the ink of the mark begins at the standard's height
_HEAD_SLACK = 83
_LETTER_OUT = (twips((standard.LETTER_LINE_MM - standard.PAGE_MM[0]) / 2 + standard.LEFT_MM),
               twips((standard.LETTER_LINE_MM - standard.PAGE_MM[0]) / 2 + standard.RIGHT_MM))  # fmt: skip

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
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
# 28 characters of 16 pt are wider than 156 mm: each gives up 0.3 pt. With 0.25 pt a full line has so little left over that
# LibreOffice, which lets a mark hang behind it, drops the mark.
_TIGHT = '<w:spacing w:val="-6"/>'


def _pitch(twips: int, before: int = 0, after: int = 0) -> str:
    """Lines of exactly this height, off the grid: the same number of lines whatever font the machine puts in."""
    around = (f' w:before="{before}"' if before else "") + (f' w:after="{after}"' if after else "")
    return f'{_FREE}<w:spacing{around} w:line="{twips}" w:lineRule="exact"/>'


def _mark(below_text_top_mm: float) -> str:
    return f'{_pitch(860, before=twips(below_text_top_mm) - _HEAD_SLACK)}<w:jc w:val="center"/>'


def _rule(eighths: int, height: int) -> str:
    """A red line of 170 mm, so far under what stands above it."""
    left, right = _LETTER_OUT
    return (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="0" w:color="FF0000"/></w:pBdr>'
        f'{_pitch(height)}<w:ind w:left="{-left}" w:right="{-right}"/>'
    )


_KEEP = "<w:keepNext/><w:keepLines/>"
_RED = '<w:color w:val="FF0000"/>'
STYLES: tuple[Style, ...] = (
    Style("Body", "公文正文", ppr='<w:ind w:firstLineChars="200" w:firstLine="640"/>', rpr=_TIGHT),
    Style("Body2", "附件说明续行", ppr='<w:ind w:leftChars="500" w:left="1600"/>'),
    Style("Head", "红头", XBS, 72, _mark(standard.HEAD_BELOW_TEXT_TOP_MM), _RED + '<w:w w:val="62"/>'),
    Style("HeadOrder", "命令标志", XBS, 72, _mark(standard.ORDER_HEAD_BELOW_TEXT_TOP_MM), _RED + '<w:w w:val="80"/>'),
    Style("HeadSpace", "联合行文上空", size=2, ppr=_pitch(twips(standard.HEAD_BELOW_TEXT_TOP_MM) - _HEAD_SLACK)),
    Style("HeadJoint", "联合行文标志", XBS, 60, f'{_pitch(760)}<w:jc w:val="distribute"/>', _RED + '<w:w w:val="62"/>'),
    Style("HeadMark", "联合行文“文件”", XBS, 60, f'{_pitch(760)}<w:jc w:val="center"/>', _RED + '<w:w w:val="62"/>'),
    Style("HeadLetter", "信函标志", XBS, 56, f'{_pitch(680)}<w:jc w:val="center"/>', _RED + '<w:w w:val="75"/>'),
    Style("LineThick", "信函粗线", size=2, ppr=_rule(18, twips(standard.LETTER_HEAD_TO_LINE_MM) - 90)),
    Style("LineThin", "信函细线", size=2, ppr=_rule(6, 50)),
    Style("Number", "发文字号", ppr='<w:jc w:val="center"/>'),
    Style("NumberLetter", "信函字号", ppr='<w:jc w:val="right"/>'),
    Style(
        "NumberUp",
        "上行文字号",
        ppr=f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_W - CHAR}"/></w:tabs>'
        '<w:ind w:leftChars="100" w:left="320"/><w:jc w:val="left"/>',
    ),
    Style(
        "RedLine",
        "红线",
        size=2,
        ppr='<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="0" w:color="FF0000"/></w:pBdr>'
        f'{_FREE}<w:spacing w:line="140" w:lineRule="exact"/>',
    ),
    Style(
        "Title",
        "公文标题",
        XBS,
        44,
        f'{_KEEP}{_FREE}<w:spacing w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>',
    ),
    Style("UnderTitle", "题注", KT, ppr='<w:jc w:val="center"/>'),
    Style("Plain", "无缩进", ppr='<w:jc w:val="left"/>', rpr=_TIGHT),
    Style("To", "主送", rpr=_TIGHT),
    Style("H1", "一级标题", HT, ppr=f'{_KEEP}<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    Style("H2", "二级标题", KT, ppr=f'{_KEEP}<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    Style("Sign", "署名", ppr=f'{_KEEP}<w:ind w:left="4200"/><w:jc w:val="center"/>'),
    Style("SignLong", "署名（长）", ppr=f'{_KEEP}<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>'),
    Style("Day", "成文日期", ppr='<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'),
    Style("SignJoint", "联合署名", ppr=f'{_KEEP}<w:jc w:val="center"/>'),
    Style("Stamp", "签名章", ppr=f'{_KEEP}<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'),
    Style("Note", "附注", ppr='<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    Style("Annex", "附件标记", HT, ppr="<w:keepNext/><w:pageBreakBefore/>"),
    Style(
        "FormTitle",
        "表单标题",
        XBS,
        40,
        f'{_KEEP}{_FREE}<w:spacing w:after="160" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>',
    ),
    Style(
        "FormLine",
        "表头行",
        size=24,
        ppr=f'<w:keepNext/><w:tabs><w:tab w:val="right" w:pos="{TEXT_W}"/></w:tabs>{_pitch(320, after=60)}',
    ),
    Style("Small", "填表说明", size=21, ppr=_pitch(270, before=60)),
    Style("Label", "表格项目", HT, 24, f'{_pitch(320)}<w:jc w:val="center"/>'),
    Style("Cell", "表格文字", size=24, ppr=f'{_pitch(320)}<w:jc w:val="center"/>'),
    Style("CellL", "表格文字（左）", size=24, ppr=f'{_pitch(320)}<w:jc w:val="left"/>'),
    Style("CellR", "表格文字（右）", size=24, ppr=f'{_pitch(320)}<w:jc w:val="right"/>'),
    Style("CellS", "表格文字（小）", size=21, ppr=f'{_pitch(270)}<w:jc w:val="center"/>'),
    Style("CellT", "表格文字（密）", size=21, ppr=f'{_pitch(250)}<w:jc w:val="center"/>'),
    Style("CellN", "表格号码", size=19, ppr=f'{_pitch(270)}<w:jc w:val="center"/>'),
    Style(
        "CellI",
        "表格文字（首行缩进）",
        size=24,
        ppr=f'{_pitch(400)}<w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="left"/>',
    ),
    Style("SignCell", "签订栏", size=28, ppr=f'{_KEEP}{_pitch(460)}<w:jc w:val="left"/>'),
    Style("List", "名单文字", size=28, ppr=f'{_pitch(380)}<w:jc w:val="center"/>'),
    Style("ListL", "名单文字（左）", size=28, ppr=f'{_pitch(380)}<w:jc w:val="left"/>'),
    Style("ListHead", "名单表头", HT, 28, f'{_pitch(380)}<w:jc w:val="center"/>'),
    Style("Copies", "版记抄送", size=28, ppr=f'{_pitch(420)}<w:ind w:left="840" w:hanging="840"/>'),
    Style(
        "Imprint",
        "版记印发",
        size=28,
        ppr=f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_W - 560}"/></w:tabs>{_pitch(420)}',
    ),
    Style("Gap", "表格间隔", size=2, ppr=f'{_FREE}<w:spacing w:line="20" w:lineRule="exact"/>'),
    Style("Tail", "版记占位", size=2, ppr=f'{_FREE}<w:spacing w:line="{IMPRINT_H}" w:lineRule="exact"/>'),
)


@dataclass(frozen=True)
class Sheet:
    """What a master says and on which page: upright as a rule; a letter has its mark in the head of its first page."""

    content: str
    landscape: bool = False
    letter_head: str = ""


def write(path: Path, content: str | Sheet) -> None:
    """Write one master: the same content gives the same bytes."""
    sheet = content if isinstance(content, Sheet) else Sheet(content)
    parts = {
        "[Content_Types].xml": _content_types(sheet),
        "_rels/.rels": _RELS,
        "word/document.xml": f"{_XML}<w:document {_NS}><w:body>{sheet.content}{_section(sheet)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_rels(sheet),
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/footer1.xml": _footer("right", sheet.landscape),
        "word/footer2.xml": _footer("left", sheet.landscape),
        "docProps/core.xml": _CORE,
    }
    if sheet.letter_head:
        parts["word/header1.xml"] = f"{_XML}<w:hdr {_NS}>{sheet.letter_head}</w:hdr>"
        parts["word/footer3.xml"] = f"{_XML}<w:ftr {_NS}>{_letter_foot()}</w:ftr>"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, text.encode())


def _section(sheet: Sheet) -> str:
    first = '<w:headerReference w:type="first" r:id="rId5"/>' if sheet.letter_head else ""
    foot = '<w:footerReference w:type="first" r:id="rId6"/>' if sheet.letter_head else ""
    across = sheet.landscape
    width, height = (PAGE_H, PAGE_W) if across else (PAGE_W, PAGE_H)
    # A page on its side keeps its binding margin and its page number where they are when the sheet is bound: the upper
    # edge of the table lies at the binding side.
    top, right, bottom, left = (LEFT, TOP, RIGHT, BOTTOM) if across else (TOP, RIGHT, BOTTOM, LEFT)
    return (
        f'<w:sectPr>{first}<w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:footerReference w:type="even" r:id="rId4"/>{foot}'
        f'<w:pgSz w:w="{width}" w:h="{height}"{_SIDEWAYS if across else ""}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{_LETTER_HEADER if sheet.letter_head else 851}" '
        f'w:footer="{FOOTER - (BOTTOM - RIGHT) if across else FOOTER}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if sheet.letter_head else ''}"
        f'<w:docGrid w:type="lines" w:linePitch="{LINE_PITCH}"/></w:sectPr>'
    )


_SIDEWAYS = ' w:orient="landscape"'
_LETTER_HEADER = twips(standard.LETTER_HEAD_FROM_EDGE_MM) - 90


_EMU = 36000  # a millimetre in the unit of drawings
_NUMBER_LINE_MM = 6.4  # the line that a page number takes
_THICK_MM, _THIN_MM, _BETWEEN_MM = 0.8, 0.26, 0.9


def _letter_foot() -> str:
    """Thin over thick, ending 20 mm from the edge; the first page of a letter has no page number."""
    foot = standard.PAGE_MM[1] - standard.LETTER_FOOT_FROM_EDGE_MM
    thick = _bar(1, foot - _THICK_MM, _THICK_MM)
    thin = _bar(2, foot - _THICK_MM - _BETWEEN_MM - _THIN_MM, _THIN_MM)
    return f'<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r>{thin}</w:r><w:r>{thick}</w:r></w:p>'


def _bar(serial: int, top: float, height: float) -> str:
    """A red bar of 170 mm, so far from the upper edge of the paper, centred on it."""
    width, high = round(standard.LETTER_LINE_MM * _EMU), round(height * _EMU)
    left = round((standard.PAGE_MM[0] - standard.LETTER_LINE_MM) / 2 * _EMU)
    size = f'cx="{width}" cy="{high}"'
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        f'simplePos="0" relativeHeight="{serial}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{round(top * _EMU)}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{2000 + serial}" name="信函下线{serial}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"
    )


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
        f'<w:jc w:val="both"/></w:pPr></w:style>{named}'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="SignerName"><w:name w:val="签发人姓名"/><w:rPr>'
        f'{_fonts(KT)}<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="LabelHei"><w:name w:val="黑体标注"/><w:rPr>'
        f'{_fonts(HT)}<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style></w:styles>'
    )


def _footer(side: str, across: bool = False) -> str:
    """The page number. On a page that lies on its side it stands where it stands on the others once the sheet is bound:
    beside the table, at the paper's left edge, turned (8)."""
    run = f'<w:r><w:rPr>{_fonts(ST)}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>{{}}</w:r>'
    field = (
        "".join(
            run.format(f'<w:fldChar w:fldCharType="{kind}"/>')
            if kind != "code"
            else run.format('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
            for kind in ("begin", "code", "separate")
        )
        + run.format("<w:t>1</w:t>")
        + run.format('<w:fldChar w:fldCharType="end"/>')
    )
    dash = run.format('<w:t xml:space="preserve">— </w:t>'), run.format('<w:t xml:space="preserve"> —</w:t>')
    indent = '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
    shape = f'{_FREE}{indent}<w:jc w:val="{side}"/>'
    number = f"<w:p><w:pPr>{shape}</w:pPr>{dash[0]}{field}{dash[1]}</w:p>"
    return f"{_XML}<w:ftr {_NS}>{_turned(number) if across else number}</w:ftr>"


def _turned(number: str) -> str:
    """A line of its own at the left edge of the paper, as long as the text is wide, written downwards."""
    wide = twips(_NUMBER_LINE_MM)
    left = twips(standard.BOTTOM_MM - standard.PAGE_NUMBER_BELOW_TEXT_MM - _NUMBER_LINE_MM / 2)
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="page" w:horzAnchor="page" w:tblpX="{left}" w:tblpY="{LEFT}"/>'
        f'<w:tblW w:w="{wide}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{wide}"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{TEXT_W}" w:hRule="exact"/>'
        f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>{number}</w:tc>'
        f'</w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
    )


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD_TYPE}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{_WORD_TYPE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
)
_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_PART_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/footer" Target="footer1.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/footer" Target="footer2.xml"/>'
)


def _content_types(sheet: Sheet) -> str:
    part = '<Override PartName="/word/{}.xml" ContentType="' + _WORD_TYPE + '.{}+xml"/>'
    more = part.format("header1", "header") + part.format("footer3", "footer") if sheet.letter_head else ""
    return f"{_TYPES}{more}</Types>"


def _document_rels(sheet: Sheet) -> str:
    part = '<Relationship Id="{}" Type="' + _OFFICE + '/{}" Target="{}.xml"/>'
    more = part.format("rId5", "header", "header1") + part.format("rId6", "footer", "footer3")
    return f"{_PART_RELS}{more if sheet.letter_head else ''}</Relationships>"


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
