"""One request of one person: who, in which post, when, and what the form said. Pages get it as their first argument."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from flows import accounts as signing
from flows.office import Office, refreshed
from records import accounts, seats
from records.accounts import SignedIn
from records.cases import Seat
from records.engine import reading, writing
from records.scope import scope_of
from rules.days import day_of
from rules.jurisdiction import NOTHING, Scope
from states.decision import Actor
from states.not_allowed import FormExpired, NotSignedIn
from web.drawing import draw
from web.security import TooLarge
from web.settings import WebSettings

COOKIE, GUEST = "bangfu_session", "bangfu_guest"
FIELDS, FILES = 4000, 40


class PageTooOld(Exception):
    """A form of ours whose session ended while it was filled in, or that an earlier session's page sent."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit


@dataclass
class Visit:
    """What a page needs to know of its visitor."""

    request: Request
    office: Office
    settings: WebSettings
    at: datetime
    form: FormData
    signed_in: SignedIn | None = None
    seats: tuple[Seat, ...] = ()
    token: str = ""  # the secret that the cookie holds; what a form carries is derived from it
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def me(self) -> SignedIn:
        """Who is signed in. Raises NotSignedIn."""
        if self.signed_in is None:
            raise NotSignedIn()
        return self.signed_in

    @cached_property
    def seat(self) -> Seat | None:
        """The post the person acts in now: the one chosen, or the first."""
        me = self.signed_in
        if me is None:
            return None
        for seat in self.seats:
            if (seat.office_code, seat.role, seat.acting_for_id) == (me.office_code, me.role, me.acting_for_id):
                return seat
        return self.seats[0] if self.seats else None

    @property
    def role(self) -> str:
        return self.seat.role if self.seat else ""

    @property
    def headed(self) -> tuple[str, ...]:
        """The helping units that the person heads."""
        return tuple(seat.office_code for seat in self.seats if seat.role == "helper_head")

    @property
    def post_title(self) -> str:
        """The post as a sentence names it."""
        if self.seat is None:
            return "无岗位人员"
        title = f"{self.seat.office}{self.seat.post}"
        return f"{title}（代{self.seat.acting_for}）" if self.seat.acting_for else title

    @property
    def actor(self) -> Actor:
        """The person in the chosen post, as flows want it. Raises NotSignedIn for somebody without a post."""
        if self.seat is None:
            raise NotSignedIn()
        seat = self.seat
        return Actor(seat.person_id, seat.office_code, seat.role, seat.acting_for_id)

    @cached_property
    def scope(self) -> Scope:
        """What the person may see today: give it to `records.scope.within` in every query."""
        if self.signed_in is None:
            return NOTHING
        with reading(self.office.records) as conn:
            return scope_of(conn, self.signed_in.person_id, self.today)

    @property
    def csrf(self) -> str:
        return form_token(self.token)

    # --- what the form said -----------------------------------------------------------------------------------------

    def text(self, name: str, default: str = "") -> str:
        """A field of the form (or of the address, on a GET), trimmed."""
        source: Mapping[str, Any] = self.form if self.request.method == "POST" else self.request.query_params
        value = source.get(name)
        return value.strip() if isinstance(value, str) else default

    def texts(self, name: str) -> list[str]:
        """Every value of a field that may stand several times."""
        return [value for value in self.form.getlist(name) if isinstance(value, str) and value.strip()]

    def number(self, name: str, default: int = 0) -> int:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else default

    def day(self, name: str) -> date | None:
        """A field that holds a day; None when it holds none."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    def uploads(self, name: str) -> list[UploadFile]:
        return [v for v in self.form.getlist(name) if isinstance(v, UploadFile) and v.filename]

    # --- what is answered -------------------------------------------------------------------------------------------

    def page(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The page web/pages/<name>.html with these values; what was to be told is told now, and once."""
        if self.told:
            with writing(self.office.records) as conn:
                accounts.change_session(conn, self.me.session_id, {"told": None})
        return HTMLResponse(draw(name, visit=self, **values), status_code=status)

    def go(self, path: str, says: str | None = None, good: bool = True) -> Response:
        """On to another page of ours, which says this once."""
        if says is not None and self.signed_in is not None:
            with writing(self.office.records) as conn:
                told = {"says": says, "good": good}
                accounts.change_session(conn, self.signed_in.session_id, {"told": told})
        return RedirectResponse(own_path(path), status_code=303)


def form_token(secret: str) -> str:
    return hmac.new(secret.encode(), b"bangfu form", "sha256").hexdigest()


def own_path(path: str) -> str:
    """A path of ours, or the start page: nobody is sent elsewhere."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    return "/" if any(ord(c) < 32 or c == "\\" for c in path) else path


async def the_form(request: Request) -> FormData:
    """The form of a POST; anything else has none."""
    if request.scope.get("too_large"):
        raise TooLarge()
    kind = request.headers.get("content-type", "")
    if request.method != "POST" or not kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        return FormData()
    return await request.form(max_files=FILES, max_fields=FIELDS)


STALE = 5.0  # seconds after which another process's change of calendar or pack is seen


def the_office(app: Any) -> Office:
    """The office of the application, with the calendar and packs in force: looked up anew from time to time, and at once
    after a change made here."""
    if time.monotonic() - app.state.read_at > STALE:
        app.state.office, app.state.read_at = refreshed(app.state.office), time.monotonic()
    office: Office = app.state.office
    return office


def the_visit(request: Request, form: Annotated[FormData, Depends(the_form)]) -> Visit:
    """The visit of this request. Raises FormExpired for a POST that does not come from a page of ours."""
    office, settings = the_office(request.app), request.app.state.settings
    at = request.app.state.clock()
    visit = Visit(request, office, settings, at, form)
    visit.token = request.cookies.get(COOKIE, "")
    if visit.token:
        visit.signed_in = signing.session(office, visit.token, at)
    if visit.signed_in is None:
        visit.token = request.cookies.get(GUEST, "")
    else:
        with reading(office.records) as conn:
            visit.seats = tuple(seats.seats_of(conn, visit.signed_in.person_id, visit.today))
            # asked here, so that no page holds one connection while it waits for a second
            visit.scope = scope_of(conn, visit.signed_in.person_id, visit.today)
    if request.method == "POST":
        _from_our_page(visit)
    elif visit.signed_in is not None and visit.signed_in.told:
        visit.told = visit.signed_in.told
    return visit


def _from_our_page(visit: Visit) -> None:
    given = visit.form.get("csrf")
    headers = visit.request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    foreign = site not in (None, "same-origin", "none") or (
        origin not in (None, "null") and urlsplit(origin or "").netloc != headers.get("host")
    )
    if foreign or not visit.token or not isinstance(given, str) or not hmac.compare_digest(given, visit.csrf):
        # the browser vouches that a page of ours sent it: then what was typed is not thrown away, and nothing is done
        if not foreign and (site == "same-origin" or origin not in (None, "null")):
            raise PageTooOld(visit)
        raise FormExpired()


TheVisit = Annotated[Visit, Depends(the_visit)]
