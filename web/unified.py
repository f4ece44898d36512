"""Signing in through a government identity provider (OpenID Connect): who somebody is comes from there, what one may do from here."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

import httpx
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.responses import RedirectResponse, Response

from flows import accounts as signing
from integrations.unreachable import Unreachable
from states.not_allowed import NoSuch, UnifiedRefused
from web import words
from web.access import PUBLIC, Pages
from web.signin import with_session
from web.visit import TheVisit, Visit

pages = Pages()
COOKIE, MINUTES = "bangfu_unified", 10
ALGORITHMS = ["RS256", "ES256", "PS256"]
PATIENCE = 10


def _provider(visit: Visit) -> dict[str, Any]:
    """What the provider says of itself. Raises NoSuch when none is set, Unreachable when it does not answer."""
    issuer = visit.settings.oidc_issuer
    if not issuer:
        raise NoSuch(what=words.UNIFIED, key=words.NOT_SET)
    found = _asked(f"{issuer}/.well-known/openid-configuration")
    if found.get("issuer", "").rstrip("/") != issuer:
        raise UnifiedRefused(why=words.OTHER_ISSUER)
    return found


def _asked(address: str) -> dict[str, Any]:
    try:
        answer = httpx.get(address, timeout=PATIENCE)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except (httpx.HTTPError, ValueError) as no:
        raise Unreachable(words.UNIFIED_AWAY) from no
    return found


def _back(visit: Visit) -> str:
    """Where the provider sends people back to."""
    return f"{visit.settings.public_url or str(visit.request.base_url).rstrip('/')}/sign-in/unified/back"


@pages.get("/sign-in/unified", PUBLIC)
def leave(visit: TheVisit) -> Response:
    """To the provider, with a state and a nonce that only this browser has."""
    provider = _provider(visit)
    state, nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    address = add_params_to_uri(provider["authorization_endpoint"], [
        ("response_type", "code"), ("client_id", visit.settings.oidc_client_id), ("redirect_uri", _back(visit)),
        ("scope", "openid"), ("state", state), ("nonce", nonce), ("code_challenge_method", "S256"),
        ("code_challenge", create_s256_code_challenge(verifier)),
    ])  # fmt: skip
    answer = RedirectResponse(address, status_code=303)
    answer.set_cookie(COOKIE, f"{state}~{nonce}~{verifier}", max_age=MINUTES * 60, httponly=True, samesite="lax",
                      secure=visit.settings.secure_cookies, path="/sign-in/unified")  # fmt: skip
    return answer


@pages.get("/sign-in/unified/back", PUBLIC)
def come_back(visit: TheVisit) -> Response:
    """Back from the provider: a known person is signed in; somebody signed in already is bound to the account."""
    parts = visit.request.cookies.get(COOKIE, "").split("~")
    if len(parts) != 3 or not hmac.compare_digest(parts[0], visit.text("state")) or not visit.text("code"):
        raise UnifiedRefused(why=words.NOT_BEGUN_HERE)
    subject = _subject(visit, visit.text("code"), parts[1], parts[2])
    if visit.signed_in is not None:
        signing.bind(visit.office, visit.signed_in, subject, visit.at)
        answer: Response = visit.go("/account", words.BOUND)
    else:
        token = signing.sign_in_as(visit.office, subject, visit.request.headers.get("user-agent", ""), visit.at)
        answer = with_session(visit, RedirectResponse("/", status_code=303), token)
    answer.delete_cookie(COOKIE, path="/sign-in/unified")
    return answer


def _subject(visit: Visit, code: str, nonce: str, verifier: str) -> str:
    """Whom the provider recognised: its signature, audience, time and our nonce are checked."""
    provider = _provider(visit)
    given = _given(visit, provider["token_endpoint"], code, verifier)
    try:
        keys = KeySet.import_key_set(_asked(provider["jwks_uri"]))  # type: ignore[arg-type]
        token = jwt.decode(str(given.get("id_token", "")), keys, algorithms=ALGORITHMS)
        jwt.JWTClaimsRegistry(
            now=int(visit.at.timestamp()), leeway=60, iss={"essential": True, "value": provider["issuer"]},
            aud={"essential": True, "value": visit.settings.oidc_client_id},
            nonce={"essential": True, "value": nonce}, sub={"essential": True}, exp={"essential": True},
        ).validate(token.claims)  # fmt: skip
    except (JoseError, ValueError) as no:
        raise UnifiedRefused(why=words.NOT_RECOGNISED) from no
    return f"{provider['issuer']}|{token.claims['sub']}"


def _given(visit: Visit, address: str, code: str, verifier: str) -> dict[str, Any]:
    """What the provider gives for the code, to us alone."""
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": _back(visit)}
    us = (visit.settings.oidc_client_id, visit.settings.oidc_client_secret)
    try:
        answer = httpx.post(address, data=form, auth=us, timeout=PATIENCE)
        given = answer.json()
    except (httpx.HTTPError, ValueError) as no:
        raise Unreachable(words.UNIFIED_AWAY) from no
    if answer.status_code != 200 or not isinstance(given, dict):
        raise UnifiedRefused(why=words.NOT_RECOGNISED)
    return given
