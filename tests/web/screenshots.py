"""docs/screenshots/ anew: one picture of every page, of an office that is made up. Run: make screenshots;
the first digits of names take only those: python -m tests.web.screenshots 34 35."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from flows.delegation import Delegate, delegate
from flows.handing import HandOn, hand
from records.engine import open_engine
from records.migrate import upgrade
from states.handing import Hand
from tests.flows.district import at, make_district
from tests.web import more, story
from tests.web.browsing import ARGUMENTS, CHROMIUM, opened
from tests.web.desk import PASSWORD, Desk, open_desk, served

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
TALLEST = 1500
LATE = "50-resume"
SHOTS: tuple[tuple[str, str, str, int], ...] = (
    ("01-sign-in", "", "/sign-in", 1280),
    ("02-todo", "clerk", "/todo", 1280),
    ("03-todo-phone", "clerk", "/todo", 390),
    ("04-task", "leader", "/tasks/{street_review}", 1280),
    ("05-task-refused-by-a-rule", "clerk", "/tasks/{verify}", 1280),
    ("06-task-phone", "leader", "/tasks/{street_review}", 390),
    ("07-papers-before-deciding", "clerk", "/tasks/{review}/preview?verdict=approve", 1280),
    ("08-case", "leader", "/cases/{returned}", 1280),
    ("09-case-printed", "leader", "/cases/{returned}/print", 1280),
    ("10-done", "clerk", "/mine/done", 1280),
    ("11-copied", "street_clerk", "/mine/copied", 1280),
    ("12-inbox", "street_clerk", "/inbox", 1280),
    ("13-delegation", "leader", "/delegations", 1280),
    ("14-account", "leader", "/account", 1280),
    ("15-apply", "clerk", "/apply", 1280),
    ("16-income", "clerk", "/cases/{verify}/income", 1280),
    ("20-area", "director", "/area", 1280),
    ("21-households", "leader", "/households", 1280),
    ("22-household", "leader", "/households/7", 1280),
    ("23-offices", "director", "/offices", 1280),
    ("24-rounds", "clerk", "/rounds", 1280),
    ("25-signing", "leader", "/signing", 1280),
    ("26-papers", "leader", "/papers", 1280),
    ("27-paper", "leader", "/papers/1", 1280),
    ("28-board", "", "/board", 1280),
    ("29-imports", "district_clerk", "/imports", 1280),
    ("30-trouble", "district_clerk", "/trouble", 1280),
    ("31-settings", "admin", "/settings", 1280),
    ("32-policy", "director", "/settings/policy", 1280),
    ("33-calendar", "director", "/settings/calendar", 1280),
    ("35-supervision", "district_clerk", "/supervision", 1280),
    ("36-supervision-file", "district_clerk", "/supervision/1", 1280),
    ("37-compose", "street_clerk", "/papers/compose", 1280),
    ("38-compose-form", "street_clerk", "/papers/{manuscript}/reword", 1280),
    ("39-manuscripts", "street_clerk", "/papers/manuscripts", 1280),
    ("40-incoming", "street_clerk", "/incoming", 1280),
    ("41-incoming-paper", "leader", "/incoming/1", 1280),
    ("42-archive", "clerk", "/archive", 1280),
    ("43-archive-of-a-household", "clerk", "/archive/{home}", 1280),
    ("44-phrases", "leader", "/account/phrases", 1280),
    ("45-agreements", "leader", "/agreements", 1280),
    ("46-agreement", "leader", "/agreements/{agreement}", 1280),
    ("48-agreements-of-a-year", "district_clerk", "/agreements/prepare", 1280),
    ("49-agreement-change", "district_clerk", "/agreements/{agreement}/change", 1280),
    ("47-obligation", "leader", "/obligations/{obligation}", 1280),
    ("34-webhooks", "leader", "/account/webhooks", 1280),
)


def main() -> None:
    """Take every picture; a page that does not answer with 200 fails the command."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bangfu-shots-") as folder, sync_playwright() as playwright:
        engine = open_engine(f"sqlite:///{folder}/bangfu.sqlite3")
        upgrade(engine)
        desk = open_desk(make_district(engine, Path(folder) / "files"))
        waiting = story.fill(desk)
        task = desk.district.see(waiting["street_review"]).tasks[0].id
        who = desk.district.who
        hand(
            desk.district.office,
            HandOn(Hand.COPY, task, who["leader"], desk.clock.now, (who["street_clerk"].person_id,), "请阅知"),
        )
        _besides(desk)
        more.fill(desk, waiting)
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        with served(desk), ExitStack() as stack:
            windows: dict[tuple[str, int], Page] = {}
            for name, person, path, width in SHOTS:
                if len(sys.argv) > 1 and not name.startswith(tuple(sys.argv[1:])):
                    continue
                if (person, width) not in windows:
                    windows[person, width] = stack.enter_context(opened(browser, desk, person or None, width=width))
                _take(windows[person, width], name, path.format(**waiting), width)
            if len(sys.argv) == 1 or LATE.startswith(tuple(sys.argv[1:])):
                _came_too_late(stack.enter_context(opened(browser, desk, "leader")), desk)
        browser.close()
        engine.dispose()


def _besides(desk: Desk) -> None:
    """A notice that hangs today, and a leader who will be away next week."""
    district, who = desk.district, desk.district.who
    case = story.leaving(district, "纪家旺", "pub_post")
    district.post([case], "pub_post", "clerk", "head", at(2017, 11, 2))
    delegate(district.office, Delegate(who["leader"].person_id, who["other_leader"].person_id, date(2017, 11, 6),
                                       date(2017, 11, 10), "参加业务培训", who["leader"], desk.clock.now))  # fmt: skip


def _came_too_late(page: Page, desk: Desk) -> None:
    """A form whose session ended while it was filled in, found again after signing in."""
    page.goto("/account/phrases")
    page.fill("[name='text']", "情况已逐户核实")
    desk.clock.now += timedelta(hours=13)
    page.click("form:has([name='text']) button")
    page.fill("#login", "leader")
    page.fill("#password", PASSWORD)
    page.click("button:text-is('登录')")
    expect(page.locator("h1")).to_have_text("继续办理")
    _picture(page, LATE, 1280)


def _take(page: Page, name: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, (path, answer and answer.status)
    _picture(page, name, width)


def _picture(page: Page, name: str, width: int) -> None:
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(600, min(tall, TALLEST))})
    page.screenshot(path=OUT / f"{name}.png")
    print(name)


if __name__ == "__main__":
    main()
