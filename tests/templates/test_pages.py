"""The papers as pages: what LibreOffice makes of every one of them."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
from datetime import date
from random import Random

import pytest
import samples
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTPage, LTTextContainer, LTTextLine

from flows.check_papers import seen_page
from integrations.fonts import STAND_INS, substitutions
from integrations.pdf import Printed, to_pdf
from integrations.unreachable import Unreachable
from templates.checker import check
from templates.checker.reading import read
from templates.circular_notice import CircularNotice
from templates.document import Section
from templates.merge import groups, merged
from templates.paper import Dated, Paper
from templates.refusal_letter import RefusalLetter

MM = 72 / 25.4
ONE_PAGE = ("D-05", "D-13", "D-14", "D-17", "D-18", "D-24", "D-33", "D-34", "D-41", "D-43", "D-44", "D-5D1", "D-7B")

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def printed() -> dict[str, Printed]:
    """Every example, issued, printed in few calls; every Chinese character of each is found again in its PDF."""
    files = {paper.code: issued(paper).render() for paper in samples.samples()}
    return to_pdf(files, {code: "".join(p.text for p in read(data).paragraphs) for code, data in files.items()})


@pytest.fixture(scope="module")
def pages(printed: dict[str, Printed]) -> dict[str, list[LTPage]]:
    return {code: list(extract_pages(io.BytesIO(one.data))) for code, one in printed.items()}


def issued(paper: Paper) -> Paper:
    number = "第3号" if paper.code == "D-77J" else "汕濠扶办〔2017〕35号"
    return paper.issued(on=date(2017, 12, 28), number=number, signer="李强") if isinstance(paper, Dated) else paper


def lines_of(page: LTPage) -> list[LTTextLine]:
    return [line for box in page if isinstance(box, LTTextContainer) for line in box if isinstance(line, LTTextLine)]


def test_every_paper_becomes_a4_pages_with_its_office_on_them(pages: dict[str, list[LTPage]]) -> None:
    for paper in samples.samples():
        assert all({round(p.width / MM), round(p.height / MM)} == {210, 297} for p in pages[paper.code])
        text = "".join(line.get_text() for page in pages[paper.code] for line in lines_of(page))
        assert paper.office[-4:] in "".join(text.split()), paper.code


def test_every_paper_keeps_the_standard_on_the_page(printed: dict[str, Printed]) -> None:
    """GB/T 9704 5.2.3, 7.3.3, 7.4: 22 lines, 28 characters, text on the first page, the imprint at the foot of the last."""
    for paper in samples.samples():
        pages = [seen_page(page) for page in printed[paper.code].pages]
        assert [str(d) for d in check(issued(paper).render(), pages)] == [], paper.code


def test_papers_of_one_master_become_sections_of_one_document_each_numbered_from_one() -> None:
    letters = {str(n): refusal(f"第{n}户").render() for n in range(1, 6)}
    [group] = groups(letters)

    whole = to_pdf({"letters": merged([letters[key] for key in group])})["letters"]

    assert group == ["1", "2", "3", "4", "5"]
    assert len(whole.pages) == 5
    assert [n for n, page in enumerate(whole.pages, 1) if f"第{n}户" in "".join(page.text.split())] == [1, 2, 3, 4, 5]
    assert all("—1—" in "".join(page.text.split()) for page in whole.pages)


def refusal(head: str) -> Paper:
    letter = next(p for p in samples.samples() if isinstance(p, RefusalLetter))
    return dataclasses.replace(letter, head=head)


def test_what_is_no_word_file_makes_no_pdf_that_passes_for_one() -> None:
    """LibreOffice turns any text into a PDF and ends with 0; the text that should be on it decides."""
    with pytest.raises(Unreachable, match="缺少文字"):
        to_pdf({"x": "只是文字".encode()}, {"x": "送达回证"})


def test_no_mark_is_lost_where_a_full_line_ends() -> None:
    """LibreOffice hangs a mark behind a line that is full, and dropped it where the line had too little left over."""
    notice = next(p for p in samples.samples() if isinstance(p, CircularNotice))
    chance = Random(5)
    texts = ("".join(_words(chance) + chance.choice("，。；、") for _ in range(6)) + _words(chance) for _ in range(200))
    lines = tuple(Section(level=0, text=text + "。") for text in texts)
    docx = issued(dataclasses.replace(notice, sections=lines)).render()

    whole = to_pdf({"full": docx})["full"]

    for mark in "，。；、":
        assert "".join(page.text for page in whole.pages).count(mark) >= sum(line.text.count(mark) for line in lines)


def _words(chance: Random) -> str:
    return "".join(chance.choices("入户核查民主评议公示审定", k=chance.randint(4, 33)))


def test_the_fonts_that_stood_in_are_named(printed: dict[str, Printed]) -> None:
    named = {s.wanted for one in printed.values() for s in one.substituted}

    assert named == {s.wanted for s in substitutions()}
    assert all(s.used in STAND_INS[s.wanted] for s in substitutions())


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


def red_bands(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Where red ink lies on the first page: (top, bottom, left, right) of each band, in millimetres."""
    done = subprocess.run(["pdftoppm", "-r", "127", "-l", "1", "-"], input=pdf, capture_output=True, check=True)
    _, size, _, data = done.stdout.split(b"\n", 3)
    width, height = map(int, size.split())
    found: list[list[int]] = []
    for y in range(height):
        line = data[y * width * 3 : (y + 1) * width * 3]
        red = [x for x, (r, g) in enumerate(zip(line[0::3], line[1::3], strict=True)) if r > 180 and g < 120]
        if not red:
            continue
        if not found or found[-1][1] != y:
            found.append([y, y, red[0], red[-1]])
        found[-1][1:] = [y + 1, min(found[-1][2], red[0]), max(found[-1][3], red[-1])]
    return [(t / 5, b / 5, left / 5, right / 5) for t, b, left, right in found]  # 127 dots an inch are 5 a millimetre


def test_a_letter_has_its_mark_at_30_mm_and_red_lines_of_170_mm_above_and_below(printed: dict[str, Printed]) -> None:
    """GB/T 9704 10.1: the line 4 mm under the mark, the lower one 20 mm above the edge, no number on the first page."""
    mark, *lines, _, foot = red_bands(printed["D-77D"].data)
    text = "".join(printed["D-77D"].pages[0].text.split())

    assert abs(mark[0] - 30) < 1 and abs(lines[0][0] - mark[1] - 4) < 0.8
    assert abs(foot[1] - 277) < 0.5
    assert all(abs(right - left - 170) < 0.6 and abs(left - 20) < 0.4 for _, _, left, right in (*lines, foot))
    assert "—1—" not in text


def test_the_marks_of_documents_and_commands_begin_where_the_standard_says(printed: dict[str, Printed]) -> None:
    """GB/T 9704 7.2.4, 10.2: 35 and 20 mm under the upper edge of the text; the red line is as wide as the text."""
    document, line = red_bands(printed["D-77F"].data)
    command, *_ = red_bands(printed["D-77J"].data)

    assert abs(document[0] - 72) < 1 and abs(command[0] - 57) < 1
    assert abs(line[2] - 28) < 0.5 and abs(line[3] - 184) < 0.5


def test_the_page_number_lies_between_the_text_and_the_edge_on_its_side(pages: dict[str, list[LTPage]]) -> None:
    odd, even = pages["D-39"][0], pages["D-39"][1]
    [right], [left] = (
        [line for line in lines_of(p) if "—" in line.get_text() and line.y1 < 35 * MM] for p in (odd, even)
    )

    assert 24 <= right.y0 / MM <= 29
    assert right.x1 / MM > 170
    assert left.x0 / MM < 40


def test_no_page_holds_the_signature_or_a_note_alone(printed: dict[str, Printed]) -> None:
    """What is signed stays with the end of the text: 此页无正文 is never needed."""
    for paper in samples.samples():
        for page in printed[paper.code].pages[1:]:
            first = page.text.replace(" ", "").lstrip("\n").split("\n")[0]
            assert first != paper.office and not first.startswith("（联系人"), paper.code


def test_no_telephone_number_is_broken_at_its_hyphen(printed: dict[str, Printed]) -> None:
    for code, one in printed.items():
        assert [
            line.text for page in one.pages for line in page.lines if re.search(r"\d-$", line.text.strip())
        ] == [], code


def test_behind_a_long_name_a_telephone_begins_a_line() -> None:
    letters = {
        name: dataclasses.replace(paper, contact=name).render()
        for paper in samples.samples() if paper.code == "D-77D"
        for name in ("林" * n for n in range(2, 16))
    }  # fmt: skip
    for name, one in to_pdf(letters).items():
        text = "\n".join(line.text.replace(" ", "").strip() for page in one.pages for line in page.lines)
        assert re.search(r"联系电话：\n?0754-\d{8}", text), name


def test_the_parties_of_an_agreement_sign_on_the_same_lines(printed: dict[str, Printed]) -> None:
    heights = {line.text.replace(" ", ""): round(line.top) for page in printed["D-20"].pages for line in page.lines}

    assert heights["区委书记（签字）："] == heights["党工委书记（签字）："]
    assert heights["区长（签字）："] == heights["办事处主任（签字）："]
