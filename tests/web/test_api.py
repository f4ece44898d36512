"""The JSON interface: tokens and their scopes, the same refusals as on the page, and no answer its description does not know."""

from __future__ import annotations

from datetime import timedelta

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from flows import tokens
from records import accounts, schema
from records.engine import reading
from tests.web import more
from tests.web.browsing import ONE_PIXEL
from tests.web.desk import Desk

Filled = tuple[Desk, dict[str, int]]


def token(desk: Desk, who: str, *may: str, lasts: timedelta = timedelta(days=1)) -> str:
    desk.account(who)
    with reading(desk.district.office.records) as conn:
        account = accounts.account_by_login(conn, who)
    assert account is not None
    return tokens.make_token(
        desk.district.office,
        account.id,
        desk.district.who[who],
        "测试",
        may or ("read", "decide"),
        lasts,
        desk.clock.now,
    )


def client(desk: Desk, text: str) -> httpx.Client:
    return httpx.Client(base_url=f"{desk.url}/api/v1", headers={"authorization": f"Bearer {text}"}, timeout=30)


def test_a_program_reads_what_waits_and_decides_once_per_key(filled: Filled) -> None:
    desk, waiting = filled
    with client(desk, token(desk, "leader")) as program:
        [task] = program.get("/todo").json()["tasks"]
        wish = {"step": task["step"], "verdict": "approve", "version": task["version"], "opinion": "同意"}
        first = program.post(f"/cases/{task['case']}/decisions", json=wish, headers={"idempotency-key": "import-0001"})
        again = program.post(f"/cases/{task['case']}/decisions", json=wish, headers={"idempotency-key": "import-0001"})
        other = program.post(f"/cases/{task['case']}/decisions", json=wish, headers={"idempotency-key": "import-0002"})

    assert task["case"] == waiting["street_review"]
    assert first.json()["step"] == "district_check" and not first.json()["repeated"]
    assert again.json()["repeated"] and again.json()["decision"] == first.json()["decision"]
    assert other.status_code == 409 and other.json()["code"] == "AlreadyDecided"
    assert other.headers["content-type"] == "application/problem+json"


def test_a_token_does_what_it_may_and_no_more(filled: Filled) -> None:
    desk, waiting = filled
    case = waiting["street_review"]
    wish = {"step": "street_review", "verdict": "approve", "version": 7}
    with client(desk, token(desk, "leader", "read")) as program:
        assert program.get(f"/cases/{case}").status_code == 200
        answer = program.post(f"/cases/{case}/decisions", json=wish, headers={"idempotency-key": "k" * 12})
        assert (answer.status_code, answer.json()["code"]) == (401, "TokenWrong")
    with client(desk, "bf_guess") as program:
        assert program.get("/todo").status_code == 401
    short = token(desk, "leader", "read", lasts=timedelta(hours=1))
    desk.clock.now += timedelta(hours=2)
    with client(desk, short) as program:
        assert program.get("/todo").status_code == 401


def test_a_program_lists_what_its_post_sees_and_sends_evidence_in(filled: Filled) -> None:
    desk, waiting = filled
    more.fill(desk, waiting)
    photo = {"file": ("入户.png", ONE_PIXEL, "image/png")}
    with client(desk, token(desk, "leader")) as program:
        homes = program.get("/households").json()
        assert homes["count"] == len(homes["households"]) and homes["persons"] >= homes["count"] > 0
        named = program.get("/households", params={"q": homes["households"][0]["head"]}).json()
        assert named["households"][0]["id"] == homes["households"][0]["id"]
        owed = program.get("/dues").json()
        assert owed["count"] > 0 and any(due["agreement"] == waiting["agreement"] for due in owed["dues"])
        [mine] = program.get("/agreements", params={"year": 2017, "kind": "D-20"}).json()["agreements"]
        assert (mine["id"], mine["status_title"], mine["still_to_sign"]) == (waiting["agreement"], "待签订", 4)
        case = waiting["street_review"]
        papers = program.get(f"/cases/{case}/papers").json()
        word = program.get(f"/papers/{papers[0]['id']}/word")
        assert word.status_code == 200 and word.content.startswith(b"PK")
        first, again = (program.post("/evidence", files=photo) for _ in range(2))
        assert first.status_code == again.status_code == 201 and first.json() == again.json()
        assert tokens.is_kept(desk.district.office, first.json()["sha256"])
        bad = program.post("/evidence", files={"file": ("入户.png", b"MZ not a picture", "image/png")})
        assert bad.status_code == 409 and bad.json()["code"] == "UploadRefused"
    with client(desk, token(desk, "leader", "read")) as program:
        assert program.post("/evidence", files=photo).status_code == 401


def test_lists_of_a_program_end_where_its_post_ends(filled: Filled) -> None:
    desk, waiting = filled
    more.fill(desk, waiting)
    with client(desk, token(desk, "helper")) as program:
        assert program.get("/households").json()["count"] < 20
        assert program.get("/agreements", params={"kind": "D-20"}).json()["count"] == 0
        with reading(desk.district.office.records) as conn:
            notice = conn.execute(select(schema.papers.c.id).where(schema.papers.c.household_id.is_(None))).scalars()
            outside = [key for key in notice if program.get(f"/papers/{key}/word").status_code != 404]
        assert outside == []


def test_a_household_of_another_area_is_refused_and_a_case_is_not_there(filled: Filled) -> None:
    desk, waiting = filled
    with client(desk, token(desk, "helper")) as program:
        assert program.get("/households/999").json()["code"] == "NoSuch"
        assert program.get(f"/cases/{waiting['verify']}").status_code == 200


def test_an_ended_token_and_a_closed_account_open_nothing(filled: Filled) -> None:
    desk, _ = filled
    text, now = token(desk, "leader"), desk.clock.now
    grant = tokens.token(desk.district.office, text, now)
    with reading(desk.district.office.records) as conn:
        account = accounts.account_by_login(conn, "leader")
    assert grant is not None and account is not None
    tokens.end_token(desk.district.office, account.id, grant.token_id, now)
    assert tokens.token(desk.district.office, text, now) is None


def test_no_answer_is_one_that_the_description_does_not_know(filled: Filled) -> None:
    """Whatever is sent, the answer has a status, a form and a type that the OpenAPI document names; never a fault."""
    desk, _ = filled
    schema = schemathesis.openapi.from_url(f"{desk.url}/api/v1/openapi.json")
    bearer = {"authorization": f"Bearer {token(desk, 'leader')}"}
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    asked = 0
    for found in schema.get_all_operations():

        @settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=found.ok().as_strategy())
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            case.validate_response(case.call(headers=bearer), checks=checks)

        ask()
    assert asked > 100
