"""The workspace as one application: `create_app` is given an office and a clock, and reads nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from flows.office import Office
from integrations.unreachable import Unreachable
from states.not_allowed import (
    FormExpired,
    NoSuch,
    NotAllowed,
    NotSignedIn,
    NotYourPost,
    OutsideYourArea,
    PageNotYours,
    RequestTooLarge,
    TokenWrong,
)
from web import batch, cases, delegations, entry, hands, inbox, phrases, signin, task, tasks, unified, words, worklists
from web.access import Pages
from web.api import Problem, api
from web.api_lists import api_lists
from web.api_webhooks import api_webhooks
from web.board import shown_again
from web.drawing import draw, environment
from web.health import health_router
from web.nav import menu
from web.security import HEADERS, Guarded, TooLarge
from web.settings import WebSettings
from web.signin import go_on_with
from web.subjects import OF_THE_AREA
from web.visit import PageTooOld

SUBJECTS: Sequence[Pages] = (  # every subject's pages, in the order of the menu
    signin.pages, unified.pages, tasks.pages, task.pages, batch.pages, cases.pages, hands.pages, worklists.pages, inbox.pages, phrases.pages,
    delegations.pages, entry.pages,
    *OF_THE_AREA,
)  # fmt: skip
ASSETS = Path(__file__).parent / "assets"
STATUS: tuple[tuple[type[NotAllowed], int], ...] = (
    (PageNotYours, 403), (FormExpired, 403), (OutsideYourArea, 403), (NoSuch, 404), (RequestTooLarge, 413),
)  # fmt: skip
API_STATUS: dict[type[NotAllowed], int] = {TokenWrong: 401, NotYourPost: 403}
HEADINGS = {
    401: words.NOT_YOURS,
    422: words.NOT_UNDERSTOOD,
    403: words.NOT_YOURS,
    404: words.NOT_FOUND,
    409: words.NOT_NOW,
    413: words.TOO_LARGE,
    500: words.OUR_FAULT,
}


def create_app(office: Office, clock: Callable[[], datetime], settings: WebSettings | None = None) -> FastAPI:
    """The workspace of an office. `clock` says what time it is; a test passes its own."""
    app = FastAPI(title=words.PRODUCT, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.state.office, app.state.clock, app.state.settings = office, clock, settings or WebSettings()
    app.state.read_at = time.monotonic()
    environment().globals.update(menu=menu)
    for pages in SUBJECTS:
        app.router.routes.extend(pages.router.routes)
    app.router.routes.extend((*api.routes, *api_lists.routes, *api_webhooks.routes))
    app.router.routes.extend(health_router(office.records, clock).routes)
    app.mount("/vendor", StaticFiles(directory=installed_assets()), name="vendor")
    app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    app.add_exception_handler(NotSignedIn, to_sign_in)
    app.add_exception_handler(PageTooOld, too_old)
    app.add_exception_handler(NotAllowed, refused)
    app.add_exception_handler(RequestValidationError, not_understood)
    app.add_exception_handler(TooLarge, too_large)
    app.add_exception_handler(HTTPException, not_there)
    app.add_exception_handler(Unreachable, unreachable)
    app.add_exception_handler(Exception, fault)
    app.add_middleware(
        Guarded, max_bytes=app.state.settings.max_upload_mb * 1024 * 1024, secure=app.state.settings.secure_cookies
    )
    return app


def installed_assets() -> Path:
    """The folder of styles, icons and scripts that the installed starlette-admin brings along."""
    found = find_spec("starlette_admin")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "static"


def status_of(no: NotAllowed) -> int:
    return next((status for kind, status in STATUS if isinstance(no, kind)), 409)


def too_old(request: Request, no: Exception) -> Response:
    """A page whose session ended: what was typed is kept, or, where there is nothing to keep, the sentence."""
    assert isinstance(no, PageTooOld)
    try:
        again = shown_again(no.visit) if no.visit.signed_in is None else None
        return again or go_on_with(no.visit)
    except NotAllowed as expired:
        return _says(request, status_of(expired), str(expired))


async def to_sign_in(request: Request, no: Exception) -> Response:
    """Whoever is not signed in signs in first and comes back."""
    if request.method != "GET":
        return RedirectResponse("/sign-in", status_code=303)
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(path)}", status_code=303)


async def refused(request: Request, no: Exception) -> Response:
    """The office says no: the sentence, on a page of its own."""
    assert isinstance(no, NotAllowed)
    if _is_api(request):
        return problem(API_STATUS.get(type(no), status_of(no)), str(no), no.code)
    return _says(request, status_of(no), str(no))


def problem(status: int, detail: str, code: str) -> Response:
    """A refusal for a program (RFC 9457)."""
    said = Problem(title=HEADINGS.get(status, words.NOT_NOW), status=status, detail=detail, code=code)
    return JSONResponse(said.model_dump(), status_code=status, media_type="application/problem+json")


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


async def not_understood(request: Request, no: Exception) -> Response:
    """A program's request that does not have the form the interface describes."""
    assert isinstance(no, RequestValidationError)
    wrong = "；".join(f"{'.'.join(str(p) for p in e['loc'])}：{e['msg']}" for e in no.errors()[:5])
    if _is_api(request):
        return problem(422, wrong, "Invalid")
    return _says(request, 404, words.NO_PAGE)


async def too_large(request: Request, no: Exception) -> Response:
    refused = RequestTooLarge(limit=request.app.state.settings.max_upload_mb)
    return problem(413, str(refused), refused.code) if _is_api(request) else _says(request, 413, str(refused))


async def unreachable(request: Request, no: Exception) -> Response:
    return _says(request, 503, str(no))


async def fault(request: Request, no: Exception) -> Response:
    """A fault of ours: the person reads a sentence and nothing of the cause, which the log keeps."""
    answer = problem(500, words.FAULT, "Fault") if _is_api(request) else _says(request, 500, words.FAULT)
    answer.headers.update({**HEADERS, "cache-control": "no-store"})  # it is answered outside of Guarded
    return answer


async def not_there(request: Request, no: Exception) -> Response:
    assert isinstance(no, HTTPException)
    if _is_api(request):
        answer = problem(no.status_code, words.NO_PAGE if no.status_code == 404 else words.BAD_REQUEST, "Http")
        answer.headers.update(no.headers or {})
        return answer
    return _says(request, no.status_code, words.NO_PAGE if no.status_code == 404 else words.BAD_REQUEST)


def _says(request: Request, status: int, sentence: str) -> Response:
    heading = HEADINGS.get(status, words.NOT_NOW)
    back = request.headers.get("referer", "") if request.method == "POST" else ""
    page = draw("refused", heading=heading, sentence=sentence, back=back if _ours(request, back) else "/")
    return Response(page, status_code=status, media_type="text/html")


def _ours(request: Request, address: str) -> bool:
    return address.startswith(str(request.base_url))
