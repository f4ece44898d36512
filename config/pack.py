"""A policy pack: every number of a policy, with the clause or source it comes from and how far it is settled (truth 8).

A pack is one TOML file. A table with a `status` is an entry; `UNSET` entries refuse only where they are needed.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from config.pack_checks import problems_of
from rules.days import CalendarDays, Limit, WorkingDays
from rules.eligibility import Condition
from rules.income import Method
from rules.lines import ExitLine
from rules.meeting import MeetingRule
from rules.money import Yuan
from states.not_allowed import NoSuch, PackInvalid, PackValueUnset

POLICIES = Path(__file__).parent / "policies"
Status = Literal["UNSET", "DEFAULT", "CONFIRMED"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a pack. `clause` is an R-number of the policy, `source` any other origin."""

    key: str
    label: str
    value: Any
    unit: str
    clause: str
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step as the pack asks for it."""

    key: str
    title: str
    within: Limit | None
    status: Status


@dataclass(frozen=True, slots=True)
class ProcedureSpec:
    """One procedure as the pack asks for it: its steps in order."""

    key: str
    title: str
    steps: tuple[StepSpec, ...]


@dataclass(frozen=True, slots=True)
class BasisDocument:
    """A document that papers may cite from the day it was issued (R0-04)."""

    title: str
    number: str
    issued_on: date

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"


@dataclass(frozen=True)
class Pack:
    """A policy pack, validated. Two packs with the same `sha256` are the same."""

    id: str
    title: str
    sha256: str
    text: str
    valid_from: date
    valid_to: date | None
    entries: Mapping[str, Entry]
    labels: Mapping[str, str]
    procedures: Mapping[str, ProcedureSpec]
    documents: tuple[BasisDocument, ...]
    conditions: tuple[Condition, ...]
    certifiers: Mapping[str, str] = field(default_factory=dict)

    def entry(self, key: str) -> Entry:
        """The entry of that key. Raises NoSuch when the pack has none."""
        if key not in self.entries:
            raise NoSuch(what=f"政策包{self.id}的参数", key=key)
        return self.entries[key]

    def value(self, key: str, needed_for: str) -> Any:
        """The value of an entry. Raises PackValueUnset naming what cannot be done without it."""
        entry = self.entry(key)
        if entry.status == "UNSET":
            raise PackValueUnset(label=entry.label, key=key, needed_for=needed_for)
        return entry.value

    def integer(self, key: str, needed_for: str) -> int:
        return int(self.value(key, needed_for))

    def decimal(self, key: str, needed_for: str) -> Decimal:
        return Decimal(str(self.value(key, needed_for)))

    def texts(self, key: str, needed_for: str) -> tuple[str, ...]:
        return tuple(str(v) for v in self.value(key, needed_for))

    def yuan(self, key: str, needed_for: str) -> Yuan:
        return Yuan.of(str(self.value(key, needed_for)))

    def limit(self, key: str) -> Limit:
        """A time limit, in working or calendar days as its unit says."""
        value = self.value(key, self.entry(key).label)
        return as_limit(int(value), self.entry(key).unit)

    def label(self, key: str) -> str:
        """A word of this pack: what it calls the people, the register, its offices."""
        if key not in self.labels:
            raise NoSuch(what=f"政策包{self.id}的用语", key=key)
        return self.labels[key]

    def procedure(self, key: str) -> ProcedureSpec:
        if key not in self.procedures:
            raise NoSuch(what=f"政策包“{self.title}”的事项", key=key)
        return self.procedures[key]

    def publicity_limit(self) -> CalendarDays:
        """How long a notice hangs and how its days are counted (domain 8.1)."""
        return CalendarDays(
            self.integer("publicity.min_days", "公示"),
            bool(self.value("publicity.count_start_day", "公示")),
            bool(self.value("publicity.roll_if_last_day_off", "公示")),
        )

    def meeting_rule(self) -> MeetingRule:
        """The rule set for democratic reviews that the pack chose."""
        model = str(self.value("review_meeting.model", "民主评议"))
        rule = self.value("review_meeting.rules", "民主评议")[model]
        return MeetingRule(model, rule["title"], Fraction(rule["quorum"]), rule["quorum_strict"],
                           Fraction(rule["passes"]), rule["passes_strict"])  # fmt: skip

    def method(self, kind: str) -> Method:
        """The income method for "exit" or "entry"."""
        chosen = str(self.value(f"income.method_{kind}", "收入核算"))
        spec = self.value("income.methods", "收入核算")[chosen]
        return Method(chosen, spec["title"], frozenset(spec["leaves_out"]))

    def cutoff(self) -> tuple[int, int]:
        """The month and day on which a year's income sheet ends."""
        month, day = str(self.value("income.cutoff", "收入核算")).split("-")
        return int(month), int(day)

    def exit_line(self, year: int) -> ExitLine:
        """The exit line of a year. Raises PackValueUnset for a year that is not set."""
        key = f"exit_income.line.{year}"
        amount = self.yuan(key, f"{year}年退出核查")
        basis = str(self.value("exit_income.basis", "退出核查"))
        return ExitLine(year, amount, basis, self.entry(key).source, self.integer("exit_income.base_year", "退出核查"))

    def targets(self) -> dict[int, int]:
        """Yearly targets in persons: shown beside results, never a gate."""
        prefix = "targets_persons."
        return {int(k.removeprefix(prefix)): int(e.value) for k, e in self.entries.items() if k.startswith(prefix)}

    def baseline(self) -> dict[str, int]:
        """The control totals: households, persons, communities, helper_units; empty when the pack has none."""
        prefix = "baseline."
        return {k.removeprefix(prefix): int(e.value) for k, e in self.entries.items() if k.startswith(prefix)}

    def legal_basis(self, on: date) -> tuple[BasisDocument, ...]:
        """Documents issued on or before that day: a paper of 2016 cannot cite one of July 2017 (R0-04)."""
        return tuple(d for d in self.documents if d.issued_on <= on)


def as_limit(count: int, unit: str) -> Limit:
    """A count of days in a unit of the pack."""
    return WorkingDays(count) if unit == "working_days" else CalendarDays(count)


def read_pack(name: str | Path) -> Pack:
    """A shipped pack by name, or a pack file by path. Raises PackInvalid naming every fault, NoSuch for no file."""
    path = Path(name)
    if not path.suffix:
        path = POLICIES / f"{name}.toml"
    if not path.is_file():
        raise NoSuch(what="政策包", key=str(name))
    return parse_pack(path.read_text(encoding="utf-8"))


def parse_pack(text: str) -> Pack:
    """A pack from its text. Raises PackInvalid naming every key that is wrong and why."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as no:
        raise PackInvalid(count=1, problems=f"文件不是有效的TOML：{no}") from no
    problems = problems_of(raw)
    if problems:
        listed = "；".join(f"{p.key}：{p.why}" for p in problems)
        raise PackInvalid(count=len(problems), problems=listed)
    head = raw["pack"]
    return Pack(
        id=head["id"], title=head["title"], sha256=hashlib.sha256(text.encode()).hexdigest(), text=text,
        valid_from=head["valid_from"], valid_to=head.get("valid_to"), entries=_entries(raw), labels=raw["labels"],
        procedures={k: _procedure(k, v) for k, v in raw["procedures"].items()},
        documents=tuple(sorted((BasisDocument(d["title"], d["number"], d["issued_on"]) for d in raw["documents"]),
                               key=lambda d: d.issued_on)),
        conditions=tuple(Condition(c["code"], c["title"], c["clause"], c["may_not_apply"]) for c in raw["checklist"]),
        certifiers={c["code"]: c["certifier"] for c in raw["checklist"]},
    )  # fmt: skip


def _entries(raw: Mapping[str, Any], prefix: str = "") -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for name, value in raw.items():
        if not isinstance(value, dict) or (not prefix and name in ("pack", "labels", "procedures")):
            continue
        key = f"{prefix}{name}"
        if "status" in value:
            found[key] = Entry(key, value["label"], value.get("value"), value.get("unit", ""), value.get("clause", ""),
                               value.get("source", ""), value["status"])  # fmt: skip
        else:
            found.update(_entries(value, f"{key}."))
    return found


def _procedure(key: str, raw: Mapping[str, Any]) -> ProcedureSpec:
    steps = tuple(
        StepSpec(s["key"], s["title"], as_limit(s["limit"], s["unit"]) if "limit" in s else None, s["status"])
        for s in raw["steps"]
    )
    return ProcedureSpec(key, raw["title"], steps)
