"""What a filling function is given, and what it is registered with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from config.pack import Pack
from flows.office import Office
from records import areas, cases, enrolments, facts, help, offices, register
from records.cases import CaseRow
from records.register import HouseholdOn
from rules.days import in_chinese
from states.household import HouseholdPath
from states.not_allowed import NoSuch
from templates.paper import Paper

CITED = 2  # the nearest superior documents; a paper that cites everything cites nothing
TITLES = {
    "D-08": "关于{year}年拟{entering}{label}名单的公示",
    "D-09": "关于报送{year}年{matter}{label}名单的函",
    "D-10": "关于{year}年{matter}{label}名单的审核意见",
    "D-11": "关于{year}年拟{entering}{label}名单的公示",
    "D-12": "关于{year}年{matter}{label}名单的复核意见",
    "D-15": "关于{year}年{entering}{label}的公告",
    "D-31": "{year}年{matter}{label}名单",
    "D-35": "关于{year}年{matter}{label}名单的公示",
    "D-36": "关于{year}年{matter}{label}名单的审核意见",
    "D-37": "关于{year}年{matter}{label}名单的公示",
    "D-38": "关于核定{year}年{leaving}{label}的批复",
    "D-39": "关于{year}年{leaving}{label}的公告",
}


def once(known: dict[Any, Any], what: tuple[Any, ...], read: Callable[[], Any]) -> Any:
    """What was read before under that name, or is read now."""
    if what not in known:
        known[what] = read()
    return known[what]


@dataclass(frozen=True, slots=True)
class Draft:
    """The cause of a paper and the day it is drawn up."""

    conn: Connection
    office: Office
    pack: Pack  # the pack that the case was frozen with
    code: str
    step: str
    on: date
    area_path: str
    case: CaseRow  # the case, or the first case of the act
    act: Any | None  # a row of round_acts when the paper covers an act
    case_ids: tuple[int, ...]  # every case the paper covers
    # what was read already, for all papers of a pile
    pile: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def household_id(self) -> int | None:
        """The household the paper belongs to; None for papers that cover several or another subject."""
        return self.case.subject_id if self.act is None and self.case.subject_kind == "household" else None

    @property
    def home(self) -> HouseholdOn:
        """The case's household as of the day."""
        return home_of(self, self.case.subject_id)

    def fact(self, step: str, key: str, default: Any = "") -> Any:
        """What a step's form was filled with."""
        return self.case.facts.get(step, {}).get(key, default)

    def day(self, step: str, key: str) -> date | None:
        """A day that a step's form was filled with."""
        text = self.fact(step, key, None)
        return date.fromisoformat(text) if text else None

    def title_of(self, paper: Paper) -> str:
        """The title under which the paper is listed: what it is about, and whose."""
        if self.act is None:
            return _joined(self.case.title, paper.title)
        if self.code not in TITLES:
            return f"{self.area_name(self.area_path)}{self.case.year}年{paper.title}"
        return f"{words_of(self, self.code)}（{self.area_name(self.area_path)}）"

    def area_name(self, path: str, depth: int = 0) -> str:
        """The name of the area a path leads to; depth 1 puts the area above in front of it."""
        codes = path.strip("/").split("/")[-1 - depth :]
        return "".join(self._area(code) for code in codes)

    def _area(self, code: str) -> str:
        return str(once(self.pile, ("area", code, self.on), lambda: areas.area(self.conn, code, self.on).name))

    @property
    def basis(self) -> str:
        """The documents that a paper of that day may cite (R0-04)."""
        return "、".join(str(d) for d in self.pack.legal_basis(self.on)[-CITED:])

    @property
    def label(self) -> str:
        return self.pack.label("household")

    def desk(self, level: str) -> Any:
        """The office of that level over the area. Raises NoSuch."""
        over = ("over", level, self.area_path)
        found = once(self.pile, over, lambda: offices.office_over(self.conn, level, self.area_path))
        if found is None:
            raise NoSuch(what="发文单位", key=self.area_path)
        return found

    def continues(self, until: date | str) -> str:
        """What goes on after an exit, and until when."""
        return self.pack.label("continues").format(until=in_chinese(until) if isinstance(until, date) else until)


def _joined(first: str, second: str) -> str:
    """One title behind another; a word that ends the one and begins the other is said once."""
    same = next((n for n in range(min(len(first), len(second)), 0, -1) if first.endswith(second[:n])), 0)
    return first + second[same:]


@dataclass(frozen=True, slots=True)
class Fill:
    """How one code is filled, and whose signature makes it an issued paper."""

    paper: type[Paper]
    level: str  # states.procedure.Level of the issuing office
    role: str  # the post that signs
    make: Callable[[Draft], Paper]


def home_of(draft: Draft, household_id: int) -> HouseholdOn:
    """A household as of the draft's day. Raises NoSuch."""
    home: HouseholdOn | None = once(draft.pile, ("home", household_id, draft.on),
                                    lambda: register.household_on(draft.conn, household_id, draft.on))  # fmt: skip
    if home is None:
        raise NoSuch(what=f"{draft.on}登记簿中的户", key=household_id)
    return home


def case_of(conn: Connection, known: dict[Any, Any], case_id: int) -> CaseRow:
    """A case that a paper is about. Raises NoSuch."""
    case: CaseRow | None = once(known, ("case", case_id), lambda: cases.see_case(conn, case_id))
    if case is None:
        raise NoSuch(what="办件", key=case_id)
    return case


def covered(draft: Draft) -> list[CaseRow]:
    """The cases that the paper covers, in their order on it."""
    return [case_of(draft.conn, draft.pile, case_id) for case_id in draft.case_ids]


def read_ahead(conn: Connection, known: dict[Any, Any], wanted: Mapping[date, Sequence[int]]) -> None:
    """What papers of a day are about (case ids by day), read in a few questions for all: the cases, and of their
    households how they stood on the day, who helps them and where they are on the path."""
    for on, ids in wanted.items():
        seen = cases.see_cases(conn, sorted(set(ids)))
        known.update((("case", case.id), case) for case in seen)
        homes = sorted({case.subject_id for case in seen if case.subject_kind == "household"})
        known.update((("home", home.id, on), home) for home in register.households_by_id(conn, homes, on))
        helped = help.pairings_on(conn, homes, on)
        known.update((("pairing", home, on), helped.get(home)) for home in homes)
        for pack_id in {case.pack_id for case in seen}:
            paths = enrolments.enrolments_of(conn, homes, pack_id)
            known.update((("path", home, pack_id), paths.get(home)) for home in homes)


def words_of(draft: Draft, code: str) -> str:
    """The title that a paper of that code has about these cases."""
    return TITLES[code].format(year=draft.case.year, leaving=draft.pack.label("exit"), label=draft.label,
                               matter=matter(draft), entering=entering(draft))  # fmt: skip


def entering(draft: Draft) -> str:
    """How a household comes in: for the first time, or again under its old number."""
    return "返贫再纳入" if draft.case.procedure == "relapse" else "认定"


def matter(draft: Draft) -> str:
    """What the case proposes, as it stands before the name of the people: 拟认定, 拟退出 …"""
    return {"exit": f"拟{draft.pack.label('exit')}", "relapse": "返贫再纳入", "removal": "拟剔除"}.get(
        draft.case.procedure, "拟认定"
    )


def head_name(home: HouseholdOn) -> str:
    return home.head.name if home.head is not None else ""


def helper_of(draft: Draft, household_id: int) -> Any:
    """The pairing in force on the day, or None."""
    return once(draft.pile, ("pairing", household_id, draft.on),
                lambda: help.pairing_on(draft.conn, household_id, draft.on))  # fmt: skip


def path_of(draft: Draft) -> enrolments.Enrolment | None:
    home, pack_id = draft.case.subject_id, draft.case.pack_id
    path: enrolments.Enrolment | None = once(draft.pile, ("path", home, pack_id),
                                             lambda: enrolments.enrolment_of(draft.conn, home, pack_id))  # fmt: skip
    return path


def exited_on(draft: Draft) -> date | None:
    """The day of the household's last announced exit, also once a relapse has taken it off the path."""
    path = path_of(draft)
    if path is None or path.exited_on is not None:
        return path.exited_on if path else None
    moves = enrolments.path_of_household(draft.conn, draft.case.subject_id)
    days = [
        m.on
        for m in moves
        if m.enrolment_id == path.id and m.to_state == HouseholdPath.exited.value and m.on <= draft.on
    ]
    return days[-1] if days else None


def findings(draft: Draft, household_id: int) -> dict[str, Any]:
    """The finding that counts on the day, by condition."""
    return {row.condition: row for row in facts.findings_until(draft.conn, household_id, draft.on)}
