"""Lists of a person's work, a list signed as one, handing on, standing in, the inbox."""

from __future__ import annotations

import re

from flows.drain import drain
from records import lists, seats
from records.engine import reading
from records.lists import Wanted
from records.scope import scope_of
from rules.days import day_of
from tests.web.desk import Desk, Person
from tests.web.test_task import decide

Filled = tuple[Desk, dict[str, int]]


def titles(page: str) -> list[str]:
    """The households that a list names."""
    return re.findall(r'<th scope="row"><a href="/(?:tasks|cases)/\d+">([^<]+)</a>', page)


def count(page: str) -> int:
    found = re.search(r"共(\d+)件", page)
    return int(found[1]) if found else 0


def test_what_waits_is_listed_by_deadline_and_its_count_is_its_own(filled: Filled) -> None:
    desk, _ = filled
    page = desk.as_("clerk").see("/todo")

    assert count(page) == len(titles(page)) == 7
    assert "<h1>待办（7）</h1>" in page
    late = desk.as_("clerk").see("/todo?late=1")
    assert count(late) == len(titles(late)) == page.count("due-late")
    assert re.search(r"逾期\d+天", page)


def test_a_list_is_searched_by_name_and_number_and_narrowed_to_a_step(filled: Filled) -> None:
    desk, _ = filled
    clerk = desk.as_("clerk")

    assert titles(clerk.see("/todo?q=黄国")) == ["黄国梁户"]
    number = "4405120010010002"
    assert titles(clerk.see(f"/todo?q={number}")) == ["林秀莲户"]
    assert titles(clerk.see("/todo?choice=exit:review")) == ["林秀莲户"]
    assert titles(clerk.see("/todo?q=%25")) == []
    by_title = titles(clerk.see("/todo?order=title"))
    assert by_title == sorted(by_title)


def test_each_own_list_counts_what_it_lists(filled: Filled) -> None:
    desk, waiting = filled
    leader, clerk = desk.as_("leader"), desk.as_("clerk")
    decide(leader, waiting["street_review"], "approve")

    for person, key in ((leader, "done"), (clerk, "done"), (clerk, "started"), (clerk, "drafts"), (leader, "copied")):
        page = person.see(f"/mine/{key}")
        assert count(page) == len(titles(page)), key
    assert "蔡木水户" in leader.see("/mine/done") and "同意。" in leader.see("/mine/done")
    assert len(titles(clerk.see("/mine/started"))) == 10
    assert titles(clerk.see("/mine/started?q=谢海")) == ["谢海生户"]


def batch(person: Person, cases: list[int], verdict: str, opinion: str = "") -> str:
    listed = person.send("/todo", "/batch", case=[str(c) for c in cases])
    fields = {name: re.findall(rf'name="{name}" value="([^"]+)"', listed.text) for name in ("csrf", "key", "seen")}
    answer = person.client.post("/batch/decide", data={
        "csrf": fields["csrf"][0], "key": fields["key"][0], "seen": fields["seen"],
        "case": [str(c) for c in cases], "verdict": verdict, "opinion": opinion,
    })  # fmt: skip
    return answer.text


def test_a_list_is_signed_as_one_and_what_fails_stays_and_says_why(filled: Filled) -> None:
    """One case needs papers and is held back; the others are decided, each with its own decision."""
    desk, waiting = filled
    clerk, ids = desk.as_("clerk"), [waiting["candidate"], waiting["pub_close"], waiting["review"]]

    page = batch(clerk, ids, "approve")

    assert "办成2件，未办1件" in page
    assert "须填写内容或附材料，请逐件办理" in page
    steps = [desk.district.see(case).step for case in ids]
    assert steps == ["review", "street_review", "review"]
    assert "办成0件，未办3件" in batch(clerk, ids, "refuse")  # no reason was given, or it is not theirs any more


def test_a_list_sent_twice_is_decided_once(filled: Filled) -> None:
    desk, waiting = filled
    clerk, case = desk.as_("clerk"), waiting["candidate"]
    listed = clerk.send("/todo", "/batch", case=[str(case)])
    data = {name: re.findall(rf'name="{name}" value="([^"]+)"', listed.text)[-1] for name in ("csrf", "key", "seen")}
    form = {**data, "case": [str(case)], "verdict": "approve"}

    clerk.client.post("/batch/decide", data=form)
    again = clerk.client.post("/batch/decide", data=form)

    assert "没有重复办理" in again.text
    assert desk.district.see(case).step == "review"


def hand(person: Person, case: int, kind: str, task: int, **fields: object) -> str:
    return person.send(f"/cases/{case}", f"/cases/{case}/hand", kind=kind, task=task, **fields).text


def test_a_task_is_handed_on_and_the_case_tells_it(filled: Filled) -> None:
    desk, waiting = filled
    case, other = waiting["street_review"], desk.district.who["other_leader"].person_id
    leader = desk.as_("leader")
    task = desk.district.see(case).tasks[0].id

    assert "已转办" in hand(leader, case, "transfer", task, to=other, note="本周出差")

    assert titles(leader.see("/todo")) == []
    assert titles(desk.as_("other_leader").see("/todo")) == ["蔡木水户"]
    assert "转办：吴主任" in leader.see(f"/cases/{case}") and "本周出差" in leader.see(f"/cases/{case}")


def test_an_opinion_is_asked_for_given_and_comes_back(filled: Filled) -> None:
    desk, waiting = filled
    case, clerk = waiting["street_review"], desk.district.who["street_clerk"].person_id
    leader, adviser = desk.as_("leader"), desk.as_("street_clerk")
    hand(leader, case, "ask", desk.district.see(case).tasks[0].id, to=clerk, note="请核对签名")

    assert "蔡木水户" in adviser.see("/mine/asked")
    assert "请您提出意见" in adviser.see(f"/cases/{case}")
    advice = next(t for t in desk.district.see(case).tasks if t.kind == "advice")
    hand(adviser, case, "answer", advice.id, note="签名无误")

    assert "签名无误" in leader.see(f"/tasks/{case}")
    assert "现在“区复核”" in decide(leader, case, "approve").text


def test_a_copy_can_be_read_and_is_noted_as_read(filled: Filled) -> None:
    desk, waiting = filled
    case, reader = waiting["street_review"], desk.district.who["street_clerk"].person_id
    hand(desk.as_("leader"), case, "copy", desk.district.see(case).tasks[0].id, to=reader)
    person = desk.as_("street_clerk")

    assert "未阅" in person.see("/mine/copied")
    person.see(f"/cases/{case}")
    assert "已阅" in person.see("/mine/copied")


def test_whoever_waits_urges_once_and_the_other_finds_it_in_the_inbox(filled: Filled) -> None:
    desk, waiting = filled
    case, clerk = waiting["street_review"], desk.as_("clerk")
    task = desk.district.see(case).tasks[0].id

    assert "已催办" in hand(clerk, case, "urge", task, note="公示已满三日")
    assert "不能办理" in hand(clerk, case, "urge", task)
    drain(desk.district.office, desk.clock.now)

    page = desk.as_("leader").see("/inbox")
    assert "催办" in page and "蔡木水户" in page and "条未读" in page
    opened = desk.as_("leader")
    message = re.findall(r'action="/inbox/(\d+)"', page)[0]
    assert f"/cases/{case}" in str(opened.send("/inbox", f"/inbox/{message}").url)
    answer = desk.as_("street_clerk").send("/inbox", f"/inbox/{message}")
    assert answer.status_code == 404  # another person's message is not there


def test_somebody_stands_in_acts_with_the_giver_s_name_and_stops_when_it_is_taken_back(filled: Filled) -> None:
    desk, waiting = filled
    leader, other = desk.as_("leader"), desk.district.who["other_leader"].person_id
    given = leader.send("/delegations", "/delegations", to=other, since="2017-11-03", until="2017-11-10",
                        reason="外出学习", post="", procedure="")  # fmt: skip
    assert "已委托" in given.text

    standing_in = desk.as_("other_leader")
    lent = standing_in.see("/lent")
    assert titles(lent) == ["蔡木水户"] and "委托给我（1）" in lent
    seat = re.search(r'name="seat" value="(\d+)"', lent)
    assert seat
    standing_in.send("/lent", "/post", seat=seat[1], back="/todo")
    decide(standing_in, waiting["street_review"], "approve")

    assert "<strong>代李书记</strong>" in leader.see(f"/cases/{waiting['street_review']}")
    number = re.search(r"/delegations/(\d+)/revoke", leader.see("/delegations"))
    assert number
    leader.send("/delegations", f"/delegations/{number[1]}/revoke")
    assert "代李书记" not in standing_in.see("/todo").split("</header>")[0]


def test_the_list_of_a_post_with_five_thousand_open_tasks_is_quick(filled: Filled) -> None:
    """One page and its count are two questions, whatever the length of the list."""
    import time

    from sqlalchemy import insert, select

    from records import schema
    from records.engine import writing

    desk, waiting = filled
    with writing(desk.district.office.records) as conn:
        one = conn.execute(select(schema.tasks).where(schema.tasks.c.case_id == waiting["street_review"],
                                                      schema.tasks.c.status == "open")).one()._mapping  # fmt: skip
        rows = [{**{k: v for k, v in one.items() if k != "id"}} for _ in range(5_000)]
        conn.execute(insert(schema.tasks), rows)
    leader, today = desk.district.who["leader"], day_of(desk.clock.now)
    with reading(desk.district.office.records) as conn:
        began = time.perf_counter()
        mine, scope = seats.seats_of(conn, leader.person_id, today), scope_of(conn, leader.person_id, today)
        listed = lists.todo(conn, mine, scope, Wanted(), today)
        took = time.perf_counter() - began

    assert listed.count == 5_001 and len(listed.rows) == 50 and listed.pages == 101
    assert took < 1.5, took  # a machine under load; 20–40 ms when it is quiet
    assert "第1页，共101页" in desk.as_("leader").see("/todo")
