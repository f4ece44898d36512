"""The lock before a paper or a sheet is made public: the finished file is read again, all of it, for what must not be there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lxml import etree

from rules.leaks import Leak, scan
from states.not_allowed import PublicPaperLeaks
from templates.batch.zipped import contents
from templates.inside import X, pieces_of
from templates.paper import Paper

_PATH = re.compile(r"[A-Za-z]:\\+\w|\\\\\w|file://|/(?:Users|home)/\w")
_SHORTEST = 7  # no number that is looked for is shorter


def check_public(paper: Paper, docx: bytes, areas: Collection[str] = (), name: str = "") -> None:
    """Refuse with PublicPaperLeaks when the file of a public paper, or its name, shows an ID, bank card or telephone
    number anywhere. The paper's own contacts are exempt exactly. `areas` are the codes of the district's areas, by
    which a household number is known. Papers that are not public pass."""
    if paper.public:
        check_public_file(paper.title, docx, paper.contacts, areas, name)


def check_public_file(
    title: str, data: bytes, exempt: Collection[str] = (), areas: Collection[str] = (), name: str = ""
) -> None:
    """The same for any Word or Excel file; a sheet, column or row that is hidden is a find too."""
    found = [*_leaks(data, exempt, areas, name), *_hidden(data)]
    if found:
        raise PublicPaperLeaks(
            paper=title,
            what="、".join(dict.fromkeys(leak.kind for _, leak in found)),
            where="、".join(dict.fromkeys(f"{where}{leak.masked}" for where, leak in found)),
        )


def _leaks(data: bytes, exempt: Collection[str], areas: Collection[str], name: str) -> Iterator[tuple[str, Leak]]:
    seen: set[tuple[str, bool]] = set()
    for piece in pieces_of(data, name):
        if len(piece.text) < _SHORTEST or (piece.text, piece.apart) in seen:
            continue
        seen.add((piece.text, piece.apart))
        for leak in scan(piece.text, exempt, areas, strict=piece.apart):
            yield piece.where, leak
        if not piece.apart and _PATH.search(piece.text):
            yield piece.where, Leak("文件路径", "计算机上的文件夹")


def _hidden(data: bytes) -> Iterator[tuple[str, Leak]]:
    """What an Excel file keeps out of sight, and links to other files."""
    for name, body in contents(data).items():
        if name.startswith("xl/externalLinks/"):
            yield "工作簿", Leak("隐藏内容", "外部链接")
        if not (name.startswith(("xl/workbook.xml", "xl/worksheets/sheet")) and name.endswith(".xml")):
            continue
        root = etree.fromstring(body)
        for sheet in root.iter(f"{X}sheet"):
            if sheet.get("state", "visible") != "visible":
                yield "工作簿", Leak("隐藏内容", f"隐藏的工作表{sheet.get('name')}")
        for line in root.iter(f"{X}col", f"{X}row"):
            if line.get("hidden") in ("1", "true"):
                yield "工作表", Leak("隐藏内容", "隐藏的行或列")
