"""Filling the papers of agreements from the records: what a chunk needs is read together, each paper is then made alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from config.agreements import Terms
from records import agreements, areas, enrolments, help, offices, register, standing
from records.register import HouseholdOn
from records.standing import Standing
from rules.days import in_chinese
from rules.register import ABLE
from states.not_allowed import NoSuch
from templates.agreement import Helped, SignLine, Target
from templates.community_agreement import CommunityAgreement
from templates.help_agreement import AgreedMeasure, HelpAgreement
from templates.helper_agreement import HelperAgreement
from templates.paper import Paper
from templates.street_agreement import StreetAgreement
from templates.unit_agreement import UnitAgreement

CITED = 2


@dataclass
class Chunk:
    """The records that a chunk of agreements is filled from, on a day."""

    conn: Connection
    terms: Terms
    on: date
    rows: Sequence[Any]
    signers: Mapping[int, Sequence[Any]] = field(default_factory=dict)

    @cached_property
    def homes(self) -> dict[int, HouseholdOn]:
        """The households of the chunk's household agreements."""
        wanted = [row.household_id for row in self.rows if row.household_id is not None]
        return {home.id: home for home in register.households_by_id(self.conn, wanted, self.on)}

    @cached_property
    def planned(self) -> dict[int, int | None]:
        return enrolments.planned_years(self.conn, list(self.homes), self.terms.pack.id)

    @cached_property
    def measures(self) -> dict[int, list[Any]]:
        return help.measures_of(self.conn, list(self.homes), self.on)

    @cached_property
    def helped(self) -> dict[tuple[str, int], list[Standing]]:
        """The households by their unit (under helper 0) and by their helper, for the lists of units and helpers."""
        found: dict[tuple[str, int], list[Standing]] = {}
        for home in standing.standings(self.conn, self.terms.pack.id, self.on):
            if home.unit is not None and home.helper_id is not None:
                found.setdefault((home.unit, 0), []).append(home)
                found.setdefault((home.unit, home.helper_id), []).append(home)
        return found

    @cached_property
    def heads(self) -> dict[int, str]:
        return register.head_names(self.conn, self.on)

    @cached_property
    def people(self) -> dict[int, Any]:
        """Helpers by id: name and telephone."""
        ids = {row.person_id for row in self.rows if row.person_id is not None}
        if any(row.code in ("D-22", "D-22A") for row in self.rows):
            ids |= {helper for _, helper in self.helped if helper}
        return offices.people_of(self.conn, ids)

    @cached_property
    def areas(self) -> dict[str, str]:
        """The name of every area by its path."""
        return {row.path: row.name for row in areas.areas_on(self.conn, self.on)}

    def place(self, path: str) -> str:
        """A community with its street: 达濠街道青石社区."""
        street = "/".join(path.split("/")[:3]) + "/"
        return f"{self.areas.get(street, '')}{self.areas.get(path, '')}" if path != street else self.areas.get(path, "")


def paper_of(chunk: Chunk, row: Any, number: str) -> Paper:
    """The paper of one agreement under its number. Raises NoSuch for a household that the register no longer has."""
    return _MAKE[row.code](chunk, row, _common(chunk, row, number))


def sign_lines(signers: Iterable[Any], *parties: str) -> tuple[SignLine, ...]:
    """The places to sign of some parties; who succeeds another signs the same place."""
    return tuple(SignLine(capacity=s.capacity) for s in signers if s.party in parties and s.succeeds_id is None)


def _common(chunk: Chunk, row: Any, number: str) -> dict[str, Any]:
    terms, pack = chunk.terms, chunk.terms.pack
    return {
        "office": row.from_name, "other": row.to_name, "number": number, "year": row.year,
        "basis": "、".join(str(d) for d in pack.legal_basis(chunk.on)[-CITED:]), "label": pack.label("household"),
        "leaving": pack.label("exit"), "bond": terms.word("bond"), "re_sign": str(terms.re_sign_limit),
        "copies": terms.copies,
    }  # fmt: skip


def _bound(chunk: Chunk, row: Any, common: Mapping[str, Any]) -> dict[str, Any]:
    terms, signers = chunk.terms, chunk.signers.get(row.id, ())
    owed = row.code in terms.reported
    return {
        **common, "name": terms.title, "grades": "、".join(terms.grades),
        "report_by": in_chinese(terms.report_by(row.year)) if owed else "",
        "targets": tuple(
            Target(serial=n, label=m.label, unit=m.unit, amount=row.targets[m.key])
            for n, m in enumerate((m for m in terms.measures.values() if m.key in row.targets), 1)
        ),
        "signers": sign_lines(signers, "a"), "others": sign_lines(signers, "b"),
    }  # fmt: skip


def _street(chunk: Chunk, row: Any, common: Mapping[str, Any]) -> Paper:
    pack = chunk.terms.pack
    bound = _bound(chunk, row, common)
    return StreetAgreement(
        **bound, register=pack.label("register"), checklist=pack.label("checklist"),
        first="、".join(line.capacity for line in bound["others"]),
        duties="、".join(chunk.terms.duties),
        programmes="、".join(chunk.terms.programmes),
        communities=sum(path.startswith(row.area_path) and path != row.area_path for path in chunk.areas),
    )  # fmt: skip


def _community(chunk: Chunk, row: Any, common: Mapping[str, Any]) -> Paper:
    pack = chunk.terms.pack
    return CommunityAgreement(**_bound(chunk, row, common), register=pack.label("register"),
                              checklist=pack.label("checklist"))  # fmt: skip


def _unit(chunk: Chunk, row: Any, common: Mapping[str, Any]) -> Paper:
    domains = "、".join(chunk.terms.domains)
    return UnitAgreement(**_bound(chunk, row, common), rows=_roster(chunk, row), domains=domains)


def _helper(chunk: Chunk, row: Any, common: Mapping[str, Any]) -> Paper:
    return HelperAgreement(**_bound(chunk, row, common), rows=_roster(chunk, row))


def _roster(chunk: Chunk, row: Any) -> tuple[Helped, ...]:
    unit = row.to_office if row.code == "D-22" else row.from_office
    listed = chunk.helped.get((unit, row.person_id or 0), [])
    return tuple(
        Helped(serial=n, place=chunk.place(home.area_path), head=chunk.heads.get(home.household_id, "（无户主）"),
               size=home.persons, planned=f"{home.planned_year}年" if home.planned_year else "",
               helper=chunk.people[home.helper_id or 0].name)
        for n, home in enumerate(listed, 1)
    )  # fmt: skip


def _household(chunk: Chunk, row: Any, common: Mapping[str, Any]) -> Paper:
    home, pack = chunk.homes.get(row.household_id), chunk.terms.pack
    if home is None:
        raise NoSuch(what=f"{chunk.on}登记簿中的户", key=row.to_name)
    helper, months = chunk.people[row.person_id], pack.integer("consolidation.months", "责任书")
    year = chunk.planned.get(home.id)
    return HelpAgreement(
        **common, helper=helper.name, helper_phone=helper.phone or "",
        community=offices.name_of(chunk.conn, row.to_office), household_no=home.number,
        area=chunk.place(home.area_path), size=len(home.members),
        able=sum(m.facts.get("labour") in ABLE for m in home.members),
        attribute=str(home.facts.get("attribute") or ""), cause=str(home.facts.get("main_cause") or ""),
        planned_year=f"{year}年" if year else "", measures=_agreed(chunk.measures.get(home.id, ())),
        starts_on=date(row.year, 1, 1), ends_on=date(row.year, 12, 31), after=f"在{months}个月的巩固期内",
        complaint_line=pack.label("complaint_line"),
    )  # fmt: skip


def _agreed(measures: Iterable[Any]) -> tuple[AgreedMeasure, ...]:
    return tuple(
        AgreedMeasure(serial=n, programme=m.programme, content=m.title, owner=m.owner, term=_term(m))
        for n, m in enumerate(measures, 1)
    )


def _term(measure: Any) -> str:
    start = f"{measure.starts_on.year}年{measure.starts_on.month}月"
    return f"{start}至{measure.ends_on.year}年{measure.ends_on.month}月" if measure.ends_on else f"{start}起"


_MAKE: Mapping[str, Callable[[Chunk, Any, Mapping[str, Any]], Paper]] = {
    "D-19": _household, "D-20": _street, "D-21": _community, "D-22": _unit, "D-22A": _helper,
}  # fmt: skip


def chunk_of(conn: Connection, terms: Terms, on: date, rows: Sequence[Any]) -> Chunk:
    """Everything that is needed for the papers of these agreements."""
    return Chunk(conn, terms, on, rows, agreements.signers_of_many(conn, [row.id for row in rows]))
