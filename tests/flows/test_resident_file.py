"""A resident is given what is held about the household: all of it, and nothing of anybody else's."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from district import District, at

from flows.drain import drain
from flows.household_view import view
from flows.reading import open_file
from flows.resident_file import give_file
from records import verification
from records.engine import reading
from states.not_allowed import FieldMissing, OutsideYourArea
from templates.master import text_of

LATER = at(2017, 12, 1)


def test_the_file_holds_members_incomes_papers_and_an_index(district: District) -> None:
    """R1.4-03: one household, one file."""
    home = district.household("陈家强")
    district.household("外户林木生")
    district.exit_until("end", home)
    given = give_file(district.office, home, "陈家强本人", district.who["clerk"], LATER)

    with zipfile.ZipFile(io.BytesIO(given.data)) as file:
        names = file.namelist()
        text = text_of(file.read("00-档案和目录.docx"))
        everything = text + "".join(text_of(file.read(n)) for n in names if n.endswith(".docx"))
    assert "目　录" in text and "陈秀英" in text and "跟踪监测" in text and "技能培训" in text
    assert any(n.startswith("文书/") and "D-34" in n for n in names)
    assert all(n in text for n in names if n.startswith("文书/"))
    assert "林木生" not in everything
    with reading(district.office.records) as conn:
        assert [f for f in verification.verify(conn) if "case 0" not in f.where] == []


def test_a_form_that_was_never_made_into_a_file_is_made_for_the_resident(district: District) -> None:
    home = district.household("陈家强")
    district.exit_until("accept", home)
    drain(district.office, at(2017, 10, 23), print_files=False)
    given = give_file(district.office, home, "陈家强本人", district.who["clerk"], LATER)
    with zipfile.ZipFile(io.BytesIO(given.data)) as file:
        [form] = [name for name in file.namelist() if "D-34" in name]
        assert "陈家强" in text_of(file.read(form))


def test_it_says_to_whom_and_only_for_ones_own_area(district: District) -> None:
    from flows.appoint import appoint

    home = district.household()
    with pytest.raises(FieldMissing):
        give_file(district.office, home, " ", district.who["clerk"], LATER)
    stranger = appoint(district.office, "外人甲", "440512002-office", "street_clerk", date(2016, 1, 1), LATER)
    with pytest.raises(OutsideYourArea):
        give_file(district.office, home, "某人", stranger, LATER)


def test_the_view_of_a_past_day_knows_nothing_of_later_days(district: District) -> None:
    home = district.household()
    district.exit_until("end", home)
    clerk = district.who["clerk"].person_id
    seen = {}
    for day in (date(2016, 6, 1), date(2017, 11, 30)):
        there = open_file(district.office, clerk, home, day, LATER).household
        with reading(district.office.records) as conn:
            seen[day] = view(conn, district.office, there, day)
    early, late = seen.values()
    assert early.state is None and late.state == "跟踪监测"
    assert len(early.cases) == 0 and len(late.cases) == 1 and len(late.papers) > len(early.papers)
    assert early.place == late.place and late.title == "陈家强户"
    assert [y.year for y in late.years] == [2016, 2017] and late.years[-1].line is not None
