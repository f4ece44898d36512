"""Deadlines that are noticed: each rung once, one digest per office and day, to whom it concerns, until it is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from district import COMMUNITY, PACK, STREET, District, at
from sqlalchemy import Connection, select
from test_several_people import begin

from config.pack import parse_pack
from flows.drain import drain
from flows.office import load_office
from flows.reminding import remind
from flows.tick import tick
from records import dues, duties, help, messages, offices, packs, schema, verification
from records.engine import reading, writing
from rules.days import day_of
from states.procedure import Verdict

HERE = f"/440512/{STREET}/{COMMUNITY}/"
OFFICE, ABOVE, UNIT = f"{COMMUNITY}-office", f"{STREET}-office", "440512-unit-01"


def oblige(district: District, key: str, due: date, office: str = OFFICE, role: str | None = "community_clerk",
           starts: date = date(2017, 9, 1), **rest: object) -> int:  # fmt: skip
    with writing(district.office.records) as conn:
        made = help.oblige(conn, {"kind": "report", "key": key, "title": f"报送：{key}", "office_code": office, "role": role,
                                  "area_path": HERE, "starts_on": starts, "due_on": due, **rest})  # fmt: skip
    assert made is not None
    return made


def day(district: District, year: int, month: int, dom: int, minute: int = 0) -> None:
    """One day of the office: the tick, then the work."""
    tick(district.office, at(year, month, dom, minute))
    drain(district.office, at(year, month, dom, minute + 1))


def days(district: District, first: date, last: date) -> None:
    while first <= last:
        day(district, first.year, first.month, first.day)
        first += timedelta(days=1)


def inbox(district: District, who: str) -> list[tuple[date, str]]:
    with reading(district.office.records) as conn:
        rows = messages.inbox(conn, district.who[who].person_id)
    return [(day_of(row.at), row.body) for row in reversed(rows)]


def told(district: District, who: str) -> list[str]:
    """The month and day of every message."""
    return [f"{on:%m-%d}" for on, _ in inbox(district, who)]


def test_the_ladder_tells_the_post_then_the_office_then_the_one_above(district: District) -> None:
    """R4.4-05: 提醒 on T−10, T−3 and T to the post, 催办 on T+1 to the office, 督办 on T+10 one level up and no higher."""
    oblige(district, "月报", date(2017, 9, 29))

    days(district, date(2017, 9, 1), date(2017, 11, 10))

    assert told(district, "clerk") == ["09-02", "09-15", "09-26", "09-29", "09-30", "10-19"]
    assert told(district, "head") == ["09-30", "10-19"]
    assert told(district, "leader") == ["10-19"]
    assert [told(district, who) for who in ("director", "group", "helper", "street_clerk", "district_clerk")] == [
        []
    ] * 5


def test_what_each_rung_says(small: District) -> None:
    oblige(small, "月报", date(2017, 9, 29))

    days(small, date(2017, 9, 14), date(2017, 10, 19))

    clerk = [body for _, body in inbox(small, "clerk")]
    assert "【提醒】报送：月报，2017年9月29日到期，还有10个工作日" in clerk[1]
    assert "【提醒】报送：月报，2017年9月29日到期，今日到期" in clerk[3]
    assert "【催办】报送：月报，2017年9月29日到期，已逾期1个工作日" in clerk[4]
    leader = inbox(small, "leader")[0][1]
    assert "本单位没有未办结的事项" in leader and leader.startswith("达濠街道")
    assert (
        "下级单位逾期、须督办：\n1. 【督办】" in leader and "报送：月报，2017年9月29日到期，已逾期10个工作日" in leader
    )


def test_a_pause_is_caught_up_in_one_tick_with_one_digest_and_every_rung_kept(district: District) -> None:
    due = oblige(district, "月报", date(2017, 9, 29))

    day(district, 2017, 10, 23)

    assert told(district, "clerk") == ["10-23"] and told(district, "leader") == ["10-23"]
    with reading(district.office.records) as conn:
        kept = [(row.name, row.reached_on) for row in dues.rungs_of(conn, "obligation", due)]
    assert [name for name, _ in kept] == ["新到", "提醒", "提醒", "提醒", "催办", "督办"]
    assert [on for _, on in kept] == sorted(on for _, on in kept)


def test_ticking_again_or_twice_at_once_tells_nobody_twice(district: District) -> None:
    oblige(district, "月报", date(2017, 9, 29))

    for minute in range(3):
        day(district, 2017, 9, 29, minute * 2)
    with writing(district.office.records) as conn:
        remind(conn, district.office, at(2017, 9, 29, 30))
        remind(conn, district.office, at(2017, 9, 29, 30))
    drain(district.office, at(2017, 9, 29, 31))

    assert told(district, "clerk") == ["09-29"]


def test_one_digest_holds_all_the_office_owes_the_worst_first_and_comes_only_with_a_new_rung(
    small: District,
) -> None:
    oblige(small, "甲", date(2017, 9, 29))
    oblige(small, "乙", date(2017, 10, 13), starts=date(2017, 9, 4))
    oblige(small, "丙", date(2017, 10, 31), starts=date(2017, 9, 4))
    days(small, date(2017, 9, 1), date(2017, 9, 29))

    day(small, 2017, 9, 30)  # 甲 is overdue since today
    day(small, 2017, 10, 1)  # nothing new

    assert told(small, "head") == ["09-30"]
    [(_, body)] = inbox(small, "head")
    assert body.startswith("达濠") is False and "未办结事项3件，其中逾期1件" in body
    lines = [line for line in body.split("\n") if line[:1].isdigit()]
    assert [line.split("报送：")[1][0] for line in lines] == ["甲", "乙", "丙"]
    assert body.index("本次提示") < body.index("甲") < body.index("其余未办结") < body.index("乙")


def test_an_item_that_is_done_is_told_of_no_more_also_between_tick_and_sending(district: District) -> None:
    first, second = oblige(district, "甲", date(2017, 9, 29)), oblige(district, "乙", date(2017, 9, 29))
    tick(district.office, at(2017, 9, 30))
    with writing(district.office.records) as conn:
        help.obligation_done(conn, first, date(2017, 9, 30), None, at(2017, 9, 30, 1))
    drain(district.office, at(2017, 9, 30, 2))

    [(_, body)] = inbox(district, "clerk")
    assert "甲" not in body and "乙" in body

    tick(district.office, at(2017, 10, 19))
    with writing(district.office.records) as conn:
        help.obligation_done(conn, second, date(2017, 10, 19), None, at(2017, 10, 19, 1))
    drain(district.office, at(2017, 10, 19, 2))

    assert told(district, "clerk") == ["09-30"] and told(district, "leader") == []


def test_what_reaches_a_rung_after_the_digest_of_the_day_waits_for_tomorrow(small: District) -> None:
    oblige(small, "甲", date(2017, 9, 29))
    day(small, 2017, 9, 29)
    oblige(small, "乙", date(2017, 9, 29))
    day(small, 2017, 9, 29, 60)
    assert told(small, "clerk") == ["09-29"]

    day(small, 2017, 9, 30)

    assert told(small, "clerk") == ["09-29", "09-30"]
    assert "乙" in inbox(small, "clerk")[1][1].split("其余")[0]


def test_a_drain_that_stood_still_for_days_leaves_one_digest_and_not_seven(district: District) -> None:
    for n, due in enumerate((date(2017, 9, 25), date(2017, 9, 26), date(2017, 9, 27), date(2017, 9, 28))):
        oblige(district, f"第{n}件", due)
    for dom in range(25, 31):
        tick(district.office, at(2017, 9, dom))

    drain(district.office, at(2017, 9, 30, 5))

    assert told(district, "clerk") == ["09-30"]
    fresh = inbox(district, "clerk")[0][1].split("其余")[0]
    assert all(f"第{n}件" in fresh for n in range(4))


def test_each_helper_is_told_of_the_own_households_alone_and_the_unit_without_their_names(small: District) -> None:
    """R4.3-11; who may not see a household is not told its name."""
    helper = small.who["helper"].person_id
    own = small.household()
    with writing(small.office.records) as conn:
        other = offices.add_person(conn, "何帮扶")
        offices.appoint(conn, other, UNIT, "helper", date(2015, 1, 1))
        boss = offices.add_person(conn, "钱主管")
        offices.appoint(conn, boss, UNIT, "helper_head", date(2015, 1, 1))
    oblige(small, "陈家强户", date(2017, 9, 29), UNIT, "helper", person_id=helper, household_id=own)
    oblige(small, "别的户", date(2017, 9, 29), UNIT, "helper", person_id=other)

    day(small, 2017, 9, 30)

    assert "陈家强户" in inbox(small, "helper")[0][1] and "别的户" not in inbox(small, "helper")[0][1]
    with reading(small.office.records) as conn:
        [theirs], [whole] = messages.inbox(conn, other), messages.inbox(conn, boss)
    assert "别的户" in theirs.body and "陈家强户" not in theirs.body
    assert "未办结事项2件" in whole.body and "陈家强户" not in whole.body


def test_sending_a_case_back_loses_no_reminder(small: District) -> None:
    """Truth 4: the due is written by the function that opens the task, so a case that comes back is reminded again."""
    case = small.exit_until("street_review", small.household())
    small.say(case, "street_review", "leader", at(2017, 11, 3), Verdict.SEND_BACK, "材料不全", back_to="verify")

    with reading(small.office.records) as conn:
        [owed] = [row for row in dues.owed_by(conn, OFFICE, date(2017, 11, 3)) if row.subject_kind == "task"]
    assert owed.title.startswith("入户核查")
    days(small, date(2017, 11, 4), owed.due_on + timedelta(days=3))

    bodies = [body for _, body in inbox(small, "clerk")]
    assert any("【提醒】入户核查：陈家强户" in body and "今日到期" in body for body in bodies)
    assert any("【催办】入户核查：陈家强户" in body for body in bodies)


def test_a_seat_whose_turn_has_not_come_owes_nothing(small: District) -> None:
    case = begin(small, "in_order")
    with reading(small.office.records) as conn:
        assert [row.role for row in dues.owed_by(conn, ABOVE, date(2017, 3, 1))] == ["street_clerk"]

    small.say(case, "joint", "street_clerk", at(2017, 3, 6))

    with reading(small.office.records) as conn:
        [owed] = dues.owed_by(conn, ABOVE, date(2017, 3, 6))
    assert (owed.role, owed.starts_on, owed.due_on) == ("street_leader", date(2017, 3, 6), date(2017, 3, 9))


def test_a_notice_that_hangs_reminds_nobody_and_comes_down_on_its_day(small: District) -> None:
    """R4.3-09: the last day of a publicity is a due like any other, closed with its notice."""
    case = small.exit_until("pub_close", small.household())
    with reading(small.office.records) as conn:
        hanging = [row for row in dues.reached(conn, date(2018, 1, 1), to_look=True) if row.subject_kind == "publicity"]
    assert hanging == []
    day(small, 2017, 11, 6)
    assert small.see(case).step == "pub_close"
    with reading(small.office.records) as conn:
        assert [r.subject_kind for r in dues.reached(conn, date(2018, 1, 1), to_look=True)] == ["task"]


def test_an_office_at_the_top_is_overseen_by_nobody(small: District) -> None:
    oblige(small, "审定", date(2017, 9, 29), "440512-group", "group_leader")
    days(small, date(2017, 9, 28), date(2017, 10, 20))
    assert told(small, "group") == ["09-28", "09-29", "09-30", "10-19"]


def test_a_digest_is_made_when_the_quiet_hours_are_over(small: District) -> None:
    oblige(small, "甲", date(2017, 9, 29))
    midnight = at(2017, 9, 30) - timedelta(hours=9)
    tick(small.office, midnight)
    drain(small.office, midnight)
    assert told(small, "clerk") == []

    drain(small.office, at(2017, 9, 30) - timedelta(hours=1))

    assert told(small, "clerk") == ["09-30"]


@pytest.mark.parametrize("back", [timedelta(days=3), timedelta(hours=5)])
def test_a_clock_set_back_tells_nothing_again(small: District, back: timedelta) -> None:
    oblige(small, "甲", date(2017, 9, 29))
    now: datetime = at(2017, 9, 30)
    for moment in (now, now - back, now + timedelta(minutes=5)):
        tick(small.office, moment)
        drain(small.office, moment + timedelta(minutes=1))
    assert told(small, "head") == ["09-30"]


def test_a_digest_is_on_the_ledger_with_the_rungs_it_tells(small: District) -> None:
    oblige(small, "甲", date(2017, 9, 29))
    day(small, 2017, 9, 30)
    with reading(small.office.records) as conn:
        assert duties.known(conn, [f"remind:{OFFICE}:2017-09-30"]) == {f"remind:{OFFICE}:2017-09-30": True}
        assert verification.verify(conn) == []
        lines = conn.execute(select(schema.ledger.c.body).where(schema.ledger.c.act == "reminded")).scalars().all()
    assert len(lines) == 1 and "催办+1" in lines[0]


def test_a_task_goes_by_the_ladder_of_the_pack_that_its_case_began_with(district: District) -> None:
    """A pack that reminds on T−1 alone is put into force meanwhile: open cases keep theirs, what is new goes by the new."""
    old = district.begin("exit", district.household(), at(2017, 10, 10)).id
    text = district.office.pack.text
    begins, ends = text.index("rungs = {label"), text.index("quiet = {label")
    rung = '{name = "提醒", offset = -1, unit = "working_days", to = "post"}'
    new = f'{text[:begins]}rungs = {{label = "提醒级次", source = "试", status = "DEFAULT", value = [{rung}]}}\n{text[ends:]}'
    with writing(district.office.records) as conn:
        packs.keep_pack(conn, PACK, parse_pack(new).sha256, new, "测试", at(2017, 10, 10))
    district.office = load_office(district.office.records, district.office.files, PACK)
    fresh = district.begin("exit", district.household("林木生"), at(2017, 10, 10, 5)).id
    own = oblige(district, "季报", date(2017, 11, 30), starts=date(2017, 10, 10))

    for week in range(14):
        tick(district.office, at(2017, 10, 10) + timedelta(days=7 * week))

    def reached(conn: Connection, kind: str, key: int) -> list[str]:
        return [row.name for row in dues.rungs_of(conn, kind, key) if row.name != "新到"]

    with reading(district.office.records) as conn:
        tasks = {row.case_id: row.id for row in conn.execute(select(schema.tasks.c.case_id, schema.tasks.c.id))}
        assert reached(conn, "task", tasks[old])[-2:] == ["催办", "督办"]
        assert reached(conn, "task", tasks[fresh]) == reached(conn, "obligation", own) == ["提醒"]
