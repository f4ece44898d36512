"""Money is whole fen, a day is the office's day, and a limit is counted as the law counts it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendar import shipped_calendar
from rules.days import Calendar, CalendarDays, WorkingDays, add_months, day_of, in_chinese
from rules.money import Yuan, total

SEED = shipped_calendar()
CHINA = Calendar({d.day: d.is_open for d in SEED.days}, frozenset(SEED.years))
DAYS = st.dates(date(2015, 3, 1), date(2026, 6, 30))
DIGITS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_words(text: str) -> int:
    """Fen of a sum in capital form, read by another way than it was written."""
    whole, _, rest = text.partition("元") if "元" in text else ("", "", text)
    fen, value = 0, 0
    for c in rest.removesuffix("整"):
        if c in DIGITS:
            value = DIGITS[c]
        else:
            fen += value * {"角": 10, "分": 1}[c]
    return read_whole(whole) * 100 + fen


def read_whole(text: str) -> int:
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        if mark in text:
            high, _, low = text.partition(mark)
            return read_whole(high) * size + read_whole(low)
    number, digit = 0, 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        else:
            number, digit = number + digit * UNITS[c], 0
    return number + digit


@given(st.integers(0, 10**11))
def test_capital_form_says_the_sum(fen: int) -> None:
    assert read_words(Yuan(fen).in_words) == fen


@pytest.mark.parametrize(("text", "fen"), [("6,433.03", 643303), ("0", 0), ("-12.5", -1250), (" 7 ", 700)])
def test_a_sum_is_read_to_the_fen(text: str, fen: int) -> None:
    assert Yuan.of(text) == Yuan(fen)


@pytest.mark.parametrize("text", ["1.234", "abc", "", "nan", "Infinity", "1e999"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Yuan.of(text)


@given(st.lists(st.integers(-(10**9), 10**9), max_size=20))
def test_sums_add_up_exactly(sums: list[int]) -> None:
    assert total([Yuan(s) for s in sums]).fen == sum(sums)


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_a_quotient_is_within_half_a_fen(fen: int, heads: int) -> None:
    assert abs(Decimal(Yuan(fen).per(heads).fen) - Decimal(fen) / heads) <= Decimal("0.5")


def test_half_past_midnight_in_beijing_is_the_new_day() -> None:
    assert day_of(datetime(2017, 7, 2, 16, 30, tzinfo=UTC)) == date(2017, 7, 3)
    with pytest.raises(ValueError):
        day_of(datetime(2017, 7, 3))  # noqa: DTZ001  # a naive moment is what is refused


@given(DAYS, st.integers(1, 60))
def test_a_working_day_limit_ends_on_a_working_day_after_exactly_so_many(start: date, count: int) -> None:
    end = CHINA.due(start, WorkingDays(count)).on
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert CHINA.is_open(end) and sum(CHINA.is_open(d) for d in between) == count


@given(DAYS, st.integers(1, 60), st.booleans())
def test_a_publicity_never_ends_early_nor_on_a_day_of_rest(start: date, count: int, counted: bool) -> None:
    end = CHINA.due(start, CalendarDays(count, count_start=counted)).on
    assert end >= start + timedelta(days=count - counted) and CHINA.is_open(end)
    assert CHINA.due(start, CalendarDays(count + 1, count_start=counted)).on >= end


def test_seven_days_over_the_national_holiday_roll_to_the_first_working_day() -> None:
    """R4.3-09, civil code art. 201 and 203: posted on 26 September 2017, the start not counted."""
    posted = date(2017, 9, 26)
    assert CHINA.due(posted, CalendarDays(7, roll=False)).on == date(2017, 10, 3)
    assert CHINA.due(posted, CalendarDays(7, count_start=True, roll=False)).on == date(2017, 10, 2)
    assert CHINA.due(posted, CalendarDays(7)).on == date(2017, 10, 9)


def test_weekends_worked_in_exchange_count() -> None:
    assert CHINA.is_open(date(2017, 9, 30)) and not CHINA.is_open(date(2017, 10, 2))
    assert CHINA.due(date(2017, 9, 29), WorkingDays(1)).on == date(2017, 9, 30)
    assert CHINA.due(date(2017, 1, 26), WorkingDays(1)).on == date(2017, 2, 3)  # over the Spring Festival


def test_a_year_nobody_announced_is_provisional_and_never_a_crash() -> None:
    """The holidays of 2027 are not announced: Monday to Friday, and it is said."""
    late = CHINA.due(date(2026, 12, 28), WorkingDays(5))
    assert late.provisional and late.on == date(2027, 1, 4)
    assert not CHINA.due(date(2026, 11, 2), WorkingDays(5)).provisional


@given(DAYS, st.integers(0, 40))
def test_lateness_counts_working_days_only(due: date, days: int) -> None:
    today = due + timedelta(days=days)
    assert CHINA.working_days_late(due, today) == sum(
        CHINA.is_open(due + timedelta(days=n)) for n in range(1, days + 1)
    )


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_end_on_the_corresponding_day_or_the_last(day: date, months: int) -> None:
    """Civil code art. 202."""
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_a_paper_prints_days_without_padding() -> None:
    assert in_chinese(date(2017, 7, 3)) == "2017年7月3日"
