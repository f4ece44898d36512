"""The masters in force: what a person changed stands in the filing store with its history; issued papers stay as they are."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from flows.office import Office
from integrations.filing import FilingStore
from records import cases, ledger, masters
from records.engine import writing
from rules.days import day_of
from states.decision import Actor
from states.not_allowed import FieldMissing, MasterKeeperOnly, MasterNotAccepted, NotYourPost
from templates.master import Master, load, read_master
from templates.papers import paper_class
from templates.trial import Trial, try_master

KEEPERS = ("administrator", "district_clerk")  # who keeps the district's masters
SHOWN = 8


def master_of(conn: Connection, office: Office, code: str) -> Master:
    """The master that papers of this code are made of now: the newest accepted one, else the program's own."""
    newest = masters.in_force(conn, code)
    if newest is None or newest.file_key is None:
        return load(paper_class(code).folder)
    return _kept(office.files, newest.file_key, newest.sha256, code)


def master_of_paper(conn: Connection, office: Office, code: str, sha256: str | None) -> Master:
    """The master that a paper was drawn up with, so that what people reviewed is what is signed; the one in force for
    a paper that has no file yet, or whose master went with an older program."""
    own = load(paper_class(code).folder)
    if sha256 is None:
        return master_of(conn, office, code)
    if sha256 == own.sha256:
        return own
    file_key = masters.file_of(conn, code, sha256)
    return master_of(conn, office, code) if file_key is None else _kept(office.files, file_key, sha256, code)


@lru_cache(maxsize=128)
def _kept(files: FilingStore, file_key: str, sha256: str, code: str) -> Master:
    return read_master(files.get(file_key), f"{paper_class(code).title}（{code}）")


def replace_master(
    office: Office, code: str, docx: bytes, filename: str, by: Actor, at: datetime, reason: str
) -> Trial:
    """Put a changed master into force after its trial: drafts made from now on use it, issued papers stay fixed.

    Raises MasterNotAccepted naming every fault, MasterKeeperOnly, FieldMissing without a reason."""
    if not reason.strip():
        raise FieldMissing(step="更换母版", fields="理由")
    trial = try_master(code, docx)
    if not trial.fits:
        faults = "；".join(str(fault).rstrip("。") for fault in trial.faults[:SHOWN])
        raise MasterNotAccepted(title=trial.title, count=len(trial.faults), faults=faults)
    file_key, sha256 = office.files.keep(docx, ".docx")
    _put(office, code, (file_key, sha256, filename, list(trial.notes)), by, at, reason)
    return trial


def restore_master(office: Office, code: str, by: Actor, at: datetime, reason: str) -> None:
    """Back to the master that comes with the program. Raises MasterKeeperOnly, FieldMissing without a reason."""
    if not reason.strip():
        raise FieldMissing(step="恢复母版", fields="理由")
    _put(office, code, (None, None, "随程序提供", []), by, at, reason)


def _put(
    office: Office, code: str, new: tuple[str | None, str | None, str, list[str]], by: Actor, at: datetime, reason: str
) -> None:
    file_key, sha256, filename, notes = new
    title = paper_class(code).title
    with writing(office.records) as conn:
        seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, day_of(at))
        if seat is None:
            raise NotYourPost(person=cases.person_name(conn, by.person_id), day=day_of(at), post=by.role)
        if seat.role not in KEEPERS:
            raise MasterKeeperOnly(post=f"{seat.office}{seat.post}")
        before = masters.in_force(conn, code)
        masters.add_master(conn, {
            "code": code, "file_key": file_key, "sha256": sha256, "filename": filename, "notes": notes,
            "reason": reason, "person_id": seat.person_id, "person": seat.person, "post": seat.post, "at": at,
        })  # fmt: skip
        body = {"code": code, "title": title, "sha256": sha256, "before": before.sha256 if before else None,
                "office": seat.office, "post": seat.post}  # fmt: skip
        ledger.add_line(conn, "system", "master", body, {"by": seat.person, "reason": reason}, at)
