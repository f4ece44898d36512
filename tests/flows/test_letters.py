"""The letter to an office that is late: one per office and day, one level down, drafted for a person to sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from district import District, at
from test_reminding import ABOVE, OFFICE, days, oblige

from flows.drain import drain
from flows.reminding import remind
from flows.sign import sign
from records import help, papers
from records.engine import reading, writing
from templates.papers import paper_class


def drafts(district: District, office: str = ABOVE, role: str = "street_leader") -> list[Any]:
    with reading(district.office.records) as conn:
        return [row for row in papers.waiting_for(conn, role, [office]) if row.code in ("D-60", "D-61")]


def test_what_is_a_day_late_is_urged_and_what_is_ten_days_late_overseen_by_the_office_above(district: District) -> None:
    """R4.4-05, domain 3.13: 催办 T+1 with five working days to answer, 督办 T+10 with ten, one level down only."""
    oblige(district, "月报", date(2017, 9, 29))
    days(district, date(2017, 9, 29), date(2017, 10, 20))

    urging, overseeing = drafts(district)
    assert (urging.code, urging.title) == ("D-60", "催办函（东兴社区居民委员会，2017年9月30日）")
    assert (overseeing.code, overseeing.title) == ("D-61", "督办函（东兴社区居民委员会，2017年10月19日）")
    assert urging.snapshot["within"] == "5个工作日" and overseeing.snapshot["within"] == "10个工作日"
    assert urging.snapshot["rows"] == [
        {"serial": 1, "matter": "报送：月报", "due": "2017年9月29日", "late": "1个工作日"}]  # fmt: skip
    assert overseeing.snapshot["rows"][0]["late"] == "10个工作日" and "现予督办" in overseeing.snapshot["demand"]
    assert [drafts(district, "440512-office", "district_director"), drafts(district, OFFICE, "community_head")] == [
        [],
        [],
    ]


def test_one_letter_a_day_for_all_that_became_late_and_the_graver_form(small: District) -> None:
    oblige(small, "甲", date(2017, 9, 29))
    oblige(small, "乙", date(2017, 10, 18))
    days(small, date(2017, 10, 19), date(2017, 10, 19))
    [letter] = drafts(small)
    assert letter.code == "D-61" and [row["matter"] for row in letter.snapshot["rows"]] == ["报送：甲", "报送：乙"]


def test_what_is_done_before_the_letter_is_drafted_needs_none(small: District) -> None:
    made = oblige(small, "甲", date(2017, 9, 29))
    with writing(small.office.records) as conn:
        remind(conn, small.office, at(2017, 9, 30))
        help.obligation_done(conn, made, date(2017, 9, 30), None, at(2017, 9, 30, 1))
    drain(small.office, at(2017, 9, 30, 2))
    assert drafts(small) == []


def test_only_the_signature_of_the_office_above_gives_it_a_number(small: District) -> None:
    oblige(small, "甲", date(2017, 9, 29))
    days(small, date(2017, 9, 30), date(2017, 9, 30))
    [letter] = drafts(small)
    assert letter.number is None

    signed = sign(small.office, letter.id, small.who["leader"], at(2017, 10, 9))

    assert signed.number is not None and signed.number.endswith("〔2017〕1号")
    with reading(small.office.records) as conn:
        kept = papers.paper(conn, letter.id)
    assert kept is not None
    text = str(paper_class("D-60").from_snapshot(kept.snapshot).texts())
    assert "东兴社区居民委员会" in text and "（待编号）" not in text


def test_nobody_writes_to_the_office_at_the_top(small: District) -> None:
    oblige(small, "审定", date(2017, 9, 29), "440512-group", "group_leader")
    days(small, date(2017, 9, 30), date(2017, 9, 30))
    assert drafts(small, "440512-group", "group_leader") == []
