"""What the system does by itself: on its day, once, made up for when the day was slept through."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from agreements_office import ISSUED, make_bureau
from district import COMMUNITY, STREET, District, at, proof
from sqlalchemy import func, select

import flows
from flows.agreements import Wanted, order_issue
from flows.drain import drain
from flows.routines import LISTED, owe_routines
from flows.tick import tick
from flows.unattended import FLOWS, run_flow
from records import alerts, doubts, duties, help, register, rounds, schema
from records.engine import reading, writing
from records.register import Because
from rules.jurisdiction import EVERYTHING
from states.decision import MadeBy
from states.not_allowed import AskedWrongly, NoSuch

D = schema.duties


def owed(district: District) -> list[str]:
    """The routines that are owed and not done, in their order."""
    with reading(district.office.records) as conn:
        rows = conn.execute(select(D.c.key).where(D.c.kind == "routine", D.c.done_at.is_(None)).order_by(D.c.id))
        return [key.removeprefix("routine:") for key in rows.scalars()]


def test_a_new_office_owes_the_routines_of_today_and_each_day_once(small: District) -> None:
    tick(small.office, at(2017, 5, 2), routines=True)
    tick(small.office, at(2017, 5, 2, 30), routines=True)

    daily = [
        "close-publicities",
        "nightly-seal",
        "nightly-data-check",
        "open-revisits",
        "agreement-successors",
        "leader-visits",
    ]
    assert owed(small) == [f"{name}:2017-05-02" for name in daily]


def test_a_sleep_over_a_month_s_end_is_made_up_for_in_order_and_what_is_daily_is_done_once(small: District) -> None:
    """The machine sleeps over the Spring Festival of 2018 and past two first days of a month (R4.4-06)."""
    tick(small.office, at(2017, 12, 29), routines=True)
    drain(small.office, at(2017, 12, 29))

    tick(small.office, at(2018, 2, 22), routines=True)
    late = owed(small)
    assert [name for name in late if "report" in name or "rounds" in name] == [
        "close-yearly-rounds:2017-12-31", "monthly-reports:2018-01-01", "yearly-reports:2018-01-01",
        "open-yearly-rounds:2018-01-04", "monthly-reports:2018-02-01",
    ]  # fmt: skip
    assert [name for name in late if name.startswith("nightly-data-check")] == ["nightly-data-check:2018-02-22"]

    assert drain(small.office, at(2018, 2, 22)).put_back == 0
    with reading(small.office.records) as conn:
        kinds = dict(conn.execute(select(schema.obligations.c.key, schema.obligations.c.title)).all())
    assert f"report_year:{STREET}-office:2017" in kinds and f"report_month:{STREET}-office:2018-01" in kinds
    assert f"report_month:{STREET}-office:2017-12" in kinds and f"round:plan:{STREET}:2018" in kinds


def test_a_clock_set_a_year_ahead_and_back_does_not_silence_the_year_between(small: District) -> None:
    for moment in (at(2017, 5, 2), at(2018, 5, 2), at(2017, 5, 3), at(2017, 6, 1), at(2017, 6, 1)):
        tick(small.office, moment, routines=True)

    keys = owed(small)
    assert len(keys) == len(set(keys))
    assert {"nightly-data-check:2017-05-03", "nightly-data-check:2017-06-01", "monthly-reports:2017-06-01"} <= set(keys)


def test_the_yearly_rounds_open_once_per_street_and_close_when_no_case_runs(district: District) -> None:
    """R4.3-05: a full verification every year; the exit round of the year stays open while a case runs."""
    opened = run_flow(district.office, "open-yearly-rounds", {}, at(2017, 10, 9))
    again = run_flow(district.office, "open-yearly-rounds", {}, at(2017, 10, 10))
    assert len(opened.rows) == 3 * 7 and again.rows == []
    with reading(district.office.records) as conn:
        mine = next(r for r in rounds.open_rounds(conn, ["exit"], 2017) if r.area_code == STREET)
        due = conn.execute(select(schema.dues.c.due_on).where(schema.dues.c.title == mine.title)).scalar_one()
    assert due == date(2017, 12, 31)

    case = district.begin("exit", district.household(), at(2017, 10, 10), round_id=mine.id).id
    shut = run_flow(district.office, "close-yearly-rounds", {"rounds": ["exit"]}, at(2017, 12, 31))
    assert [row[1:] for row in shut.rows if row[0] == mine.title] == [("未关闭", 1)]
    assert sum(row[1] == "已关闭" for row in shut.rows) == 6

    with writing(district.office.records) as conn:
        conn.execute(schema.cases.update().where(schema.cases.c.id == case).values(closed_on=date(2018, 1, 3)))
    run_flow(district.office, "close-yearly-rounds", {"rounds": ["exit"], "year": 2017}, at(2018, 1, 5))
    with reading(district.office.records) as conn:
        assert rounds.open_rounds(conn, ["exit"], 2017) == []
        owed_still = conn.execute(
            select(func.count()).where(schema.obligations.c.kind == "round_exit", schema.obligations.c.done_on.is_(None))
        ).scalar_one()  # fmt: skip
    assert owed_still == 0


def test_outside_the_years_of_the_policy_no_round_is_opened(small: District) -> None:
    report = run_flow(small.office, "open-yearly-rounds", {"year": 2026}, at(2026, 1, 5))
    assert report.rows == () and "不含2026年" in report.says


def test_a_revisit_gets_its_case_when_its_time_begins_and_only_one(district: District) -> None:
    """R4.3-11: the helper finds the revisit on the list before it is late."""
    household = district.household()
    district.exit_until("end", household)
    drain(district.office, at(2017, 11, 14))
    early = run_flow(district.office, "open-revisits", {}, at(2017, 11, 20))
    assert "0次" in early.says

    for _ in range(2):
        run_flow(district.office, "open-revisits", {}, at(2018, 1, 15))
        drain(district.office, at(2018, 1, 15))
    with reading(district.office.records) as conn:
        first = help.next_obligation(conn, household, "revisit")
        opened = conn.execute(select(schema.cases.c.id).where(schema.cases.c.procedure == "revisit")).scalars().all()
    assert len(opened) == 1 and first is not None
    assert district.see(opened[0]).title == "陈家强户"

    district.say(opened[0], "record", "helper", at(2018, 1, 16), made_by=MadeBy("陈家强", "户主"),
                 evidence=proof("D-41"), fields={"visited_on": "2018-01-16", "condition": "稳定", "interrupted": False})  # fmt: skip
    run_flow(district.office, "open-revisits", {}, at(2018, 1, 17))
    with reading(district.office.records) as conn:
        following = help.next_obligation(conn, household, "revisit")
    assert following is not None and following.id != first.id


def test_the_nightly_check_keeps_each_doubt_once_until_it_is_put_right(district: District) -> None:
    household = district.household()
    first = run_flow(district.office, "nightly-data-check", {}, at(2017, 5, 2))
    with reading(district.office.records) as conn:
        before = doubts.open_doubts(conn, EVERYTHING)
        there = register.households_on(conn, date(2017, 5, 2))[0]
    assert len(before) > 0 and len({(d.rule, d.subject, d.column) for d in before}) == len(before)
    assert all("表第" not in d.says for d in before)
    again = run_flow(district.office, "nightly-data-check", {}, at(2017, 5, 3))
    assert "新增疑点0条，消除0条" in again.says and len(again.rows) == len(first.rows)

    health = next(d for d in before if d.rule == "DQ-23")
    who = next(m for m in there.members if m.person_no == health.subject)
    with writing(district.office.records) as conn:
        why = Because(0, "更正", date(2017, 5, 4), at(2017, 5, 4))
        register.change_person(conn, household, who.person_id, {"health": "健康"}, why)
    run_flow(district.office, "nightly-data-check", {}, at(2017, 5, 5))
    with reading(district.office.records) as conn:
        after = {(d.rule, d.subject) for d in doubts.open_doubts(conn, EVERYTHING)}
    assert ("DQ-23", health.subject) not in after


def test_an_error_in_the_register_is_an_alert_of_its_street_until_it_is_put_right(district: District) -> None:
    household = district.household()
    with writing(district.office.records) as conn:
        member = register.households_on(conn, date(2017, 5, 2))[0].members[0]
        register.change_person(conn, household, member.person_id, {"sex": "女"},
                               Because(0, "误录", date(2017, 5, 2), at(2017, 5, 2)))  # fmt: skip
    run_flow(district.office, "nightly-data-check", {}, at(2017, 5, 3))
    with reading(district.office.records) as conn:
        told = [a for a in alerts.open_alerts(conn) if a.kind == "doubts"]
    assert [a.office_code for a in told] == [f"{STREET}-office"] and "bangfu doubts" in told[0].says

    with writing(district.office.records) as conn:
        other = register.households_on(conn, date(2017, 5, 4))[0].members[1]  # a wife entered as 男
        for person_id, sex in ((member.person_id, "男"), (other.person_id, "女")):
            why = Because(0, "更正", date(2017, 5, 4), at(2017, 5, 4))
            register.change_person(conn, household, person_id, {"sex": sex}, why)
    run_flow(district.office, "nightly-data-check", {}, at(2017, 5, 5))
    with reading(district.office.records) as conn:
        assert [a for a in alerts.open_alerts(conn) if a.kind == "doubts"] == []


def test_every_flow_says_what_it_may_be_asked_and_refuses_the_rest_in_a_sentence(small: District) -> None:
    assert COMMUNITY.startswith(STREET) and set(FLOWS) == {"carry-out-duties", *(one.key for one in LISTED)}
    for key, one in FLOWS.items():
        assert one.asked.model_json_schema()["type"] == "object"
        with pytest.raises(AskedWrongly, match="nonsense"):
            run_flow(small.office, key, {"nonsense": 1}, at(2017, 5, 2))
    with pytest.raises(AskedWrongly, match="year"):
        run_flow(small.office, "yearly-reports", {"year": "x"}, at(2017, 5, 2))
    with pytest.raises(NoSuch, match="carry-out-duties"):
        run_flow(small.office, "nobody", {}, at(2017, 5, 2))


def test_what_a_routine_did_stands_beside_its_duty(small: District) -> None:
    with writing(small.office.records) as conn:
        owe_routines(conn, small.office, at(2017, 6, 1))
    drain(small.office, at(2017, 6, 1))
    with reading(small.office.records) as conn:
        said = {row.payload["routine"]: row.report["says"] for row in duties.routines_done(conn, 20)}
    assert said["monthly-reports"] == "2017年5月月报：8个单位应报送。"


def test_the_agreements_of_a_year_are_issued_by_the_flow_once_and_a_second_run_finds_none(small: District) -> None:
    """The same papers as by the command, each with one number."""
    bureau = make_bureau(small)
    ids = order_issue(small.office, Wanted(2017, small.who["district_clerk"], ISSUED))

    first = run_flow(small.office, "issue-agreements", {"year": 2017}, ISSUED)
    again = run_flow(small.office, "issue-agreements", {"year": 2017}, ISSUED)

    assert f"今次编号印发{len(ids)}份" in first.says and "今次编号印发0份" in again.says
    assert bureau.issue() == 0


def test_every_flow_can_be_asked_of_prefect() -> None:
    """What is run from the command line has a deployment too; the names are read as text: Prefect is slow to import."""
    text = (Path(flows.__file__).parent / "deployments" / "flows.py").read_text(encoding="utf-8")
    named = set(re.findall(r'@flow\(name="([a-z-]+)"', text))
    listed = {name.replace("_", "-") for name in re.findall(r"\w+", text[text.index("DEPLOYED = (") :])}

    assert named == set(FLOWS) and named <= listed
