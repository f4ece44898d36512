"""The reckoning at the end: database, filing store, mail receiver and journal beside each other, by statements of its own."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from flows.sending import message_id
from records import verification
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
    files: int  # issued papers in the filing store
    unnamed: int  # of them those that no paper names: written by a process that was killed before it could say so

    def __str__(self) -> str:
        return (f"{self.decisions} decisions, {self.duties} duties, {self.papers} papers, {self.numbers} numbers, "
                f"{self.mails} mails, {self.twice} of them twice because of a kill, "
                f"{self.files} issued files, {self.unnamed} of them named by no paper")  # fmt: skip


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
        broken = [fault.says for fault in verification.verify(conn, seals) if not fault.says.startswith(OWN)]
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
    kept = _kept(files)
    unnamed = kept - {row["file_key"] for row in rows["papers"]}
    return Reckoned(tuple(faults), len(rows["decisions"]), len(rows["duties"]), len(rows["papers"]),
                    len(rows["paper_numbers"]), len(mails), twice, len(kept), len(unnamed))  # fmt: skip


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
        if not row["file_key"]:
            continue
        data = _filed(files, row["file_key"])
        if data is None:
            yield f"the file of paper {row['id']} is missing"
        elif row["sha256"] and hashlib.sha256(data).hexdigest() != row["sha256"]:
            yield f"the file of issued paper {row['id']} is not what was signed"
        elif row["number"] and row["number"] not in _says(data):
            yield f"the file of paper {row['id']} does not bear its number {row['number']}"
    for line in journal:
        if "signed" in line and (issued.get(line["signed"], {}).get("number"), True) != (line["number"], True):
            yield f"paper {line['signed']} was confirmed as {line['number']} and is not there"


def _filed(files: Path, key: str) -> bytes | None:
    """A file as it lies in the store, by itself or inside a pile ("drafts/7.zip#12.docx")."""
    path, _, inside = key.partition("#")
    if not (files / path).is_file():
        return None
    if not inside:
        return (files / path).read_bytes()
    with zipfile.ZipFile(files / path) as pile:
        return pile.read(inside) if inside in pile.namelist() else None


def _kept(files: Path) -> set[str]:
    """The keys of all issued papers in the store."""
    found = set()
    for path in (path for path in files.glob("issued/**/*") if path.is_file()):
        key = str(path.relative_to(files))
        names = zipfile.ZipFile(path).namelist() if path.suffix == ".zip" else []
        found |= {f"{key}#{name}" for name in names} or {key}
    return found


def _says(data: bytes) -> str:
    """The text of a Word file, headers and all."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = [name for name in file.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return "".join(re.sub(r"<[^>]+>", "", file.read(name).decode("utf-8")) for name in parts)


def _numbers(rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    per_year: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in rows["paper_numbers"]:
        per_year[(row["code_word"], row["year"])].append(row["seq"])
    for (word, year), taken in per_year.items():
        if sorted(taken) != list(range(1, len(taken) + 1)):
            yield f"numbers of {word}{year} are {sorted(taken)}"
    holders = Counter(row["paper_id"] for row in rows["paper_numbers"] if row["paper_id"])
    yield from (f"paper {paper} has {n} numbers" for paper, n in holders.items() if n > 1)
    registered = {
        row["paper_id"]: f"{row['code_word']}〔{row['year']}〕{row['seq']}号" for row in rows["paper_numbers"]
    }
    for row in rows["papers"]:
        if row["number"] != registered.get(row["id"]):
            yield f"paper {row['id']} bears {row['number']}, and {registered.get(row['id'])} is registered for it"


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
