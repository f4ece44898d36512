"""Importing the workbook: a report first, then one approval by another person, then all rows together or none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.import_facts import put_facts, read_facts
from flows.import_kept import SoundRows, sound_rows
from flows.import_rows import Sorted, households_in, sort_household, write_changes
from flows.moment import Moment
from flows.office import Office
from flows.start import Start, start_in
from integrations.workbook import Workbook
from records import areas, imports, ledger
from records.cases import CaseRow
from records.engine import reading, writing
from records.ledger import BulkDigest
from records.types import to_json
from rules.days import day_of
from rules.hits import Hit
from rules.quality import Across, check_household, check_totals
from rules.quality.finding import Thresholds
from rules.register import PEOPLE_SHEET, HouseholdRows
from states.decision import Actor
from states.not_allowed import ImportHasErrors, NoSuch, ReportIsStale

CHUNK = 500
Told = Callable[[int], None]


@dataclass(slots=True)
class ImportReport:
    """What an import would do: nothing of it is done yet."""

    households: int = 0
    persons: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused_numbers: list[str] = field(default_factory=list)
    refused: list[Hit] = field(default_factory=list)
    remarks: list[Hit] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def refused_households(self) -> int:
        return len(self.refused_numbers)

    def as_json(self) -> dict[str, Any]:
        """The report as a machine reads it."""
        return {
            "households": self.households, "persons": self.persons, "added": self.added, "changed": self.changed,
            "unchanged": self.unchanged, "refused_households": self.refused_households, "refused_numbers": self.refused_numbers,
            "refused": [h.as_json() for h in self.refused], "remarks": [h.as_json() for h in self.remarks],
            "changes": self.changes, "totals": self.totals, "options": self.options,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """Which part of the workbook goes in: "register" (people), "pairings", or "facts" of a year."""

    part: str = "register"
    year: int | None = None

    def plain(self) -> dict[str, Any]:
        return {"part": self.part, "year": self.year}


def examine(
    office: Office, data: bytes, name: str, on: date, options: Options, told: Told = lambda n: None,
    keep: SoundRows | None = None,
) -> ImportReport:  # fmt: skip
    """Read a workbook and say what it would change; nothing is written. Sound households of the register's part are
    also gathered into `keep`. Raises FileRefused."""
    book = Workbook(data, name)
    with reading(office.records) as conn:
        if options.part != "register":
            return _examine_facts(conn, office, book, options)
        report = _walk(conn, office, book, on, told, keep)
    report.options = options.plain()
    return report


def upload(
    office: Office, data: bytes, name: str, by: Actor, at: datetime, options: Options
) -> tuple[CaseRow, ImportReport]:
    """Keep the workbook, examine it, and start the case that another person must approve."""
    on = day_of(at)
    sound = SoundRows()
    report = examine(office, data, name, on, options, keep=sound)
    key, sha256 = office.files.keep(data, ".xlsx")
    sound_key, sound_sha256 = office.files.keep(sound.done(), ".rows.gz")
    with writing(office.records) as conn:
        batch = imports.add_batch(conn, {
            "file_name": name, "file_sha256": sha256, "file_key": key, "report": report.as_json(),
            "sound_key": sound_key, "sound_sha256": sound_sha256,
            "register_head": imports.register_head(conn), "uploaded_at": at,
        })  # fmt: skip
        district = areas.areas_on(conn, on, "district")[0]
        title = f"导入{name}（{LABELS[options.part]}{options.year or ''}）"
        case = start_in(conn, office, Start("import", "import", batch, title, district.code, by, at))
    return case, report


LABELS = {"register": "户和人", "pairings": "结对", "facts": "收入与认定"}


def import_ready(moment: Moment) -> None:
    """There is something to put in, and the register still stands where the report was made."""
    batch = _batch(moment)
    report = batch.report
    if not (report["added"] or report["changed"] or report["unchanged"]):
        raise ImportHasErrors(refused=report["refused_households"])
    if moment.step.key == "approve" and imports.register_head(moment.conn) != batch.register_head:
        raise ReportIsStale()


def commit_import(moment: Moment) -> Mapping[str, Any]:
    """All rows go in with the approval, in its transaction, under one digest for its ledger line."""
    batch = _batch(moment)
    effective_on = date.fromisoformat(moment.earlier("report", "effective_on"))
    options = batch.report["options"]
    if options["part"] == "register":
        sink = Sink(moment, effective_on, frozenset(batch.report["refused_numbers"]))
        _put_in(moment, sound_rows(_unchanged(moment, batch.sound_key, batch.sound_sha256)), sink)
        lines = sink.lines()
    else:
        book = Workbook(_unchanged(moment, batch.file_key, batch.file_sha256), batch.file_name)
        lines = put_facts(moment, book, options, effective_on)
    text = to_json(lines)
    imports.committed(moment.conn, batch.id, moment.decision.at, hashlib.sha256(text.encode()).hexdigest())
    return lines


def _unchanged(moment: Moment, key: str, sha256: str) -> bytes:
    data = moment.office.files.get(key)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ReportIsStale()
    return data


def _batch(moment: Moment) -> Any:
    batch = imports.batch(moment.conn, moment.case.subject_id)
    if batch is None:
        raise NoSuch(what="导入批次", key=moment.case.subject_id)
    return batch


class Sink:
    """Where sound households go: new ones in bulk, changes as events."""

    def __init__(self, moment: Moment, effective_on: date, refused: frozenset[str]) -> None:
        self.moment, self.on, self.refused = moment, effective_on, refused
        self.fresh: list[dict[str, Any]] = []
        self.events, self.moves = BulkDigest("register_events"), BulkDigest("path_events")
        self.changed = False

    def take(self, chunk: Sequence[Sorted]) -> None:
        """A chunk of sorted households: new ones wait for the bulk insert, changed ones are written."""
        for household in chunk:
            if household.new is not None:
                self.fresh.append(household.new)
            elif household.differs:
                self.flush()
                self.changed |= write_changes(self.moment, household, self.on)
        if len(self.fresh) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        if self.fresh:
            imports.insert_households(self.moment.conn, self.fresh, self.moment.case.pack_id, self.moment.case.id,
                                      self.on, self.moment.decision.at, self.events, self.moves)  # fmt: skip
            self.fresh = []

    def lines(self) -> dict[str, Any]:
        """The digests for the ledger line; read back where changes were written one by one between the bulks."""
        case = self.moment.case.id
        events = ledger.bulk_line(self.moment.conn, "register_events", case) if self.changed else self.events.line(case)
        return {"register_events": events, "path_events": self.moves.line(case)}


def _put_in(moment: Moment, chunks: Iterator[list[HouseholdRows]], sink: Sink) -> None:
    """The approved report is about these households and this register: both stand still."""
    known = _communities(moment.conn, moment.on)
    for chunk in chunks:
        sound = [household for household in chunk if household.number not in sink.refused]
        _compare(moment.conn, moment.case.pack_id, ImportReport(), sound, known, sink)
    sink.flush()


def _communities(conn: Connection, on: date) -> dict[str, Any]:
    return {row.name: row for row in areas.areas_on(conn, on, "community")}


def _walk(
    conn: Connection, office: Office, book: Workbook, on: date, told: Told, keep: SoundRows | None
) -> ImportReport:
    report, across = ImportReport(), Across()
    table = book.table(PEOPLE_SHEET)
    known, limits = _communities(conn, on), office.pack.thresholds()
    for chunk in _chunks(households_in(table)):
        sound: list[HouseholdRows] = []
        for household, hits in chunk:
            _take(report, across, household, [*hits, *_area_hits(household, known)], on, limits, sound)
        told(report.persons)
        _compare(conn, office.pack.id, report, sound, known, None)
        if keep is not None:
            keep.add(sound)
    for number, hit in across.before().items():
        report.refused.append(hit)
        if number not in report.refused_numbers:
            _take_back(conn, office.pack.id, report, number)
    report.totals = {"households": report.households, "persons": report.persons, **across.counts()}
    report.remarks.extend(check_totals(report.totals, office.pack.baseline()))
    return report


def _chunks(source: Iterator[tuple[HouseholdRows, list[Hit]]]) -> Iterator[list[tuple[HouseholdRows, list[Hit]]]]:
    chunk: list[tuple[HouseholdRows, list[Hit]]] = []
    for item in source:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _take(
    report: ImportReport, across: Across, household: HouseholdRows, hits: list[Hit], on: date,
    limits: Thresholds, sound: list[HouseholdRows],
) -> None:  # fmt: skip
    report.households += 1
    report.persons += len(household.people)
    errors = [h for h in hits if h.severity == "error"]
    found = check_household(household, on, limits) if not errors else []
    found += across.feed(household)
    errors += [h for h in found if h.severity == "error"]
    report.remarks.extend(h for h in (*hits, *found) if h.severity == "remark")
    if errors:
        report.refused.extend(errors)
        report.refused_numbers.append(household.number)
    else:
        sound.append(household)


def _take_back(conn: Connection, pack_id: str, report: ImportReport, number: str) -> None:
    """A household that was found sound is refused after all: what comes in is what the report's refused numbers leave."""
    changes = [c for c in report.changes if c["household"] != number]
    if not imports.known_households(conn, [number], pack_id):
        report.added -= 1
    elif len(changes) < len(report.changes):
        report.changed -= 1
    else:
        report.unchanged -= 1
    report.changes = changes
    report.refused_numbers.append(number)


def _area_hits(household: HouseholdRows, known: Mapping[str, Any]) -> list[Hit]:
    given = household.community
    if given in known or not given:  # an empty cell is told by DQ-01
        return []
    meant = next((name for name in known if name in given or given in name), None)
    remedy = f"名单中的名称是“{meant}”的，请照此填写。" if meant else "请核对社区名称，或先由区扶贫办增设该社区。"
    return [Hit("DQ-03", "error", PEOPLE_SHEET, household.first_row, "社区", given,
                f"{PEOPLE_SHEET}表第{household.first_row}行的“{given}”不在本区社区名单中。", remedy)]  # fmt: skip


def _compare(
    conn: Connection, pack_id: str, report: ImportReport, sound: Sequence[HouseholdRows], known: Mapping[str, Any],
    sink: Sink | None,
) -> None:  # fmt: skip
    numbers = [h.number for h in sound]
    there = imports.known_households(conn, numbers, pack_id)
    members = imports.known_members(conn, [row.id for row in there.values()])
    id_nos = [p.id_no for h in sound for p in h.people] if sink is None else []
    elsewhere = {k: v for at in range(0, len(id_nos), CHUNK) for k, v in
                 imports.elsewhere(conn, id_nos[at : at + CHUNK]).items()}  # fmt: skip
    chunk = []
    for household in sound:
        row = there.get(household.number)
        taken = [p for p in household.people if elsewhere.get(p.id_no, household.number) != household.number]
        if taken:
            report.refused_numbers.append(household.number)
            report.refused.extend(_taken(p, elsewhere[p.id_no]) for p in taken)
            continue
        done = sort_household(household, row, members.get(row.id, {}) if row else {}, known[household.community])
        report.added += done.new is not None
        report.changed += done.differs
        report.unchanged += done.new is None and not done.differs
        if sink is None:
            report.changes.extend(done.listed())
        chunk.append(done)
    if sink is not None:
        sink.take(chunk)


def _taken(person: Any, household: str) -> Hit:
    return Hit("DQ-04", "error", PEOPLE_SHEET, person.row, "证件号码", "", f"{PEOPLE_SHEET}表第{person.row}行的{person.name}"
               f"已是户{household}的成员，一人只能在一户。", "请先办理成员变更，再导入。")  # fmt: skip


def _examine_facts(conn: Connection, office: Office, book: Workbook, options: Options) -> ImportReport:
    found = read_facts(conn, office, book, options.part, options.year)
    report = ImportReport(refused=found.hits, remarks=found.remarks, options=options.plain())
    report.households, report.added = len(found.households), found.rows
    report.refused_numbers = [str(row) for row in sorted({h.row for h in found.hits})]
    return report
