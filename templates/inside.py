"""Everything a Word or Excel file says, also where nobody looks: comments, properties, hidden parts, attributes, names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from lxml import etree

from templates.batch.proof import W
from templates.batch.zipped import contents

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARAGRAPHS = frozenset({f"{W}p", f"{_A}p", f"{X}si", f"{X}is", f"{X}text"})
_BREAKS = frozenset({f"{W}tab", f"{W}br", f"{W}cr", f"{_A}br"})
_NO_NUMBER = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|[0-9]{1,10}")
_WHERE = (("word/document", "正文"), ("word/header", "页眉"), ("word/footer", "页脚"), ("word/comments", "批注"),
          ("xl/comments", "批注"), ("word/footnotes", "脚注"), ("docProps/", "文件属性"), ("xl/worksheets", "工作表"),
          ("xl/sharedStrings", "工作表"))  # fmt: skip
_STRICT = etree.XMLParser(resolve_entities=False, no_network=True)
_DEEPEST = 3
_IN_NO_PARAGRAPH = " and ".join(f"not(ancestor::{name})" for name in ("w:p", "a:p", "x:si", "x:is", "x:text"))
_NAMES = {"w": W[1:-1], "a": _A[1:-1], "x": X[1:-1]}
_LOOSE = etree.XPath(
    f"//text()[string-length() > 6 and {_IN_NO_PARAGRAPH}] | //comment() | //processing-instruction()",
    namespaces=_NAMES,
)
_ATTRIBUTES = etree.XPath("//@*[string-length() > 6]")
BODY = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something a file says: where, what, and whether a reader would see it as one (or only its check digit tells)."""

    where: str
    text: str
    apart: bool = False


def pieces_of(data: bytes, name: str = "", depth: int = 0) -> Iterator[Piece]:
    """Every text of the file. Raises MasterUnfit for what is no Office file."""
    if name:
        yield Piece("文件名", name)
    for part, body in contents(data).items():
        where = next((word for begin, word in _WHERE if part.startswith(begin)), f"隐藏部分{part}")
        yield Piece("隐藏部分", part)
        if part.endswith((".xml", ".rels", ".vml")):
            same = part not in (BODY, "xl/worksheets/sheet1.xml")  # most parts are the same in every paper of a master
            yield from _known(where, body) if same else _of_xml(where, body)
        elif zipfile.is_zipfile(io.BytesIO(body)) and depth < _DEEPEST:
            yield from (Piece(f"{where}：{p.where}", p.text, p.apart) for p in pieces_of(body, "", depth + 1))
        else:
            yield from (Piece(where, body.decode(code, "ignore"), apart=True) for code in ("latin-1", "utf-16-le"))


@lru_cache(maxsize=256)
def _known(where: str, body: bytes) -> tuple[Piece, ...]:
    return tuple(_of_xml(where, body))


def _of_xml(where: str, body: bytes) -> Iterator[Piece]:
    root = etree.fromstring(body, _STRICT)
    yield from (Piece(where, _joined(paragraph)) for paragraph in root.iter(*_PARAGRAPHS))
    yield from (Piece(where, str(text)) for text in _found(_LOOSE, root))
    yield from (Piece(where, str(value)) for value in _found(_ATTRIBUTES, root) if not _NO_NUMBER.fullmatch(str(value)))
    for cell in root.iter(f"{W}tc"):
        if len(paragraphs := list(cell.iter(f"{W}p"))) > 1:
            yield Piece(where, " ".join(map(_joined, paragraphs)), apart=True)
    for line in root.iter(f"{W}tr"):
        yield from _boxes(where, ["".join(map(_joined, cell.iter(f"{W}p"))) for cell in line.iterchildren(f"{W}tc")])
    for line in root.iter(f"{X}row"):
        yield from _boxes(where, [cell.findtext(f"{X}v", "") for cell in line])


def _found(path: etree.XPath, root: etree._Element) -> list[Any]:
    found: Any = path(root)
    return list(found)


def _joined(paragraph: etree._Element) -> str:
    """Runs joined, because a number may be cut by its formatting; a line break or a tab is a gap."""
    return "".join(_run(paragraph))


def _run(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in _BREAKS:
            yield " "
        elif child.tag not in _PARAGRAPHS:
            yield child.text or "" if not len(child) and isinstance(child.tag, str) else ""
            yield from _run(child)


def _boxes(where: str, cells: list[str]) -> Iterator[Piece]:
    """A form with one box per digit."""
    for single, group in groupby(cells, key=lambda text: len(text.strip()) == 1):
        if single and len(digits := list(group)) >= 11:
            yield Piece(where, "".join(digits))
