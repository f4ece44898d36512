"""What is not well: listed with cause and mend, tried again by a person, closed by itself when the cause is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from district import COMMUNITY, District, at
from sqlalchemy import update

from flows.appoint import appoint
from flows.drain import drain
from flows.tick import tick
from flows.trouble import retry
from flows.watching import Trouble, duty_behind, troubles
from integrations.filing import FilingStore
from integrations.unreachable import Unreachable
from records import calendar, duties, messages, offices, schema
from records.engine import reading, writing
from rules.jurisdiction import EVERYTHING
from states.not_allowed import NoSuch, NothingToRetry

OFFICE = f"{COMMUNITY}-office"


class FullDisk(FilingStore):
    def put(self, key: str, data: bytes) -> str:
        raise Unreachable("文件库不能写入：磁盘已满")


def listed(district: District) -> list[Trouble]:
    with reading(district.office.records) as conn:
        return troubles(conn)


def fail(district: District) -> Trouble:
    """A paper that cannot be filed until its tries are over."""
    district.exit_until("accept", district.household())
    broken = replace(district.office, files=FullDisk(district.office.files.root))
    moment = at(2017, 10, 23)
    for _ in range(duties.LAST_TRY):
        drain(broken, moment, kinds=("print_form",))
        moment += timedelta(days=3)
    return next(t for t in listed(district) if t.kind == "duty_failed")


def test_a_duty_out_of_tries_says_its_cause_and_is_done_when_a_person_has_it_tried_again(district: District) -> None:
    failed = fail(district)
    assert "打印表格" in failed.says and "磁盘已满" in failed.says and f"retry {failed.id}" in failed.mend

    with reading(district.office.records) as conn:
        behind = [duty_behind(conn, t.id) for t in listed(district) if t.kind == "duty_failed"]
    for duty in behind:
        retry(district.office, duty, district.who["director"], EVERYTHING, at(2017, 12, 1))
    assert [t for t in listed(district) if t.kind == "duty_failed"] == []
    drain(district.office, at(2017, 12, 1, 1))

    with reading(district.office.records) as conn:
        assert duties.failed(conn) == []


def test_a_duty_that_was_mended_otherwise_leaves_the_list_by_itself(district: District) -> None:
    failed = fail(district)
    with writing(district.office.records) as conn:
        conn.execute(update(schema.duties).values(failed_at=None, done_at=at(2017, 12, 1)))
    tick(district.office, at(2017, 12, 1))
    assert failed.id not in {t.id for t in listed(district)}


def test_what_cannot_be_tried_again_is_refused_with_what_mends_it(small: District) -> None:
    tick(small.office, at(2026, 11, 2))
    missing = next(t for t in listed(small) if t.kind == "calendar_missing")
    with reading(small.office.records) as conn:
        with pytest.raises(NothingToRetry, match="录入国务院办公厅公布的放假安排"):
            duty_behind(conn, missing.id)
        with pytest.raises(NoSuch, match="异常件"):
            duty_behind(conn, 99_999)


def test_a_year_that_is_not_announced_is_listed_from_october_until_it_is(district: District) -> None:
    def missing(year: int, month: int) -> list[str]:
        tick(district.office, at(year, month, 8))
        return [t.says[:5] for t in listed(district) if t.kind == "calendar_missing"]

    assert (missing(2026, 9), missing(2026, 10)) == ([], ["2027年"])
    with writing(district.office.records) as conn:
        calendar.announce_year(conn, 2027, "国办发明电", [], at(2026, 11, 20))
    assert missing(2026, 11) == []


def test_a_post_with_work_and_nobody_in_it_is_listed_and_told_above_until_somebody_is_appointed(
    district: District,
) -> None:
    district.begin("exit", district.household(), at(2017, 10, 10))
    clerk = district.who["clerk"]
    with writing(district.office.records) as conn:
        offices.end_term(conn, clerk.person_id, OFFICE, "community_clerk", at(2017, 11, 1).date())
    for minute in range(0, 6, 2):
        tick(district.office, at(2017, 11, 2, minute))
        drain(district.office, at(2017, 11, 2, minute + 1), kinds=("tell",))

    [empty] = [t for t in listed(district) if t.kind == "empty_post"]
    assert "有1件待办无人办理" in empty.says and f"{OFFICE} community_clerk" in empty.mend
    with reading(district.office.records) as conn:
        told = [row.title for row in messages.inbox(conn, district.who["leader"].person_id)]
    assert len(told) == 1 and told[0].startswith("岗位无人：")

    appoint(district.office, "新记录", OFFICE, "community_clerk", at(2017, 11, 3).date(), at(2017, 11, 3))
    tick(district.office, at(2017, 11, 3))
    assert [t for t in listed(district) if t.kind == "empty_post"] == []
