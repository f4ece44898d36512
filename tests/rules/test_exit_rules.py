"""Income, lines, tracks and the exit gate, each beside the clause it carries out."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.pack import read_pack
from rules.agenda import consolidation_until, revisit_days
from rules.eligibility import Condition, Found, GateInput, Track, exit_gate, latest, suggest_track
from rules.identity import IdWrong, check_digit, masked, normalise, read_id
from rules.income import ITEMS, Method, compute, declared, growth_line, of_declared, period_of
from rules.jurisdiction import EVERYTHING, NOTHING, Scope, covers
from rules.lines import ExitLine, identification_line
from rules.meeting import Ballot, MeetingRule, check_meeting
from rules.money import ZERO, Yuan
from rules.numbers import document_number
from rules.register import IncomeRow

EXIT_GD = Method("EXIT_GD", "退出", frozenset(("one_off_relief", "earmarked")))
DIBAO_2012 = Method("DIBAO_2012", "低保2012", frozenset(("earmarked",)))
DIBAO_2021 = Method("DIBAO_2021", "低保2021", frozenset(("assistance", "basic_pension", "one_off_relief", "earmarked")))
YEAR = period_of(2017, (10, 31))
LINE = ExitLine(2017, Yuan.of(6883), "preset_growth", "省定标准")
SUMS = st.integers(0, 10**8).map(Yuan)


def test_one_off_help_does_not_lift_anyone_out() -> None:
    """R1.3-06: what was given once is left out, regular assistance counts; 低保 counted otherwise in 2012 and 2021."""
    items = {"wages": Yuan.of(10000), "assistance": Yuan.of(3000), "one_off_relief": Yuan.of(5000)}
    assert compute(EXIT_GD, items, 2, YEAR).total == Yuan.of(13000)
    assert compute(DIBAO_2012, items, 2, YEAR).total == Yuan.of(18000)
    assert compute(DIBAO_2021, items, 2, YEAR).total == Yuan.of(10000)


def test_the_period_ends_at_the_cut_off_and_is_printed() -> None:
    assert str(YEAR) == "2017年1月1日至2017年10月31日"
    assert str(period_of(2017, None)) == "2017年1月1日至2017年12月31日"


@given(SUMS, SUMS, SUMS, SUMS, SUMS, SUMS, SUMS)
def test_stated_sums_split_and_join_without_loss(w: Yuan, b: Yuan, c: Yuan, p: Yuan, r: Yuan, a: Yuan, o: Yuan) -> None:
    row = IncomeRow(3, "H", 2017, 2, w, b, c, p, r + a + o, a, o)
    items = declared(row)
    back = of_declared(items)
    assert (back["transfers"], back["of_which_assistance"], back["of_which_one_off"]) == (r + a + o, a, o)
    assert compute(EXIT_GD, items, 2, YEAR).total == w + b - c + p + r + a


def test_income_equal_to_the_line_passes_and_a_fen_less_does_not() -> None:
    """R1.3-04: not lower than; compared unrounded over the whole household."""
    line = Yuan.of(6883)
    assert compute(EXIT_GD, {"wages": Yuan.of("13766.00")}, 2, YEAR).reaches(line)
    below = compute(EXIT_GD, {"wages": Yuan.of("13765.99")}, 2, YEAR)
    assert not below.reaches(line) and below.per_head == Yuan.of("6883.00")  # printed rounded, judged exactly


def test_identification_is_strictly_below_the_line() -> None:
    """R1.2-01: lower than 4,000 yuan."""
    line = Yuan.of(4000)
    assert not compute(EXIT_GD, {"wages": Yuan.of(8000)}, 2, YEAR).below(line)
    assert compute(EXIT_GD, {"wages": Yuan.of("7999.99")}, 2, YEAR).below(line)


def test_the_identification_line_needs_every_price_index() -> None:
    """R1.2-01: prices of 2014; nothing is compared on a mixed basis."""
    base = Yuan.of(4000)
    assert identification_line(base, {2015: Decimal("101.5"), 2016: None}, 2014, 2016) is None
    assert identification_line(base, {2015: Decimal("101.5"), 2016: Decimal(102)}, 2014, 2016) == Yuan.of("4141.20")


@pytest.mark.parametrize(("year", "yuan"), [(2016, 6433), (2017, 6883), (2018, 7365)])
def test_the_preset_lines_follow_from_base_share_and_growth(year: int, yuan: int) -> None:
    """R1.3-04: 45% of 13,360.4 growing by 7% a year."""
    assert growth_line(Decimal("13360.4"), Decimal("0.45"), Decimal("0.07"), year - 2015) == Yuan.of(yuan)
    assert read_pack("haojiang-2017").exit_line(year).amount == Yuan.of(yuan)


def test_one_able_member_puts_a_household_on_the_track_with_labour() -> None:
    """R1.3-05."""
    assert suggest_track(["无劳动力", "弱劳动力或半劳动力"]) is Track.LABOUR
    assert suggest_track(["无劳动力", "丧失劳动能力"]) is Track.NO_LABOUR
    assert suggest_track([None, ""]) is None


CONDITIONS = (Condition("吃", "不愁吃", "R1.3-01"), Condition("学", "义务教育", "R1.3-02", may_not_apply=True))
DAY = date(2017, 10, 20)


def met(code: str, day: date = date(2017, 10, 9), verdict: str = "met", **rest: str | None) -> Found:
    return Found(code, verdict, day, "核查组", **{"evidence": "核查表", **rest})  # type: ignore[arg-type]


GOOD = GateInput(DAY, Track.LABOUR, CONDITIONS, (met("吃"), met("学")),
                 compute(EXIT_GD, {"wages": Yuan.of(20000)}, 2, YEAR), LINE, False, "工资稳定", True)  # fmt: skip


def test_a_household_that_has_everything_passes() -> None:
    assert exit_gate(GOOD).passes


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"findings": (met("学"),)}, "吃", "没有认定"),  # R1.3-01: no answer is a no
        ({"findings": (met("吃", verdict="not_met"), met("学"))}, "吃", "不达标"),
        ({"findings": (met("吃", evidence=None), met("学"))}, "吃", "没有佐证"),
        ({"findings": (replace(met("吃"), verifier=" "), met("学"))}, "吃", "没有认定人"),
        ({"findings": (met("吃", verdict="not_applicable", note="x"), met("学"))}, "吃", "不得填不适用"),
        ({"findings": (met("吃"), met("学", verdict="not_applicable"))}, "学", "没有说明理由"),
        ({"findings": (met("吃", date(2017, 10, 21)), met("学"))}, "吃", "没有认定"),  # found after the day
        ({"oldest": date(2017, 10, 10), "findings": (met("吃"), met("学", DAY))}, "吃", "已超过有效期"),  # the pack's
        ({"sheet": None}, "income", "没有当年的收入核算表"),
        ({"line": None}, "line", "尚未设定"),
        ({"sheet": compute(EXIT_GD, {"wages": Yuan.of(10000)}, 2, YEAR)}, "income", "低于2017年标准6883元"),
        ({"track": Track.NO_LABOUR}, "safety_net", "未纳入低保"),  # R1.3-05
        ({"stability": " "}, "stability", "收入是否稳定"),  # R1.3-06
        ({"helped": False}, "help", "帮扶"),  # R4.1-04
    ],
)
def test_each_missing_piece_alone_holds_the_gate(change: dict[str, object], code: str, says: str) -> None:
    """R1.3-01, R1.3-02, R1.3-04, R1.3-05, R1.3-06, R4.1-04."""
    result = exit_gate(replace(GOOD, **change))  # type: ignore[arg-type]
    assert [r.code for r in result.reasons] == [code] and says in result.reasons[0].chinese


def test_without_labour_the_safety_net_is_asked_and_not_the_income() -> None:
    """R1.3-05."""
    assert exit_gate(replace(GOOD, track=Track.NO_LABOUR, safety_net=True, sheet=None, line=None)).passes


def test_a_later_finding_supersedes_an_earlier() -> None:
    found = (met("吃", date(2016, 10, 9), "not_met"), met("吃", date(2017, 10, 9)))
    assert latest(found, DAY)["吃"].verdict == "met"
    assert latest(found, date(2016, 12, 31))["吃"].verdict == "not_met"


def test_neither_a_target_nor_the_areas_services_can_enter_the_gate() -> None:
    """R1.3-03, R1.3-07, R1.3-08, R1.3-09: there is no place where they could be given."""
    names = {f.name for f in fields(GateInput)}
    assert not any("target" in n or "area" in n or "plan" in n for n in names)
    assert "一相当" not in {c.code for c in read_pack("haojiang-2017").conditions}


def test_consolidation_and_revisits_follow_the_calendar() -> None:
    """R4.3-07, R4.3-11."""
    until = consolidation_until(date(2016, 12, 12), 24)
    assert until == date(2018, 12, 12)
    assert revisit_days(date(2016, 12, 12), until, 3, 6) == (
        date(2017, 3, 12), date(2017, 6, 12), date(2017, 9, 12), date(2017, 12, 12), date(2018, 6, 12), until,
    )  # fmt: skip


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 5), st.integers(0, 200), st.integers(0, 20))
def test_no_meeting_passes_without_quorum_votes_and_majority(
    due: int, present: int, out: int, agree: int, oppose: int
) -> None:
    rule = MeetingRule("m", "规则", Fraction(1, 2), True, Fraction(1, 2))
    held = check_meeting(rule, Ballot(due, present, out, agree, oppose, 0))
    if held.quorate:
        assert due >= present > due / 2
    assert held.adds_up == (agree + oppose == present - out)
    assert held.passed == (present - out > 0 and agree * 2 > present - out)


@given(st.dates(date(1920, 1, 1), date(2020, 1, 1)), st.integers(0, 999))
def test_an_identity_number_reads_back_what_it_says(born: date, order: int) -> None:
    first = f"440512{born:%Y%m%d}{order:03d}"
    number = read_id(first + check_digit(first))
    assert (number.born_on, number.sex) == (born, "男" if order % 2 else "女")
    wrong = first + ("1" if check_digit(first) != "1" else "2")
    with pytest.raises(IdWrong, match="校验码"):
        read_id(wrong)


def test_an_identity_number_is_read_as_people_type_it() -> None:
    assert normalise(" ４４０５ １２19700101－９９１ｘ") == "44051219700101991X"
    assert read_id("44051219700101991" + check_digit("44051219700101991").lower()).region == "440512"
    assert masked("440512197001019918") == "440***********9918"


@pytest.mark.parametrize("text", ["", "123", "44051219700101991", "4405121970130199118", "A40512197001019918"])
def test_what_is_no_identity_number_says_why(text: str) -> None:
    with pytest.raises(IdWrong):
        read_id(text)


def test_document_numbers_follow_the_standard() -> None:
    """GB/T 9704-2012: hexagonal brackets, no padding."""
    assert document_number("汕濠", 2017, 7) == "汕濠〔2017〕7号"
    for bad in (("汕濠", 2017, 0), ("X", 2017, 1), ("汕濠", 17, 1)):
        with pytest.raises(ValueError):
            document_number(*bad)


PATHS = st.lists(st.integers(1, 12), min_size=1, max_size=4).map(lambda p: "/" + "/".join(map(str, p)) + "/")


@given(st.sets(PATHS, max_size=4), PATHS, st.integers(1, 5), st.sets(st.integers(1, 5), max_size=3))
def test_a_scope_covers_what_lies_below_it_and_nothing_else(
    paths: set[str], path: str, household: int, own: set[int]
) -> None:
    scope = Scope(paths=frozenset(paths), households=frozenset(own))
    parts = path.strip("/").split("/")
    above = {"/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))}
    assert covers(scope, path, household) == (bool(above & paths) or household in own)
    assert covers(EVERYTHING, path) and not covers(NOTHING, path)


def test_a_sheet_without_anybody_or_with_a_strange_item_is_refused() -> None:
    with pytest.raises(ValueError):
        compute(EXIT_GD, {"wages": ZERO}, 0, YEAR)
    with pytest.raises(ValueError):
        compute(EXIT_GD, {"lottery": ZERO}, 1, YEAR)
    assert set(ITEMS) >= {"wages", "assistance"}
