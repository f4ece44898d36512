"""What a person had typed when the session ended or the page grew old: kept through the sign-in, in the page itself, and
sent only when the person says so again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from starlette.datastructures import UploadFile
from starlette.responses import Response

from flows import accounts as signing
from web import words
from web.visit import COOKIE, Visit, own_path

SECRET = ("password", "again", "old", "code")  # a form with one of these is never kept
OURS = ("csrf", "act", "key", "version", "step", "next", "back")  # not typed by anybody
TASK = "/tasks/"


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
    def is_task(self) -> bool:
        """A task's form has a place where it is put aside: the person gets it back as it was."""
        return self.path.startswith(TASK) and self.path.removeprefix(TASK).isdigit()

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What is sent again: a task's form is put aside first, so that the person sees it before anything is decided."""
        fields = [(name, value) for name, value in self.fields if name != "csrf"]
        return [(n, v) for n, v in fields if n != "act"] + [("act", "save")] if self.is_task else fields

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
    if not form or any(name in SECRET for name, _ in form):
        return None
    account = None
    if visit.signed_in is None:
        account = signing.account_behind(visit.office, visit.request.cookies.get(COOKIE, ""))
        if account is None:
            return None
    fields = tuple((name, value) for name, value in form if isinstance(value, str))
    files = tuple(value.filename for _, value in form if isinstance(value, UploadFile) and value.filename)
    return Kept(visit.request.url.path, fields, files, account)


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
    return visit.page("resume", status, kept=kept, note=words.KEPT_TASK if kept.is_task else words.KEPT_FORM)
