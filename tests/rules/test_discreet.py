"""What a message may say: numbers of people and words about health never leave the house."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.discreet import HIDDEN, discreet, is_discreet
from rules.identity import check_digit

FIRST = f"440512{date(1970, 1, 2):%Y%m%d}991"
ID = FIRST + check_digit(FIRST)
NUMBERS = st.sampled_from([ID, "13912345678", "6222020200112233446", "0754-87654321"])
WORDS = st.text(alphabet="陈家强户的办件已到环节请于前办理，。；\n", max_size=40)


@pytest.mark.parametrize("text", [
    f"户主身份证{ID}有误", "请致电13912345678", "账号6222020200112233446", "患尿毒症长期透析", "户主因癌症住院",
])  # fmt: skip
def test_a_text_with_a_number_or_with_health_in_it_is_not_sent_as_it_is(text: str) -> None:
    assert not is_discreet(text)
    assert discreet(text) == HIDDEN


def test_only_the_clause_that_tells_too_much_is_hidden() -> None:
    told = discreet("解决回访发现的问题：屋顶漏雨；户主患病住院；饮水不便\n请于2018年5月2日前办理。")
    assert told == f"解决回访发现的问题：屋顶漏雨；{HIDDEN}饮水不便\n请于2018年5月2日前办理。"


def test_ordinary_words_of_the_work_travel_unchanged() -> None:
    text = "医疗保险和医疗救助保障：陈家强户（BJ2017-000123），户号4405120010010001，中风险，请于2017年7月3日前办理。"
    assert discreet(text) == text


@given(WORDS, NUMBERS, WORDS, st.sampled_from(["", "病", "残疾"]), WORDS)
def test_whatever_is_written_what_leaves_is_clean(a: str, number: str, b: str, health: str, c: str) -> None:
    assert is_discreet(discreet(a + number + b + health + c))
