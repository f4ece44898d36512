"""Who may open a page: every route says so when it is declared, and is checked before its function runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends

from records.offices import ROLE_TITLES
from states.not_allowed import NotSignedIn, PageNotYours
from web.visit import Visit, the_visit

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
ONLY_READ = ("auditor", "discipline")


@dataclass(frozen=True, slots=True)
class Who:
    """The people a route is for. `roles` empty: everybody signed in."""

    title: str
    signed_in: bool = True
    roles: tuple[str, ...] = ()

    def admits(self, visit: Visit) -> bool:
        if not self.signed_in:
            return True
        return visit.signed_in is not None and (not self.roles or visit.role in self.roles)


def roles(*wanted: str) -> Who:
    """People acting in one of these posts."""
    return Who("、".join(ROLE_TITLES[role] for role in wanted), roles=wanted)


PUBLIC = Who("任何人", signed_in=False)
SIGNED_IN = Who("登录的人")  # reading, or one's own account
STAFF = Who("办理人员", roles=tuple(role for role in ROLE_TITLES if role not in ONLY_READ))  # whatever changes records
OFFICES = Who(
    "单位人员", roles=tuple(role for role in ROLE_TITLES if role != "helper")
)  # for a helper there is nothing
ADMIN = roles("administrator")


@dataclass(frozen=True, slots=True)
class Gate:
    """The check that stands before a route's function."""

    who: Who
    page: str

    def __call__(self, visit: Annotated[Visit, Depends(the_visit)]) -> None:
        if self.who.admits(visit):
            return
        if visit.signed_in is None:
            raise NotSignedIn()
        raise PageNotYours(page=self.page, who=self.who.title, post=visit.post_title)


class Pages:
    """The routes of one subject. `get` and `post` cannot be used without saying who may."""

    def __init__(self, prefix: str = "") -> None:
        self.router = APIRouter(prefix=prefix)

    def get(self, path: str, who: Who, title: str = "本页") -> Callable[[Endpoint], Endpoint]:
        return self._add("GET", path, who, title)

    def post(self, path: str, who: Who, title: str = "本页") -> Callable[[Endpoint], Endpoint]:
        """A form's address. Its token is checked by the visit, before anything else."""
        return self._add("POST", path, who, title)

    def _add(self, method: str, path: str, who: Who, title: str) -> Callable[[Endpoint], Endpoint]:
        def keep(endpoint: Endpoint) -> Endpoint:
            self.router.add_api_route(
                path, endpoint, methods=[method], dependencies=[Depends(Gate(who, title))], include_in_schema=False,
                response_model=None,
            )  # fmt: skip
            return endpoint

        return keep
