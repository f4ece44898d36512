"""docs/screenshots/ anew: one picture of every page, of an office that is made up. Run: make screenshots;
the first digits of names take only those: python -m tests.web.screenshots 34 35."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from flows import tokens
from flows.archive_household import archive_household
from flows.compose import Manuscript, compose
from flows.handing import HandOn, hand
from flows.incoming import Incoming, hand_to, instruct, propose, register_incoming
from flows.paper_stages import review
from flows.phrases import add_phrase
from flows.supervision import OpenFile, open_file, open_rung
from flows.webhooks import subscribe
from integrations.webhook import Webhooks
from records import accounts
from records.engine import open_engine, reading
from records.migrate import upgrade
from rules.days import day_of
from states.handing import Hand
from tests.flows.district import make_district, proof
from tests.web import story
from tests.web.browsing import ARGUMENTS, CHROMIUM, opened
from tests.web.desk import Desk, open_desk, served

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
TALLEST = 1500
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
    ("12-inbox", "leader", "/inbox", 1280),
    ("13-delegation", "leader", "/delegations", 1280),
    ("14-account", "leader", "/account", 1280),
    ("15-apply", "clerk", "/apply", 1280),
    ("16-income", "clerk", "/cases/{verify}/income", 1280),
    ("20-area", "director", "/area", 1280),
    ("21-households", "leader", "/households", 1280),
    ("22-household", "leader", "/households/7", 1280),
    ("23-offices", "director", "/offices", 1280),
    ("24-rounds", "clerk", "/rounds", 1280),
    ("25-signing", "head", "/signing", 1280),
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
        _supervise(desk)
        waiting["manuscript"] = _word(desk)
        waiting["home"] = _file(desk, waiting["street_review"])
        story.drain(desk.district.office, desk.clock.now)
        for text in ("经街道会议研究，同意上报。", "请社区补充佐证材料后重报。"):
            add_phrase(desk.district.office, who["leader"].person_id, text)
        _subscribe(desk)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with served(desk), ExitStack() as stack:
            windows: dict[tuple[str, int], Page] = {}
            for name, person, path, width in SHOTS:
                if len(sys.argv) > 1 and not name.startswith(tuple(sys.argv[1:])):
                    continue
                if (person, width) not in windows:
                    windows[person, width] = stack.enter_context(opened(browser, desk, person or None, width=width))
                _take(windows[person, width], name, path.format(**waiting), width)
        browser.close()
        engine.dispose()


def _file(desk: Desk, case: int) -> int:
    """Two papers that came in, one handed on; a household whose papers are filed."""
    office, who, now = desk.district.office, desk.district.who, desk.clock.now
    on = day_of(now)
    first, _ = register_incoming(office, Incoming("区教育局", "关于核对学生名单的函", on, "濠教函〔2017〕12号", urgency="加急",
                                                  answer_by=on + timedelta(days=7)), who["street_clerk"], now)  # fmt: skip
    register_incoming(
        office, Incoming("区民政局", "关于低保衔接有关事项的通知", on, "濠民〔2017〕30号"), who["street_clerk"], now
    )
    propose(office, first, "拟请黄小燕同志核对后函复。", who["street_clerk"], now)
    instruct(office, first, "同意，请于十日前办结。", who["leader"], now)
    hand_to(office, first, who["street_clerk"].person_id, who["leader"], now)
    home = desk.district.see(case).subject_id
    archive_household(office, home, who["clerk"], now)
    return home


def _word(desk: Desk) -> int:
    """A document of the street upwards, one more sent to another office for its countersignature."""
    office, who, now = desk.district.office, desk.district.who, desk.clock.now
    lines = (
        (0, "根据工作安排，现将有关情况请示如下："),
        (1, "一、基本情况"),
        (0, "拟退出户已逐户核查，公示期内没有异议。"),
    )
    text = [{"level": level, "text": words} for level, words in lines]
    letter = {
        "subject": "商请核对信息",
        "sections": [{"level": 0, "text": "请协助核对名单。"}],
        "closing": "请予支持为盼。",
    }
    asked = compose(
        office, Manuscript("D-77D", letter, ("440512-unit-01",), (), ("440512-office",)), who["street_clerk"], now
    )
    review(office, asked, who["other_street_clerk"], now)
    return compose(office, Manuscript("D-77A", {"subject": "核定2017年退出贫困户", "sections": text}, ("440512-group",)),
                   who["street_clerk"], now)  # fmt: skip


def _supervise(desk: Desk) -> None:
    """A file about a street, with an order to rectify on its way, and one about a person of another."""
    office, who, now = desk.district.office, desk.district.who, desk.clock.now
    by = who["district_clerk"]
    told = ("全年进度不足一半，十月底仍有三户未安排帮扶措施", "走访记录与实际不符")
    file = open_file(office, OpenFile("440512001-office", "slow", told[0], by, now, None, proof("finding"), 2017))
    open_file(
        office,
        OpenFile(
            "440512001-office", "falsified", told[1], by, now, who["street_clerk"].person_id, proof("finding"), 2017
        ),
    )
    case = open_rung(office, file, "rectification", by, now).id
    asked = {
        "means": "查阅台账",
        "problems": ["三户未安排措施"],
        "basis": "责任书第三条",
        "standard": "月底前全部安排",
        "circulate": "全区通报",
    }
    desk.district.say(case, "propose", "district_clerk", now, fields=asked)
    desk.district.say(case, "review", "director", now)
    desk.district.say(case, "decide", "group", now)


def _subscribe(desk: Desk) -> None:
    """A program that is told of decisions and papers."""
    office, now = desk.district.office, desk.clock.now
    desk.account("leader")
    with reading(office.records) as conn:
        account = accounts.account_by_login(conn, "leader")
    assert account is not None
    made = tokens.make_token(
        office, account.id, desk.district.who["leader"], "对接区政务平台", ["read"], timedelta(days=180), now
    )
    grant = tokens.token(office, made, now)
    assert grant is not None
    desk.app.state.office = desk.district.office = replace(office, webhooks=Webhooks((ip_network("10.20.0.0/16"),)))
    subscribe(desk.district.office, grant.token_id, "https://10.20.3.4/bangfu", ["case.decided", "paper.issued"], now)


def _take(page: Page, name: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, (path, answer and answer.status)
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(600, min(tall, TALLEST))})
    page.screenshot(path=OUT / f"{name}.png")
    print(name)


if __name__ == "__main__":
    main()
