"""Several people on one step: all of them, any of them, or one after the other."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest
from district import COMMUNITY, STREET, District, at
from sqlalchemy import select

from flows.frozen import freeze
from flows.tasks import tasks_of
from records import case_writing, schema, seals, views
from records.cases import CaseRow
from records.engine import reading, writing
from rules.days import WorkingDays
from states.not_allowed import NotYourTask
from states.procedure import Procedure, Step

SEATS = ("street_clerk", "street_leader")


def begin(district: District, mode: Literal["any", "all", "in_order"]) -> int:
    steps = (
        Step("joint", "会签", "street", "street_clerk", within=WorkingDays(3), mode=mode, seats=SEATS),
        Step("last", "办结", "street", "street_leader", within=WorkingDays(3)),
    )
    return begin_with(district, f"joint-{mode}", steps)


def begin_with(district: District, key: str, steps: tuple[Step, ...]) -> int:
    """A running case of a procedure made for a test, at its first step."""
    with writing(district.office.records) as conn:
        sha256 = freeze(conn, Procedure(key, "会签事项", "household", steps), district.office.pack, at(2017, 3, 1))
        row = {
            "procedure": key, "procedure_sha256": sha256, "pack_id": district.office.pack.id,
            "subject_kind": "household", "subject_id": 1, "title": "陈家强户", "area_code": COMMUNITY,
            "area_path": f"/440512/{STREET}/{COMMUNITY}/", "year": 2017, "round_id": None, "status": "running",
            "step": steps[0].key, "return_to": None, "facts": {}, "parts": [], "started_on": date(2017, 3, 1),
            "started_by": None, "closed_on": None, "line_seq": 0, "line_hash": seals.GENESIS,
        }  # fmt: skip
        case = case_writing.add_case(conn, row).id
        begun = CaseRow(**{**row, "id": case, "version": 1})  # type: ignore[arg-type]
        for opening in tasks_of(conn, district.office, begun, steps[0], at(2017, 3, 1)):
            case_writing.open_task(conn, opening)
    return case


def mine(district: District, who: str) -> int:
    with reading(district.office.records) as conn:
        return len(views.todo(conn, district.who[who].person_id, date(2017, 3, 2)))


def test_any_of_them_is_enough_and_the_others_are_let_off(district: District) -> None:
    case = begin(district, "any")
    assert (mine(district, "street_clerk"), mine(district, "leader")) == (1, 1)

    district.say(case, "joint", "leader", at(2017, 3, 2))

    assert district.see(case).step == "last"
    assert mine(district, "street_clerk") == 0


def test_all_of_them_must_act(district: District) -> None:
    case = begin(district, "all")

    district.say(case, "joint", "leader", at(2017, 3, 2))
    assert district.see(case).step == "joint"
    with pytest.raises(NotYourTask):
        district.say(case, "joint", "leader", at(2017, 3, 2, 5))
    district.say(case, "joint", "street_clerk", at(2017, 3, 2, 10))

    assert district.see(case).step == "last"


def test_in_order_the_second_waits_for_the_first(district: District) -> None:
    case = begin(district, "in_order")
    assert (mine(district, "street_clerk"), mine(district, "leader")) == (1, 0)
    with pytest.raises(NotYourTask):
        district.say(case, "joint", "leader", at(2017, 3, 2))

    district.say(case, "joint", "street_clerk", at(2017, 3, 2, 10))
    assert mine(district, "leader") == 1
    district.say(case, "joint", "leader", at(2017, 3, 2, 20))

    assert district.see(case).step == "last"


def test_the_task_that_was_answered_is_done_and_only_the_others_are_cancelled(district: District) -> None:
    case = begin(district, "any")

    district.say(case, "joint", "leader", at(2017, 3, 2))

    with reading(district.office.records) as conn:
        tasks = schema.tasks
        rows = conn.execute(
            select(tasks.c.role, tasks.c.status).where(tasks.c.case_id == case, tasks.c.step == "joint")
        )
        assert {role: status for role, status in rows} == {"street_leader": "done", "street_clerk": "cancelled"}
