"""A whole identification through the pages, from application to help plan, by eight people in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime

import pytest
from playwright.sync_api import Browser, Page

from flows.drain import drain
from flows.rounds import settle_list
from flows.sign import sign_list
from records import papers, rounds
from records.engine import reading
from rules.days import WorkingDays
from tests.flows.district import COMMUNITY, STREET, at, made_up_id
from tests.web.browsing import attach, opened, press, said
from tests.web.desk import PASSWORD, Desk

pytestmark = pytest.mark.browser
MEETING = {"held_on": "2017-03-20", "place": "社区会议室", "chair": "陈主任", "recorder": "林记录", "due": "31",
           "present": "27", "agree": "25", "oppose": "1", "abstain": "1"}  # fmt: skip
PEOPLE = ("clerk", "head", "leader", "street_clerk", "district_clerk", "director", "group", "helper")


class Office:
    """Eight people, each with a window that stays open, and the one case they carry through."""

    def __init__(self, desk: Desk, windows: dict[str, Page]) -> None:
        self.desk, self.windows, self.case = desk, windows, 0

    def on(self, moment: datetime) -> None:
        """The next morning at the office; what the system owes is done by then."""
        self.desk.clock.now = moment
        drain(self.desk.district.office, moment)

    def open(self, who: str) -> Page:
        page = self.windows[who]
        page.goto("/sign-in")
        if page.locator("#login").count():  # the session of another day is over
            page.fill("#login", who)
            page.fill("#password", PASSWORD)
            page.click("button:has-text('登录')")
        page.goto(f"/tasks/{self.case}")
        return page

    def approve(self, who: str, *evidence: str, made_by: str = "", opinion: str = "", **fields: str) -> str:
        """Open the task, fill it in, attach, approve; returns what the workspace says."""
        page = self.open(who)
        for key, value in fields.items():
            page.fill(f"[name='f.{key}']", value)
        if made_by:
            page.fill("[name='made_by']", made_by)
        if opinion:
            page.fill("#opinion", opinion)
        attach(page, *evidence)
        press(page, "approve")
        return said(page)

    def sign(self, who: str) -> None:
        """Sign everything that waits for this person's signature."""
        actor = self.desk.district.who[who]
        with reading(self.desk.district.office.records) as conn:
            waiting = [p.id for p in papers.waiting_for(conn, actor.role, [actor.office_code])]
        assert waiting, who
        _, stays = sign_list(self.desk.district.office, waiting, actor, self.desk.clock.now)
        assert not stays, stays

    def post(self, who: str, signer: str, step: str, area: str) -> str:
        """Settle the list, have it signed, put it up and bring the photo back."""
        office, now = self.desk.district.office, self.desk.clock.now
        settle_list(
            office, step, [self.case], self.desk.district.who[who], now, area, date(now.year, now.month, now.day)
        )
        drain(office, now)
        self.sign(signer)
        day = f"{now:%Y-%m-%d}"
        return self.approve(who, "posting", posted_on=day, place="公示栏")

    def after_publicity(self) -> datetime:
        """The morning after the last day of the notice that hangs now."""
        with reading(self.desk.district.office.records) as conn:
            shown = rounds.publicity_of(conn, self.case)
        assert shown is not None
        day = self.desk.district.office.calendar.due(shown.ends_on, WorkingDays(1)).on
        return at(day.year, day.month, day.day)


@pytest.fixture
def office(browser: Browser, desk: Desk) -> Iterator[Office]:
    with ExitStack() as stack:
        desk.clock.now = at(2017, 3, 6)
        windows = {who: stack.enter_context(opened(browser, desk, who)) for who in PEOPLE}
        yield Office(desk, windows)


def test_a_household_is_identified_by_eight_people_from_application_to_plan(office: Office) -> None:
    """R1.4-03, R4.3-02, R4.3-03, R4.3-04: application, survey, review, two publicities, approval, announcement, register."""
    page = office.windows["clerk"]
    page.goto("/apply")
    for n, (name, relation, order) in enumerate((("黄国梁", "户主", 991), ("黄小妹", "之女", 992))):
        page.fill(f"[name='m.{n}.name']", name)
        page.fill(f"[name='m.{n}.id_no']", made_up_id(date(1968 + 30 * n, 5, 4), order))
        page.select_option(f"[name='m.{n}.relation']", relation)
    page.click("button:has-text('登记申请')")
    assert "已登记申请" in said(page)
    office.case = int(page.url.rsplit("/", 1)[1])

    assert "现在“入户调查”" in office.approve("clerk", "D-01", "D-02", made_by="黄国梁")
    office.on(at(2017, 3, 13))
    page = office.open("clerk")
    page.click("text=填收入核算")
    page.fill("[name='i.wages']", "4800")
    page.click("button:has-text('登记')")
    assert "收入核算已登记" in said(page) and "4800" in page.inner_text(".work-side")
    assert "须由2人以上" in office.approve(
        "clerk", "D-04", "D-05", visited_on="2017-03-10", surveyors="林记录"
    )  # one is too few
    assert "现在“信息核对”" in office.approve("clerk", visited_on="2017-03-10", surveyors="林记录、工作组甲")
    office.on(at(2017, 3, 16))
    assert "现在“民主评议”" in office.approve("district_clerk", "D-06", made_by="区民政局", hits="未发现不符")
    office.on(at(2017, 3, 20))
    assert "张贴第一次公示" in office.approve("clerk", "D-07", made_by="居民会议", **MEETING)
    office.on(at(2017, 3, 21))
    assert "第一次公示期满" in office.post("clerk", "head", "pub1_post", COMMUNITY)

    page = office.open("clerk")
    assert page.locator("button[value='decide:approve']").is_disabled()
    assert "公示期至" in page.inner_text(".why")
    office.on(office.after_publicity())
    assert "现在“社区上报”" in office.approve("clerk")
    assert "现在“街道审核”" in office.approve("head", opinion="情况属实，同意上报。")
    assert "张贴第二次公示" in office.approve("leader", visited="抽查属实")
    assert "第二次公示期满" in office.post("street_clerk", "leader", "pub2_post", STREET)
    office.on(office.after_publicity())
    assert "现在“区复核”" in office.approve("street_clerk")
    assert "领导小组审定" in office.approve("director")
    assert "认定公告" in office.approve("group", opinion="同意认定。")
    office.on(office.desk.clock.now)
    assert "登记建档" in office.post("district_clerk", "director", "announce", "440512")

    page = office.open("district_clerk")
    assert "帮扶责任人" in page.inner_text(".why")
    page.click("text=结对")
    page.select_option("#helper", index=1)
    page.click("button:has-text('结对')")
    assert "制定帮扶计划" in office.approve("district_clerk")

    page = office.open("helper")
    row = "f.measures.0"
    page.select_option(f"[name='{row}.programme']", index=1)
    page.select_option(f"[name='{row}.kind']", "capacity")
    page.select_option(f"[name='{row}.resource']", "skill")
    page.fill(f"[name='{row}.title']", "电工培训")
    page.fill(f"[name='{row}.owner']", "区人社局")
    page.fill(f"[name='{row}.starts_on']", "2017-05-02")
    page.fill("[name='made_by']", "黄国梁")
    attach(page, "D-18")
    press(page, "approve")
    assert "办件办结" in said(page)

    page = office.open("leader")
    page.goto(f"/cases/{office.case}")
    text = page.inner_text("main")
    for person in ("林记录", "陈主任", "李书记", "黄小燕", "蔡晓", "郑主任", "庄组长", "方帮扶"):
        assert person in text, person
    assert office.desk.district.state(office.desk.district.see(office.case).subject_id) == "assisted"
