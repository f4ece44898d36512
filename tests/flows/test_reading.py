"""Reading a file: one's own business leaves no line, anything else does, and by one's own word the district is told."""

from __future__ import annotations

from datetime import date

import pytest
from district import District, at

from flows.reading import DISTRICT_WIDE, break_glass, open_file, readers
from records import alerts
from records.engine import reading
from states.not_allowed import FieldMissing, NoSuch, OutsideYourArea

NOON = at(2017, 6, 1)
TODAY = date(2017, 6, 1)


def test_ones_own_area_leaves_no_line_and_the_district_leaves_one_a_day(district: District) -> None:
    home = district.household()
    assert not open_file(district.office, district.who["clerk"].person_id, home, TODAY, NOON).noted
    director = district.who["director"].person_id
    assert open_file(district.office, director, home, TODAY, NOON).noted
    assert not open_file(district.office, director, home, TODAY, at(2017, 6, 1, 60)).noted
    assert open_file(district.office, director, home, TODAY, at(2017, 6, 2)).noted
    assert [(name, why) for _, name, why in readers(district.office, home)] == [("郑主任", DISTRICT_WIDE)] * 2


def test_outside_it_asks_why_is_granted_for_a_day_and_the_district_is_told(district: District) -> None:
    home = district.household()
    from flows.appoint import appoint

    stranger = appoint(district.office, "外人甲", "440512002-office", "street_clerk", date(2016, 1, 1), NOON)
    with pytest.raises(OutsideYourArea):
        open_file(district.office, stranger.person_id, home, TODAY, NOON)
    number = open_file(district.office, district.who["clerk"].person_id, home, TODAY, NOON).household.number
    with pytest.raises(FieldMissing):
        break_glass(district.office, number, "  ", stranger, NOON)
    with pytest.raises(NoSuch):
        break_glass(district.office, "0000", "核对", stranger, NOON)

    assert break_glass(district.office, number, "核对迁入户", stranger, NOON) == home
    assert open_file(district.office, stranger.person_id, home, TODAY, NOON).household.number == number
    with pytest.raises(OutsideYourArea):
        open_file(district.office, stranger.person_id, home, TODAY, at(2017, 6, 2))
    with reading(district.office.records) as conn:
        [told] = [a for a in alerts.open_alerts(conn) if a.kind == "break_glass"]
    assert "外人甲因“核对迁入户”越区查阅" in told.says and told.office_code == "440512-office"


def test_the_file_of_a_past_day_is_the_file_of_that_day(district: District) -> None:
    home, clerk = district.household(), district.who["clerk"].person_id
    assert open_file(district.office, clerk, home, date(2016, 5, 1), NOON).household.members
    with pytest.raises(NoSuch, match="2016年4月30日"):
        open_file(district.office, clerk, home, date(2016, 4, 30), NOON)
