"""Handing batches to Prefect: asked once per batch, busy answers tried again, and what it leaves lying done here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from district import District, at
from receiving import Quiet, on_loopback
from sqlalchemy import select, update

from flows.carrying import ByPrefect, Patience
from flows.watching import troubles
from integrations.prefect_api import PrefectApi
from integrations.unreachable import Unreachable
from records import batches, duties, schema
from records.duties import Claim
from records.engine import database_now, reading, writing

D = schema.duties
NOON = at(2017, 10, 20)
A_SECOND = timedelta(seconds=1)


@dataclass
class Server:
    """Answers as Prefect's server does; `busy` so many times with 503, and nothing at all of what it was not told."""

    url: str = ""
    busy: int = 0
    deployed: bool = True
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def prefect() -> Iterator[Server]:
    told = Server()

    class Handler(Quiet):
        def _answer(self, status: int, value: object) -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            if self.path == "/api/health":
                self._answer(200, True)
            elif told.busy > 0:
                told.busy -= 1
                self._answer(503, {"detail": "database is locked"})
            elif told.deployed:
                self._answer(200, {"id": self.path.rsplit("/", 2)[-2]})
            else:
                self._answer(404, {})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append({"flow": self.path.split("/")[-2], **body})
            self._answer(201, {"id": "run"})

    with on_loopback(Handler) as address:
        told.url = f"{address}/api"
        yield told


def owe(district: District, count: int, kind: str = "open_case") -> None:
    with writing(district.office.records) as conn:
        duties.owe(conn, [
            {"key": f"carry:{n}", "kind": kind, "case_id": None, "act_id": None, "owed_since": NOON,
             "payload": {"procedure": "exit", "subject_id": n + 1, "area_code": "440512001001", "title": f"第{n}户",
                         "pack_id": "haojiang-2017"}}
            for n in range(count)
        ])  # fmt: skip


def left(district: District) -> int:
    with reading(district.office.records) as conn:
        return len(conn.execute(select(D.c.id).where(D.c.done_at.is_(None))).all())


def kinds(district: District) -> list[str]:
    with reading(district.office.records) as conn:
        return [t.kind for t in troubles(conn) if t.kind == "prefect_away"]


def test_each_batch_is_asked_for_once_under_its_own_key_and_an_idle_office_asks_for_none(small: District) -> None:
    with prefect() as server:
        carrier = ByPrefect(PrefectApi(server.url), Patience(size=50))
        carrier.carry(small.office, NOON)
        assert server.asked == []

        owe(small, 120)
        for _ in range(3):
            carrier.carry(small.office, NOON)

    assert [a["flow"] for a in server.asked] == ["carry-out-duties"] * 3
    assert len({a["idempotency_key"] for a in server.asked}) == 3
    assert [a["parameters"]["batch"] for a in server.asked] == [1, 2, 3]
    assert [a["name"].split()[-1] for a in server.asked] == ["50项", "50项", "20项"]


def test_a_busy_server_is_asked_again_and_one_that_stays_busy_is_away(small: District) -> None:
    with prefect() as server:
        server.busy = 3
        assert PrefectApi(server.url).run("f", "office", {}, "k", "n") == "run"
        server.busy = 99
        with pytest.raises(Unreachable, match="503"):
            PrefectApi(server.url).run("f", "office", {}, "k", "n")


def test_while_it_is_away_duties_are_done_here_and_a_person_is_told_until_it_is_back(small: District) -> None:
    owe(small, 5)
    away = ByPrefect(PrefectApi("http://127.0.0.1:9/api"), Patience(away=timedelta()))
    away.carry(small.office, NOON)
    assert left(small) == 0 and kinds(small) == ["prefect_away"]

    with prefect() as server:
        with writing(small.office.records) as conn:
            duties.owe(conn, [{"key": "again", "kind": "open_case", "case_id": None, "act_id": None, "owed_since": NOON,
                               "payload": {"procedure": "exit", "subject_id": 99, "area_code": "440512001001",
                                           "title": "户", "pack_id": "haojiang-2017"}}])  # fmt: skip
        ByPrefect(PrefectApi(server.url)).carry(small.office, NOON)
    assert len(server.asked) == 1 and kinds(small) == []


def test_a_server_that_does_not_know_the_flows_yet_is_as_good_as_away(small: District) -> None:
    owe(small, 5)
    with prefect() as server:
        server.deployed = False
        ByPrefect(PrefectApi(server.url)).carry(small.office, NOON)
    assert left(small) == 0


def test_a_batch_that_it_took_and_left_lying_is_finished_here_and_told(small: District) -> None:
    owe(small, 30)
    with prefect() as server:
        carrier = ByPrefect(PrefectApi(server.url))
        carrier.carry(small.office, NOON)
        assert left(small) == 30
        with writing(small.office.records) as conn:
            long_ago = database_now(conn) - timedelta(minutes=3)
            conn.execute(update(schema.batches).values(asked_at=long_ago))
        carrier.carry(small.office, NOON)
        assert left(small) == 0 and kinds(small) == ["prefect_away"]
        with reading(small.office.records) as conn:
            assert batches.open_batches(conn) == []


def test_a_batch_that_is_being_worked_on_is_not_late_however_long_it_takes(small: District) -> None:
    owe(small, 30)
    with prefect() as server:
        carrier = ByPrefect(PrefectApi(server.url))
        carrier.carry(small.office, NOON)
        with writing(small.office.records) as conn:
            conn.execute(update(schema.batches).values(asked_at=database_now(conn) - timedelta(minutes=3)))
            duties.claim(conn, Claim("busy", timedelta(seconds=30), batch_id=1), NOON, 10)
        carrier.carry(small.office, NOON)
        assert left(small) == 30 and kinds(small) == []
        with writing(small.office.records) as conn:
            duties.let_go(conn, "busy")
        carrier.carry(small.office, NOON)
    assert left(small) == 0 and kinds(small) == ["prefect_away"]


def test_an_office_with_a_clock_of_its_own_tells_the_time_with_each_batch(small: District) -> None:
    owe(small, 1)
    with prefect() as server:
        ByPrefect(PrefectApi(server.url), tell_time=True).carry(small.office, NOON)
    assert server.asked[0]["parameters"]["at"] == NOON.isoformat()


def test_what_a_dead_run_had_claimed_goes_to_prefect_in_a_new_batch(small: District) -> None:
    owe(small, 3)
    with prefect() as server:
        carrier = ByPrefect(PrefectApi(server.url))
        carrier.carry(small.office, NOON)
        with writing(small.office.records) as conn:
            duties.claim(conn, Claim("dead", timedelta(seconds=30), batch_id=1), NOON, 2)
            conn.execute(update(D).where(D.c.claimed_by == "dead").values(claimed_until=database_now(conn) - A_SECOND))
        carrier.carry(small.office, NOON)
    assert [a["name"].split()[-1] for a in server.asked] == ["3项", "2项"] and left(small) == 3
