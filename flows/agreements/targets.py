"""Splitting targets by hand before anything is issued: whoever answers for the whole gives the parts, and they must make it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from config.agreements import Terms
from flows.agreements import desk
from flows.agreements.kinds import KINDS
from flows.office import Office
from records import agreements
from records.cases import Seat
from records.engine import writing
from rules.split import Gap, apportion, gaps
from states.agreement import move
from states.decision import Actor
from states.not_allowed import AgreementNumbered, FieldWrong, TargetsDoNotAddUp

Amounts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Split:
    """New targets of agreements: {agreement: {measure: amount}}; a measure that is left out stays."""

    targets: Mapping[int, Amounts]
    by: Actor
    at: datetime


def split_targets(office: Office, wanted: Split) -> int:
    """Give the targets, all or none; what lies below a changed agreement and was not given follows in proportion. How
    many agreements changed. Raises TargetsDoNotAddUp with the difference, AgreementNumbered, NotYourAgreement."""
    with writing(office.records) as conn:
        rows = {row.id: row for row in agreements.locked(conn, sorted(wanted.targets))}
        new: dict[int, dict[str, int]] = {}
        for agreement_id, amounts in wanted.targets.items():
            row = rows.get(agreement_id) or desk.the_agreement(conn, agreement_id)
            held = desk.answers_for(conn, row, wanted.by, wanted.at, "分解目标")
            new[row.id] = {**row.targets, **_known(desk.terms_of(conn, office, row), amounts)}
        for row in list(rows.values()):
            _follow(conn, row, new, rows)
        check_sums(conn, office, rows.values(), new)
        changed = [row for row in rows.values() if new[row.id] != row.targets]
        for row in changed:
            _keep(conn, row, new[row.id], held, wanted.at)
        return len(changed)


def _known(terms: Terms, amounts: Amounts) -> dict[str, int]:
    """The amounts by the keys of their measures. Raises MeasureUnknown, FieldWrong."""
    found = {terms.measure(name).key: amount for name, amount in amounts.items()}
    for key, amount in found.items():
        if amount < 0:
            raise FieldWrong(field=terms.measures[key].label, why="目标不能是负数。")
    return found


def _follow(conn: Connection, row: Any, new: dict[int, dict[str, int]], rows: dict[int, Any]) -> None:
    """The agreements below take over a changed whole in the proportion they had, unless they were given too."""
    below = agreements.children(conn, row.id)
    if not below or any(child.id in new for child in below) or new[row.id] == row.targets:
        return
    shares = {m: apportion(amount, {str(child.id): child.targets.get(m, 0) for child in below})
              for m, amount in new[row.id].items()}  # fmt: skip
    for child in agreements.locked(conn, [child.id for child in below]):
        rows[child.id] = child
        new[child.id] = {m: shares[m][str(child.id)] for m in new[row.id]}
        _follow(conn, child, new, rows)


def check_sums(conn: Connection, office: Office, rows: Iterable[Any], new: Mapping[int, Amounts]) -> None:
    """Every whole that a changed agreement is or belongs to is made by its parts (R4.2-02). Raises TargetsDoNotAddUp
    naming every level that does not add up, with its difference, the district first."""
    listed = list(rows)
    wrong: list[str] = []
    for code in sorted({row.code for row in listed if KINDS[row.code].splits == "district"}):
        wrong += _of_district(conn, office, next(row for row in listed if row.code == code), new)
    parents = {row.parent_id for row in listed if KINDS[row.code].splits == "parent" and row.parent_id is not None}
    for whole in sorted(parents | {row.id for row in listed}):
        row, below = agreements.agreement(conn, whole), agreements.children(conn, whole)
        if row is not None and below:
            found = gaps(new.get(whole, row.targets), [new.get(child.id, child.targets) for child in below])
            wrong += _says(desk.terms_of(conn, office, row), f"{row.to_name}（下级{len(below)}份）", found)
    if wrong:
        raise TargetsDoNotAddUp(gaps="；".join(wrong))


def _of_district(conn: Connection, office: Office, row: Any, new: Mapping[int, Amounts]) -> list[str]:
    """What the district has given out makes what it was given: the year's target of the pack in persons, and in every
    other measure what all of its agreements of that kind made before."""
    siblings = agreements.of_year(conn, row.year, (row.code,))
    terms, before = desk.terms_of(conn, office, row), _total(sibling.targets for sibling in siblings)
    whole = before | ({"persons": terms.target(row.year)} if "persons" in before else {})
    found = gaps(whole, [new.get(s.id, s.targets) for s in siblings])
    return _says(terms, f"全区（{KINDS[row.code].title}{len(siblings)}份）", found)


def _total(parts: Iterable[Amounts]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for measure, amount in part.items():
            total[measure] = total.get(measure, 0) + amount
    return total


def _says(terms: Terms, whole: str, found: Sequence[Gap]) -> list[str]:
    says = []
    for gap in found:
        measure = terms.measures.get(gap.measure)
        label, unit = (measure.label, measure.unit) if measure else (gap.measure, "")
        word = "少分" if gap.difference > 0 else "多分"
        says.append(f"{whole}{label}应为{gap.whole}{unit}，合计{gap.parts}{unit}，{word}{abs(gap.difference)}{unit}")
    return says


def _keep(conn: Connection, row: Any, targets: Amounts, held: Seat, at: datetime) -> None:
    if row.number is not None:
        raise AgreementNumbered(title=row.title, number=row.number)
    stage = Stage(row.title, row.status)
    move(stage, "split_targets")
    [kept] = agreements.add_targets(conn, [(row.id, targets, row.split + 1)])
    agreements.change(conn, row, {"targets": dict(targets), "split": row.split + 1, "status": stage.status})
    desk.line(conn, row.id, "split", {"targets": dict(targets), "rows": kept}, held, at)


@dataclass
class Stage:
    """An agreement's title and status in the hand of its machine."""

    title: str
    status: str
