"""区域总览: what an area has reached, street by street, and what its offices owe; every number opens the list it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from flows.household_view import STATES
from records import overview
from records.engine import reading
from records.overview import Ask, Band
from web import pictures
from web.access import SIGNED_IN, Pages
from web.listed import Names, ask_of, shown
from web.visit import TheVisit, Visit

pages = Pages("/area")
EXIT = "announce_exit"
BANDS: Mapping[Band, str] = {"overdue": "已逾期", "soon": "七日内到期", "later": "以后到期", "all": "全部"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One street (or community) with its numbers, each of which is counted from a list that can be opened."""

    code: str
    name: str
    planned: tuple[int, int]  # households, people planned for the year
    exited: tuple[int, int]
    left: tuple[int, int]  # still assisted
    overdue: int
    bar: Any

    @property
    def share(self) -> int:
        return 100 * self.exited[1] // self.planned[1] if self.planned[1] else 0


@pages.get("", SIGNED_IN, "区域总览")
def see_area(visit: TheVisit) -> Response:
    """The year's progress: the whole area above, its parts as tiles, the parts of a part one step further down."""
    pack = visit.office.pack
    year = visit.number("year") or _this_year(visit)
    with reading(visit.office.records) as conn:
        ask, area = ask_of(conn, visit)
        kind = "community" if area is not None and area.kind in ("street", "community") else "street"
        tiles = _tiles(conn, visit, ask, kind, year)
        whole = _whole(conn, visit, ask, year)
        bands = {band: overview.dues(ask, band).count(conn) for band in overview.OPEN}
        states = overview.households(ask, pack.id).by(conn, "state")
    targets = pack.targets() if area is None and _from_the_top(visit) else {}
    return visit.page(
        "area", tiles=tiles, whole=whole, year=year, years=sorted({*pack.targets(), year}), target=targets.get(year), area=area,
        bands=bands, titles=BANDS, states=[(k, STATES[k], states[k]) for k in STATES if k in states], deeper=kind == "street",
        bar=pictures.progress_bar(whole.exited[1], targets.get(year) or whole.planned[1]), link=link,
    )  # fmt: skip


def _from_the_top(visit: Visit) -> bool:
    """Does the visitor see the whole area for which the year's target is set?"""
    return visit.scope.everything or any(path.count("/") == 2 for path in visit.scope.paths)


def link(page: str, **asked: Any) -> str:
    """An address with its question, leaving out what is not asked."""
    return f"{page}?{urlencode({k: v for k, v in asked.items() if v not in (None, '', 0)})}"


def _this_year(visit: Visit) -> int:
    targets = sorted(visit.office.pack.targets())
    year = visit.today.year
    return year if not targets or year in targets or year < targets[0] else targets[-1]


def _lists(visit: Visit, ask: Ask, year: int) -> tuple[Any, Any, Any]:
    pack = visit.office.pack.id
    return (overview.households(ask, pack, planned_year=year), overview.moved(ask, pack, EXIT, year),
            overview.households(ask, pack, overview.WITH_HELP))  # fmt: skip


def _tiles(conn: Connection, visit: Visit, ask: Ask, kind: str, year: int) -> list[Tile]:
    planned, exited, left = (overview.by_area(conn, ask, listing, kind) for listing in _lists(visit, ask, year))
    late = overview.by_area(conn, ask, overview.dues(ask, "overdue"), kind)
    nothing = (0, 0)
    return [
        Tile(row.code, row.name, planned.get(row.code, nothing), exited.get(row.code, nothing), left.get(row.code, nothing),
             late.get(row.code, nothing)[0],
             pictures.progress_bar(exited.get(row.code, nothing)[1], planned.get(row.code, nothing)[1]))
        for row in overview.areas_below(conn, ask, kind)
        if row.code in planned or row.code in exited or row.code in left or row.code in late or kind == "street"
    ]  # fmt: skip


def _whole(conn: Connection, visit: Visit, ask: Ask, year: int) -> Tile:
    planned, exited, left = (listing.total(conn) for listing in _lists(visit, ask, year))
    return Tile("", "", planned, exited, left, overview.dues(ask, "overdue").count(conn), "")


@pages.get("/exits", SIGNED_IN, "当年退出名单")
def see_exits(visit: TheVisit) -> Response:
    """The households that exited in a year: the list behind the number."""
    year = visit.number("year") or _this_year(visit)
    with reading(visit.office.records) as conn:
        ask, area = ask_of(conn, visit)
        listed, name = shown(conn, overview.moved(ask, visit.office.pack.id, EXIT, year), visit), Names(conn, visit)
        rows = [{"row": r, "place": name.of_path(r.area_path), "state": STATES[r.state]} for r in listed.rows]
    return visit.page("exits", rows=rows, listed=listed, area=area, year=year)


@pages.get("/dues", SIGNED_IN, "应办事项")
def see_dues(visit: TheVisit) -> Response:
    """What is owed, the most overdue first: the list behind the number."""
    band: Band = next((b for b in BANDS if b == visit.text("band")), "all")
    with reading(visit.office.records) as conn:
        ask, area = ask_of(conn, visit)
        listing = overview.dues(ask, band, visit.text("office") or None)
        listed, name = shown(conn, listing, visit), Names(conn, visit)
        rows = [{"row": r, "place": name.of_path(r.area_path)} for r in listed.rows]
    return visit.page("dues", rows=rows, listed=listed, area=area, band=band, bands=BANDS, office=visit.text("office"))
