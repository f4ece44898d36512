"""Who may open what: declared on every route, checked before its function runs."""

from __future__ import annotations

import re

from fastapi.routing import APIRoute
from starlette.routing import Mount

from records import offices
from records.engine import writing
from tests.flows.district import SINCE, STREET
from tests.web.desk import PASSWORD, Desk
from web.access import ONLY_READ, Gate, Who
from web.api import NeedsToken

WATCHED = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/openapi.json",
)  # for whoever watches over the process; they name nobody
OWN = ("/account", "/sign-", "/post", "/inbox")  # what an auditor may change: the own account, the own inbox


def gate_of(route: APIRoute) -> Who | None:
    gates = [d.dependency for d in route.dependencies if isinstance(d.dependency, Gate)]
    return gates[0].who if len(gates) == 1 else None


def asks_for_a_token(route: APIRoute) -> bool:
    return any(isinstance(d.call, NeedsToken) for d in route.dependant.dependencies)


def test_every_route_declares_who_may(desk: Desk) -> None:
    undeclared = [
        r for r in desk.app.routes
        if not (isinstance(r, APIRoute) and (gate_of(r) or asks_for_a_token(r))) and r.path not in WATCHED and not (isinstance(r, Mount) and r.path in ("/vendor", "/assets"))
    ]  # fmt: skip
    assert undeclared == []
    assert len(desk.app.routes) > 10


def test_auditors_and_discipline_change_nothing(desk: Desk) -> None:
    """No route that changes records admits a role that only reads."""
    routes = [r for r in desk.app.routes if isinstance(r, APIRoute) and r.methods != {"GET"}]
    open_to_readers = [
        r.path for r in routes
        if (who := gate_of(r)) and who.signed_in and not r.path.startswith(OWN)
        and (not who.roles or set(who.roles) & set(ONLY_READ))
    ]  # fmt: skip
    assert open_to_readers == []


def test_whoever_is_not_signed_in_signs_in_and_comes_back(desk: Desk) -> None:
    stranger = desk.visitor()
    answer = stranger.client.get("/todo?late=1")
    assert "登录名" in answer.text
    assert answer.url.params["next"] == "/todo?late=1"

    back = stranger.send(
        str(answer.url), "/sign-in", login=desk.account("clerk"), password=PASSWORD, next="/todo?late=1"
    )

    assert (back.url.path, back.url.query) == ("/todo", b"late=1")


def test_a_page_of_another_post_says_whose_it_is(desk: Desk) -> None:
    page = desk.as_("auditor").see("/todo", 403)

    assert "您现以" in page and "审计人员办理" in page


def test_nobody_is_sent_to_another_site_after_signing_in(desk: Desk) -> None:
    for next_ in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\t/evil"):
        answer = desk.visitor().send("/sign-in", "/sign-in", login=desk.account("clerk"), password=PASSWORD, next=next_)
        assert str(answer.url).startswith(desk.url), next_


def test_every_answer_carries_the_headers_that_keep_strangers_out(desk: Desk) -> None:
    for path in ("/sign-in", "/nowhere", "/vendor/css/vendor/tabler.min.css", "/todo"):
        headers = desk.visitor().client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"


def test_a_form_without_its_token_or_from_another_site_does_nothing(desk: Desk) -> None:
    clerk = desk.as_("clerk")
    page = clerk.token("/account")

    no_token = clerk.client.post("/sign-out", data={})
    wrong = clerk.client.post("/sign-out", data={"csrf": "0" * 64})
    elsewhere = clerk.client.post("/sign-out", data={"csrf": page}, headers={"origin": "https://evil.example"})
    framed = clerk.client.post("/sign-out", data={"csrf": page}, headers={"sec-fetch-site": "cross-site"})

    assert [a.status_code for a in (no_token, wrong, elsewhere, framed)] == [403] * 4
    assert "待办" in clerk.see("/todo")


def test_a_token_of_another_session_is_no_token(desk: Desk) -> None:
    clerk, leader = desk.as_("clerk"), desk.as_("leader")

    answer = clerk.client.post("/sign-out", data={"csrf": leader.token("/account")})

    assert answer.status_code == 403


def test_what_is_too_large_is_not_taken(desk: Desk) -> None:
    clerk = desk.as_("clerk")
    answer = clerk.client.post("/account/password", data={"csrf": "x", "old": "y" * (51 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "50兆字节" in answer.text


def test_the_post_a_person_acts_in_is_chosen_on_the_page(desk: Desk) -> None:
    """A person with several posts chooses with which to act."""
    clerk = desk.district.who["clerk"]
    with writing(desk.district.office.records) as conn:
        offices.appoint(conn, clerk.person_id, f"{STREET}-office", "street_clerk", SINCE)
    person = desk.as_("clerk")
    offered = dict(
        re.findall(r'<option value="(\d)"[^>]*>\S+ (\S+)</option>', person.see("/todo").split("</header>")[0])
    )

    answer = person.send("/todo", "/post", seat={v: k for k, v in offered.items()}["街道经办人"], back="/todo")

    assert "现以" in answer.text and "街道经办人办理" in answer.text


def test_a_fault_of_ours_is_a_page_in_chinese_that_tells_nothing_of_its_cause(desk: Desk) -> None:
    def broken() -> None:
        raise RuntimeError("the cause")

    desk.app.router.add_api_route("/broken", broken)
    desk.app.router.add_api_route("/api/broken", broken)
    answer = desk.visitor().client.get("/broken")
    assert answer.status_code == 500 and "系统出错" in answer.text and "the cause" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    program = desk.visitor().client.get("/api/broken")
    assert (program.status_code, program.json()["code"]) == (500, "Fault")


def test_whoever_only_reads_begins_with_what_may_be_read(desk: Desk) -> None:
    assert "区域总览" in desk.as_("auditor").see("/")
    assert "年度目标" in desk.as_("director").see("/area?year=2017")
    assert "年度目标" not in desk.as_("leader").see("/area?year=2017")  # the target is the district's, not the street's


def test_a_menu_offers_what_holds_something_for_the_visitor(desk: Desk) -> None:
    """A helper puts nothing in and mends nothing: those lists are always empty for one."""
    for who, there in (("helper", False), ("auditor", True), ("clerk", True)):
        page = desk.as_(who).see("/households")
        assert [f'<a href="{path}"' in page for path in ("/imports", "/trouble")] == [there, there], who
        assert '<a href="/agreements"' in page
