"""Every page there is, found by asking the application itself: no serious finding of accessibility, nothing beside the page,
on an office screen and on a phone. A new route is looked at without anybody having to think of it; one whose address holds
something this file does not know fails until it is told what to open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, expect

import web.app
import web.visit
from demo.story import DATA
from flows import accounts as signing
from tests.flows.district import at
from tests.web import more
from tests.web.browsing import healthy, opened
from tests.web.desk import PASSWORD, Desk
from tests.web.test_access import gate_of
from web.drawing import PAGES, draw

pytestmark = pytest.mark.browser
Filled = tuple[Desk, dict[str, int]]
FILES = {  # what is answered with a file, a text or another page
    "/", "/cases/{case_id}/evidence/{sha256}", "/papers/{paper_id:int}/word", "/papers/{paper_id:int}/pdf",
    "/settings/policy/{version_id:int}", "/sign-in/unified", "/sign-in/unified/back",
    "/supervision/{supervision_id:int}/evidence/{sha256}", "/settings/templates/{code}",
    "/archive/{household_id:int}/word", "/incoming/{incoming_id:int}/scan",
    "/agreements/{agreement_id:int}/word/{paper_id:int}", "/agreements/{agreement_id:int}/evidence/{sha256}",
    "/obligations/{obligation_id:int}/evidence/{sha256}", "/agreements/targets",
}  # fmt: skip
MUST = {"/papers/{paper_id:int}/reword": "street_clerk"}  # who alone may open what is there
FRAMES = {"base.html", "bare.html", "public.html"}
ORDER = ("leader", "clerk", "district_clerk", "head", "director", "admin", "street_clerk", "helper", "group", "auditor")


@dataclass
class Walk:
    """Windows of people over one office, and the templates that were drawn for them."""

    browser: Browser
    desk: Desk
    waiting: dict[str, int]
    width: int
    stack: ExitStack
    drawn: set[str] = field(default_factory=set)
    windows: dict[str | None, Page] = field(default_factory=dict)

    def window(self, who: str | None) -> Page:
        if who not in self.windows:
            self.windows[who] = self.stack.enter_context(opened(self.browser, self.desk, who, width=self.width))
        return self.windows[who]

    def look(self, who: str | None, path: str, status: int = 200) -> Page:
        page = self.window(who)
        answer = page.goto(path)
        assert answer is not None and answer.status == status, (path, who, answer and answer.status)
        healthy(page)
        return page

    def address(self, route: str) -> str:
        """The route's path with something that is there in place of its names."""
        step = {"/tasks": "street_review", "/cases/{case_id}/income": "verify"}
        case = next(
            (self.waiting[key] for start, key in step.items() if route.startswith(start)), self.waiting["returned"]
        )
        known = {"case_id": case, "household_id": self.desk.district.see(case).subject_id, "paper_id": self.waiting["manuscript"] if "reword" in route else 1,
                 "act_id": 1, "supervision_id": 1, "incoming_id": 1, "agreement_id": self.waiting["agreement"], "obligation_id": self.waiting["obligation"],
                 "code": "D-77A" if "compose" in route else "440512001001-office", "key": "done", "token": self.token()}  # fmt: skip
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: str(known[name[1]]), route)

    def token(self) -> str:
        """A link for somebody who has no password yet."""
        office, helper = self.desk.district.office, self.desk.district.who["other_leader"]
        return signing.invite(office, helper.person_id, "newcomer", self.desk.clock.now, "管理员")


@pytest.fixture(params=[1280, 390], ids=["office screen", "phone"])
def walk(
    request: pytest.FixtureRequest, browser: Browser, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    desk, waiting = filled
    more.fill(desk, waiting)
    with ExitStack() as stack:
        there = Walk(browser, desk, waiting, request.param, stack)

        def drawing(name: str, **values: object) -> str:
            there.drawn.add(f"{name}.html")
            return draw(name, **values)

        for door in (web.visit, web.app):
            monkeypatch.setattr(door, "draw", drawing)
        yield there


def routes_of(desk: Desk) -> list[tuple[str, str | None]]:
    """Every address that shows a page, with somebody who may open it."""
    found = []
    for route in desk.app.routes:
        who = gate_of(route) if isinstance(route, APIRoute) else None
        if who is not None and route.methods == {"GET"} and route.path not in FILES:
            roles = {key: desk.district.who[key].role for key in ORDER}
            fits = [key for key in ORDER if not who.roles or roles[key] in who.roles]
            found.append((route.path, MUST.get(route.path, fits[0]) if who.signed_in else None))
    return found


def test_every_page_is_readable_by_everybody_and_stays_within_its_width(walk: Walk) -> None:
    board, imports = "/board/{act_id:int}", "/imports/{case_id:int}"
    for route, who in routes_of(walk.desk):
        if route not in (board, imports, "/rounds/list"):
            walk.look(who, walk.address(route))
    _what_forms_answer(walk)
    _an_import(walk)
    _a_form_that_came_too_late(walk)
    _the_board(walk)
    pages = {path.name for path in PAGES.glob("*.html") if "{% extends" in path.read_text(encoding="utf-8")}
    assert pages - FRAMES - walk.drawn == set()


def _a_form_that_came_too_late(walk: Walk) -> None:
    """The session ended while a form was filled in: the sign-in that keeps it, and the page that goes on with it."""
    page = walk.look("leader", "/account/phrases")
    page.fill("[name='text']", "情况已逐户核实")
    walk.desk.clock.now += timedelta(hours=13)
    page.click("form:has([name='text']) button")
    healthy(page)
    page.fill("#login", "leader")
    page.fill("#password", PASSWORD)
    page.click("button:text-is('登录')")
    expect(page.locator("h1")).to_have_text("继续办理")
    healthy(page)


def _what_forms_answer(walk: Walk) -> None:
    """Pages that only come up in answer to a form: a batch and its outcome, a list, what was signed, a refusal."""
    page = walk.look("clerk", "/todo")
    page.check("[aria-label='勾选吴桂英户']")
    page.click("text=批量办理勾选的")
    healthy(page)
    page.click("button[value='approve']")
    healthy(page)
    page = walk.look("clerk", "/rounds")
    page.click("text=民主评议（1户）")
    healthy(page)
    page = walk.look("head", "/signing")
    page.check("[data-all]")
    page.click("text=签发所选文书")
    healthy(page)
    page = walk.look("leader", "/agreements")
    page.check("[data-all] >> nth=0")
    page.click("text=签订所选 >> nth=0")
    healthy(page)
    walk.look("leader", "/nowhere", 404)


def _an_import(walk: Walk) -> None:
    page = walk.look("district_clerk", "/imports")
    page.set_input_files("#file", str(DATA))
    page.click("text=上传并核对")
    page.wait_for_selector("ol.stages", timeout=60_000)
    healthy(page)


def _the_board(walk: Walk) -> None:
    """A day on which a notice hangs: the notice, an objection with a mistake in it, and its receipt."""
    walk.desk.clock.now = at(2017, 10, 26)
    page = walk.look(None, "/board")
    page.click("h2 a")
    healthy(page)
    page.fill("#serial", "99")
    page.fill("#about", "该户有小汽车。")
    page.click("text=提交异议")
    healthy(page)
    page.fill("#serial", "1")
    page.click("text=提交异议")
    page.wait_for_selector("#receipt")
    healthy(page)
