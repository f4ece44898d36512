"""The lock before the public: a number is found in every corner of a Word or Excel file, and in its name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.roster_xlsx import write_roster
from rules.privacy import is_id_number, public_roster
from states.not_allowed import PublicPaperLeaks
from templates.batch.zipped import contents
from templates.paper import Paper
from templates.public import check_public, check_public_file

SAMPLES = samples.samples()
NOTICE: Any = next(p for p in SAMPLES if p.code == "D-35")
CARD_PAPER: Any = next(p for p in SAMPLES if p.code == "D-17")
PUBLIC = [p for p in SAMPLES if p.public]
ID = "110101198002290018"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

assert is_id_number(ID)


def repacked(docx: bytes, **changed: bytes) -> bytes:
    parts, out = (
        contents(docx) | {name.replace("__", "/").replace("·", "."): data for name, data in changed.items()},
        io.BytesIO(),
    )
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def replaced(docx: bytes, part: str, old: str, new: str) -> bytes:
    text = contents(docx)[part].decode()
    assert old in text
    return repacked(docx, **{part: text.replace(old, new, 1).encode()})


def in_runs(text: str) -> str:
    """Each character in a run of its own, as spell checking and formatting leave them."""
    return "".join(f"<w:r><w:t>{c}</w:t></w:r>" for c in text)


def in_boxes(text: str) -> str:
    cells = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in text)
    return f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"


BODY = "word/document.xml"
PLACES: dict[str, Callable[[bytes, str], bytes]] = {
    "a paragraph": lambda d, n: replaced(d, BODY, "<w:sectPr", f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p><w:sectPr"),
    "runs": lambda d, n: replaced(d, BODY, "<w:sectPr", f"<w:p>{in_runs(n)}</w:p><w:sectPr"),
    "boxes": lambda d, n: replaced(d, BODY, "<w:sectPr", f"{in_boxes(n)}<w:sectPr"),
    "a cell": lambda d, n: replaced(d, BODY, "</w:t></w:r></w:p></w:tc>", f"{n}</w:t></w:r></w:p></w:tc>"),
    "a cell of two lines": lambda d, n: replaced(
        d, BODY, "</w:p></w:tc>", f"</w:p><w:p>{in_runs(n[:6])}</w:p><w:p>{in_runs(n[6:])}</w:p></w:tc>"),
    "a line break": lambda d, n: replaced(
        d, BODY, "<w:sectPr", f"<w:p><w:r><w:t>{n[:9]}</w:t><w:br/><w:t>{n[9:]}</w:t></w:r></w:p><w:sectPr"),
    "hidden text": lambda d, n: replaced(
        d, BODY, "<w:sectPr", f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{n}</w:t></w:r></w:p><w:sectPr"),
    "deleted text": lambda d, n: replaced(
        d, BODY, "<w:sectPr", f"<w:p><w:del><w:r><w:delText>{n}</w:delText></w:r></w:del></w:p><w:sectPr"),
    "a field": lambda d, n: replaced(
        d, BODY, "<w:sectPr", f"<w:p><w:r><w:instrText>LINK {n}</w:instrText></w:r></w:p><w:sectPr"),
    "a picture's words": lambda d, n: replaced(d, BODY, "<w:sectPr", f'<w:p w:rsidX="{n}"/><w:sectPr'),
    "a comment in the file": lambda d, n: replaced(d, BODY, "<w:sectPr", f"<!--{n}--><w:sectPr"),
    "the footer": lambda d, n: replaced(d, "word/footer1.xml", "</w:p>", f"{in_runs(n)}</w:p>"),
    "a comment": lambda d, n: repacked(d, **{
        "word/comments.xml": f"<w:comments {W}><w:comment><w:p>{in_runs(n)}</w:p></w:comment></w:comments>".encode()}),
    "the properties": lambda d, n: replaced(d, "docProps/core.xml", "</dc:title>", f"{n}</dc:title>"),
    "own data": lambda d, n: repacked(d, **{"customXml/item1.xml": f"<a><b c='x'>{n}</b></a>".encode()}),
    "a link": lambda d, n: repacked(d, **{"word/_rels/x.xml.rels": f"<R><r Target='tel:{n}'/></R>".encode()}),
    "a sheet inside": lambda d, n: repacked(d, **{"word/embeddings/book.xlsx": workbook(n)}),
    "an old object": lambda d, n: repacked(d, **{"word/embeddings/o.bin": b"\0\1" + n.encode("utf-16-le") + b"\0"}),
}  # fmt: skip


def workbook(text: str, state: str = "visible") -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "名单"
    sheet = book.create_sheet("其他")
    sheet["B2"], sheet.sheet_state = text, state
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_in_every_corner_of_a_word_file(place: str) -> None:
    docx = NOTICE.render()
    check_public(NOTICE, docx, ("440512",))

    with pytest.raises(PublicPaperLeaks, match="身份证号码"):
        check_public(NOTICE, PLACES[place](docx, ID), ("440512",))


@given(st.sampled_from(sorted(PLACES)), st.sampled_from([ID, "138" + "0" * 7 + "7", "6217000000000001234"]),
       st.sampled_from([0, 0xFF10 - 0x30, 0x660 - 0x30]))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_any_number_in_any_corner_stops_the_issue(place: str, number: str, shift: int) -> None:
    joined = len(number) == 11 and place in ("a cell of two lines", "an old object", "a line break")
    docx = PLACES[place](NOTICE.render(), "".join(chr(ord(c) + shift) for c in number))
    if joined:
        return  # only a check digit joins what stands apart; a telephone number has none

    with pytest.raises(PublicPaperLeaks):
        check_public(NOTICE, docx, ("440512",))


@pytest.mark.parametrize("paper", PUBLIC, ids=[p.code for p in PUBLIC])
def test_a_public_paper_with_its_own_contacts_passes(paper: Paper) -> None:
    check_public(paper, paper.render(), ("440512",), f"{paper.title}.docx")


def test_the_number_of_another_helper_on_the_card_stops_it_and_the_own_one_does_not() -> None:
    """R: the complaint line and the helper's number on the household's own card are exempt exactly."""
    docx = CARD_PAPER.render()
    check_public(CARD_PAPER, docx)

    with pytest.raises(PublicPaperLeaks, match="电话号码"):
        check_public(CARD_PAPER, replaced(docx, BODY, "13800000001", "13800000009"))


@pytest.mark.parametrize("name", [f"名单{ID}.docx", "王敏138 0000 0002.docx"])
def test_a_number_in_the_files_name_stops_it(name: str) -> None:
    with pytest.raises(PublicPaperLeaks, match="文件名"):
        check_public(NOTICE, NOTICE.render(), (), name)


def test_a_folder_of_somebodys_computer_stops_it() -> None:
    docx = repacked(NOTICE.render(), **{"word/_rels/y.xml.rels": rb"<R><r Target='C:\name\x.dotm'/></R>"})

    with pytest.raises(PublicPaperLeaks, match="文件路径"):
        check_public(NOTICE, docx)


def test_a_public_sheet_has_its_columns_its_office_and_nothing_hidden() -> None:
    roster = public_roster("2017年拟退出贫困户名单", NOTICE.rows)
    data = write_roster(roster.title, NOTICE.office, *roster.copy_for("web"))
    check_public_file(roster.title, data, name="名单.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))

    assert book.sheetnames == ["名单"]
    assert [c.value for c in book["名单"][2]] == ["序号", "居民小组（社区）", "户主姓名", "家庭人口（人）"]
    assert [c.value for c in book["名单"][3]] == [
        1,
        NOTICE.rows[0].place,
        NOTICE.rows[0].head[0] + "*",
        NOTICE.rows[0].size,
    ]
    assert (book.properties.creator, book.properties.title) == (NOTICE.office, roster.title)
    assert data == write_roster(roster.title, NOTICE.office, *roster.copy_for("web"))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (workbook("正常", "hidden"), "隐藏的工作表|隐藏内容"),
        (workbook("正常", "veryHidden"), "隐藏内容"),
        (workbook(ID, "hidden"), "身份证号码"),
        (workbook(ID), "身份证号码"),
        (workbook("１３８０００００００１"), "电话号码"),
    ],
)
def test_what_a_sheet_hides_stops_it(data: bytes, what: str) -> None:
    with pytest.raises(PublicPaperLeaks, match=what):
        check_public_file("名单", data)


def test_a_hidden_column_stops_it() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.column_dimensions["C"].hidden = True
    book.active["A1"] = 1
    book.save(out)

    with pytest.raises(PublicPaperLeaks, match="隐藏内容"):
        check_public_file("名单", out.getvalue())
