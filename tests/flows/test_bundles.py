"""The papers of a community as one stored zip, each file the one that is handed out singly (`demo --papers all`, `papers bundle`)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from district import COMMUNITY, District, at
from docx import Document

from flows.bundles import write_bundles
from flows.drain import drain
from flows.print import print_form
from records import papers
from records.engine import reading
from rules.jurisdiction import Scope


@pytest.fixture
def office_of_two_exits(small: District) -> District:
    """Two households that went out one after the other; forms are kept as records only, as the example keeps them."""
    for name in ("陈家强", "林/木\n生"):
        case = small.exit_until("announce", small.household(name))
        small.post([case], "announce", "district_clerk", "director", at(2017, 11, 10))
        drain(small.office, at(2017, 11, 13), print_files=False)
        small.sign("leader", at(2017, 11, 13, 10))
    return small


def test_every_paper_that_went_out_lies_in_the_zip_of_its_community_byte_for_byte(
    office_of_two_exits: District, tmp_path: Path
) -> None:
    office = office_of_two_exits.office
    out = tmp_path / "out"
    made = write_bundles(office, out)

    with reading(office.records) as conn:
        rows = [p for p in papers.listing(conn) if p.status not in ("draft", "discarded")]
        places = {p.id: papers.paper(conn, p.id).area_path.strip("/").split("/")[-1] for p in rows}
    assert {f"{code}.zip" for code in made} == {path.name for path in out.iterdir()}
    assert sum(made.values()) == len(rows) and COMMUNITY in made
    kept = sum(row.file_key is None for row in rows)
    assert 0 < kept < len(rows)  # some were never made into a file, some lie in piles, some singly
    for row in rows:
        with zipfile.ZipFile(out / f"{places[row.id]}.zip") as bundle:
            [name] = [n for n in bundle.namelist() if n.endswith(f"-{row.id}.docx")]
            assert name.startswith(f"{row.code}/") and name.count("/") == 1 and "\n" not in name
            assert bundle.getinfo(name).compress_type == zipfile.ZIP_STORED
            data = bundle.read(name)
        assert data == print_form(office, row.id)
        Document(io.BytesIO(data))


def test_a_bundle_holds_the_codes_that_were_asked_for_and_nothing_outside_ones_area(
    office_of_two_exits: District, tmp_path: Path
) -> None:
    office = office_of_two_exits.office

    assert write_bundles(office, tmp_path / "letters", ["D-40"]) == {COMMUNITY: 2}
    assert write_bundles(office, tmp_path / "street", area="440512002") == {}
    assert (
        write_bundles(office, tmp_path / "mine", ["D-40"], scope=Scope(paths=frozenset({"/440512/440512002/"}))) == {}
    )


def test_an_issued_paper_whose_file_was_lost_is_not_replaced_silently_by_another(
    office_of_two_exits: District, tmp_path: Path
) -> None:
    """What was hashed renders again to the same bytes as long as its master stands."""
    office = office_of_two_exits.office
    with reading(office.records) as conn:
        [letter, *_] = [p for p in papers.listing(conn, "D-40") if p.sha256]
    before = print_form(office, letter.id)
    (office.files.root / letter.file_key.partition("#")[0]).unlink()

    assert print_form(office, letter.id) == before
