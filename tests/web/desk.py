"""The workspace under test: the small district of tests/flows, accounts for its people, a clock that a test sets."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

import httpx
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI

from records import accounts, offices
from records.engine import reading, writing
from states.decision import Actor
from tests.flows.district import SINCE, District, at
from web.app import create_app
from web.settings import WebSettings

PASSWORD = "五谷丰登又一年-2017"


@cache
def quick_hash() -> str:
    """The password's hash at the lowest cost: how slow a guess is made is not what these tests are about."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


SEATS = {  # who besides the district's own people has an account here
    "auditor": ("审计员", "440512-office", "auditor"),
    "admin": ("管理员", "440512-office", "administrator"),
}


@dataclass
class Clock:
    """What time it is for the workspace."""

    now: datetime = field(default_factory=lambda: at(2017, 10, 9))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """The workspace of a district, and how its people open it."""

    district: District
    clock: Clock
    app: FastAPI
    url: str = ""

    def account(self, who: str) -> str:
        """An account for one of the district's people; returns the login, which is the key in `district.who`."""
        actor = self.district.who[who]
        with reading(self.district.office.records) as conn:
            there = accounts.account_of_person(conn, actor.person_id)
        if there is None:
            with writing(self.district.office.records) as conn:
                made = accounts.add_account(conn, actor.person_id, who, self.clock.now)
                accounts.change_account(conn, made, {"password_hash": quick_hash()})
        return who

    def visitor(self) -> Person:
        """Somebody who is not signed in."""
        return Person(httpx.Client(base_url=self.url, follow_redirects=True, timeout=30))

    def as_(self, who: str) -> Person:
        """One of the district's people, signed in."""
        person = self.visitor()
        answer = person.send("/sign-in", "/sign-in", login=self.account(who), password=PASSWORD)
        assert answer.url.path != "/sign-in", answer.text
        return person


@dataclass
class Person:
    """A browser without a screen: reads pages and sends their forms as they stand."""

    client: httpx.Client

    def see(self, path: str, status: int = 200) -> str:
        answer: httpx.Response = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def token(self, path: str) -> str:
        """The token that the forms of a page carry."""
        found = re.search(r'name="csrf" value="(\w+)"', self.see(path))
        assert found, path
        return found[1]

    def send(self, page: str, path: str, files: object = None, **fields: object) -> httpx.Response:
        """Send a form of the page to its address."""
        data = {"csrf": self.token(page), **fields}
        answer: httpx.Response = self.client.post(path, data=data, files=files)  # type: ignore[arg-type]
        return answer


@contextmanager
def served(desk: Desk) -> Iterator[Desk]:
    """The workspace on a port of this machine, over real HTTP."""
    server = uvicorn.Server(uvicorn.Config(desk.app, log_level="error", lifespan="off"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        desk.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield desk
        finally:
            server.should_exit = True
            thread.join(10)


def open_desk(district: District, settings: WebSettings | None = None) -> Desk:
    """The workspace of that district, with an auditor and an administrator besides its own people."""
    clock = Clock()
    with writing(district.office.records) as conn:
        for key, (name, office_code, role) in SEATS.items():
            person = offices.add_person(conn, name, None)
            offices.add_posts(conn, [(office_code, role)]) if not _has(conn, office_code, role) else None
            offices.appoint(conn, person, office_code, role, SINCE)
            district.who[key] = Actor(person, office_code, role)
    return Desk(district, clock, create_app(district.office, clock, settings))


def _has(conn: object, office_code: str, role: str) -> bool:
    empty = offices.empty_posts(conn, SINCE)  # type: ignore[arg-type]
    held = offices.holders(conn, office_code, role, SINCE)  # type: ignore[arg-type]
    return bool(held) or any((row.office_code, row.role) == (office_code, role) for row in empty)
