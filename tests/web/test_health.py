"""What watches over an office can ask: is it up, may people work, how does it stand."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine

from records import alerts, duties, leases
from records.engine import open_engine, writing
from web.health import minimal_app

NOON = datetime(2017, 10, 20, 4, 0, tzinfo=UTC)


def ask(app: FastAPI, path: str) -> httpx.Response:
    async def get() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as client:
            return await client.get(path)

    return asyncio.run(get())


def numbers(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"^(bangfu_\S+) (\S+)$", text, re.M)}


def test_an_office_that_is_up_says_so_in_numbers(engine: Engine) -> None:
    with writing(engine) as conn:
        duties.owe(conn, [
            {"key": f"k{n}", "kind": "draft_paper", "case_id": None, "act_id": None, "payload": {},
             "owed_since": NOON - timedelta(minutes=n)} for n in (5, 90)
        ])  # fmt: skip
        alerts.raise_alert(conn, "k", "empty_post", "某岗位无人担任。", None, NOON)
        leases.hold(conn, leases.TICKER, "somebody", timedelta(seconds=30))
    pages = minimal_app(engine, lambda: NOON)

    assert ask(pages, "/healthz").json() == {"alive": True}
    assert ask(pages, "/readyz").status_code == 200
    answer = ask(pages, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    seen = numbers(answer.text)
    assert seen['bangfu_duties_open{kind="draft_paper"}'] == 2
    assert seen["bangfu_duty_oldest_seconds"] == 90 * 60
    assert seen['bangfu_alerts_open{kind="empty_post"}'] == 1
    assert (seen["bangfu_ready"], seen["bangfu_lease_held"]) == (1, 1)
    assert 0 <= seen["bangfu_lease_age_seconds"] < 30


def test_a_database_without_tables_is_alive_but_not_ready(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    pages = minimal_app(engine, lambda: NOON)

    assert ask(pages, "/healthz").status_code == 200
    answer = ask(pages, "/readyz")
    assert answer.status_code == 503 and "bangfu upgrade" in answer.json()["why"]
    assert numbers(ask(pages, "/metrics").text) == {"bangfu_ready": 0}
    engine.dispose()


def test_a_database_that_is_away_is_not_ready(tmp_path: Path) -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:1/none")
    pages = minimal_app(engine, lambda: NOON)

    answer = ask(pages, "/readyz")
    assert (answer.status_code, answer.json()["why"]) == (503, "数据库不能连接。")
    assert numbers(ask(pages, "/metrics").text) == {"bangfu_ready": 0}
