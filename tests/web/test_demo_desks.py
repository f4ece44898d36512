"""The example district opened for people: an account for every role with a password of its own, and work that waits."""

from __future__ import annotations

from datetime import date

from demo.desks import demo_day, open_desks
from tests.flows.district import made_up_id
from tests.web.desk import Desk
from tests.web.test_task import hidden


def test_every_role_gets_an_account_and_finds_work(desk: Desk) -> None:
    for name in ("陈家强", "林秀莲", "黄国梁"):
        desk.district.household(name)
    desk.clock.now = demo_day()

    rows = open_desks(desk.district.office, desk.clock.now)
    again = open_desks(desk.district.office, desk.clock.now)

    logins = {login: password for login, password, _, _ in again}
    assert {"community_clerk", "street_leader", "district_director", "group_leader", "auditor"} <= set(logins)
    assert not {password for _, password, _, _ in rows} & set(logins.values())  # new ones at every start
    for login, waits in (("street_leader", 3), ("community_clerk", 3)):
        person = desk.visitor()
        person.send("/sign-in", "/sign-in", login=login, password=logins[login])
        assert f"待办（{waits}）" in person.see("/todo")


def test_a_change_is_written_down_on_the_page_and_stands_in_the_register(desk: Desk) -> None:
    """R4.3-01: what is changed, from when and why; the street approves, the register follows."""
    household = desk.district.household("陈家强")
    desk.clock.now = demo_day()
    case = desk.district.begin("change", household, desk.clock.now).id
    clerk, leader = desk.as_("clerk"), desk.as_("leader")
    page = clerk.see(f"/tasks/{case}")
    row = "f.changes.0"
    form = {name: hidden(page, name) for name in ("csrf", "key", "version")} | {
        "act": "decide:approve", "f.changes.rows": "5", f"{row}.kind": "join", f"{row}.name": "陈小安",
        f"{row}.id_no": "440512201812019914", f"{row}.relation": "之子", "f.reason": "出生", "f.effective_on": "2019-01-02",
    }  # fmt: skip
    photo = {"e.certificate": ("出生证明.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)}

    wrong = clerk.client.post(f"/tasks/{case}", data=form, files=photo)  # type: ignore[arg-type]
    assert wrong.status_code == 409 and "陈小安" in wrong.text and "440512201812019914" in wrong.text
    form[f"{row}.id_no"] = made_up_id(date(2018, 12, 1), 991)
    right = clerk.client.post(f"/tasks/{case}", data=form)  # type: ignore[arg-type]
    assert "现在“街道审批”" in right.text, right.text
    page = leader.see(f"/tasks/{case}")
    done = leader.client.post(f"/tasks/{case}", data={
        **{name: hidden(page, name) for name in ("csrf", "key", "version")}, "act": "decide:approve",
    })  # fmt: skip
    assert "现在“区备案”" in done.text

    assert "陈小安" in clerk.see(f"/cases/{case}")
    assert "陈小安" in clerk.see(f"/households/{household}")
