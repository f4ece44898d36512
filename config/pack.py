"""A policy pack: every number of a policy, with the clause or source it comes from and how far it is settled (truth 8).

A pack is one TOML file. A table with a `status` is an entry; `UNSET` entries refuse only where they are needed.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from config.pack_checks import problems_of
from config.pack_shape import tables
from rules.days import CalendarDays, Limit, WorkingDays
from rules.eligibility import Condition
from rules.income import Method
from rules.ladder import Rung
from rules.lines import ExitLine
from rules.meeting import MeetingRule
from rules.money import Yuan
from rules.quality.finding import Thresholds
from rules.quiet import Quiet
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
    issuer: str = ""

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the exit checklist. `applies_to` is "every" household or those with a child of "school_age"."""

    code: str
    title: str
    clause: str
    applies_to: str
    evidence: str
    certifier: str
    may_not_apply: bool
    status: Status


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is filled in when an obligation is done; `must` is a flag that has to be set."""

    key: str
    title: str
    kind: str
    required: bool
    must: bool


@dataclass(frozen=True, slots=True)
class ObligationSpec:
    """How one kind of obligation is done."""

    kind: str
    title: str
    evidence: tuple[str, ...]
    asks: tuple[Ask, ...]


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
    doc_no: str = ""
    issued_on: date | None = None
    items: tuple[CheckItem, ...] = ()

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

    def word(self, key: str, needed_for: str) -> str:
        return str(self.value(key, needed_for))

    def texts(self, key: str, needed_for: str) -> tuple[str, ...]:
        return tuple(str(v) for v in self.value(key, needed_for))

    def flag(self, key: str, needed_for: str) -> bool:
        return bool(self.value(key, needed_for))

    def day(self, key: str, needed_for: str) -> date:
        found: date = self.value(key, needed_for)
        return found

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

    def publicity_limit(self) -> Limit:
        """How long a notice hangs before a decision, and how its days are counted (domain 8.1)."""
        return self._posted("publicity.min_days", "公示")

    def announcement_limit(self) -> Limit:
        """How long an announcement of a decision hangs; its days are counted as a notice's are."""
        return self._posted("publicity.announcement_days", "公告")

    def publicity_rounds(self) -> int:
        """How often a household's entry is made public before the decision: once or twice."""
        return self.integer("publicity.rounds", "公示")

    def _posted(self, key: str, needed_for: str) -> Limit:
        count = self.integer(key, needed_for)
        if self.entry(key).unit == "working_days":
            return WorkingDays(count)
        return CalendarDays(
            count,
            self.flag("publicity.count_start_day", needed_for),
            self.flag("publicity.roll_if_last_day_off", needed_for),
        )

    def rungs(self) -> tuple[Rung, ...]:
        """The reminder ladder, in the pack's order."""
        listed = self.value("reminders.rungs", "期限提醒")
        return tuple(Rung(r["name"], r["offset"], r["unit"], r["to"], r.get("paper")) for r in listed)

    def remind_days(self, ladder: str, year: int) -> tuple[date, ...]:
        """The fixed days of a year on which what stands under that ladder is reminded; none: by the rungs alone."""
        key = f"{ladder}.remind_on"
        if key not in self.entries:
            return ()
        return tuple(date.fromisoformat(f"{year}-{day}") for day in self.texts(key, "期限提醒"))

    def obligation_kinds(self) -> dict[str, ObligationSpec]:
        """How each kind of obligation is done: what is filled in, and on what evidence."""
        keys = {key.split(".")[1] for key, _ in self._under_all("obligations.")}
        return {kind: self._obligation(kind) for kind in sorted(keys)}

    def _obligation(self, kind: str) -> ObligationSpec:
        found = {name: self.entries.get(f"obligations.{kind}.{name}") for name in ("title", "evidence", "asks")}
        listed = found["asks"].value if found["asks"] is not None else []
        asks = tuple(Ask(a["key"], a["title"], a.get("kind", "text"), a.get("required", True), a.get("must", False))
                     for a in listed)  # fmt: skip
        title = found["title"].value if found["title"] is not None else kind
        evidence = found["evidence"].value if found["evidence"] is not None else []
        return ObligationSpec(kind, str(title), tuple(evidence), asks)

    def _under_all(self, prefix: str) -> list[tuple[str, Entry]]:
        return [(key, entry) for key, entry in self.entries.items() if key.startswith(prefix)]

    def quiet_hours(self) -> Quiet:
        """When nobody is sent anything, unless an office or a person set other hours."""
        start, end = self.texts("reminders.quiet", "发送消息")
        return Quiet.of(start, end)

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
        """The exit line of a year. Raises PackValueUnset for a year that is not set or not in the pack."""
        key, needed_for = f"exit_income.line.{year}", f"{year}年退出核查"
        if key not in self.entries:
            raise PackValueUnset(label=f"{year}年退出收入标准", key=key, needed_for=needed_for)
        amount, basis = self.yuan(key, needed_for), self.word("exit_income.basis", needed_for)
        return ExitLine(year, amount, basis, self.entry(key).source, self.integer("exit_income.base_year", needed_for))

    def price_indices(self) -> dict[int, Decimal | None]:
        """The rural price index of each year (last year = 100); None for a year that is not set (R1.2-01)."""
        years = self._under("identification.price_index")
        return {int(year): None if e.value is None else Decimal(str(e.value)) for year, e in years}

    def targets(self) -> dict[int, int]:
        """Yearly targets in persons that are set: shown beside results, never a gate."""
        return {int(year): int(e.value) for year, e in self._under("targets_persons") if e.value is not None}

    def baseline(self) -> dict[str, int]:
        """The control totals that are set: households, persons, communities, helper_units; a pack may have none."""
        return {name: int(e.value) for name, e in self._under("baseline") if e.value is not None}

    def _under(self, section: str) -> list[tuple[str, Entry]]:
        prefix = f"{section}."
        return [(key.removeprefix(prefix), e) for key, e in self.entries.items() if key.startswith(prefix)]

    def checklist(self) -> tuple[CheckItem, ...]:
        """The exit checklist (两不愁三保障, 八有) in the pack's order."""
        return self.items

    def thresholds(self) -> Thresholds:
        """The numbers that the data-quality rules compare with (domain 7.4), each a value of this pack."""
        return Thresholds(**{f.name: self.integer(f"quality.{f.name}", "数据核查") for f in fields(Thresholds)})

    def day_in(self, key: str, year: int, needed_for: str) -> date:
        """A day of every year ("10-31") in one year."""
        return date.fromisoformat(f"{year}-{self.value(key, needed_for)}")

    def school_age(self) -> range:
        """The ages at which a child has to be at school, so that 义务教育 applies to its household."""
        needed_for = "义务教育核查"
        return range(self.integer("school.age_from", needed_for), self.integer("school.age_to", needed_for) + 1)

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
    raw = _read(text)
    problems = problems_of(raw)
    if problems:
        listed = "；".join(f"{p.key}：{p.why}" for p in problems)
        raise PackInvalid(count=len(problems), problems=listed)
    head = raw["pack"]
    entries = {key: _entry(key, table) for key, table in tables(raw)}
    items = tuple(_check_item(item) for item in raw["checklist"])
    return Pack(
        id=head["id"], title=head["title"], sha256=hashlib.sha256(text.encode()).hexdigest(), text=text,
        doc_no=head.get("doc_no", ""), issued_on=head.get("issued_on"),
        valid_from=head["valid_from"], valid_to=head.get("valid_to"), entries=entries, labels=raw["labels"],
        procedures={k: _procedure(k, v, _rounds(k, entries)) for k, v in raw["procedures"].items()},
        documents=_documents(raw["documents"]), items=items,
        conditions=tuple(Condition(i.code, i.title, i.clause, i.may_not_apply) for i in items),
        certifiers={i.code: i.certifier for i in items},
    )  # fmt: skip


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as no:
        raise PackInvalid(count=1, problems=f"文件不是有效的TOML：{no}") from no


def _entry(key: str, table: Mapping[str, Any]) -> Entry:
    return Entry(key, table["label"], table.get("value"), table.get("unit", ""), table.get("clause", ""),
                 table.get("source", ""), table["status"])  # fmt: skip


def _check_item(item: Mapping[str, Any]) -> CheckItem:
    return CheckItem(item["code"], item["title"], item["clause"], item.get("applies_to", "every"),
                     item.get("evidence", ""), item["certifier"], item["may_not_apply"], item["status"])  # fmt: skip


def _documents(listed: Sequence[Mapping[str, Any]]) -> tuple[BasisDocument, ...]:
    found = (BasisDocument(d["title"], d["number"], d["issued_on"], d.get("issuer", "")) for d in listed)
    return tuple(sorted(found, key=lambda document: document.issued_on))


def _rounds(key: str, entries: Mapping[str, Entry]) -> object:
    """How many notices a procedure posts: exits have a count of their own, one where the pack names none."""
    if key != "exit":
        return entries["publicity.rounds"].value
    asked = entries.get("publicity.exit_rounds")
    return asked.value if asked is not None else 1


def _procedure(key: str, raw: Mapping[str, Any], rounds: object) -> ProcedureSpec:
    dropped = ("pub2_post", "pub2_close") if rounds == 1 else ()
    steps = tuple(
        StepSpec(s["key"], s["title"], as_limit(s["limit"], s["unit"]) if "limit" in s else None, s["status"])
        for s in raw["steps"]
        if s["key"] not in dropped
    )
    return ProcedureSpec(key, raw["title"], steps)
