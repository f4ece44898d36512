"""Many finished papers of one master as sections of one document: what LibreOffice turns into PDF in one go."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BODY, _CORE = "word/document.xml", "docProps/core.xml"


def groups(papers: Mapping[str, bytes]) -> list[list[str]]:
    """Which of these files can be sections of one document: those that differ in their text alone. In their order."""
    alike: dict[tuple[tuple[str, bytes], ...], list[str]] = {}
    for key, data in papers.items():
        parts = _parts(data)
        same = tuple((name, part) for name, part in sorted(parts.items()) if name not in (_BODY, _CORE))
        alike.setdefault(same, []).append(key)
    return list(alike.values())


def merged(papers: Sequence[bytes]) -> bytes:
    """One document with each paper on pages of its own, numbered from 1 again. The papers must be of one group."""
    first = _parts(papers[0])
    root = etree.fromstring(first[_BODY])
    body = root.find(f"{_W}body")
    assert body is not None
    for child in list(body):
        body.remove(child)
    for data in papers[:-1]:
        body.extend(_section(data, last=False))
    body.extend(_section(papers[-1], last=True))
    for serial, drawing in enumerate(root.iter(_DRAWING_ID), 1):
        drawing.set("id", str(serial))
    first[_BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in first.items():
            file.writestr(name, part)
    return out.getvalue()


def _section(data: bytes, last: bool) -> list[etree._Element]:
    """The content of one paper; its section's properties end it, inside its last paragraph."""
    body = etree.fromstring(_parts(data)[_BODY]).find(f"{_W}body")
    assert body is not None
    content = list(body)
    properties = content.pop()
    assert properties.tag == f"{_W}sectPr"
    _number_from_one(properties)
    if last:
        return [*content, properties]
    if content[-1].tag != f"{_W}p":
        content.append(_tiny())
    paragraph = content[-1]
    shape = paragraph.find(f"{_W}pPr")
    if shape is None:
        shape = etree.Element(f"{_W}pPr")
        paragraph.insert(0, shape)
    shape.append(copy.deepcopy(properties))
    return content


def _tiny() -> etree._Element:
    """A paragraph that takes no room: a table cannot end a section."""
    paragraph = etree.Element(f"{_W}p")
    style = etree.SubElement(etree.SubElement(paragraph, f"{_W}pPr"), f"{_W}pStyle")
    style.set(f"{_W}val", "Gap")
    return paragraph


def _number_from_one(properties: etree._Element) -> None:
    for old in properties.findall(f"{_W}pgNumType"):
        properties.remove(old)
    number = etree.Element(f"{_W}pgNumType")
    number.set(f"{_W}start", "1")
    margins = properties.find(f"{_W}pgMar")
    assert margins is not None
    margins.addnext(number)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
