"""One household as of a day, whole: what its page shows and what its file gives out to the resident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from flows.gate import track_of
from flows.office import Office
from records import areas, household_file
from records.register import HouseholdOn
from rules.eligibility import Track
from rules.income import ITEMS, Sheet, compute, period_of
from rules.money import Yuan
from rules.register import PEOPLE_COLUMNS
from states.household import HouseholdPath
from states.not_allowed import NoSuch, PackValueUnset
from states.words import event_names

EVENTS: Mapping[str, str] = event_names(HouseholdPath)
STATES: Mapping[str, str] = {str(state.value): state.name for state in HouseholdPath.states}
TITLES: Mapping[str, str] = {column.key: column.title for column in PEOPLE_COLUMNS}
KINDS: Mapping[str, str] = {"capacity": "造血", "relief": "输血"}
OBLIGATIONS: Mapping[str, str] = {"revisit": "回访", "revisit_issue": "解决回访问题"}
CHANGES: Mapping[str, str] = {
    "registered": "登记", "joined": "成员增加", "left": "成员减少", "changed": "变更", "relation": "关系变更",
    "moved": "迁移", "closed": "销户",
}  # fmt: skip
VERDICTS: Mapping[str, str] = {"met": "达标", "not_met": "不达标", "not_applicable": "不适用"}


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the path: the state that was reached, by what, on which day."""

    state: str
    title: str
    event: str
    on: date
    pack_id: str
    case_id: int


@dataclass(frozen=True, slots=True)
class Year:
    """One year's income: per head, and the line it is compared with where the pack sets one."""

    year: int
    sheet: Sheet
    line: Yuan | None
    basis: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything kept about a household as of a day."""

    on: date
    home: HouseholdOn
    place: str
    state: str | None
    planned_year: int | None
    stops: tuple[Stop, ...]
    years: tuple[Year, ...]
    pairings: tuple[Any, ...]
    measures: tuple[Any, ...]
    visits: tuple[Any, ...]
    findings: tuple[Any, ...]
    papers: tuple[Any, ...]
    cases: tuple[Any, ...]
    events: tuple[Any, ...]

    @property
    def title(self) -> str:
        return f"{self.home.head.name}户" if self.home.head else f"户{self.home.number}"


def view(conn: Connection, office: Office, home: HouseholdOn, on: date) -> View:
    """The household's whole file as it stood at the end of that day."""
    key = home.id
    stops = tuple(_stop(row) for row in household_file.moves(conn, key, on))
    here = [p for p in household_file.paths(conn, key) if p.pack_id == office.pack.id]
    return View(
        on, home, place_of(conn, home.area_path, on), _standing(stops, here, on),
        here[0].planned_year if here else None, stops, tuple(_years(conn, office, home, on)),
        *(tuple(ask(conn, key, on)) for ask in (
            household_file.pairings, household_file.measures, household_file.visits, household_file.findings,
            household_file.papers, household_file.cases, household_file.events)),
    )  # fmt: skip


def _standing(stops: Sequence[Stop], here: Sequence[Any], on: date) -> str | None:
    """Where the path stands on the day; a path that began where it stands has no move yet."""
    if stops:
        return stops[-1].title
    return STATES[here[0].state] if here and here[0].since <= on else None


def _stop(row: Any) -> Stop:
    event = EVENTS.get(row.event, row.event)
    return Stop(row.to_state, STATES.get(row.to_state, row.to_state), event, row.on, row.pack_id, row.case_id)


def place_of(conn: Connection, path: str, on: date) -> str:
    """The names of the areas on a path below the root: 达濠街道葛洲社区."""
    names = []
    for code in path.strip("/").split("/")[1:]:
        try:
            names.append(areas.area(conn, code, on).name)
        except NoSuch:
            names.append(code)
    return "".join(names)


def _years(conn: Connection, office: Office, home: HouseholdOn, on: date) -> list[Year]:
    found = []
    for row in household_file.sheets(conn, home.id, on):
        items = {key: Yuan(fen) for key, fen in row._mapping["items"].items() if key in ITEMS}
        sheet = compute(office.pack.method("exit"), items, row.heads, period_of(row.year, office.pack.cutoff()))
        line, basis = _line(office, home, row.year)
        found.append(Year(row.year, sheet, line, basis))
    return found


def _line(office: Office, home: HouseholdOn, year: int) -> tuple[Yuan | None, str]:
    if track_of(home) is not Track.LABOUR:
        return None, "无劳动能力户，不以收入标准衡量"
    try:
        line = office.pack.exit_line(year)
    except (PackValueUnset, NoSuch):
        return None, f"{year}年标准尚未公布"
    return line.amount, line.says


def facts_shown(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Facts of the register under their Chinese titles, in the order of the workbook."""
    return [(title, shown(facts[key])) for key, title in TITLES.items() if facts.get(key) not in (None, "")]


def shown(value: Any) -> str:
    """A fact as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "、".join(f"{TITLES.get(k, k)}：{shown(v)}" for k, v in value.items() if v not in (None, ""))
    return "" if value is None else str(value)
