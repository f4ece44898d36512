"""Two hundred people at once: each signed in, reading pages of the own area and deciding, over HTTP, on PostgreSQL."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import re
import socket
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx
import uvicorn
from argon2 import PasswordHasher
from sqlalchemy import Engine, text

from benchmarks.province import PACK
from flows.office import load_office
from integrations.filing import FilingStore
from records import accounts
from records.engine import open_engine, writing
from web.app import create_app

PASSWORD = "五谷丰登又一年-2017"
READS = ("/todo", "/area?year=2017", "/households", "/offices", "/papers", "/area/dues?band=overdue", "/rounds")
ROLES = {"community_clerk": 140, "street_leader": 40, "district_director": 20}
DECIDES = 0.2


@dataclass
class Seen:
    """What the crowd met."""

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    decided: int = 0

    def add(self, what: str, seconds: float, answer: httpx.Response, good: bool) -> None:
        self.took.setdefault(what, []).append(seconds)
        if not good:
            self.errors.append(f"{what}: {answer.status_code} {answer.text[-300:]}")


def give_accounts(engine: Engine, people: int, at: datetime) -> list[tuple[str, str]]:
    """Accounts for so many people of the province: (login, role). The hash is a cheap one: signing in is not measured."""
    secret = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    chosen: list[tuple[str, str]] = []
    with writing(engine) as conn:
        for role, share in ROLES.items():
            rows = conn.execute(text(
                "SELECT t.person_id FROM post_terms t JOIN posts p ON p.id = t.post_id WHERE p.role = :r "
                "AND p.office_code LIKE '99___%-%' ORDER BY md5(t.id::text) LIMIT :n"),
                {"r": role, "n": max(1, people * share // 200)}).scalars()  # fmt: skip
            for person in rows.all():
                made = accounts.add_account(conn, person, f"crowd{person}", at)
                accounts.change_account(conn, made, {"password_hash": secret})
                chosen.append((f"crowd{person}", role))
    return chosen


def serve(url: str, folder: str, at: datetime, port: int) -> None:
    """One process of the workspace."""
    office = load_office(open_engine(url), FilingStore(Path(folder)), PACK)
    uvicorn.run(create_app(office, lambda: at), host="127.0.0.1", port=port, log_level="error")


async def _one(base: str, login: str, role: str, until: float, seen: Seen) -> None:
    async with httpx.AsyncClient(base_url=base, follow_redirects=True, timeout=60) as client:
        page = (await client.get("/sign-in")).text
        await client.post("/sign-in", data={"csrf": _token(page), "login": login, "password": PASSWORD})
        dice = random.Random(login)
        while time.perf_counter() < until:
            if role == "community_clerk" and dice.random() < DECIDES:
                await _decide(client, seen)
            else:
                await _read(client, dice.choice(READS), seen)
            await asyncio.sleep(dice.uniform(0.5, 2.5))  # people read what they opened


async def _read(client: httpx.AsyncClient, path: str, seen: Seen) -> None:
    begun = time.perf_counter()
    answer = await client.get(path)
    seen.add(
        path.split("?")[0],
        time.perf_counter() - begun,
        answer,
        answer.status_code == 200 and "登录名" not in answer.text,
    )


async def _decide(client: httpx.AsyncClient, seen: Seen) -> None:
    """Decide one household of the list that waits."""
    lists = re.findall(r'href="(/rounds/list\?[^"]+)"', (await client.get("/rounds")).text)
    if not lists:
        return
    page = (await client.get(lists[0].replace("&amp;", "&"))).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    case = re.search(r'name="case" value="(\d+)"', page)
    if case is None:
        return
    form = {k: hidden[k] for k in ("csrf", "office", "role", "of", "step", "year")}
    begun = time.perf_counter()
    answer = await client.post(
        "/rounds/act", data={**form, "case": case[1], f"verdict-{case[1]}": "approve", "way": "act"}
    )
    good = answer.status_code == 200 and "办成1件" in answer.text
    seen.add("decision", time.perf_counter() - begun, answer, good)
    seen.decided += good


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    return found[1] if found else ""


def run(engine: Engine, url: str, at: datetime, people: int, seconds: int) -> Seen:
    """Let so many people work for so many seconds, over two processes."""
    who, seen = give_accounts(engine, people, at), Seen()
    with tempfile.TemporaryDirectory(prefix="bangfu-crowd-") as folder:
        ports = [_free_port() for _ in range(2)]
        context = multiprocessing.get_context("spawn")
        servers = [context.Process(target=serve, args=(url, folder, at, port), daemon=True) for port in ports]
        for server in servers:
            server.start()
        try:
            asyncio.run(_all(ports, who, seconds, seen))
        finally:
            for server in servers:
                server.terminate()
                server.join()
    return seen


async def _all(ports: list[int], who: list[tuple[str, str]], seconds: int, seen: Seen) -> None:
    async with httpx.AsyncClient() as client:
        for port in ports:
            await _up(client, port)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(
        _one(f"http://127.0.0.1:{ports[n % len(ports)]}", login, role, until, seen) for n, (login, role) in enumerate(who)
    ))  # fmt: skip


async def _up(client: httpx.AsyncClient, port: int) -> None:
    for _ in range(300):
        try:
            await client.get(f"http://127.0.0.1:{port}/board")
            return
        except httpx.TransportError:
            await asyncio.sleep(0.2)
    raise RuntimeError("the workspace did not start")


def _free_port() -> int:
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return int(there.getsockname()[1])


def report(seen: Seen) -> bool:
    """Print p95 per page; True when nothing failed."""
    for what, took in sorted(seen.took.items()):
        p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(
            f"  {what:20}{len(took):6} times   p50 {1000 * statistics.median(took):7.0f} ms   p95 {1000 * p95:7.0f} ms"
        )
    total = sum(len(t) for t in seen.took.values())
    print(f"  {total} requests, {seen.decided} decisions, {len(seen.errors)} errors")
    for error in seen.errors[:5]:
        print("   ", error.replace("\n", " ")[:400])
    return not seen.errors
