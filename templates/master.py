"""A master (底版): loaded once, filled many times; nothing that one filling touches is seen by the next.

docxtpl cleans the parts of the Word file into templates (its `patch_xml`), jinja2 compiles them once per master, and
every filling writes a new zip. Compared with a DocxTemplate per paper the text is the same (a test says so), it is
many times quicker, and no state is shared: compiled templates are immutable.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

HERE = Path(__file__).parent
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_SAME_DAY = (2000, 1, 1, 0, 0, 0)  # a zip member carries a time; ours never differs
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = frozenset({f"{_W}t", f"{_W}delText", f"{_W}instrText"})
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


@dataclass(frozen=True)
class Master:
    """The parts of one master: those without blanks as bytes, those with blanks compiled."""

    folder: str
    fixed: Mapping[str, bytes]
    compiled: Mapping[str, Template]
    order: tuple[str, ...]


def master_path(folder: str) -> Path:
    return HERE / folder / "master.docx"


@cache
def load(folder: str) -> Master:
    """Read and compile one master; raises FileNotFoundError where there is none."""
    env, parts = environment(), _parts(folder)
    templates = sources(folder)
    return Master(
        folder,
        fixed={name: part for name, part in parts.items() if name not in templates},
        compiled={name: env.from_string(text) for name, text in templates.items()},
        order=tuple(parts),
    )


def sources(folder: str) -> dict[str, str]:
    """The parts of a master that hold blanks, as jinja2 sources, by their name in the file."""
    word = DocxTemplate(master_path(folder))
    return {
        name: _declared(word.patch_xml(_one_line(part)))
        for name, part in _parts(folder).items()
        if _FILLED.fullmatch(name) and (b"{{" in part or b"{%" in part)
    }


def _parts(folder: str) -> dict[str, bytes]:
    with zipfile.ZipFile(master_path(folder)) as file:
        return {name: file.read(name) for name in file.namelist()}


def environment() -> ImmutableSandboxedEnvironment:
    """The one environment papers are filled in: sandboxed, strict about names, escaping."""
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_finalize)


def fill(master: Master, texts: Mapping[str, object], *, title: str, office: str) -> bytes:
    """The master with its blanks filled, as a .docx; properties name the title and the office and nothing else."""
    parts: dict[str, bytes] = dict(master.fixed)
    parts.update({name: part.render(texts).encode() for name, part in master.compiled.items()})
    parts[_CORE] = _core(title, office)
    if _APP in parts:
        parts[_APP] = _APP_TEXT
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in master.order:
            info = zipfile.ZipInfo(name, _SAME_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, parts[name])
    return out.getvalue()


def text_of(docx: bytes) -> str:
    """All text of a Word file: body and tables, headers and footers, notes, properties. A paragraph is a line, runs
    are joined, cells of a table row are lines of their own."""
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        names = sorted(file.namelist(), key=lambda name: (not name.startswith("word/document"), name))
        return "\n".join(
            text
            for name in names
            if name.endswith(".xml") and name.startswith(("word/", "docProps/"))
            for text in _lines(name, etree.fromstring(file.read(name)))
            if text
        )


def _lines(name: str, root: etree._Element) -> list[str]:
    if name.startswith("docProps/"):
        return [str(node.text).strip() for node in root.iter() if node.text and node.text.strip()]
    return [_line(paragraph) for paragraph in root.iter(f"{_W}p")]


def _line(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(node: etree._Element) -> Iterator[str]:
    for child in node:
        tag = str(child.tag)
        if tag in _TEXTS:
            yield child.text or ""
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag not in (f"{_W}p", f"{_W}pPr"):  # a paragraph inside (a text box) is a line of its own
            yield from _pieces(child)


def _finalize(value: object) -> object:
    return escape(value).replace("\n", _BREAK) if isinstance(value, str) and "\n" in value else value


def _one_line(part: bytes) -> str:
    return str(etree.tostring(etree.fromstring(part), encoding="unicode"))


def _declared(xml: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + xml


def _core(title: str, office: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(office)}</dc:creator></cp:coreProperties>"
    ).encode()


_APP_TEXT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
