"""An example of the index of a household's file."""

from __future__ import annotations

from datetime import date

from templates.archive_index import ArchiveIndex, Filed
from templates.paper import Paper


def samples() -> tuple[Paper, ...]:
    filed = (
        ("精准识别", "陈树根户认定审批表", "", date(2017, 9, 20), "永久"),
        ("精准帮扶", "陈树根户帮扶计划", "", date(2017, 10, 8), "30年"),
        ("贫困退出", "陈树根户退出核查表", "", date(2017, 10, 20), "永久"),
        ("贫困退出", "关于核定2017年退出贫困户的批复", "汕濠扶组〔2017〕12号", date(2017, 12, 20), "永久"),
        ("贫困退出", "陈树根户退出告知书", "", date(2017, 12, 29), "永久"),
        ("跟踪巩固", "陈树根户回访记录表", "", date(2018, 3, 21), "30年"),
    )
    return (
        ArchiveIndex(
            office="达濠街道办事处", head="陈树根", household_no="4405120010010001", size=4, made_on=date(2018, 12, 28),
            rows=tuple(Filed(serial=n, category=c, title=t, number=no, dated_on=d, retention=k)
                       for n, (c, t, no, d, k) in enumerate(filed, 1)),
        ),
    )  # fmt: skip
