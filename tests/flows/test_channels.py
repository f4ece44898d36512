"""Messages leave the house: a real SMTP receiver and real HTTP servers on loopback, and channels that fail."""

from __future__ import annotations

import email.policy
import hashlib
import hmac
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from district import COMMUNITY, STREET, District, at
from receiving import HttpReceiver, receiving

from flows.drain import drain
from flows.messages import News, To, tell
from flows.reminding import remind
from flows.wishes import Wanted, set_wishes
from integrations.mail import Mail
from integrations.outgoing import Channel
from integrations.sms import Sms
from integrations.wecom import WeCom
from records import alerts, duties, help, messages
from records.engine import reading, writing
from rules.discreet import is_discreet
from rules.quiet import Quiet
from states.decision import Actor
from states.not_allowed import NotAllowed

OFFICE = f"{COMMUNITY}-office"
SECRET = "a-secret-of-the-gateway"
NIGHT = Quiet.of("21:00", "08:00")


@dataclass
class Receiver:
    """A mail server that keeps what it takes; `refuses` names the addresses it does not know, `busy` refuses all."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    busy: bool = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.busy:
            return "451 too busy"
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(envelope.content)
        self.mails.append(mail)
        return "250 OK"


@dataclass
class Outside:
    """All that can be reached, and the office that reaches it."""

    district: District
    mail: Receiver
    robot: HttpReceiver
    gateway: HttpReceiver

    def owe(self, key: str = "t:1", to: To = To(OFFICE, "community_clerk")) -> None:  # noqa: B008 (frozen)
        facts = {"title": "核查通知", "text": "请于10月20日前报送核查表。"}
        with writing(self.district.office.records) as conn:
            tell(conn, News("notice", key, (to,), facts), at(2017, 10, 10))

    def wish(self, who: str, channels: tuple[str, ...], **rest: Any) -> None:
        actor = self.district.who[who]
        wanted = Wanted(channels, rest.pop("quiet", NIGHT), rest.pop("new_tasks", "digest"), **rest)
        set_wishes(
            self.district.office, Actor(actor.person_id, actor.office_code, actor.role), None, wanted, at(2017, 10, 9)
        )

    def group(self, channels: tuple[str, ...], quiet: Quiet | None = NIGHT) -> None:
        set_wishes(
            self.district.office, self.district.who["head"], OFFICE, Wanted(channels, quiet, "digest"), at(2017, 10, 9)
        )

    def drain(self, minute: int) -> int:
        return drain(self.district.office, at(2017, 10, 10, minute)).put_back

    def alerts(self) -> list[tuple[str, str]]:
        with reading(self.district.office.records) as conn:
            return [(row.kind, row.says) for row in alerts.open_alerts(conn) if row.kind != "empty_post"]


@pytest.fixture
def outside(small: District) -> Iterator[Outside]:
    receiver = Receiver()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(receiver, hostname="127.0.0.1", port=port)
    controller.start()
    with receiving() as robot, receiving() as gateway:
        ways: dict[str, Channel] = {
            "email": Mail("127.0.0.1", port, "濠江区扶贫办 <bangfu@example.gov.cn>", "none"),
            "wecom": WeCom({OFFICE: "key-1"}, f"{robot.url}/send"),
            "sms": Sms(f"{gateway.url}/sms", SECRET),
        }
        small.office = replace(small.office, channels=ways, sign_in="https://bangfu.example.gov.cn/")
        yield Outside(small, receiver, robot, gateway)
    controller.stop()


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_a_mail_says_it_in_html_and_in_plain_text_under_a_stable_id(outside: Outside) -> None:
    outside.wish("clerk", ("email",), email="lin@example.gov.cn")
    outside.owe()
    outside.drain(1)

    [mail] = outside.mail.mails
    assert mail["Subject"] == "核查通知" and mail["To"] == "lin@example.gov.cn"
    assert mail["From"] == "濠江区扶贫办 <bangfu@example.gov.cn>"
    assert mail["Message-ID"].endswith("@example.gov.cn>") and mail.get_content_type() == "multipart/alternative"
    assert "请于10月20日前报送核查表。" in part(mail, "plain") and "https://bangfu.example.gov.cn/" in part(
        mail, "plain"
    )
    assert "<p>请于10月20日前报送核查表。</p>" in part(mail, "html") and 'lang="zh-CN"' in part(mail, "html")


def test_a_digest_by_mail_is_a_table_of_what_is_open_at_the_moment_of_sending(outside: Outside) -> None:
    outside.wish("clerk", ("email",), email="lin@example.gov.cn", quiet=Quiet.of("00:00", "14:00"))
    made = []
    with writing(outside.district.office.records) as conn:
        for title in ("报送：甲 & <乙>", "报送：丙"):
            made.append(help.oblige(conn, {
                "kind": "report", "key": title, "title": title, "office_code": OFFICE, "role": "community_clerk",
                "area_path": f"/440512/{STREET}/{COMMUNITY}/", "starts_on": at(2017, 9, 1).date(), "due_on": at(2017, 10, 9).date(),
            }))  # fmt: skip
    with writing(outside.district.office.records) as conn:
        remind(conn, outside.district.office, at(2017, 10, 10))
    outside.drain(1)
    assert outside.mail.mails == []  # the reader's quiet hours
    with writing(outside.district.office.records) as conn:
        assert made[1] is not None
        help.obligation_done(conn, made[1], at(2017, 10, 10).date(), None, at(2017, 10, 10, 2))

    outside.drain(5 * 60)

    [mail] = outside.mail.mails
    page, text = part(mail, "html"), part(mail, "plain")
    assert "甲 &amp; &lt;乙&gt;" in page and "<table" in page and "丙" not in page + text
    assert "【催办】报送：甲 & <乙>，2017年10月9日到期，已逾期1个工作日" in text
    with reading(outside.district.office.records) as conn:
        [row] = messages.inbox(conn, outside.district.who["clerk"].person_id)
    assert "丙" not in row.body


def test_a_digest_of_which_nothing_is_left_is_not_sent(outside: Outside) -> None:
    outside.wish("clerk", ("email",), email="lin@example.gov.cn", quiet=Quiet.of("00:00", "14:00"))
    with writing(outside.district.office.records) as conn:
        made = help.oblige(conn, {
            "kind": "report", "key": "甲", "title": "甲", "office_code": OFFICE, "role": "community_clerk",
            "area_path": f"/440512/{STREET}/{COMMUNITY}/", "starts_on": at(2017, 9, 1).date(), "due_on": at(2017, 10, 9).date(),
        })  # fmt: skip
        remind(conn, outside.district.office, at(2017, 10, 10))
    outside.drain(1)
    with writing(outside.district.office.records) as conn:
        assert made is not None
        help.obligation_done(conn, made, at(2017, 10, 10).date(), None, at(2017, 10, 10, 2))

    assert (outside.drain(5 * 60), outside.mail.mails, outside.alerts()) == (0, [], [])


def test_a_group_robot_and_a_telephone_are_told_only_that_there_is_something_to_see(outside: Outside) -> None:
    outside.wish("clerk", ("sms",), mobile="19900001111")
    outside.owe()
    outside.drain(1)

    [(path, _, body)] = outside.robot.posts
    assert parse_qs(urlsplit(path).query) == {"key": ["key-1"]}
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "核查通知，请登录帮扶系统查看。"}}
    [(path, _, body)] = outside.gateway.posts
    assert (path, json.loads(body)["to"], json.loads(body)["text"]) == (
        "/sms",
        "19900001111",
        "核查通知，请登录帮扶系统查看。",
    )


def test_the_gateway_can_check_who_asks_and_that_nothing_was_changed(outside: Outside) -> None:
    outside.wish("clerk", ("sms",), mobile="19900001111")
    outside.owe()
    outside.drain(1)

    [(_, headers, body)] = outside.gateway.posts
    moment = headers["X-Bangfu-Timestamp"]
    assert int(moment) == int(at(2017, 10, 10, 1).timestamp())
    signed = hmac.new(SECRET.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Bangfu-Signature"] == f"sha256={signed}"


def test_an_office_without_a_robot_of_its_own_is_told_in_no_other_group(outside: Outside) -> None:
    outside.owe(to=To(f"{STREET}-office", "street_clerk"))
    outside.drain(1)
    assert outside.robot.posts == []


def test_a_group_is_told_once_however_many_of_it_are_told(outside: Outside) -> None:
    with writing(outside.district.office.records) as conn:
        both = (To(OFFICE, "community_clerk"), To(OFFICE, "community_head"))
        tell(conn, News("notice", "t:2", both, {"title": "会议", "text": "开会。"}), at(2017, 10, 10))
    outside.drain(1)
    assert len(outside.robot.posts) == 1


def test_a_channel_that_fails_stops_no_other_and_doubles_none_when_it_returns(outside: Outside) -> None:
    outside.wish("clerk", ("email", "sms"), email="lin@example.gov.cn", mobile="19900001111")
    outside.mail.busy = True
    outside.owe()
    assert outside.drain(1) == 1
    assert (len(outside.mail.mails), len(outside.robot.posts), len(outside.gateway.posts)) == (0, 1, 1)
    [(kind, says)] = outside.alerts()
    assert kind == "channel_away" and says.startswith("邮件发不出去")

    outside.mail.busy = False
    outside.drain(10)

    assert (len(outside.mail.mails), len(outside.robot.posts), len(outside.gateway.posts)) == (1, 1, 1)
    assert outside.alerts() == []  # it closed itself


def test_after_the_last_try_it_is_on_the_list_and_a_retry_sends_it_under_the_same_id(outside: Outside) -> None:
    outside.wish("clerk", ("email",), email="lin@example.gov.cn", quiet=None)
    outside.owe()
    outside.mail.busy = True
    moment = at(2017, 10, 10, 1)
    for _ in range(duties.LAST_TRY):
        drain(outside.district.office, moment)
        moment += timedelta(days=3)
    assert {kind for kind, _ in outside.alerts()} == {"channel_away", "duty_failed"}
    drain(outside.district.office, moment)
    assert outside.mail.mails == []

    outside.mail.busy = False
    with writing(outside.district.office.records) as conn:
        [failed] = duties.troubled(conn)
        assert duties.retry(conn, failed.id, moment)
    drain(outside.district.office, moment)
    with writing(outside.district.office.records) as conn:  # accepted, and killed before it was kept
        conn.exec_driver_sql("UPDATE duties SET done_at = NULL WHERE kind = 'send'")
    drain(outside.district.office, moment)

    first, second = outside.mail.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_an_address_that_does_not_exist_is_reported_at_once_and_is_no_fault_of_the_channel(outside: Outside) -> None:
    outside.wish("clerk", ("email",), email="gone@example.gov.cn")
    outside.mail.refuses = {"gone@example.gov.cn"}
    outside.owe()
    outside.drain(1)
    [(kind, says)] = outside.alerts()
    assert kind == "duty_failed" and "550" in says


@pytest.mark.parametrize(
    ("status", "answer", "word"), [(500, {}, "500"), (200, {"errcode": 93000, "errmsg": "invalid"}, "93000")]
)
def test_a_robot_that_does_not_take_it_is_tried_again(
    outside: Outside, status: int, answer: dict[str, Any], word: str
) -> None:
    outside.robot.status, outside.robot.answer = status, answer
    outside.owe()
    outside.drain(1)
    [(kind, says)] = outside.alerts()
    assert kind == "channel_away" and word in says and "key-1" not in says
    outside.robot.status, outside.robot.answer = 200, {"errcode": 0}
    outside.drain(10)
    assert len(outside.robot.posts) == 2 and outside.alerts() == []


@pytest.mark.parametrize(("status", "kinds"), [(503, ["channel_away"]), (422, ["duty_failed"]), (409, []), (204, [])])
def test_what_the_gateway_answers_decides_whether_it_is_tried_again(
    outside: Outside, status: int, kinds: list[str]
) -> None:
    outside.wish("clerk", ("sms",), mobile="19900001111")
    outside.gateway.status = status
    outside.owe()
    outside.drain(1)
    assert [kind for kind, _ in outside.alerts()] == kinds


def test_nobody_is_listening(small: District) -> None:
    dead: dict[str, Channel] = {"email": Mail("127.0.0.1", 9, "bangfu@example.gov.cn", "none"),
                                "wecom": WeCom({OFFICE: "k"}, "http://127.0.0.1:9/"), "sms": Sms("http://127.0.0.1:9/", SECRET)}  # fmt: skip
    small.office = replace(small.office, channels=dead)
    gone = Outside(small, Receiver(), HttpReceiver(), HttpReceiver())
    gone.wish("clerk", ("email", "sms"), email="lin@example.gov.cn", mobile="19900001111")
    gone.owe()
    assert gone.drain(1) == 3
    assert [kind for kind, _ in gone.alerts()] == ["channel_away"] * 3
    with reading(small.office.records) as conn:
        assert messages.count_unread(conn, small.who["clerk"].person_id) == 1  # the inbox has it all the same


def test_settings_are_taken_from_the_person_then_the_office(outside: Outside) -> None:
    outside.group(("sms",))
    outside.owe("t:1")
    outside.drain(1)
    assert (outside.robot.posts, outside.gateway.posts) == ([], [])  # nobody gave a number yet

    outside.wish("clerk", ("email",), email="lin@example.gov.cn")
    outside.owe("t:2")
    outside.drain(2)
    assert (len(outside.mail.mails), outside.gateway.posts) == (1, [])

    outside.wish("clerk", ())
    outside.owe("t:3")
    outside.drain(3)
    assert len(outside.mail.mails) == 1


WRONG: list[tuple[str, Callable[[Outside], None]]] = [
    ("邮件地址", lambda o: o.wish("clerk", ("email",), email="lin.example")),
    ("邮件地址", lambda o: o.wish("clerk", ("email",))),
    ("手机号码", lambda o: o.wish("clerk", ("sms",), mobile="12345")),
    ("只能选择", lambda o: o.wish("clerk", ("pigeon",))),
    ("只能选择", lambda o: o.wish("clerk", (), new_tasks="later")),
    ("企业微信群属于单位", lambda o: o.wish("clerk", ("wecom",))),
    ("负责人", lambda o: set_wishes(o.district.office, o.district.who["clerk"], OFFICE, Wanted((), None, "digest"), at(2017, 10, 9))),
    ("负责人", lambda o: set_wishes(o.district.office, o.district.who["leader"], OFFICE, Wanted((), None, "digest"), at(2017, 10, 9))),
    ("不担任", lambda o: set_wishes(o.district.office, Actor(o.district.who["clerk"].person_id, OFFICE, "community_head"), OFFICE,
                                  Wanted((), None, "digest"), at(2017, 10, 9))),
]  # fmt: skip


@pytest.mark.parametrize(("word", "act"), WRONG)
def test_a_wish_that_cannot_be_is_refused_in_a_sentence(
    outside: Outside, word: str, act: Callable[[Outside], None]
) -> None:
    with pytest.raises(NotAllowed, match=word):
        act(outside)


def test_whatever_is_told_what_leaves_is_discreet(outside: Outside) -> None:
    outside.wish("clerk", ("email", "sms"), email="lin@example.gov.cn", mobile="19900001111")
    facts = {"title": "户主患病住院", "text": "陈家强，身份证号440512197001029917；电话13912345678；请核查。"}
    with writing(outside.district.office.records) as conn:
        tell(conn, News("notice", "t:9", (To(OFFICE, "community_clerk"),), facts), at(2017, 10, 10))
    outside.drain(1)
    [mail] = outside.mail.mails
    sent = [mail["Subject"], part(mail, "plain"), part(mail, "html"), json.loads(outside.robot.posts[0][2])["text"]["content"],
            json.loads(outside.gateway.posts[0][2])["text"]]  # fmt: skip
    assert all(is_discreet(text) for text in sent) and "请核查" in sent[1]
