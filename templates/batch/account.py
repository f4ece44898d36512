"""The account of text: what a Word file says, and whether a finished paper says all that it should."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from states.not_allowed import MasterUnfit, PaperBroken
from templates.batch.proof import W, drawings_in_order, faults_of, grid_holds
from templates.batch.zipped import contents

_TEXTS = frozenset({f"{W}t", f"{W}delText", f"{W}instrText"})
_MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_STRICT = etree.XMLParser(resolve_entities=False, no_network=True, recover=False, remove_comments=True, remove_pis=True)


def check_part(name: str, said: str, finished: bytes) -> None:
    """Refuse with PaperBroken a part that is not well-formed, that Word would call corrupt, or that lost a word of
    what jinja wrote (`said`)."""
    try:
        root = etree.fromstring(finished, _STRICT)
    except etree.XMLSyntaxError as no:
        raise PaperBroken(part=name, why="条件或循环跨越了段落、表格的边界") from no
    if faults := list(faults_of(root)):
        raise PaperBroken(part=name, why="，".join(faults))
    if _bare("".join(str(text) for text in root.itertext())) != _bare(html.unescape(_TAG.sub("", said))):
        raise PaperBroken(part=name, why="有文字没有印出来")


def needs_finish(said: str) -> bool:
    """Would docxtpl mend this body: a table whose columns are not those of its grid, drawings not in order?"""
    try:
        root = etree.fromstring(said.encode(), _STRICT)
    except etree.XMLSyntaxError:
        return False  # the account refuses it
    return not all(grid_holds(t) for t in root.iter(f"{W}tbl")) or not drawings_in_order(root)


def _bare(text: str) -> str:
    return "".join(text.split())


def text_of(docx: bytes) -> str:
    """All text of a Word file: body and tables, headers and footers, notes, properties. A paragraph is a line, runs
    are joined, cells of a table row are lines of their own. Raises MasterUnfit for what is no Word file."""
    parts = contents(docx)
    names = sorted(parts, key=lambda name: (not name.startswith("word/document"), name))
    return "\n".join(
        text
        for name in names
        if name.endswith(".xml") and name.startswith(("word/", "docProps/"))
        for text in _lines(name, _parsed(parts[name]))
        if text
    )


def _parsed(part: bytes) -> etree._Element:
    try:
        return etree.fromstring(part, _STRICT)
    except etree.XMLSyntaxError as no:
        raise MasterUnfit(why="不是完好的Word文件（.docx）。") from no


def _lines(name: str, root: etree._Element) -> list[str]:
    if name.startswith("docProps/"):
        return [str(node.text).strip() for node in root.iter() if node.text and node.text.strip()]
    return [line_of(paragraph) for paragraph in root.iter(f"{W}p")]


def line_of(paragraph: etree._Element) -> str:
    """What one paragraph says, its runs joined."""
    return "".join(_pieces(paragraph))


def _pieces(node: etree._Element) -> Iterator[str]:
    for child in node:
        tag = str(child.tag)
        if tag in _TEXTS:
            yield child.text or ""
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag not in (f"{W}p", f"{W}pPr"):  # a paragraph inside (a text box) is a line of its own
            yield from _pieces(child)
