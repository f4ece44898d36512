"""Webhooks: a real receiver over HTTP is told once, signed, without a name, within its token's scope, or it is tried again."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import integrations.webhook as way
from cli import main
from flows import tokens
from flows.appoint import appoint
from flows.drain import drain
from flows.supervision import OpenFile, open_file, open_rung
from flows.webhooks import EVENTS, subscribe
from integrations.unreachable import Unreachable
from integrations.webhook import Webhooks
from records import accounts, alerts, duties, offices
from records.engine import reading, writing
from states.not_allowed import NoSuch, WebhookAddressWrong
from states.procedure import Verdict
from tests.flows.district import SINCE, at, proof
from tests.receiving import HttpReceiver, receiving
from tests.web.desk import Desk
from tests.web.test_api import client, token

DOCS = Path(__file__).parents[2] / "docs" / "web.md"


@pytest.fixture
def receiver() -> Iterator[HttpReceiver]:
    with receiving() as kept:
        yield kept


@pytest.fixture
def inner(desk: Desk) -> Desk:
    """The workspace of an office whose settings name this machine as a network of its own."""
    loopback = Webhooks((ip_network("127.0.0.0/8"),))
    desk.district.office = desk.app.state.office = replace(desk.district.office, webhooks=loopback)
    return desk


def hook(desk: Desk, who: str, url: str, *events: str) -> str:
    """A subscription of that person's new token; its secret."""
    grant = tokens.token(desk.district.office, token(desk, who, "read", lasts=timedelta(days=300)), desk.clock.now)
    assert grant is not None
    return subscribe(desk.district.office, grant.token_id, url, events or tuple(EVENTS), desk.clock.now).secret


def genuine() -> Callable[..., bool]:
    """What docs/web.md gives receivers to copy."""
    code = DOCS.read_text(encoding="utf-8").split("```python\nimport hashlib")[1].split("```")[0]
    there: dict[str, Callable[..., bool]] = {}
    exec("import hashlib" + code, there)
    return there["is_genuine"]


def test_a_whole_exit_is_told_in_order_signed_and_without_a_name(inner: Desk, receiver: HttpReceiver) -> None:
    secret = hook(inner, "leader", receiver.url)
    case = inner.district.exit_until("end", inner.district.household("陈家强"))
    drain(inner.district.office, at(2017, 11, 14))

    told, moment = receiver.told(), int(at(2017, 11, 14).timestamp())
    opened, *decided = [e for e in told if str(e["event"]).startswith("case.")]
    assert opened["event"] == "case.opened" and opened["case"] == case and opened["procedure"] == "exit"
    assert [e["step"] for e in decided if e["event"] == "case.decided"][:3] == ["candidate", "review", "verify"]
    assert [e["status"] for e in decided if e["event"] == "case.closed"] == ["done"]
    assert {e["event"] for e in told} == set(EVENTS)
    assert len({e["id"] for e in told}) == len(told)
    for _, headers, body in receiver.posts:
        assert headers["X-Bangfu-Event"] == json.loads(body)["event"]
        assert not re.search(r"陈|林|李|强户|同意", body.decode()) and "440512" not in body.decode()
        assert genuine()(secret, headers, body, int(headers["X-Bangfu-Timestamp"]) + 299)
    assert max(int(h["X-Bangfu-Timestamp"]) for _, h, _ in receiver.posts) == moment


@given(junk=st.binary(min_size=1, max_size=40), at_byte=st.integers(0, 60), later=st.integers(301, 10**6))
def test_a_forged_changed_or_old_message_is_not_genuine(junk: bytes, at_byte: int, later: int) -> None:
    body, moment = b'{"event": "case.decided", "id": "case.decided:31", "case": 12}', 1507597260
    headers = {"X-Bangfu-Timestamp": str(moment), "X-Bangfu-Signature": f"sha256={way.signed('s', str(moment), body)}"}
    check = genuine()
    assert check("s", headers, body, moment)
    changed = body[:at_byte] + junk + body[at_byte:]
    assert not check("s", headers, changed, moment)
    assert not check("t", headers, body, moment)
    assert not check("s", headers, body, moment + later) and not check("s", headers, body, moment - later)
    assert not check("s", {**headers, "X-Bangfu-Timestamp": str(moment + 1)}, body, moment)
    assert not check("s", {**headers, "X-Bangfu-Signature": ""}, body, moment) and not check("s", {}, body, moment)


def test_a_receiver_that_fails_is_told_again_later_and_the_list_says_so(inner: Desk, receiver: HttpReceiver) -> None:
    office = inner.district.office
    hook(inner, "leader", receiver.url, "case.opened")
    receiver.status = 500
    inner.district.begin("exit", inner.district.household(), at(2017, 10, 10))
    drain(office, at(2017, 10, 10))
    assert len(receiver.posts) == 1
    with reading(office.records) as conn:
        [away] = alerts.open_alerts(conn, ("webhook_away",))
    assert "答复500" in away.says and away.office_code == "440512001-office"
    receiver.status = 204
    drain(office, at(2017, 10, 10, 2))
    drain(office, at(2017, 10, 10, 4))

    (_, _, first), (_, _, second) = receiver.posts
    assert first == second
    with reading(office.records) as conn:
        assert alerts.open_alerts(conn, ("webhook_away",)) == []


def test_after_the_last_try_it_stands_on_the_list_and_a_person_has_it_sent(inner: Desk, receiver: HttpReceiver) -> None:
    office = inner.district.office
    hook(inner, "leader", receiver.url, "case.opened")
    receiver.status, receiver.location = 302, "http://127.0.0.1:1/elsewhere"
    inner.district.begin("exit", inner.district.household(), at(2017, 10, 10))
    for day in range(11, 20):
        drain(office, at(2017, 10, day), kinds=("announce", "deliver"))
        drain(office, at(2017, 10, day, 30), kinds=("announce", "deliver"))
    tried = len(receiver.posts)
    assert tried == duties.LAST_TRY
    inner.clock.now = at(2017, 10, 20)
    page = inner.as_("district_clerk").see("/trouble")
    assert "接收方答复302" in page and "推送 · 试过8次" in page
    receiver.status, receiver.location = 200, ""
    [again] = re.findall(r'action="(/trouble/duties/\d+)"', page)
    inner.as_("district_clerk").send("/trouble", again)
    drain(office, at(2017, 10, 20))
    assert len(receiver.posts) == tried + 1
    assert "没有异常件" in inner.as_("district_clerk").see("/trouble")


def test_it_is_told_also_where_a_loop_is_running(inner: Desk, receiver: HttpReceiver) -> None:
    async def within() -> None:
        inner.district.office.webhooks.post(receiver.url, b"{}", {})

    asyncio.run(within())
    assert receiver.told() == [{}]


def test_a_slow_receiver_holds_nobody_else_up(
    inner: Desk, receiver: HttpReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way, "SECONDS", 2)
    office = inner.district.office
    with receiving() as quick:
        hook(inner, "leader", receiver.url, "case.opened")
        hook(inner, "leader", quick.url, "case.opened")
        receiver.seconds = 5
        for name in ("陈家强", "林秀莲", "黄国梁", "郑炳坤", "李惠珍"):
            inner.district.begin("exit", inner.district.household(name), at(2017, 10, 10), title=f"{name}户")
        drain(office, at(2017, 10, 10))
        assert len(quick.posts) == 5 and len(receiver.posts) == 1  # one wait, not five
    with reading(office.records) as conn:
        assert any("2秒内没有应答" in a.says for a in alerts.open_alerts(conn, ("webhook_away",)))


def test_nobody_is_told_of_what_the_token_may_not_read_or_reads_no_longer(inner: Desk, receiver: HttpReceiver) -> None:
    office, district = inner.district.office, inner.district
    with writing(office.records) as conn:
        person = offices.add_person(conn, "外人甲", None)
        offices.appoint(conn, person, "440512002-office", "street_leader", SINCE)
    district.who["stranger"] = replace(district.who["leader"], person_id=person, office_code="440512002-office")
    with receiving() as other:
        hook(inner, "stranger", other.url)
        hook(inner, "helper", receiver.url, "case.opened", "case.decided")
        case = district.begin("exit", district.household(), at(2017, 10, 10)).id
        drain(office, at(2017, 10, 10))
        assert len(receiver.posts) == 1 and other.posts == []
        district.say(case, "candidate", "clerk", at(2017, 10, 10, 5))
        with writing(office.records) as conn:
            offices.end_term(
                conn, district.who["helper"].person_id, "440512-unit-01", "helper", at(2017, 10, 11).date()
            )
        drain(office, at(2017, 10, 11))
        assert len(receiver.posts) == 1, "its person holds the post no longer"


def test_a_units_head_is_told_of_the_rungs_about_the_unit_and_no_other_head_is(inner: Desk) -> None:
    office, who, now = inner.district.office, inner.district.who, inner.clock.now
    with receiving() as mine, receiving() as others:
        for key, unit, kept in (("unit_head", "440512-unit-01", mine), ("other_head", "440512-unit-02", others)):
            who[key] = appoint(office, key, unit, "helper_head", SINCE, at(2016, 1, 4))
            hook(inner, key, kept.url)
        by = who["district_clerk"]
        file = open_file(office, OpenFile("440512-unit-01", "slow", "走访不足", by, now, None, proof("finding"), 2017))
        case = open_rung(office, file, "rectification", by, now).id
        drain(office, now)
        assert [(e["event"], e["case"]) for e in mine.told()] == [("case.opened", case)]
        assert others.told() == []


def test_an_ended_subscription_or_token_is_told_nothing_more(inner: Desk, receiver: HttpReceiver) -> None:
    office, district = inner.district.office, inner.district
    hook(inner, "leader", receiver.url, "case.decided")
    case = district.begin("exit", district.household(), at(2017, 10, 10)).id
    district.say(case, "candidate", "clerk", at(2017, 10, 10, 5))
    with reading(office.records) as conn:
        account = accounts.account_by_login(conn, "leader")
        assert account is not None
        [kept] = accounts.tokens_of(conn, account.id, inner.clock.now)
    tokens.end_token(office, account.id, kept.id, at(2017, 10, 10, 6))
    drain(office, at(2017, 10, 10, 10))
    assert receiver.posts == []
    with reading(office.records) as conn:
        assert duties.count_open(conn) == {}


def test_nothing_is_owed_where_nobody_subscribed_and_a_refused_decision_is_not_told(inner: Desk, receiver: HttpReceiver) -> None:  # fmt: skip
    office, district = inner.district.office, inner.district
    case = district.begin("exit", district.household(), at(2017, 10, 10)).id
    with reading(office.records) as conn:
        assert "announce" not in duties.count_open(conn)
    hook(inner, "leader", receiver.url, "case.decided")
    with pytest.raises(NoSuch):
        district.say(case + 99, "candidate", "clerk", at(2017, 10, 10, 5))
    district.say(case, "candidate", "clerk", at(2017, 10, 10, 5), Verdict.APPROVE)
    with reading(office.records) as conn:
        assert duties.count_open(conn)["announce"] == 1


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:80/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.1.2.3/",
    "https://192.168.1.1/x", "https://169.254.169.254/latest", "https://[fe80::1]/", "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://0.0.0.0/", "https://224.0.0.1/", "https://100.64.0.1/",
    "https://2130706433/", "https://0x7f.1/", "http://8.8.8.8/", "ftp://8.8.8.8/", "https://me:pass@8.8.8.8/",
    "https://8.8.8.8/#x", "https://8.8.8.8:99999/", "https:///x", "https://8.8.8.8/a b", f"https://8.8.8.8/{'x' * 255}",
])  # fmt: skip
def test_an_address_inside_or_not_an_address_is_refused(url: str) -> None:
    with pytest.raises(WebhookAddressWrong):
        Webhooks().look_up(url)
    with pytest.raises(Unreachable) as no:
        Webhooks().post(url, b"{}", {})
    assert no.value.permanent


def test_only_the_networks_that_are_named_are_open() -> None:
    inside = Webhooks((ip_network("10.20.0.0/16"), ip_network("fd00::/8")))
    assert inside.look_up("http://10.20.3.4:8080/in") == "10.20.3.4"
    assert inside.look_up("http://[fd00::5]/in") == "fd00::5"
    assert inside.look_up("https://8.8.8.8/in") == "8.8.8.8"
    with pytest.raises(WebhookAddressWrong):
        inside.look_up("http://10.21.3.4/in")


def test_a_subscription_is_made_tried_and_ended_on_the_page(inner: Desk, receiver: HttpReceiver) -> None:
    leader, other = inner.as_("leader"), inner.as_("clerk")
    assert "请先在" in leader.see("/account/webhooks")
    token(inner, "leader", "read")
    [number] = re.findall(r'<option value="(\d+)">测试', leader.see("/account/webhooks"))
    wrong = leader.send(
        "/account/webhooks", "/account/webhooks", token=number, url="http://10.0.0.1/", event=["case.decided"]
    )
    assert wrong.status_code == 409 and "内部网络" in wrong.text and 'value="http://10.0.0.1/"' in wrong.text
    none = leader.send("/account/webhooks", "/account/webhooks", token=number, url=receiver.url)
    assert none.status_code == 409 and "推送事项" in none.text
    stolen = other.send(
        "/account/webhooks", "/account/webhooks", token=number, url=receiver.url, event=["case.decided"]
    )
    assert stolen.status_code == 409 and "有效的令牌" in stolen.text

    made = leader.send("/account/webhooks", "/account/webhooks", token=number, url=receiver.url, event=["case.decided"])
    secret = re.search(r"whsec_[\w-]+", made.text)
    assert secret and secret[0] not in leader.see("/account/webhooks")
    assert receiver.url in leader.see("/account/webhooks") and receiver.url not in other.see("/account/webhooks")
    assert receiver.url in inner.as_("admin").see("/account/webhooks")
    assert "接收方已收到试发" in leader.send("/account/webhooks", "/account/webhooks/1/test").text
    [(_, headers, body)] = receiver.posts
    assert json.loads(body)["event"] == "test"
    assert genuine()(secret[0], headers, body, int(inner.clock.now.timestamp()))
    receiver.status = 503
    assert "试发未成：接收方答复503" in leader.send("/account/webhooks", "/account/webhooks/1/test").text
    for path in ("/account/webhooks/1/test", "/account/webhooks/1/end"):
        assert other.send("/account/webhooks", path).status_code == 404
    assert "订阅已停用" in leader.send("/account/webhooks", "/account/webhooks/1/end").text
    assert receiver.url not in leader.see("/account/webhooks")


def test_the_operator_makes_lists_tries_and_ends_one(tmp_path: Path, receiver: HttpReceiver) -> None:
    run = CliRunner(env={"BANGFU_DATA_DIR": str(tmp_path), "BANGFU_WEBHOOK_NETWORKS": "127.0.0.0/8"})

    def say(*words: str) -> str:
        answer = run.invoke(main, words, catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return answer.output

    say("init", "--since", "2015-01-01")
    say("person", "appoint", "李书记", "440512001-office", "street_leader", "--since", "2017-01-01")
    say("account", "invite", "李书记", "leader")
    assert say("account", "token", "leader", "对接区政务平台").startswith("bf_")
    assert "对接区政务平台" in say("account", "tokens", "leader")
    assert "whsec_" in say("webhook", "add", "1", receiver.url, "--event", "paper.issued")
    [listed] = json.loads(say("webhook", "list", "--json"))
    assert listed["events"] == ["paper.issued"] and listed["state"] == "正常"
    say("webhook", "test", "1")
    assert [e["event"] for e in receiver.told()] == ["test"]
    say("webhook", "end", "1")
    assert json.loads(say("webhook", "list", "--json")) == []
    refused = CliRunner(env={"BANGFU_DATA_DIR": str(tmp_path)}).invoke(main, ["webhook", "add", "1", receiver.url])
    assert refused.exit_code != 0 and "BANGFU_WEBHOOK_NETWORKS" in refused.output


def test_a_program_subscribes_tries_and_ends_its_own_through_the_interface(inner: Desk, receiver: HttpReceiver) -> None:
    with client(inner, token(inner, "leader", "read")) as program:
        made = program.post("/webhooks", json={"url": receiver.url, "events": ["case.decided"]})
        assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
        number = made.json()["id"]
        [listed] = program.get("/webhooks").json()
        assert (listed["id"], listed["url"], listed["events"]) == (number, receiver.url, ["case.decided"])
        assert listed["state"] == "正常" and "secret" not in listed
        assert program.post(f"/webhooks/{number}/test").json() == {"taken": True, "why": None}
        assert receiver.told()[0]["event"] == "test"
        receiver.status = 500
        tried = program.post(f"/webhooks/{number}/test").json()
        assert not tried["taken"] and tried["why"]

        with client(inner, token(inner, "director", "read")) as other:
            assert other.get("/webhooks").json() == []
            assert other.delete(f"/webhooks/{number}").json()["code"] == "NoSuch"
            assert other.post(f"/webhooks/{number}/test").status_code == 404
        with client(inner, token(inner, "admin", "read")) as administrator:  # as on the page
            assert [row["id"] for row in administrator.get("/webhooks").json()] == [number]
        assert program.delete(f"/webhooks/{number}").status_code == 204
        assert program.get("/webhooks").json() == []
        assert program.delete(f"/webhooks/{number}").status_code == 404


def test_the_interface_refuses_as_the_page_does(inner: Desk, receiver: HttpReceiver) -> None:
    with client(inner, token(inner, "leader", "read")) as program:
        wrong = program.post("/webhooks", json={"url": receiver.url, "events": ["case.forgotten"]})
        assert (wrong.status_code, wrong.json()["code"]) == (409, "FieldWrong") and "推送事项" in wrong.json()["detail"]
        inside = program.post("/webhooks", json={"url": "http://10.9.8.7/taken"})
        assert (inside.status_code, inside.json()["code"]) == (409, "WebhookAddressWrong")
        assert program.post("/webhooks", json={"url": "ftp://somewhere"}).status_code == 422
    with client(inner, token(inner, "leader", "decide")) as program:
        for answer in (program.get("/webhooks"), program.post("/webhooks", json={"url": receiver.url}),
                       program.delete("/webhooks/1"), program.post("/webhooks/1/test")):  # fmt: skip
            assert (answer.status_code, answer.json()["code"]) == (401, "TokenWrong")


def test_the_description_names_the_events_one_may_ask_for(desk: Desk) -> None:
    said = desk.as_("leader").client.get("/api/v1/openapi.json").json()
    assert {"get", "post"} <= said["paths"]["/api/v1/webhooks"].keys()
    wanted = said["components"]["schemas"]["NewWebhook"]["properties"]["events"]
    assert all(name in wanted["description"] for name in EVENTS)
