"""The reckoning at the end: database, filing store, mail receiver and journal beside each other, by statements of its own."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from flows.sending import message_id
from records import ledger
from records.engine import reading

OWN = "register_events表中办件0"  # what the scene itself wrote into the register


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was counted; `faults` must be empty."""

    faults: tuple[str, ...]
    decisions: int
    duties: int
    papers: int
    numbers: int
    mails: int
    twice: int

    def __str__(self) -> str:
        return (f"{self.decisions} decisions, {self.duties} duties, {self.papers} papers, {self.numbers} numbers, "
                f"{self.mails} mails, {self.twice} of them twice because of a kill")  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a journal; the last may be torn by a kill."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def reckon(engine: Engine, folder: Path, files: Path, kills: list[float]) -> Reckoned:
    """Everything that should not be, in sentences."""
    journal = lines(folder / "journal.jsonl")
    with reading(engine) as conn:
        rows = {
            name: [dict(row._mapping) for row in conn.execute(text(f"SELECT * FROM {name}"))]
            for name in ("decisions", "duties", "papers", "paper_numbers", "messages", "alerts", "cases")
        }
        seals = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("data/seals/*.json"))]
        broken = [fault.says for fault in ledger.verify(conn, seals) if not fault.says.startswith(OWN)]
    mails = lines(folder / "accepted.jsonl")
    twice, mail_faults = _mails(rows, mails, kills)
    faults = [
        *broken,
        *_decisions(rows, journal),
        *_duties(rows),
        *_papers(rows, journal, files),
        *_numbers(rows),
        *mail_faults,
    ]
    return Reckoned(tuple(faults), len(rows["decisions"]), len(rows["duties"]), len(rows["papers"]),
                    len(rows["paper_numbers"]), len(mails), twice)  # fmt: skip


def _decisions(rows: dict[str, list[dict[str, Any]]], journal: list[dict[str, Any]]) -> Iterator[str]:
    ids = {row["id"]: row for row in rows["decisions"]}
    per_step = Counter((row["case_id"], row["step"]) for row in rows["decisions"])
    yield from (f"case {case} was decided {n} times at {step}" for (case, step), n in per_step.items() if n > 1)
    for line in journal:
        if "decided" in line:
            case, _, step = line["decided"].partition(":")
            row = ids.get(line["id"])
            if row is None or (row["case_id"], row["step"]) != (int(case), step):
                yield f"decision {line['id']} was confirmed as {line['decided']} and is not there"
        if "acted" in line:
            case, _, step = line["acted"].partition(":")
            if per_step[(int(case), step)] != 1:
                yield f"act {line['acted']} was confirmed and is not there"


def _duties(rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    told = {row["key"] for row in rows["alerts"] if row["closed_at"] is None}
    papers = Counter(row["key"] for row in rows["papers"])
    for duty in rows["duties"]:
        if duty["done_at"] is None and not (duty["failed_at"] is not None and f"duty:{duty['id']}" in told):
            yield f"duty {duty['key']} is neither done nor on the list (tries {duty['tries']}: {duty['last_error']})"
        if duty["kind"] in ("draft_paper", "print_form") and duty["done_at"] and papers[duty["key"]] != 1:
            yield f"duty {duty['key']} is done and has {papers[duty['key']]} papers"
    owed = {duty["key"] for duty in rows["duties"]}
    yield from (f"paper {key} was drawn up without a duty" for key in papers if key not in owed)


def _papers(rows: dict[str, list[dict[str, Any]]], journal: list[dict[str, Any]], files: Path) -> Iterator[str]:
    issued = {row["id"]: row for row in rows["papers"] if row["sha256"]}
    for row in rows["papers"]:
        path = files / row["file_key"] if row["file_key"] else None
        if path is not None and not path.is_file():
            yield f"the file of paper {row['id']} is missing"
        elif path is not None and row["sha256"] and hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            yield f"the file of issued paper {row['id']} is not what was signed"
    for line in journal:
        if "signed" in line and (issued.get(line["signed"], {}).get("number"), True) != (line["number"], True):
            yield f"paper {line['signed']} was confirmed as {line['number']} and is not there"


def _numbers(rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    per_year: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in rows["paper_numbers"]:
        per_year[(row["code_word"], row["year"])].append(row["seq"])
    for (word, year), taken in per_year.items():
        if sorted(taken) != list(range(1, len(taken) + 1)):
            yield f"numbers of {word}{year} are {sorted(taken)}"
    holders = Counter(row["paper_id"] for row in rows["paper_numbers"] if row["paper_id"])
    yield from (f"paper {paper} has {n} numbers" for paper, n in holders.items() if n > 1)


def _mails(
    rows: dict[str, list[dict[str, Any]]], mails: list[dict[str, Any]], kills: list[float]
) -> tuple[int, list[str]]:
    """Every mail that is owed and done was accepted under its Message-ID; a second copy only across a kill."""
    accepted: dict[str, list[float]] = defaultdict(list)
    for mail in mails:
        accepted[mail["id"].strip("<>").partition("@")[0]].append(mail["at"])
    people = {row["id"]: row for row in rows["messages"]}
    wanted, faults, twice = set(), [], 0
    for duty in rows["duties"]:
        payload = duty["payload"] if isinstance(duty["payload"], dict) else json.loads(duty["payload"])
        if duty["kind"] == "send" and payload["channel"] == "email":
            message = people[payload["message"]]
            wanted.add(own := message_id(message["key"], str(message["person_id"]), "email"))
            if duty["done_at"] and not accepted[own] and message["kind"] != "reminder":
                faults.append(f"mail {duty['key']} is done and never arrived")
    for own, times in accepted.items():
        if own not in wanted and times:
            faults.append(f"a mail {own} arrived that nobody owes")
        for first, second in zip(sorted(times), sorted(times)[1:], strict=False):
            twice += 1
            if not any(first - 1 <= kill <= second for kill in kills):
                faults.append(f"mail {own} came twice and no kill lies between")
    return twice, faults
