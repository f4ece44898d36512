"""Signing in and out, the one-time link, choosing the post to act in, and one's own account."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

import pyotp
import segno
from starlette.responses import RedirectResponse, Response

from flows import accounts as signing
from flows import tokens as granting
from records import accounts
from records.accounts import SignedIn
from records.engine import reading, writing
from states.not_allowed import FormExpired, NoSuch, NotAllowed
from web import words
from web.access import PUBLIC, SIGNED_IN, Pages
from web.kept_forms import Kept, kept_of, read_kept, resume
from web.visit import COOKIE, GUEST, TheVisit, Visit, own_path

pages = Pages()


@pages.get("/sign-in", PUBLIC)
def see_sign_in(visit: TheVisit) -> Response:
    if visit.signed_in is not None:
        return visit.go(own_path(visit.text("next", "/")))
    return with_guest(visit, lambda: _page(visit))


def _page(visit: Visit, status: int = 200, problem: str = "", kept: Kept | None = None) -> Response:
    return visit.page("sign_in", status, next=own_path(visit.text("next", "/")), problem=problem, kept=kept,
                      login=visit.text("login"), said=visit.text("said"))  # fmt: skip


def go_on_with(visit: Visit) -> Response:
    """A form that came too late: whoever is still signed in goes on with it, anybody else signs in first. Raises
    FormExpired when there is nothing to go on with."""
    kept = kept_of(visit)
    if kept is None:
        raise FormExpired()
    if visit.signed_in is not None:
        return resume(visit, kept, 409)
    return with_guest(visit, lambda: _page(visit, 403, kept=kept))


@pages.post("/sign-in", PUBLIC)
def sign_in(visit: TheVisit) -> Response:
    entry = signing.Entry(
        visit.text("login"), str(visit.form.get("password") or ""), visit.text("code"), bool(visit.text("shared")),
        visit.request.headers.get("user-agent", ""),
    )  # fmt: skip
    kept = read_kept(visit.text("kept"))
    if kept is not None and not entry.login:
        return _page(visit, 403, words.NOT_SIGNED_IN_YET, kept)
    try:
        token = signing.sign_in(visit.office, entry, visit.at)
    except NotAllowed as no:
        return _page(visit, 403, str(no), kept)
    if kept is not None:
        return _with_kept(visit, token, kept)
    return with_session(visit, RedirectResponse(own_path(visit.text("next", "/")), status_code=303), token)


def _with_kept(visit: Visit, token: str, kept: Kept) -> Response:
    """Signed in again: on with what was typed, if it was this account's."""
    visit.token, visit.signed_in = token, signing.session(visit.office, token, visit.at)
    if visit.signed_in is None or visit.signed_in.account_id != kept.account_id:
        return with_session(visit, visit.go("/", words.KEPT_OTHERS, good=False), token)
    return with_session(visit, resume(visit, kept), token)


def with_session(visit: Visit, answer: Response, token: str) -> Response:
    """The answer with the session's cookie on it."""
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=visit.settings.secure_cookies, path="/")
    answer.delete_cookie(GUEST, path="/")
    return answer


def with_guest(visit: Visit, make: Callable[[], Response]) -> Response:
    """A page with a form for somebody not signed in: the form's token hangs on a cookie of its own."""
    fresh = not visit.token
    if fresh:
        visit.token = secrets.token_urlsafe(16)
    answer = make()
    if fresh:
        answer.set_cookie(GUEST, visit.token, httponly=True, samesite="lax", secure=visit.settings.secure_cookies)
    return answer


@pages.post("/sign-out", SIGNED_IN)
def sign_out(visit: TheVisit) -> Response:
    signing.sign_out(visit.office, visit.me, visit.at)
    answer = RedirectResponse("/sign-in?said=out", status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


# --- the one-time link ------------------------------------------------------------------------------------------------


@pages.get("/welcome/{token}", PUBLIC)
def see_welcome(visit: TheVisit, token: str) -> Response:
    found = signing.invited(visit.office, token, visit.at)
    return with_guest(visit, lambda: visit.page("welcome", token=token, person=found.name, login=found.login,
                                                 problem="", least=signing.SHORTEST))  # fmt: skip


@pages.post("/welcome/{token}", PUBLIC)
def welcome(visit: TheVisit, token: str) -> Response:
    found = signing.invited(visit.office, token, visit.at)
    problem = words.NOT_THE_SAME
    if visit.form.get("password") == visit.form.get("again"):
        try:
            signing.set_password(visit.office, token, str(visit.form.get("password") or ""), visit.at)
            return RedirectResponse("/sign-in?said=set", status_code=303)
        except NotAllowed as no:
            problem = str(no)
    return visit.page("welcome", 409, token=token, person=found.name, login=found.login, problem=problem,
                      least=signing.SHORTEST)  # fmt: skip


# --- the post to act in -----------------------------------------------------------------------------------------------


@pages.post("/post", SIGNED_IN)
def choose_post(visit: TheVisit) -> Response:
    wanted = visit.number("seat", -1)
    if not 0 <= wanted < len(visit.seats):
        raise NoSuch(what="岗位", key=visit.text("seat"))
    seat = visit.seats[wanted]
    with writing(visit.office.records) as conn:
        accounts.change_session(conn, visit.me.session_id, {
            "office_code": seat.office_code, "role": seat.role, "acting_for_id": seat.acting_for_id,
        })  # fmt: skip
    visit.__dict__["seat"] = seat
    return visit.go(visit.text("back", "/"), words.POST_CHOSEN.format(post=visit.post_title))


# --- one's own account ------------------------------------------------------------------------------------------------


@pages.get("/account", SIGNED_IN)
def see_account(visit: TheVisit) -> Response:
    return _account(visit)


def _account(visit: Visit, problem: str = "", status: int = 200, secret: str = "", token: str = "") -> Response:
    with reading(visit.office.records) as conn:
        mine = accounts.account(conn, visit.me.account_id)
        sessions = accounts.sessions_of(conn, visit.me.account_id, visit.at)
        tokens = accounts.tokens_of(conn, visit.me.account_id, visit.at)
    assert mine is not None
    return visit.page("account", status, mine=mine, sessions=sessions, problem=problem, secret=secret, token=token, tokens=tokens, scopes=granting.SCOPES,
                      picture=_qr(visit.me, secret) if secret else "", least=signing.SHORTEST)  # fmt: skip


def _qr(me: SignedIn, secret: str) -> str:
    address = pyotp.TOTP(secret, issuer=words.PRODUCT, name=me.login).provisioning_uri()
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=2))


@pages.post("/account/password", SIGNED_IN)
def change_password(visit: TheVisit) -> Response:
    new = str(visit.form.get("password") or "")
    if new != visit.form.get("again"):
        return _account(visit, words.NOT_THE_SAME, 409)
    try:
        signing.change_password(visit.office, visit.me, str(visit.form.get("old") or ""), new, visit.at)
    except NotAllowed as no:
        return _account(visit, str(no), 409)
    return visit.go("/account", words.PASSWORD_CHANGED)


@pages.post("/account/code", SIGNED_IN)
def begin_code(visit: TheVisit) -> Response:
    return _account(visit, secret=pyotp.random_base32())


@pages.post("/account/code/on", SIGNED_IN)
def code_on(visit: TheVisit) -> Response:
    secret = visit.text("secret")
    try:
        signing.turn_on_totp(visit.office, visit.me, secret, visit.text("code"), visit.at)
    except NotAllowed as no:
        return _account(visit, str(no), 409, secret)
    return visit.go("/account", words.CODE_ON)


@pages.post("/account/code/off", SIGNED_IN)
def code_off(visit: TheVisit) -> Response:
    try:
        signing.turn_off_totp(visit.office, visit.me, str(visit.form.get("old") or ""), visit.at)
    except NotAllowed as no:
        return _account(visit, str(no), 409)
    return visit.go("/account", words.CODE_OFF)


@pages.post("/account/tokens", SIGNED_IN)
def make_token(visit: TheVisit) -> Response:
    """A token for a program, for the post one acts in now; shown once."""
    lasts = timedelta(days=min(max(visit.number("days", 90), 1), 366))
    try:
        made = granting.make_token(visit.office, visit.me.account_id, visit.actor, visit.text("name"), visit.texts("may"),
                                   lasts, visit.at)  # fmt: skip
    except NotAllowed as no:
        return _account(visit, str(no), 409)
    return _account(visit, token=made)


@pages.post("/account/tokens/end", SIGNED_IN)
def end_token(visit: TheVisit) -> Response:
    granting.end_token(visit.office, visit.me.account_id, visit.number("token"), visit.at)
    return visit.go("/account", words.TOKEN_ENDED)


@pages.post("/account/sessions/end", SIGNED_IN)
def end_session(visit: TheVisit) -> Response:
    signing.sign_out(visit.office, visit.me, visit.at, visit.number("session"))
    return visit.go("/account", words.SESSION_ENDED)
