"""One page of a list for a page of ours: the rows, how many there are in all, and for how many people they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from records import areas
from records.listing import PAGE, Listing
from records.overview import Ask
from rules.jurisdiction import covers
from states.not_allowed import OutsideYourArea
from web.visit import Visit


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a list; `count` is the number that stands wherever the list is counted."""

    rows: tuple[Any, ...]
    count: int
    people: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE))


def shown(conn: Connection, listing: Listing, visit: Visit) -> Shown:
    """The page of the list that the address asks for."""
    count, people = listing.total(conn)
    page = min(max(1, visit.number("page", 1)), max(1, -(-count // PAGE)))
    return Shown(tuple(listing.page(conn, page)), count, people, page)


def ask_of(conn: Connection, visit: Visit) -> tuple[Ask, Any]:
    """The visitor's question, narrowed to the area that the address names, and that area (None: all one may see).

    Raises OutsideYourArea for an area that the visitor's scope does not touch."""
    code = visit.text("area")
    if not code:
        return Ask(visit.scope, visit.today, headed=visit.headed, person_id=visit.me.person_id), None
    area = areas.area(conn, code, visit.today)
    inside = any(path.startswith(area.path) for path in visit.scope.paths)
    if not (covers(visit.scope, area.path) or inside or visit.scope.households):
        raise OutsideYourArea(what=area.name)
    return Ask(visit.scope, visit.today, area.path, visit.headed, visit.me.person_id), area


class Names:
    """Names of areas by code, looked up once."""

    def __init__(self, conn: Connection, visit: Visit) -> None:
        self._names = {row.code: row.name for row in areas.areas_on(conn, visit.today)}

    def __call__(self, code: str) -> str:
        return str(self._names.get(code, code))

    def of_path(self, path: str) -> str:
        """The names on a path below its root."""
        return "".join(self(code) for code in path.strip("/").split("/")[1:]) or self(path.strip("/"))
