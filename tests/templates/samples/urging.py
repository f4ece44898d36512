"""Examples of the letters to an office that is late."""

from __future__ import annotations

from datetime import date

from samples.people import COMMUNITY, STREET, name_of
from templates.paper import Paper
from templates.urging_letter import Overdue, OverseeingLetter, UrgingLetter


def overdue(count: int, due: str, late: str) -> tuple[Overdue, ...]:
    return tuple(
        Overdue(serial=n, matter=f"入户核查：{name_of(n)}户（BJ2017-{122 + n:06d}）", due=due, late=late)
        for n in range(1, count + 1)
    )


def samples() -> tuple[Paper, ...]:
    return (
        UrgingLetter(
            office=STREET, subject="关于催办逾期事项的函", to=COMMUNITY, until=date(2017, 9, 30), rows=overdue(3, "2017年9月27日", "3个工作日"),
            within="5个工作日", demand="", contact=STREET, phone="0754-87380002",
        ),
        OverseeingLetter(
            office=STREET, subject="关于督办逾期事项的函", to=COMMUNITY, until=date(2017, 10, 19), rows=overdue(12, "2017年9月29日", "10个工作日"),
            within="10个工作日", demand="上述事项经催办仍未办结，现予督办。", contact=STREET, phone="0754-87380002",
        ),
    )  # fmt: skip
