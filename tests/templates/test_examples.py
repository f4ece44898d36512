"""The examples do not contradict themselves: totals are sums, and what one says of another is so."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
import samples
from samples.issuing import as_issued

from rules.money import Yuan
from states.not_allowed import BlankWrong

BY_CODE: dict[str, Any] = {paper.code: paper for paper in samples.samples()}


def fen(code: str, column: str) -> int:
    return sum(getattr(row, column).fen for row in BY_CODE[code].rows)


def points(code: str) -> float:
    return sum(float(row.points.removesuffix("分")) for row in BY_CODE[code].rows)


def test_totals_are_what_their_rows_add_up_to() -> None:
    for code in ("D-55A", "D-55B", "D-57A", "D-5D3"):
        assert BY_CODE[code].total.fen == fen(code, "amount"), code
    assert BY_CODE["D-5D1"].shares == sum(row.count for row in BY_CODE["D-5D1"].rows)
    assert float(BY_CODE["D-73B"].total.removesuffix("分")) == points("D-73B")
    assert float(BY_CODE["D-56B"].score.removesuffix("分")) == points("D-56B")
    for row in (*BY_CODE["D-57B"].rows, *BY_CODE["D-57C"].rows):
        assert row.left == row.planned - row.used


@pytest.mark.parametrize(
    ("code", "change", "says"),
    [
        *(
            (code, {"total": Yuan.of(1)}, "为1，而各行“.*金额（元）”相加为")
            for code in ("D-55A", "D-55B", "D-57A", "D-5D3")
        ),
        ("D-5D1", {"shares": 7}, "“总股数”为7，而各行“股数”相加为"),
        ("D-73B", {"total": "99分"}, "“总分”为99，而各行“得分”相加为"),
        *((code, {"words": "壹元整"}, "大写”与所列金额.*元不符，应为") for code in ("D-54", "D-58B", "D-5D2")),
        ("D-55B", {"ends_on": date(2016, 1, 1)}, "“公示截止日”早于开始日"),
    ],
)
def test_what_contradicts_itself_is_refused_by_the_name_of_its_blank(
    code: str, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(BlankWrong, match=says):
        dataclasses.replace(BY_CODE[code], **change).agree()


def test_a_remainder_that_is_none_is_refused() -> None:
    for code in ("D-57B", "D-57C"):
        first, *rest = BY_CODE[code].rows
        wrong = dataclasses.replace(BY_CODE[code], rows=(dataclasses.replace(first, left=first.left + Yuan(1)), *rest))
        with pytest.raises(BlankWrong, match="第1行的结余"):
            wrong.agree()


def test_no_example_contradicts_itself() -> None:
    for paper in BY_CODE.values():
        paper.agree()


def test_income_sheets_add_up() -> None:
    for code in ("D-05", "D-32"):
        sheet = BY_CODE[code]
        counted = sum({"计入": 1, "扣减": -1}.get(i.treated, 0) * i.amount.fen for i in sheet.items)
        classes = sheet.wages.fen + sheet.business.fen + sheet.property.fen + sheet.transfers.fen
        assert sheet.total.fen == counted == classes
        assert abs(sheet.per_head.fen * sheet.size - sheet.total.fen) <= sheet.size


def test_shares_of_answers_are_counted_from_them() -> None:
    [row], whole = BY_CODE["D-74B"].rows, BY_CODE["D-74B"].valid
    assert row.yes + row.fair + row.no + row.unknown == whole
    assert BY_CODE["D-74B"].rate == f"{(row.yes + row.fair) / whole:.1%}"


def test_a_paper_that_another_names_has_that_day_and_number() -> None:
    issued: dict[str, Any] = {code: as_issued(paper) for code, paper in BY_CODE.items()}
    assert issued["D-39"].number in BY_CODE["D-40"].announcement
    assert BY_CODE["D-40"].announced_on == issued["D-39"].issued_on
    assert BY_CODE["D-38"].request_number == issued["D-77A"].number
    assert (BY_CODE["D-64"].order_number, BY_CODE["D-64"].ordered_on) == (
        issued["D-63"].number,
        issued["D-63"].issued_on,
    )
    assert BY_CODE["D-56A"].approval == issued["D-51"].number
    assert BY_CODE["D-59B"].interest == Yuan.of("326.25")  # 30000 × 4.35 % ÷ 4
    for code in ("D-08", "D-11", "D-35", "D-37", "D-52A", "D-52B", "D-55B"):
        assert BY_CODE[code].starts_on == issued[code].issued_on, code
