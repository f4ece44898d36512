"""Pictures made on the server as SVG: they need no script, print as they are, and say in words what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from flows.household_view import STATES, Stop, Year
from rules.days import in_chinese

ROAD = ("applicant", "identified", "assisted", "exited", "monitored", "stable")
SIDE: Mapping[str, str] = {"declined": "applicant", "removed": "assisted", "closed": "assisted"}
STEP, TOP, HIGH, HIGHER = 150, 26, 92, 128


@dataclass(frozen=True, slots=True)
class Spot:
    """A state on the picture: where it stands and how it is shown."""

    key: str
    x: int
    seen: str  # was, is, not yet


def path_picture(stops: Sequence[Stop]) -> Markup:
    """The household's path: states it passed filled, the present one ringed, each with the day it was last reached."""
    now = stops[-1].state if stops else ""
    reached = {stop.state: stop for stop in stops}
    road = [key for key in ROAD if key != "applicant" or key in reached] + [k for k in SIDE if k in reached]
    spots = [Spot(k, 80 + n * STEP, _seen(k, now, reached, road)) for n, k in enumerate(road)]
    width, arcs = 160 + STEP * (len(spots) - 1), _returns(stops, spots)
    said = "；".join(f"{in_chinese(s.on)}{s.event}，{s.title}" for s in stops) or "尚未进入"
    parts = [
        f'<svg class="picture path" width="{width}" viewBox="0 0 {width} {HIGHER if arcs else HIGH}" role="img" aria-label="户路径：{escape(said)}">',
        f'<line x1="80" y1="{TOP}" x2="{80 + STEP * (len(spots) - 1)}" y2="{TOP}" class="road"/>',
        *(_spot(spot, reached) for spot in spots),
        *arcs,
        "</svg>",
    ]
    return Markup("".join(parts))  # every text in it was escaped above


def _seen(key: str, now: str, reached: Mapping[str, Stop], road: Sequence[str]) -> str:
    if key == now:
        return "is"
    passed = key in reached or (key in ROAD and now in ROAD and ROAD.index(key) < ROAD.index(now))
    return "was" if passed and key in road else "not-yet"


def _spot(spot: Spot, reached: Mapping[str, Stop]) -> str:
    stop = reached.get(spot.key)
    day = f"{stop.on.year}.{stop.on.month}.{stop.on.day}" if stop else ""
    return (
        f'<g class="spot {spot.seen}"><circle cx="{spot.x}" cy="{TOP}" r="11"/>'
        f'<text x="{spot.x}" y="{TOP + 34}" text-anchor="middle" class="name">{escape(STATES.get(spot.key, spot.key))}</text>'
        f'<text x="{spot.x}" y="{TOP + 54}" text-anchor="middle" class="when">{day}</text></g>'
    )


def _returns(stops: Sequence[Stop], spots: Sequence[Spot]) -> list[str]:
    """An arc back for each relapse."""
    at = {spot.key: spot.x for spot in spots}
    arcs = []
    for before, after in pairwise(stops):
        if at.get(after.state, 0) < at.get(before.state, 0):
            x1, x2, y = at[before.state], at[after.state], TOP + 62
            arcs.append(
                f'<path class="return-arc" d="M {x1} {y} C {x1} {y + 34}, {x2} {y + 34}, {x2} {y}"/>'
                f'<text x="{(x1 + x2) // 2}" y="{y + 32}" text-anchor="middle" class="when">{escape(after.event)} '
                f"{after.on.year}.{after.on.month}</text>"
            )
    return arcs


def income_picture(years: Sequence[Year]) -> Markup:
    """Income per head by year as bars, with the year's line across each."""
    if not years:
        return Markup("")
    most = max(max(y.sheet.per_head.fen, y.line.fen if y.line else 0) for y in years) or 1
    width, high, base = max(110 * len(years) + 40, 260), 222, 170
    bars = []
    for n, year in enumerate(years):
        x, each = 40 + n * 110, year.sheet.per_head
        tall = max(1, 130 * each.fen // most) if each.fen > 0 else 1
        bars.append(
            f'<rect class="column" x="{x}" y="{base - tall}" width="56" height="{tall}"/>'
            f'<text class="name" x="{x + 28}" y="{base - tall - 6}" text-anchor="middle">{each.fen // 100}</text>'
            f'<text class="when" x="{x + 28}" y="{base + 20}" text-anchor="middle">{year.year}年</text>'
        )
        if year.line:
            y = base - 130 * year.line.fen // most
            bars.append(f'<line class="line" x1="{x - 12}" y1="{y}" x2="{x + 68}" y2="{y}"/>')
    said = "；".join(
        f"{y.year}年人均{y.sheet.per_head.plain}元" + (f"，标准{y.line.plain}元" if y.line else "") for y in years
    )
    return Markup(
        f'<svg class="picture income" width="{width}" viewBox="0 0 {width} {high}" role="img" aria-label="{escape(said)}">'
        f'<line class="road" x1="20" y1="{base}" x2="{width - 10}" y2="{base}"/>{"".join(bars)}'
        f'<text class="when" x="20" y="{high - 4}">人均可支配收入（元）{"，横线为当年标准" if any(y.line for y in years) else ""}</text></svg>'
    )


def progress_bar(done: int, wanted: int) -> Markup:
    """How much of a yearly target is done; the words beside it say the numbers."""
    share = min(100, 100 * done // wanted) if wanted else 0
    return Markup(
        f'<svg class="progress-line" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rest" width="100" height="6"/><rect class="done" width="{share}" height="6"/></svg>'
    )
