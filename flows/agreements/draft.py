"""Drafting a year's agreements: every party of the cascade once, its targets a part of those above it (R4.2-02, R1.3-10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from config.agreements import Terms
from flows.agreements import desk
from flows.agreements.figures import planned, sums
from flows.agreements.kinds import KINDS, Kind, Side
from flows.office import Office
from records import agreements, areas, ledger, offices, register, standing
from records.cases import Seat
from records.engine import one_at_a_time, writing
from records.standing import Standing
from rules.days import day_of
from rules.split import apportion
from states.agreement import move
from states.decision import Actor


@dataclass(frozen=True, slots=True)
class Which:
    """The agreements of a year; of some kinds (with those above them), or all of them; made for the year, or because of a
    pairing in the middle of it."""

    year: int
    at: datetime
    codes: Sequence[str] = ()
    cause: Literal["year", "pairing"] = "year"

    def asks_for(self, code: str) -> bool:
        return not self.codes or code in self.codes or any(KINDS[c].parent == code for c in self.codes)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The agreements that somebody wants made."""

    year: int
    by: Actor
    at: datetime
    codes: Sequence[str] = ()

    @property
    def which(self) -> Which:
        return Which(self.year, self.at, self.codes)


@dataclass(frozen=True, slots=True)
class Node:
    """One agreement as it is planned: its parties, and what its targets are weighed by."""

    key: str
    code: str
    parent: str  # key of the agreement above; empty: the district's targets, or none
    from_office: str
    to_office: str
    from_name: str
    to_name: str
    area_path: str
    weights: Mapping[str, int] = field(default_factory=dict)
    person_id: int | None = None
    household_id: int | None = None


@dataclass(frozen=True)
class Ground:
    """What a year's agreements are planned upon: the register, the offices and the pack on a day."""

    conn: Connection
    terms: Terms
    year: int
    on: date
    homes: Sequence[Standing]

    def amounts(self, home: Standing) -> dict[str, int]:
        return planned(self.terms, home, self.year)

    def weigh(self, by: Callable[[Standing], str | None]) -> dict[str, dict[str, int]]:
        return sums(self.homes, self.amounts, by)

    def totals(self) -> dict[str, int]:
        """The district's own targets: the pack's in persons, the register's in everything else."""
        counted = self.weigh(lambda home: "")
        found = {key: counted.get("", {}).get(key, 0) for key in self.terms.measures}
        return found | ({"persons": self.terms.target(self.year)} if "persons" in found else {})


def draft_year(office: Office, wanted: Wanted) -> dict[str, int]:
    """Draft what the year still lacks, all in one transaction; how many of each kind. What is there stays as it is, and
    what is new takes over what its siblings leave of the targets above. Raises PackValueUnset, NotYourAgreement."""
    with writing(office.records) as conn:
        held = desk.district(conn, wanted.by, wanted.at, "拟订")
        return draft_in(conn, office, wanted.which, held)


def draft_in(conn: Connection, office: Office, wanted: Which, held: Seat) -> dict[str, int]:
    """`draft_year` inside a transaction."""
    one_at_a_time(conn, f"agreements:{wanted.year}")
    terms, on = Terms(office.pack), day_of(wanted.at)
    ground = Ground(conn, terms, wanted.year, on, standing.standings(conn, office.pack.id, on))
    known = {row.key: row for row in agreements.of_year(conn, wanted.year)}
    made: dict[str, tuple[int, Mapping[str, int]]] = {key: (row.id, row.targets) for key, row in known.items()}
    of, void = agreements.ids_by_key(conn, wanted.year)
    given: dict[tuple[str, str], list[Mapping[str, int]]] = {}
    for row in known.values():
        given.setdefault((row.code, of[row.parent_id] if row.parent_id else ""), []).append(row.targets)
    drafted: Counter[str] = Counter()
    for parent, nodes in _groups(ground):
        missing = [node for node in nodes if node.key not in known]
        if not missing or not wanted.asks_for(missing[0].code):
            continue
        whole = ground.totals() if not parent else made[parent][1]
        parent_id = made[parent][0] if parent else None
        planned_so = list(_split(whole, given.get((missing[0].code, parent), ()), missing))
        made |= _write(ground, wanted, held, planned_so, parent_id)
        for key in void.intersection(node.key for node in missing):
            agreements.adopt(conn, key, made[key][0])
        drafted[missing[0].code] += len(planned_so)
    return dict(drafted)


def _split(whole: Mapping[str, int], given: Iterable[Mapping[str, int]], missing: Sequence[Node]
           ) -> Iterator[tuple[Node, dict[str, int]]]:  # fmt: skip
    """What is left of every measure, over those who have nothing yet. A household's agreement states its own plan."""
    if KINDS[missing[0].code].splits == "none":
        yield from ((node, dict(node.weights)) for node in missing)
        return
    listed = list(given)
    left = {m: max(0, amount - sum(part.get(m, 0) for part in listed)) for m, amount in whole.items()}
    shares = {m: apportion(left[m], {node.key: node.weights.get(m, 0) for node in missing}) for m in whole}
    for node in missing:
        yield node, {m: shares[m][node.key] for m in whole}


def _groups(ground: Ground) -> Iterator[tuple[str, list[Node]]]:
    """The agreements whose targets make up one whole, parents first."""
    streets, units = _streets(ground), _units(ground)
    yield "", streets
    yield from ((street.key, _communities(ground, street)) for street in streets)
    yield "", units
    helpers = _helpers(ground)
    yield from ((unit.key, helpers[unit.key]) for unit in units if unit.key in helpers)
    homes = _households(ground)
    if homes:
        yield "", homes


def _streets(ground: Ground) -> list[Node]:
    weights = ground.weigh(lambda home: "/".join(home.area_path.split("/")[:3]) + "/")
    name, street = ground.terms.word("district"), ground.terms.word("street")
    found = []
    for row, path in _placed(ground, "street"):
        called = street.format(street=row.name.removesuffix("办事处"))
        found.append(Node(f"{ground.year}:D-20:{row.code}", "D-20", "", _group(ground), row.code, name, called, path,
                          weights.get(path, {})))  # fmt: skip
    return found


def _communities(ground: Ground, street: Node) -> list[Node]:
    weights = ground.weigh(lambda home: home.area_path if home.area_path.startswith(street.area_path) else None)
    return [
        Node(f"{ground.year}:D-21:{row.code}", "D-21", street.key, street.to_office, row.code, street.to_name,
             row.name, path, weights.get(path, {}))
        for row, path in _placed(ground, "community") if path.startswith(street.area_path)
    ]  # fmt: skip


def _units(ground: Ground) -> list[Node]:
    weights, name = ground.weigh(lambda home: home.unit), ground.terms.word("district")
    return [
        Node(f"{ground.year}:D-22:{row.code}", "D-22", "", _group(ground), row.code, name, row.name, path,
             weights.get(row.code, {}))
        for row, path in _placed(ground, "helper")
    ]  # fmt: skip


def _helpers(ground: Ground) -> dict[str, list[Node]]:
    """By their unit's agreement: everybody who is paired with a household, under the unit that pairs him."""
    weights = ground.weigh(lambda home: f"{home.unit}:{home.helper_id}" if home.helper_id else None)
    paths = {row.code: (row.name, path) for row, path in _placed(ground, "helper")}
    names = offices.names(ground.conn, [int(key.rpartition(":")[2]) for key in weights])
    found: dict[str, list[Node]] = {}
    for key in sorted(weights):
        unit, _, person = key.rpartition(":")
        if unit not in paths:
            continue
        parent = f"{ground.year}:D-22:{unit}"
        found.setdefault(parent, []).append(
            Node(f"{ground.year}:D-22A:{key}", "D-22A", parent, unit, unit, paths[unit][0], names[int(person)],
                 paths[unit][1], weights[key], int(person))
        )  # fmt: skip
    return found


def _households(ground: Ground) -> list[Node]:
    """One for each household that has a helper, between its unit, itself and its community."""
    desks = {path: row for row, path in _placed(ground, "community")}
    units = {row.code: row.name for row in offices.offices_of(ground.conn, "helper")}
    heads = register.head_names(ground.conn, ground.on)
    return [
        Node(f"{ground.year}:D-19:{home.household_id}", "D-19", "", home.unit, desks[home.area_path].code,
             units.get(home.unit, home.unit), heads[home.household_id], home.area_path, ground.amounts(home),
             home.helper_id, home.household_id)
        for home in ground.homes
        if home.unit and home.helper_id and home.area_path in desks and home.household_id in heads
    ]  # fmt: skip


def _placed(ground: Ground, level: str) -> Iterator[tuple[Any, str]]:
    """Every office of a level in force on the day, with the path of its area."""
    paths = {row.code: row.path for row in areas.areas_on(ground.conn, ground.on)}
    for row in offices.offices_of(ground.conn, level):
        if (
            row.valid_from <= ground.on
            and (row.valid_to is None or row.valid_to > ground.on)
            and row.area_code in paths
        ):
            yield row, paths[row.area_code]


def _group(ground: Ground) -> str:
    return str(offices.offices_of(ground.conn, "group")[0].code)


def _write(ground: Ground, wanted: Which, held: Seat, nodes: Sequence[tuple[Node, dict[str, int]]], parent: int | None
           ) -> dict[str, tuple[int, Mapping[str, int]]]:  # fmt: skip
    """Agreements of one group with their targets, signers and ledger lines."""
    conn, status = ground.conn, _split_status()
    ids = agreements.add_many(conn, [
        {"key": node.key, "code": node.code, "year": ground.year, "pack_id": ground.terms.pack.id,
         "pack_sha256": ground.terms.pack.sha256, "title": _title(ground, node), "parent_id": parent,
         "from_office": node.from_office, "to_office": node.to_office, "from_name": node.from_name,
         "to_name": node.to_name, "person_id": node.person_id, "household_id": node.household_id,
         "area_path": node.area_path, "status": status, "targets": amounts, "split": 1, "drafted_at": wanted.at,
         "cause": wanted.cause}
        for node, amounts in nodes
    ])  # fmt: skip
    rows = agreements.add_targets(conn, [(i, amounts, 1) for i, (_, amounts) in zip(ids, nodes, strict=True)])
    agreements.add_signers(conn, [s for i, (node, _) in zip(ids, nodes, strict=True)
                                  for s in _signers(ground.terms, KINDS[node.code], node, i)])  # fmt: skip
    lines = []
    for made, (node, amounts), kept in zip(ids, nodes, rows, strict=True):
        body = {"agreement": made, "code": node.code, "year": ground.year, "targets": amounts, "rows": kept,
                "office": held.office, "post": held.post}  # fmt: skip
        lines.append(
            ledger.make_line(f"agreement:{made}", ledger.START, "drafted", body, {"by": held.person}, wanted.at)
        )
    ledger.add_lines(conn, lines)
    return {node.key: (i, amounts) for i, (node, amounts) in zip(ids, nodes, strict=True)}


def _split_status() -> str:
    """A draft's targets are split as soon as it is made."""
    draft = _Draft()
    return move(draft, "split_targets")


@dataclass
class _Draft:
    title: str = "责任书"
    status: str = "draft"


def _title(ground: Ground, node: Node) -> str:
    if node.code == "D-19":
        return f"{ground.year}年{KINDS[node.code].title}（{node.to_name}户）"
    return f"{ground.year}年{ground.terms.title}（{node.to_name}）"


def _signers(terms: Terms, kind: Kind, node: Node, agreement_id: int) -> Iterator[dict[str, Any]]:
    for side in kind.sides:
        for capacity in terms.signers(side.signers) if side.signers else (side.capacity,):
            yield {"agreement_id": agreement_id, "party": side.party, "capacity": capacity, "role": side.role,
                   "office_code": _signs_at(kind, side, node), **_person(side, node)}  # fmt: skip


def _signs_at(kind: Kind, side: Side, node: Node) -> str:
    """The office of the signer: a helper signs at the unit, everybody else for the party itself."""
    return node.from_office if side.party == "a" or side.role == "helper" else node.to_office


def _person(side: Side, node: Node) -> dict[str, Any]:
    if not side.in_person:
        return {}
    if side.role is None:
        return {"name": node.to_name}
    return {"person_id": node.person_id, "name": node.to_name if node.code == "D-22A" else None}
