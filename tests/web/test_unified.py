"""Signing in through an identity provider: a small real one on this machine, with keys, codes and PKCE of its own."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.flows.district import make_district
from tests.web.desk import Desk, open_desk, served
from web.settings import WebSettings


@dataclass
class Provider:
    """An OpenID provider of one person; what it says of the token can be bent by a test."""

    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    signs_with: RSAKey | None = None
    subject: str = "person-1"
    bend: dict[str, object] = field(default_factory=dict)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    now: int = 0

    def app(self) -> Starlette:
        return Starlette(routes=[
            Route("/.well-known/openid-configuration", self.discovery), Route("/authorize", self.authorize),
            Route("/token", self.token, methods=["POST"]), Route("/keys", self.keys),
        ])  # fmt: skip

    async def discovery(self, request: Request) -> Response:
        return JSONResponse({"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                             "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys"})  # fmt: skip

    async def authorize(self, request: Request) -> Response:
        code = f"code-{len(self.asked)}"
        self.asked[code] = dict(request.query_params)
        back = f"{request.query_params['redirect_uri']}?code={code}&state={request.query_params['state']}"
        return RedirectResponse(back, status_code=303)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.asked.pop(str(form["code"]), None)
        secret = base64.b64decode(request.headers["authorization"].split()[1]).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest()).rstrip(b"=")
        if asked is None or secret != "bangfu:geheim" or asked["code_challenge"] != challenge.decode():
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {"iss": self.url, "aud": "bangfu", "sub": self.subject, "nonce": asked["nonce"], "exp": self.now + 60,
                  "iat": self.now, **self.bend}  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": signed})

    async def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@pytest.fixture
def provider() -> Iterator[Provider]:
    there = Provider()
    server = uvicorn.Server(uvicorn.Config(there.app(), log_level="error", lifespan="off"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        there.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        yield there
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def unified(provider: Provider, sqlite_engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    settings = WebSettings(oidc_issuer=provider.url, oidc_client_id="bangfu", oidc_client_secret="geheim")
    with served(open_desk(make_district(sqlite_engine, tmp_path / "files"), settings)) as there:
        provider.now = int(there.clock.now.timestamp())
        yield there


def test_an_identity_is_bound_once_and_then_signs_in(unified: Desk) -> None:
    stranger = unified.visitor()
    assert "还没有绑定账号" in stranger.see("/sign-in/unified", 409)

    assert "已绑定统一身份" in unified.as_("clerk").see("/sign-in/unified")

    person = unified.visitor()
    assert "待办" in person.see("/sign-in/unified")
    assert "林记录" in person.see("/account")


def test_an_identity_of_another_account_is_not_taken_over(unified: Desk) -> None:
    unified.as_("clerk").see("/sign-in/unified")
    assert "已有人使用" in unified.as_("leader").see("/sign-in/unified", 409)


@pytest.mark.parametrize("bend", [{"nonce": "other"}, {"aud": "another"}, {"iss": "http://evil"}, {"exp": 1}])
def test_a_token_that_is_not_for_us_now_lets_nobody_in(
    unified: Desk, provider: Provider, bend: dict[str, object]
) -> None:
    unified.as_("clerk").see("/sign-in/unified")
    provider.bend = bend

    assert "不能核验" in unified.visitor().see("/sign-in/unified", 409)


def test_a_token_of_a_strange_key_lets_nobody_in(unified: Desk, provider: Provider) -> None:
    unified.as_("clerk").see("/sign-in/unified")
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})

    assert "不能核验" in unified.visitor().see("/sign-in/unified", 409)


def test_an_answer_that_nobody_here_asked_for_is_refused(unified: Desk) -> None:
    assert "不是从本系统发起的" in unified.visitor().see("/sign-in/unified/back?code=x&state=y", 409)
