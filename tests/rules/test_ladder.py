"""The reminder ladder (domain 8.3) and quiet hours, for any beginning, last day and calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendar import shipped_calendar
from config.pack import read_pack
from rules.days import BEIJING, Calendar
from rules.ladder import NEW, Rung, ladder, newly, next_day
from rules.quiet import Quiet, sendable

PACK = read_pack("haojiang-2017")
SHIPPED = shipped_calendar()
CHINA = Calendar({d.day: d.is_open for d in SHIPPED.days}, frozenset(SHIPPED.years))
DAYS = st.dates(date(2016, 1, 1), date(2026, 12, 31))
RUNGS = st.lists(
    st.builds(
        Rung, st.sampled_from(["提醒", "催办", "督办"]), st.integers(-15, 15),
        st.sampled_from(["working_days", "calendar_days"]), st.sampled_from(["post", "office", "office_above"]),
    ),
    max_size=6,
    unique_by=lambda rung: (rung.name, rung.offset),
)  # fmt: skip


def test_the_shipped_ladder_reminds_urges_and_oversees_in_working_days() -> None:
    """R4.4-05, domain 8.3: T−10, T−3, T to the post; T+1 working day to the office; T+10 to the office one above."""
    steps = ladder(PACK.rungs(), date(2017, 9, 1), date(2017, 9, 29), CHINA)
    assert [(s.name, s.on, s.to, s.paper) for s in steps] == [
        (NEW, date(2017, 9, 2), "post", None),
        ("提醒", date(2017, 9, 15), "post", None),
        ("提醒", date(2017, 9, 26), "post", None),
        ("提醒", date(2017, 9, 29), "post", None),
        ("催办", date(2017, 9, 30), "office", "D-60"),  # a Saturday worked in exchange (调休)
        ("督办", date(2017, 10, 19), "office_above", "D-61"),
    ]


def test_a_short_item_has_only_the_rungs_after_its_beginning() -> None:
    steps = ladder(PACK.rungs(), date(2017, 11, 6), date(2017, 11, 8), CHINA)
    assert [(s.name, s.on) for s in steps][:3] == [
        (NEW, date(2017, 11, 7)), ("提醒", date(2017, 11, 8)), ("催办", date(2017, 11, 9)),
    ]  # fmt: skip


def test_leaders_visits_are_reminded_on_the_days_of_the_pack() -> None:
    """R4.2-12, domain 3.15: 30 April, 31 July, 31 October, 30 November."""
    steps = ladder(PACK.rungs(), date(2017, 1, 1), date(2017, 12, 31), CHINA, PACK.remind_days("visits", 2017))
    assert [(s.on.month, s.on.day) for s in steps if s.name == "提醒"] == [
        (4, 30),
        (7, 31),
        (10, 31),
        (11, 30),
        (12, 31),
    ]
    assert [s.name for s in steps if s.on.year == 2018] == ["催办", "督办"]


@given(RUNGS, DAYS, st.integers(0, 60))
def test_rungs_come_in_order_each_once_and_none_before_the_item_began(
    rungs: list[Rung], begun: date, length: int
) -> None:
    steps = ladder(rungs, begun, begun + timedelta(days=length), CHINA)
    assert [s.on for s in steps] == sorted(s.on for s in steps)
    assert all(s.on > begun for s in steps)
    assert len({s.code for s in steps}) == len(steps)


@given(RUNGS, DAYS, st.integers(0, 40), st.lists(st.integers(1, 30), max_size=8))
def test_whatever_days_are_slept_through_every_rung_is_told_once_and_in_order(
    rungs: list[Rung], begun: date, length: int, pauses: list[int]
) -> None:
    steps = ladder(rungs, begun, begun + timedelta(days=length), CHINA)
    told, until = [], begun
    for pause in [*pauses, 400]:
        today = until + timedelta(days=pause)
        told.extend(newly(steps, until, today))
        until = today
    assert told == list(steps)
    assert next_day(steps, until) is None


@given(RUNGS, DAYS, st.integers(0, 40))
def test_waking_only_on_the_next_days_misses_nothing(rungs: list[Rung], begun: date, length: int) -> None:
    steps = ladder(rungs, begun, begun + timedelta(days=length), CHINA)
    told, until, day = [], begun, next_day(steps, begun)
    while day is not None:
        found = newly(steps, until, day)
        assert found
        told.extend(found)
        until, day = day, next_day(steps, day)
    assert told == list(steps)


DATES = (datetime(2016, 1, 1), datetime(2026, 1, 1))  # noqa: DTZ001 (the strategy adds the zone)
MOMENTS = st.datetimes(*DATES, timezones=st.just(UTC))
CLOCK = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@given(MOMENTS, CLOCK, CLOCK)
def test_what_may_be_sent_is_never_earlier_never_quiet_and_within_a_day(moment: datetime, start: str, end: str) -> None:
    quiet = Quiet.of(start, end)
    then = sendable(moment, quiet)
    assert moment <= then < moment + timedelta(days=1)
    assert not quiet.covers(then)
    assert quiet.covers(moment) or then == moment


@pytest.mark.parametrize(
    ("hour", "day", "then"),
    [(20, 10, (10, 20)), (21, 10, (11, 8)), (23, 10, (11, 8)), (3, 10, (10, 8)), (8, 10, (10, 8))],
)
def test_the_night_lies_across_midnight(hour: int, day: int, then: tuple[int, int]) -> None:
    told = sendable(datetime(2017, 10, day, hour, tzinfo=BEIJING), Quiet.of("21:00", "08:00"))
    assert (told.day, told.hour, told.minute) == (*then, 0)
