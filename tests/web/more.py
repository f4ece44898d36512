"""More work on a desk: supervision, documents that people word, what came in, one household's archive, a program that listens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

from flows import tokens
from flows.agreements import Wanted, issue_all, order_issue
from flows.archive_household import archive_household
from flows.compose import Manuscript, compose
from flows.incoming import Incoming, hand_to, instruct, propose, register_incoming
from flows.paper_stages import review
from flows.phrases import add_phrase
from flows.routines import run_routine
from flows.supervision import OpenFile, open_file, open_rung
from flows.webhooks import subscribe
from integrations.webhook import Webhooks
from records import accounts, agreements, obligations
from records.engine import reading
from rules.days import day_of
from rules.jurisdiction import EVERYTHING
from tests.flows.district import STREET, proof
from tests.web import story
from tests.web.desk import Desk


def fill(desk: Desk, waiting: dict[str, int]) -> None:
    """Everything below, on the desk of tests/web/story.py; `waiting` then also names a manuscript and a household's archive."""
    _supervise(desk)
    waiting["manuscript"] = _word(desk)
    waiting["home"] = _file(desk, waiting["street_review"])
    story.drain(desk.district.office, desk.clock.now)
    for text in ("经街道会议研究，同意上报。", "请社区补充佐证材料后重报。"):
        add_phrase(desk.district.office, desk.district.who["leader"].person_id, text)
    _subscribe(desk)
    waiting["agreement"], waiting["obligation"] = _owe(desk)


def _owe(desk: Desk) -> tuple[int, int]:
    """The year's agreements of streets and communities, and the visits that the street's leader owes."""
    office, who, now = desk.district.office, desk.district.who, desk.clock.now
    ids = order_issue(office, Wanted(2017, who["district_clerk"], now), ("D-20", "D-21"))
    issue_all(office, ids, now, "区经办", lambda count: None)
    run_routine(office, "leader-visits", {}, now)
    with reading(office.records) as conn:
        agreement = next(
            row for row in agreements.of_year(conn, 2017, ("D-20",)) if row.to_office == f"{STREET}-office"
        )
        wanted = obligations.Wanted("open", "leader_visit", person_id=who["leader"].person_id)
        return agreement.id, obligations.listing(EVERYTHING, day_of(now), wanted).page(conn)[0].id


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
