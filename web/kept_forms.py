"""What a person had typed when the session ended or the page grew old: kept through the sign-in, in the page itself, and
sent only when the person says so again."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from starlette.datastructures import UploadFile
from starlette.responses import Response

from flows import accounts as signing
from web import words
from web.visit import COOKIE, Visit, own_path

SECRET, DOORS = "password", ("/sign-in", "/welcome/", "/account/password", "/account/code")  # such a form is never kept
OURS = ("csrf", "act", "key", "version", "step", "next", "back")  # not typed by anybody
SHOWS_AGAIN = (  # where a form is, and which of its buttons shows it again as it was filled in, and does nothing else
    (re.compile(r"/tasks/\d+"), "save"),
    (re.compile(r"/papers/compose/[\w-]+|/papers/\d+/reword"), "look"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent, without its files, and whose it is (None: of whoever is signed in)."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    account_id: int | None

    @property
    def text(self) -> str:
        """As a page carries it through the sign-in."""
        return json.dumps(asdict(self))

    @property
    def again(self) -> str | None:
        """The button that shows the form as it was filled in; None where only sending it goes on."""
        return next((act for path, act in SHOWS_AGAIN if path.fullmatch(self.path)), None)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What is sent again; where a form can be shown again, that comes before anything is done with it."""
        fields = [(name, value) for name, value in self.fields if name != "csrf"]
        return [*((n, v) for n, v in fields if n != "act"), ("act", self.again)] if self.again else fields

    @property
    def typed(self) -> list[str]:
        """What the person wrote, for reading it again."""
        return [value for name, value in self.fields if name not in OURS and value.strip()]


def kept_of(visit: Visit) -> Kept | None:
    """The form of a visit whose session ended, or that comes from a page of an earlier session; None when it is nobody's,
    or holds a password."""
    form = visit.form.multi_items()
    carried = read_kept(visit.text("kept"))
    if carried is not None and visit.signed_in is not None:  # signed in meanwhile, in another window
        return carried if carried.account_id == visit.signed_in.account_id else None
    path = visit.request.url.path
    if not form or path.startswith(DOORS) or any(name == SECRET for name, _ in form):
        return None
    account = None
    if visit.signed_in is None:
        account = signing.account_behind(visit.office, visit.request.cookies.get(COOKIE, ""))
        if account is None:
            return None
    fields = tuple((name, value) for name, value in form if isinstance(value, str))
    files = tuple(value.filename for _, value in form if isinstance(value, UploadFile) and value.filename)
    return Kept(path, fields, files, account)


def read_kept(text: str) -> Kept | None:
    """What a page carried; None when there is nothing, or not what we wrote."""
    try:
        said = json.loads(text)
        fields = tuple((str(name), str(value)) for name, value in said["fields"])
        files = tuple(str(name) for name in said["files"])
        account = said["account_id"]
        if account is not None and not isinstance(account, int):
            return None
        return Kept(own_path(str(said["path"])), fields, files, account)
    except (ValueError, KeyError, TypeError):
        return None


def resume(visit: Visit, kept: Kept, status: int = 200) -> Response:
    """The page on which the person goes on with what was typed."""
    return visit.page("resume", status, kept=kept, note=words.KEPT_TASK if kept.again else words.KEPT_FORM)
