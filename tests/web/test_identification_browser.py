"""A whole identification through the pages alone, from application to help plan: eight people and a resident, each at a
window of their own. The test does nothing but click, fill in and read; only the clock is set, and time passes over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from flows.drain import drain
from flows.tick import tick
from tests.flows.district import at, made_up_id
from tests.web.browsing import ONE_PIXEL, attach, opened, press, said
from tests.web.desk import PASSWORD, Desk

pytestmark = pytest.mark.browser
MEETING = {"held_on": "2017-03-20", "place": "社区会议室", "chair": "陈主任", "recorder": "林记录", "due": "31",
           "present": "27", "agree": "25", "oppose": "1", "abstain": "1"}  # fmt: skip
PEOPLE = {"clerk": "林记录", "head": "陈主任", "leader": "李书记", "street_clerk": "黄小燕", "district_clerk": "蔡晓",
          "director": "郑主任", "group": "庄组长", "helper": "方帮扶"}  # fmt: skip
HOME, OBJECTION = "黄国梁户", "对黄国梁户的异议"


class Office:
    """Eight people, each with a window that stays open, a resident with a phone, and the household they work for."""

    def __init__(self, desk: Desk, windows: dict[str, Page], resident: Page) -> None:
        self.desk, self.windows, self.resident = desk, windows, resident

    def on(self, moment: datetime) -> None:
        """The next morning at the office: time has passed, and what the system owes is done."""
        self.desk.clock.now = moment
        tick(self.desk.district.office, moment, routines=True)
        drain(self.desk.district.office, moment)

    def later(self) -> None:
        """A little later on the same day: the machine has drafted what the last decision owes."""
        drain(self.desk.district.office, self.desk.clock.now)

    def at(self, who: str, item: str = "待办") -> Page:
        """The person's window at that item of the menu, signed in anew where the session of another day is over."""
        page = self.windows[who]
        page.goto("/")
        if page.locator("#login").count():
            page.fill("#login", who)
            page.fill("#password", PASSWORD)
            page.click("button:has-text('登录')")
        page.click(f"nav[aria-label='主菜单'] >> text='{item}'")
        return page

    def open(self, who: str, title: str = HOME) -> Page:
        """The person opens what waits on the list."""
        page = self.at(who)
        page.click(f"table a:text-is('{title}')")
        return page

    def approve(self, who: str, *evidence: str, title: str = HOME, made_by: str = "", opinion: str = "",
                **fields: str) -> str:  # fmt: skip
        """Open the task, fill it in, attach, approve; returns what the workspace says."""
        page = self.open(who, title)
        for key, value in fields.items():
            field = page.locator(f"[name='f.{key}']")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        if made_by:
            page.fill("[name='made_by']", made_by)
        if opinion:
            page.fill("#opinion", opinion)
        attach(page, *evidence)
        press(page, "approve")
        return said(page)

    def sign(self, who: str, *titles: str) -> None:
        """Read one draft after the other as a page, then tick the whole list and sign it."""
        page = self.at(who, "待签发")
        for title in titles:
            page.click(f"th a:has-text('{title}')")
            expect(page.locator(".sheets")).to_contain_text(title)
            page.go_back()
        page.check("[data-all]")
        page.click("text=签发所选文书")
        expect(page.locator("h1")).to_contain_text("已签发")
        assert "未签" not in page.inner_text("h1"), page.inner_text("main")
        assert all(len(each) == 64 for each in page.locator("td[data-label='SHA-256']").all_inner_texts())

    def post(self, who: str, step: str, signer: str, paper: str) -> None:
        """Settle the list, have its notice signed, put it up and bring the photo back."""
        page = self.at(who, "批次")
        page.click(f"text={step}（1户）")
        page.click("text=确定名单，起草公示")
        expect(page.locator("main")).to_contain_text("正在起草")
        self.later()
        self.sign(signer, paper)
        page = self.at(who, "批次")
        page.click(f"text={step}（1户）")
        page.fill("[name='field-place']", "公示栏")
        photo = {"name": "张贴.png", "mimeType": "image/png", "buffer": ONE_PIXEL}
        page.set_input_files("[name='evidence-posting']", photo)
        page.click("text=已张贴，登记")
        expect(page.locator("main")).to_contain_text("办成1件，未办成0件")

    def hanging(self, kind: str) -> Locator:
        """What of that kind the board shows to a resident."""
        self.resident.goto("/board")
        return self.resident.locator(f".notices section:has(.tag:text-is('{kind}'))")

    def after_publicity(self) -> None:
        """A notice hangs through its last day; on the next morning it has come down from the board."""
        last = self.hanging("公示").locator(".sub").inner_text().split("至")[1].split("日")[0]
        ends = date(*(int(part) for part in last.replace("年", " ").replace("月", " ").split()))
        for days, hang in ((0, 1), (1, 0)):
            self.on(datetime.combine(ends + timedelta(days), self.desk.clock.now.timetz()))
            expect(self.hanging("公示")).to_have_count(hang)


@pytest.fixture
def office(browser: Browser, desk: Desk) -> Iterator[Office]:
    with ExitStack() as stack:
        desk.clock.now = at(2017, 3, 6)
        windows = {who: stack.enter_context(opened(browser, desk, who)) for who in PEOPLE}
        yield Office(desk, windows, stack.enter_context(opened(browser, desk, script=False, width=390)))


def test_a_household_is_identified_by_eight_people_from_application_to_plan(office: Office) -> None:
    """R1.4-03, R4.3-02, R4.3-03, R4.3-04: application, survey, review, two publicities, approval, announcement, register."""
    _apply(office)
    _survey(office)
    office.on(at(2017, 3, 16))
    assert "现在“民主评议”" in office.approve("district_clerk", "D-06", made_by="区民政局", hits="未发现不符")
    office.on(at(2017, 3, 20))
    assert "张贴第一次公示" in office.approve("clerk", "D-07", made_by="居民会议", **MEETING)
    office.on(at(2017, 3, 21))
    office.post("clerk", "张贴第一次公示", "head", "公示")
    _object(office)
    office.after_publicity()
    assert "现在“社区上报”" in office.approve("clerk")
    assert "现在“街道审核”" in office.approve("head", opinion="情况属实，同意上报。")
    assert "张贴第二次公示" in office.approve("leader", visited="抽查属实")
    office.post("street_clerk", "张贴第二次公示", "leader", "公示")
    office.after_publicity()
    assert "现在“区复核”" in office.approve("street_clerk")
    assert "领导小组审定" in office.approve("director")
    assert "认定公告" in office.approve("group", opinion="同意认定。")
    office.later()
    office.sign("group", "认定审批表")
    office.post("district_clerk", "认定公告", "director", "公告")
    expect(office.hanging("公告")).to_have_count(1)
    _register(office)
    _plan(office)
    office.later()
    office.sign("leader", "帮扶明白卡")
    _look_back(office)


def _apply(office: Office) -> None:
    page = office.at("clerk", "受理申请")
    for n, (name, relation, order) in enumerate((("黄国梁", "户主", 991), ("黄小妹", "之女", 992))):
        page.fill(f"[name='m.{n}.name']", name)
        page.fill(f"[name='m.{n}.id_no']", made_up_id(date(1968 + 30 * n, 5, 4), order))
        page.select_option(f"[name='m.{n}.relation']", relation)
    page.select_option("#attribute", "一般贫困户")
    page.select_option("#main_cause", "因病")
    page.click("button:has-text('登记申请')")
    assert "已登记申请" in said(page)
    assert "现在“入户调查”" in office.approve("clerk", "D-01", "D-02", made_by="黄国梁")


def _survey(office: Office) -> None:
    office.on(at(2017, 3, 13))
    page = office.open("clerk")
    page.click("text=填收入核算")
    page.fill("[name='i.wages']", "4800")
    page.click("button:has-text('登记')")
    assert "收入核算已登记" in said(page) and "4800" in page.inner_text(".work-side")
    assert "须由2人以上" in office.approve(
        "clerk", "D-04", "D-05", visited_on="2017-03-10", surveyors="林记录"
    )  # one is too few
    office.later()  # the income sheet waited for the income; now it can be printed
    page.click("text=办件经过")
    expect(page.locator("main")).to_contain_text("收入核算表")
    assert "现在“信息核对”" in office.approve("clerk", visited_on="2017-03-10", surveyors="林记录、工作组甲")


def _object(office: Office) -> None:
    """A neighbour objects on a phone without scripts; the street looks into it, and until it has answered nothing goes on."""
    phone = office.resident
    phone.goto("/board")
    phone.click("h2 a")
    phone.fill("#serial", "1")
    phone.fill("#about", "听说该户有小汽车。")
    phone.click("text=提交异议")
    receipt = phone.inner_text("#receipt")
    office.on(at(2017, 3, 22))
    page = office.open("clerk")
    assert page.locator("button[value='decide:approve']").is_disabled()
    assert "公示期至" in page.inner_text(".why")
    assert "现在“调查核实”" in office.approve("clerk", title=OBJECTION)
    office.on(at(2017, 3, 23))
    assert "现在“作出处理意见”" in office.approve(
        "street_clerk", "investigation", title=OBJECTION, found="车辆系邻居所有，与该户无关。"
    )
    assert "现在“答复”" in office.approve("leader", title=OBJECTION, outcome="不成立")
    assert "已作出处理意见，正在答复" in _standing(phone, receipt)
    assert "办件办结" in office.approve("street_clerk", title=OBJECTION, replied_on="2017-03-23")
    assert "办结" in _standing(phone, receipt)


def _standing(phone: Page, receipt: str) -> str:
    phone.goto("/board")
    phone.fill("#receipt", receipt)
    phone.click("button:has-text('查询')")
    return said(phone)


def _register(office: Office) -> None:
    page = office.open("district_clerk")
    assert "帮扶责任人" in page.inner_text(".why")
    page.click("text=结对")
    page.select_option("#helper", index=1)
    page.click("button:has-text('结对')")
    assert "制定帮扶计划" in office.approve("district_clerk")


def _plan(office: Office) -> None:
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


def _look_back(office: Office) -> None:
    """The leader reads the whole course on one page; the household stands in the register as one that is helped."""
    page = office.at("leader", "户")
    page.fill("#q", "黄国梁")
    page.keyboard.press("Enter")
    page.click("table a:text-is('黄国梁')")
    expect(page.locator("main")).to_contain_text("帮扶中")
    page.click("a:has-text('识别纳入')")
    text = page.inner_text("main")
    for person in PEOPLE.values():
        assert person in text, person
