"""What can be known of a master before any paper: that whatever the values, its papers are whole and lose no text.

jinja's tree is written as XML in which a value is an empty element and a loop or a choice an element around its
content. If that parses, every branch is balanced, so every paper is well-formed; if every value stands in a text, no value
can be lost; and tables, cells and sections can be looked at with all loops empty and all choices untaken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import nodes
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OURS = "urn:bangfu:master"
VALUE, BLOCK = f"{{{_OURS}}}value", f"{{{_OURS}}}block"
_NEED_PARAGRAPH = frozenset(f"{W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "comment"))


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a part cannot be proved (then each paper is looked at), and why only docxtpl itself can finish it."""

    unproved: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()


def prove(tree: nodes.Template) -> Proof:
    """What holds for every paper made of this part."""
    try:
        root = etree.fromstring("".join(_xml(tree.body)).encode())
    except etree.XMLSyntaxError:
        return Proof(("条件或循环跨越了段落、表格的边界",), ())
    unproved = [why for why, broken in (
        ("填空不在文字里", any(_home(v).tag != f"{W}t" for v in root.iter(VALUE))),
        ("表格可能一行也没有", any(t.find(f"{W}tr") is None for t in root.iter(f"{W}tbl"))),
        ("单元格或文本框可能没有段落", not all(_ends_well(e) for e in root.iter() if e.tag in _NEED_PARAGRAPH)),
        ("节的设置可能缺失", any(b.find(f"{W}sectPr") is None for b in root.iter(f"{W}body"))),
    ) if broken]  # fmt: skip
    unfinished = [why for why, broken in (
        ("表格的列数随内容变化", any(not grid_holds(t) for t in root.iter(f"{W}tbl"))),
        ("图形随内容重复", not _numbers_hold(list(root.iter(_DRAWN)))),
    ) if broken]  # fmt: skip
    return Proof(tuple(unproved), tuple(unfinished))


def faults_of(root: etree._Element) -> Iterator[str]:
    """What Word would call corrupt in a finished part although it is well-formed."""
    if any(t.find(f"{W}tr") is None for t in root.iter(f"{W}tbl")):
        yield "有的表格一行也没有"
    if not all(_ends_well(e) for e in root.iter() if e.tag in _NEED_PARAGRAPH):
        yield "有的单元格、文本框或页眉没有段落"
    if any(b.find(f"{W}sectPr") is None for b in root.iter(f"{W}body")):
        yield "缺少页面设置"


def _xml(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output():
                for piece in node.nodes:
                    yield piece.data if isinstance(piece, nodes.TemplateData) else f'<b:value xmlns:b="{_OURS}"/>'
            case nodes.For():
                yield from (*_block(node.body, "for"), *_block(node.else_))
            case nodes.If():
                yield from (*_block(node.body), *(x for e in node.elif_ for x in _block(e.body)), *_block(node.else_))
            case _:
                yield "<"  # whatever it is, it cannot be proved


def _block(body: list[nodes.Node], kind: str = "if") -> Iterator[str]:
    if body:
        yield f'<b:block xmlns:b="{_OURS}" kind="{kind}">'
        yield from _xml(body)
        yield "</b:block>"


def _home(element: etree._Element) -> etree._Element:
    """The element of the document around a value, through loops and choices."""
    parent = element.getparent()
    while parent is not None and parent.tag == BLOCK:
        parent = parent.getparent()
    return element if parent is None else parent


def _numbers_hold(drawn: list[etree._Element]) -> bool:
    """docxtpl numbers the drawings of each paper from the front: one that may be missing must have none behind it."""
    last = drawn[-1:]
    blocks = [block for one in drawn for block in one.iterancestors(BLOCK)]
    return all(block.get("kind") == "if" and block in last[0].iterancestors(BLOCK) for block in blocks)


def _ends_well(element: etree._Element) -> bool:
    """Is the last thing a paragraph, whatever the blocks at the end do?"""
    for child in reversed(element):
        if child.tag == f"{W}p":
            return True
        if child.tag != BLOCK or not _ends_well(child):
            return False
    return element.tag == BLOCK


def grid_holds(table: etree._Element) -> bool:
    """docxtpl counts the cells of the rows and mends the grid; nothing is to mend when a row that is always there has
    as many as the grid, and none has more."""
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = list(table.iter(f"{W}tr"))
    if any(row.find(BLOCK) is not None for row in rows):
        return False
    always = [
        row for row in rows if not any(a.tag == BLOCK and table in a.iterancestors() for a in row.iterancestors())
    ]
    return max(map(_cells, rows), default=columns) <= columns == max(map(_cells, always), default=columns)


def drawings_in_order(root: etree._Element) -> bool:
    """Are the drawings numbered as docxtpl numbers them?"""
    return all(drawn.get("id") == str(n) for n, drawn in enumerate(root.iter(_DRAWN), 1001))


def _cells(row: etree._Element) -> int:
    return sum(_span(cell) for cell in row.findall(f"{W}tc"))


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val", "1"))
