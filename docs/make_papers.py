"""Pictures of the papers: `make pictures` prints every example and renews the kept ones in docs/papers/; with a folder
(`make pictures PICTURES=folder`) also every PDF and one contact sheet with all pages. Needs LibreOffice and poppler-utils."""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HOUSE), str(HOUSE / "tests" / "templates")]

import samples  # noqa: E402  (the examples live with the tests)
from samples.issuing import as_issued  # noqa: E402

from integrations.pdf import to_pdf  # noqa: E402

KEPT = {"D-35": "publicity", "D-39": "announcement", "D-05": "income-sheet", "D-34": "acceptance", "D-77A": "request",
        "D-77D": "letter", "D-77H": "joint-notice", "D-80": "archive-index"}  # fmt: skip
COLUMNS, GAP, GREY = 14, 4, 0x90


@dataclass(frozen=True)
class Picture:
    """Rows of red, green and blue."""

    width: int
    height: int
    data: bytes

    def row(self, y: int) -> bytes:
        return self.data[y * self.width * 3 : (y + 1) * self.width * 3]


def pages_of(pdf: bytes, dots: int, last: int = 99) -> Iterator[Picture]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "one.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(dots), "-l", str(last), "one.pdf", "p"], cwd=folder, check=True)
        for path in sorted(folder.glob("p-*.ppm")):
            _, size, _, data = path.read_bytes().split(b"\n", 3)
            width, height = map(int, size.split())
            yield Picture(width, height, data)


def sheet(pictures: Sequence[Picture], columns: int) -> Picture:
    """All pictures beside and under each other."""
    wide = max(p.width for p in pictures) + GAP
    out, height = bytearray(), 0
    for start in range(0, len(pictures), columns):
        line = pictures[start : start + columns]
        for y in range(max(p.height for p in line) + GAP):
            row = bytearray([GREY]) * (wide * columns * 3)
            for n, picture in enumerate(line):
                if y < picture.height:
                    row[n * wide * 3 : (n * wide + picture.width) * 3] = picture.row(y)
            out += row
            height += 1
    return Picture(wide * columns, height, bytes(out))


def write_png(path: Path, picture: Picture) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + picture.row(y) for y in range(picture.height))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def main(folder: Path | None) -> None:
    printed = to_pdf({paper.code: as_issued(paper).render() for paper in samples.samples()})
    kept = HOUSE / "docs" / "papers"
    for code, name in KEPT.items():
        pages = list(pages_of(printed[code].data, 55, 2))
        write_png(kept / f"{name}.png", sheet(pages, len(pages)))
    print(f"{len(printed)} papers, {sum(len(one.pages) for one in printed.values())} pages")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        every = [page for code in sorted(printed) for page in pages_of(printed[code].data, 30)]
        write_png(folder / "all.png", sheet(every, COLUMNS))
        for code, one in printed.items():
            (folder / f"{code}.pdf").write_bytes(one.data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
