"""PDF by LibreOffice: many papers in one call, fonts checked before, what came out counted and read back.

Exit codes are not trusted (soffice ends with 0 when an input failed). Word papers never need any of this.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from integrations.fonts import Substitution, substitutions, write_fontconfig
from integrations.unreachable import Unreachable

_CHINESE = re.compile(r"[\u4e00-\u9fff，。、；：？！（）《》〔〕]")
_A_CALL = 30  # files in one call of soffice: long calls are lost whole when one input stops it
_BOX = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line and where it stands on its page, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page."""

    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF that was read back, and the fonts that stood in for missing ones."""

    data: bytes
    pages: tuple[Page, ...]
    substituted: tuple[Substitution, ...]


def available() -> bool:
    """Is there a LibreOffice, and poppler to read back what it makes?"""
    return all(shutil.which(program) for program in ("soffice", "pdftotext", "fc-list"))


def to_pdf(papers: Mapping[str, bytes], expected: Mapping[str, str] | None = None) -> dict[str, Printed]:
    """Word files by name → PDFs by name, all or none. `expected` is each file's text: every Chinese character and
    mark of it must be found again. Raises Unreachable, naming the file, when LibreOffice is missing or made less than it was given."""
    if not available():
        raise Unreachable(
            "本机没有LibreOffice（soffice）或者poppler-utils，不能生成PDF；Word文书不受影响。", permanent=True
        )
    missing = substitutions()
    with tempfile.TemporaryDirectory(prefix="bangfu-pdf-") as name:
        folder = Path(name)
        write_fontconfig(folder / "fonts.conf", missing)
        files = {key: folder / f"{n:05d}.docx" for n, key in enumerate(papers)}
        for key, path in files.items():
            path.write_bytes(papers[key])
        paths = list(files.values())
        for start in range(0, len(paths), _A_CALL):
            _convert(folder, paths[start : start + _A_CALL])
        return {key: _read_back(key, path, (expected or {}).get(key, ""), missing) for key, path in files.items()}


def read_pages(path: Path) -> tuple[Page, ...]:
    """The pages of a PDF, line by line. Raises Unreachable for a file that is no PDF."""
    try:
        done = subprocess.run(["pdftotext", "-bbox-layout", "-enc", "UTF-8", str(path), "-"], capture_output=True,
                              timeout=300, check=True)  # fmt: skip
        root = etree.fromstring(done.stdout, etree.XMLParser(resolve_entities=False, recover=True))
    except (OSError, subprocess.SubprocessError, etree.XMLSyntaxError) as no:
        raise Unreachable(f"{path.name}不能读作PDF。", permanent=True) from no
    return tuple(_page(node) for node in root.iter(f"{_BOX}page"))


def _convert(folder: Path, paths: list[Path]) -> None:
    soffice = shutil.which("soffice") or "soffice"
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
               "pdf:writer_pdf_Export", "--outdir", str(folder), *map(str, paths)]  # fmt: skip
    env = {"PATH": f"{Path(soffice).parent}:{os.defpath}", "FONTCONFIG_FILE": str(folder / "fonts.conf"),
           "HOME": str(folder), "LC_ALL": "C.UTF-8"}  # fmt: skip
    try:
        subprocess.run(command, env=env, capture_output=True, timeout=120 + 5 * len(paths), check=False)
    except (OSError, subprocess.SubprocessError) as no:
        raise Unreachable("LibreOffice没有完成转换，请稍后再试。") from no


def _read_back(key: str, docx: Path, expected: str, missing: tuple[Substitution, ...]) -> Printed:
    path = docx.with_suffix(".pdf")
    if not path.exists():
        raise Unreachable(f"LibreOffice没有生成“{key}”的PDF。")
    pages = read_pages(path)
    if not pages:
        raise Unreachable(f"“{key}”的PDF没有页面。")
    found = Counter(_CHINESE.findall("".join(page.text for page in pages)))
    lost = Counter(_CHINESE.findall(expected)) - found
    if lost:
        raise Unreachable(f"“{key}”的PDF缺少文字：{'、'.join(sorted(lost)[:10])}。", permanent=True)
    return Printed(path.read_bytes(), pages, missing)


def _page(node: etree._Element) -> Page:
    lines = [_line(line) for line in node.iter(f"{_BOX}line")]
    lines.sort(key=lambda line: (round(line.top), line.left))
    return Page(float(node.attrib["width"]), float(node.attrib["height"]), tuple(lines))


def _line(node: etree._Element) -> Line:
    words = [(float(w.attrib["xMin"]), str(w.text or "")) for w in node.iter(f"{_BOX}word")]
    box = [float(node.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")]
    return Line(" ".join(text for _, text in sorted(words)), *box)
