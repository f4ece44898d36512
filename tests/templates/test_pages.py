"""The papers as pages: what LibreOffice makes of every one of them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date

import pytest
import samples
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTPage, LTTextContainer, LTTextLine

from templates.paper import Dated, Paper

MM = 72 / 25.4
ONE_PAGE = ("D-05", "D-13", "D-14", "D-17", "D-18", "D-24", "D-33", "D-34", "D-41", "D-44", "D-7B")

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[LTPage]]:
    """Every example, issued, printed in one batch."""
    folder = tmp_path_factory.mktemp("papers")
    for paper in samples.samples():
        (folder / f"{paper.code}.docx").write_bytes(issued(paper).render())
    files = sorted(str(path) for path in folder.glob("*.docx"))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300)
    return {path.stem: list(extract_pages(path)) for path in folder.glob("*.pdf")}


def issued(paper: Paper) -> Paper:
    return paper.issued(on=date(2017, 12, 28), number="汕濠扶办〔2017〕35号") if isinstance(paper, Dated) else paper


def lines_of(page: LTPage) -> list[LTTextLine]:
    return [line for box in page if isinstance(box, LTTextContainer) for line in box if isinstance(line, LTTextLine)]


def test_every_paper_becomes_a4_pages_with_its_office_on_them(pages: dict[str, list[LTPage]]) -> None:
    for paper in samples.samples():
        assert all({round(p.width / MM), round(p.height / MM)} == {210, 297} for p in pages[paper.code])
        text = "".join(line.get_text() for page in pages[paper.code] for line in lines_of(page))
        assert paper.office[-4:] in "".join(text.split()), paper.code


def test_a_form_of_usual_length_fits_on_one_page(pages: dict[str, list[LTPage]]) -> None:
    assert {code: len(pages[code]) for code in ONE_PAGE} == dict.fromkeys(ONE_PAGE, 1)


@pytest.mark.parametrize("code", ["D-15", "D-38", "D-39"])
def test_the_red_head_begins_72_mm_below_the_edge_and_the_imprint_ends_the_text(
    pages: dict[str, list[LTPage]], code: str
) -> None:
    """GB/T 9704 7.2.4 (35 mm below the top of the text area), 7.4.2 (the last line of the imprint at its foot)."""
    first, last = pages[code][0], pages[code][-1]
    head = max((char for line in lines_of(first) for char in line if isinstance(char, LTChar)), key=lambda c: c.y1)
    imprint = next(line for line in lines_of(last) if "印发" in line.get_text())

    assert 68 <= (first.height - head.y1) / MM <= 75
    assert 35 <= imprint.y0 / MM <= 38


def test_the_page_number_lies_between_the_text_and_the_edge_on_its_side(pages: dict[str, list[LTPage]]) -> None:
    odd, even = pages["D-39"][0], pages["D-39"][1]
    [right], [left] = (
        [line for line in lines_of(p) if "—" in line.get_text() and line.y1 < 35 * MM] for p in (odd, even)
    )

    assert 24 <= right.y0 / MM <= 29
    assert right.x1 / MM > 170
    assert left.x0 / MM < 40
