"""Splitting a target: whatever the weights, the parts make the whole, and what does not is named with its difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.split import Gap, apportion, gaps

NAMES = st.text("abcdefghij", min_size=1, max_size=4)
WEIGHTS = st.dictionaries(NAMES, st.integers(0, 10_000), min_size=1, max_size=60)
WHOLE = st.integers(0, 1_000_000)


@given(WHOLE, WEIGHTS)
def test_the_parts_make_the_whole(whole: int, weights: dict[str, int]) -> None:
    """R1.3-10, R4.2-02: nothing is lost and nothing is given out twice."""
    parts = apportion(whole, weights)

    assert sum(parts.values()) == whole
    assert parts.keys() == weights.keys()
    assert all(part >= 0 for part in parts.values())


@given(WHOLE, WEIGHTS)
def test_nobody_is_more_than_one_away_from_the_exact_share(whole: int, weights: dict[str, int]) -> None:
    total = sum(weights.values())
    if total:
        for name, part in apportion(whole, weights).items():
            assert abs(part * total - whole * weights[name]) < total
            assert weights[name] or part == 0


@given(st.dictionaries(NAMES, st.integers(0, 500), min_size=1, max_size=60))
def test_a_whole_that_was_counted_from_its_parts_comes_back_exactly(counts: dict[str, int]) -> None:
    if any(counts.values()):
        assert apportion(sum(counts.values()), counts) == counts


@given(WHOLE, WEIGHTS, st.randoms())
def test_a_split_over_two_levels_adds_up_at_both(whole: int, weights: dict[str, int], dice: object) -> None:
    above = apportion(whole, weights)
    below = [apportion(part, {f"{name}{n}": (n * 7 + part) % 5 for n in range(1, 4)}) for name, part in above.items()]

    assert gaps({"m": whole}, [{"m": part} for part in above.values()]) == ()
    assert gaps({"m": whole}, [{"m": part} for parts in below for part in parts.values()]) == ()


@given(st.dictionaries(NAMES, WHOLE, min_size=1, max_size=6), st.lists(st.dictionaries(NAMES, WHOLE, max_size=6)))
def test_what_does_not_add_up_is_named_with_its_difference(whole: dict[str, int], parts: list[dict[str, int]]) -> None:
    named = {gap.measure: gap for gap in gaps(whole, parts)}

    for measure in {*whole, *(m for part in parts for m in part)}:
        difference = whole.get(measure, 0) - sum(part.get(measure, 0) for part in parts)
        assert (named[measure].difference if measure in named else 0) == difference


def test_without_any_weight_everybody_gets_an_equal_part_and_the_first_named_the_rest() -> None:
    assert apportion(8, {"a": 0, "b": 0, "c": 0}) == {"a": 3, "b": 3, "c": 2}


def test_the_district_s_848_persons_of_2016() -> None:
    """R1.3-07: largest remainders, the first named wins a tie."""
    assert apportion(848, {"甲": 1, "乙": 1, "丙": 1}) == {"甲": 283, "乙": 283, "丙": 282}
    assert gaps({"persons": 848}, [{"persons": 283}, {"persons": 283}, {"persons": 280}]) == (Gap("persons", 848, 846),)


@pytest.mark.parametrize(("whole", "weights"), [(-1, {"a": 1}), (1, {"a": -1}), (1, {})])
def test_nobody_and_nothing_negative_is_split(whole: int, weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"nobody to split|not negative"):
        apportion(whole, weights)
