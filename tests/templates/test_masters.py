"""Every master: its blanks are its paper's fields, its page is GB/T 9704-2012, and only a 公文 has a red head."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jinja2 import meta, nodes
from lxml import etree

from templates.make_masters import MASTERS
from templates.master import HERE, environment, master_path, sources
from templates.page import FS, HT, KT, STYLES, XBS, write
from templates.paper import Paper
from templates.papers import PAPERS, paper_class

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOLDERS = sorted({paper.folder for paper in PAPERS.values()})
ALL = pytest.mark.parametrize("paper", PAPERS.values(), ids=list(PAPERS))
EACH = pytest.mark.parametrize("folder", FOLDERS)


def part(folder: str, name: str) -> etree._Element:
    with zipfile.ZipFile(master_path(folder)) as file:
        return etree.fromstring(file.read(name))


def rows_of(paper: type[Any]) -> dict[str, type[Any]]:
    hints = get_type_hints(paper)
    return {
        f.name: get_args(hints[f.name])[0] for f in dataclasses.fields(paper) if get_args(hints[f.name])[1:] == (...,)
    }


def parsed(folder: str) -> list[nodes.Template]:
    return [environment().parse(source) for source in sources(folder).values()]


def columns_used(folder: str) -> Iterator[tuple[str, str]]:
    """(field, column) for every loop over a field."""
    for tree in parsed(folder):
        for loop in tree.find_all(nodes.For):
            if isinstance(loop.iter, nodes.Name) and isinstance(loop.target, nodes.Name):
                for got in loop.find_all(nodes.Getattr):
                    if isinstance(got.node, nodes.Name) and got.node.name == loop.target.name:
                        yield loop.iter.name, got.attr


def test_every_folder_with_a_master_is_a_paper_and_every_paper_has_its_master() -> None:
    assert sorted(path.parent.name for path in HERE.glob("*/master.docx")) == FOLDERS == sorted(MASTERS)
    assert all(code == paper.code and paper_class(code) is paper for code, paper in PAPERS.items())
    assert all(paper.title and paper.folder for paper in PAPERS.values())


@ALL
def test_the_blanks_in_the_master_are_the_fields_of_the_paper(paper: type[Paper]) -> None:
    used = set().union(*(meta.find_undeclared_variables(tree) for tree in parsed(paper.folder))) - {"range"}

    assert used == {f.name for f in dataclasses.fields(paper)}


@ALL
def test_the_columns_in_the_master_are_the_fields_of_the_rows(paper: type[Paper]) -> None:
    used = set(columns_used(paper.folder))

    assert used == {(name, f.name) for name, row in rows_of(paper).items() for f in dataclasses.fields(row)}


@ALL
def test_every_blank_has_a_chinese_name_and_a_record_that_completes_it(paper: type[Paper]) -> None:
    for owner in (paper, *rows_of(paper).values()):
        assert all(f.metadata["name"] and f.metadata["record"] for f in dataclasses.fields(owner))


@EACH
def test_the_page_is_a4_with_the_margins_and_the_grid_of_the_standard(folder: str) -> None:
    """GB/T 9704-2012 5.1, 5.2: A4, 37/35/28/26 mm, 22 lines in 225 mm."""
    [section] = part(folder, "word/document.xml").iter(f"{W}sectPr")
    sideways = section.find(f"{W}pgSz[@{W}orient='landscape']") is not None
    size, margin, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    assert size is not None and margin is not None and grid is not None
    mm = {side: round(int(margin.attrib[f"{W}{side}"]) / 56.693) for side in ("top", "bottom", "left", "right")}

    assert (size.attrib[f"{W}w"], size.attrib[f"{W}h"]) == (("16838", "11906") if sideways else ("11906", "16838"))
    if sideways:  # bound at its upper edge
        assert mm == {"top": 28, "bottom": 26, "left": 35, "right": 37}
    else:
        assert mm == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    assert (grid.attrib[f"{W}type"], grid.attrib[f"{W}linePitch"]) == ("lines", "579")


@EACH
def test_the_fonts_are_named_for_east_asian_text_and_no_other_font_is_used(folder: str) -> None:
    styles = {s.attrib[f"{W}styleId"]: s for s in part(folder, "word/styles.xml").iter(f"{W}style")}
    expected = {"Body": (FS, "32"), "Title": (XBS, "44"), "H1": (HT, "32"), "H2": (KT, "32"), "Copies": (FS, "28")}

    for key, (font, size) in expected.items():
        fonts, points = styles[key].find(f"{W}rPr/{W}rFonts"), styles[key].find(f"{W}rPr/{W}sz")
        assert fonts is not None and points is not None
        assert (fonts.attrib[f"{W}eastAsia"], points.attrib[f"{W}val"]) == (font, size)
    assert not list(part(folder, "word/document.xml").iter(f"{W}rFonts"))  # fonts come from styles only


HEADS = {"Head", "HeadOrder", "HeadJoint", "NumberLetter"}  # document, command, joint document, letter


@EACH
def test_only_a_numbered_official_document_has_a_red_head(folder: str) -> None:
    """Domain 5.1: a form never gets a red head."""
    [family] = {paper.family for paper in PAPERS.values() if paper.folder == folder}
    used = {s.attrib[f"{W}val"] for s in part(folder, "word/document.xml").iter(f"{W}pStyle")}
    letter = "NumberLetter" in used

    assert len(used & HEADS) == (family == "official")
    assert ({"Imprint", "Copies"} <= used) == (family == "official" and not letter)
    assert ("RedLine" in used) == (family == "official" and not letter and "HeadOrder" not in used)
    assert used <= {style.key for style in STYLES}
    assert all(paper.numbered == (paper.family == "official") for paper in PAPERS.values())


@EACH
def test_the_page_number_stands_right_on_odd_and_left_on_even_pages(folder: str) -> None:
    assert part(folder, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        [jc] = part(folder, name).iter(f"{W}jc")
        assert jc.attrib[f"{W}val"] == side


@EACH
def test_a_master_carries_no_comments_macros_links_or_personal_properties(folder: str) -> None:
    with zipfile.ZipFile(master_path(folder)) as file:
        names = file.namelist()
        relations = b"".join(file.read(name) for name in names if name.endswith(".rels"))

    assert not [name for name in names if any(w in name for w in ("comments", "vba", "custom", "people", "embeddings"))]
    assert b'TargetMode="External"' not in relations


@EACH
def test_every_cell_ends_with_a_paragraph(folder: str) -> None:
    """Word calls a file corrupt whose cell has none."""
    for cell in part(folder, "word/document.xml").iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"


def test_the_script_writes_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        for folder, content in MASTERS.items():
            write(tmp_path / name / folder / "master.docx", content())

    for folder in MASTERS:
        one, two = (tmp_path / name / folder / "master.docx" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        assert zipfile.ZipFile(io.BytesIO(one.read_bytes())).testzip() is None


def test_the_catalogue_in_the_docs_is_the_catalogue() -> None:
    page = (HERE.parent / "docs" / "papers.md").read_text(encoding="utf-8")
    listed = [line.split(" | ")[:3] for line in page.splitlines() if line.startswith("| D-")]

    assert listed == [[f"| {code}", paper.title, f"`{paper.folder}`"] for code, paper in PAPERS.items()]
