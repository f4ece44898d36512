"""A master (母版): read and prepared once, filled many times; nothing that one filling touches is seen by the next.

docxtpl's own functions say what a part of the Word file means as a template. Each part then goes the quickest way that
gives the same document: as a plan over bytes where it is proved that no paper can be broken or lose text, compiled
by jinja and each paper looked at, or through docxtpl itself where only docxtpl can finish the file.
"""

from __future__ import annotations

import hashlib
import io
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, nodes
from lxml import etree
from markupsafe import escape

from states.not_allowed import MasterTooCostly, MasterUnfit, UnprintableText
from templates.batch.account import check_part, needs_finish, text_of
from templates.batch.plan import FillPart, NoPlan, plan, unprintable
from templates.batch.proof import prove
from templates.batch.sandbox import PaperEnvironment, environment, forbidden
from templates.batch.zipped import (
    Deflate,
    Engine,
    Head,
    Member,
    Packing,
    contents,
    deflate,
    head,
    packed,
    read_members,
    whole_file,
)

__all__ = ["HERE", "Master", "environment", "fill", "load", "master_path", "read_master", "sources", "text_of"]

Way = Literal["plan", "jinja", "docxtpl"]
WAYS: Mapping[Way, str] = {"plan": "预制", "jinja": "编译", "docxtpl": "逐份"}

HERE = Path(__file__).parent
BODY = "word/document.xml"
FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_GRID_TAG = re.compile(r"{[%{]tc\s")
_WRITTEN = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))  # how a master writes braces that it means
SECONDS, LARGEST = 20, 500 * 2**20  # what one part of one paper may cost
_LOOK = 2000  # pieces between two looks at the clock


@dataclass(frozen=True, slots=True)
class PreparedPart:
    """One part with blanks: how it is filled, and why not in a quicker way."""

    name: str
    way: Way
    why: tuple[str, ...]
    compiled: Template
    planned: FillPart | None


@dataclass(frozen=True, slots=True)
class Master:
    """One master, prepared."""

    name: str
    docx: bytes
    sha256: str
    parts: tuple[PreparedPart, ...]
    fixed: Head  # the members that never change, as the beginning of each paper

    @property
    def way(self) -> Way:
        """The slowest way that one of its parts takes; `docxtpl` is for whole files."""
        ways = {part.way for part in self.parts}
        return "docxtpl" if "docxtpl" in ways else "jinja" if "jinja" in ways else "plan"

    @property
    def why(self) -> tuple[str, ...]:
        """Why it does not take the quickest way."""
        return tuple(dict.fromkeys(why for part in self.parts for why in part.why))


def master_path(folder: str) -> Path:
    return HERE / folder / "master.docx"


@cache
def load(folder: str) -> Master:
    """The master of a paper's folder; raises FileNotFoundError where there is none."""
    return read_master(master_path(folder).read_bytes(), folder)


def sources(folder: str) -> dict[str, str]:
    """The parts of a master that hold blanks, as jinja2 sources, by their name in the file."""
    return sources_of(contents(master_path(folder).read_bytes()))


def read_master(docx: bytes, name: str) -> Master:
    """Prepare a master from its file. Raises MasterUnfit with what it says that a master may not say."""
    env, parts = environment(), contents(docx)
    prepared = tuple(_prepare(env, part, source, parts[part]) for part, source in sources_of(parts).items())
    changing = {part.name for part in prepared} | {_CORE}
    fixed = {n: m for n, m in read_members(docx).items() if n not in changing}
    if _APP in fixed:
        fixed[_APP] = packed(_APP, _APP_TEXT, deflate("zlib"))
    return Master(name, docx, hashlib.sha256(docx).hexdigest(), prepared, head(fixed.values()))


def sources_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The same of an opened file."""
    word = DocxTemplate(io.BytesIO())
    return {
        name: _DECLARED + word.patch_xml(_one_line(part, name == BODY))
        for name, part in parts.items()
        if FILLED.fullmatch(name) and (b"{" in part)
        and ("{{" in (bare := _bare(part)) or "{%" in bare or any(written in bare for written, _ in _WRITTEN))
    }  # fmt: skip


def _prepare(env: PaperEnvironment, name: str, source: str, part: bytes) -> PreparedPart:
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as no:
        raise MasterUnfit(why=f"{name}里有写错的填空（{no.message}）。") from no
    if bad := [what for _, what in forbidden(tree)]:
        raise MasterUnfit(why=f"{name}用了不允许的{'、'.join(dict.fromkeys(bad))}。")
    for data in tree.find_all(nodes.TemplateData):
        for written, meant in _WRITTEN:
            data.data = data.data.replace(written, meant)
    proof, planned, why = prove(tree), None, []
    try:
        planned = plan(tree, env)
    except NoPlan as no:
        why.append(f"含有{no}")
    why += proof.unproved
    finish = [*proof.unfinished, *(["按列循环"] if _GRID_TAG.search(_bare(part)) else [])] if name == BODY else []
    way: Way = "docxtpl" if finish else "plan" if planned and not why else "jinja"
    compiled = Template.from_code(env, env.compile(tree), env.globals, None)
    return PreparedPart(name, way, (*finish, *why), compiled, planned if way == "plan" else None)


def fill(
    master: Master, texts: Mapping[str, object], *, title: str, office: str, engine: Engine | None = None
) -> bytes:
    """The master with its blanks filled, as a .docx; properties name the title and the office and nothing else.

    The same texts give the same bytes. Raises PaperBroken instead of a file that lost a word or that Word cannot open.
    """
    with_ = deflate(engine)
    core = _core_member(title, office, with_.engine)
    if master.way == "docxtpl":
        return _through_docxtpl(master, texts, core, with_)
    made: list[Member] = [core]
    for part in master.parts:
        if part.planned is not None:
            made.append(_by_plan(master, part, texts, with_))
        else:
            said = _by_jinja(master, part, texts)
            if part.name == BODY and needs_finish(said):
                return _through_docxtpl(master, texts, core, with_)
            check_part(part.name, said, said.encode())
            made.append(packed(part.name, said.encode(), with_))
    return whole_file(master.fixed, made)


def _by_plan(master: Master, part: PreparedPart, texts: Mapping[str, object], with_: Deflate) -> Member:
    assert part.planned is not None
    packing, budget = Packing(part.name.encode(), with_), _Budget(master.name)

    def sink(pieces: list[bytes]) -> None:
        packing.take(pieces)
        budget.look(packing.size)

    out: list[bytes] = []
    part.planned(texts, out, sink)
    return packing.finish(out)


def _by_jinja(master: Master, part: PreparedPart, texts: Mapping[str, object]) -> str:
    check_texts(texts)
    budget, size, pieces = _Budget(master.name), 0, []
    for n, piece in enumerate(part.compiled.generate(texts)):
        pieces.append(piece)
        size += len(piece)
        if n % _LOOK == 0:
            budget.look(size)
    budget.look(size)
    return "".join(pieces)


def _through_docxtpl(master: Master, texts: Mapping[str, object], core: Member, with_: Deflate) -> bytes:
    """A DocxTemplate of its own for every paper: one that is used twice carries one household into the next."""
    said = {part.name: _by_jinja(master, part, texts) for part in master.parts}
    clean = whole_file(head(m for n, m in read_members(master.docx).items() if n != _CORE), (core,))
    word, out = DocxTemplate(io.BytesIO(clean)), io.BytesIO()
    word.render(dict(texts), environment(), autoescape=True)
    word.save(out)
    finished = contents(out.getvalue())
    for name, text in said.items():
        check_part(name, text, finished[name])
    finished.update({_APP: _APP_TEXT} if _APP in finished else {})
    return whole_file(head([packed(n, data, with_) for n, data in finished.items() if n != _CORE]), (core,))


def check_texts(value: object) -> None:
    """Refuse with UnprintableText what no Word file may hold, wherever it stands in the data."""
    match value:
        case str():
            if bad := unprintable(value):
                code = f"U+{ord(bad.group()):04X}"
                raise UnprintableText(text=value[:20].encode("utf-8", "replace").decode(), code=code)
        case Mapping():
            for inside in value.values():
                check_texts(inside)
        case list() | tuple():
            for inside in value:
                check_texts(inside)


class _Budget:
    """A master that someone wrote may not keep the office waiting, nor fill its disk."""

    def __init__(self, name: str) -> None:
        self.name, self.until = name, time.monotonic() + SECONDS

    def look(self, size: int) -> None:
        if size > LARGEST:
            raise MasterTooCostly(name=self.name, limit=f"{LARGEST // 2**20}兆字节")
        if time.monotonic() > self.until:
            raise MasterTooCostly(name=self.name, limit=f"{SECONDS}秒")


@lru_cache(maxsize=512)
def _core_member(title: str, office: str, engine: Engine) -> Member:
    return packed(_CORE, _core(title, office), deflate(engine))


def _bare(part: bytes) -> str:
    return re.sub(r"<[^>]*>", "", part.decode("utf-8", "replace"))


def _one_line(part: bytes, body: bool) -> str:
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    if body:
        for n, drawn in enumerate(root.iter(_DRAWN), 1001):  # as docxtpl numbers them
            drawn.attrib["id"] = str(n)
    return str(etree.tostring(root, encoding="unicode"))


def _core(title: str, office: str) -> bytes:
    return (
        _DECLARED + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(office)}</dc:creator></cp:coreProperties>"
    ).encode()


_APP_TEXT = (
    _DECLARED + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
).encode()
