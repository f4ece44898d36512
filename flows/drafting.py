"""Drawing papers up: a duty names the paper and its cause, a filling function gives the blanks, the draft is filed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.fills import FILLS, Draft
from flows.fills.draft import case_of, once
from flows.fills.draft import read_ahead as read_for
from flows.frozen import pack_of
from flows.masters import master_of
from flows.office import Office
from flows.piles import Piles
from records import cases, papers, rounds, supervision
from records.duties import DutyRow
from rules.days import day_of
from states.not_allowed import NoSuch, UnknownPaper


def draft(conn: Connection, office: Office, duty: DutyRow, at: datetime, render: bool = True) -> int | None:
    """Draw up the paper that a duty owes and file it under the duty's key; None when it is filed already.

    A form is printed (to be signed by hand), anything else is a draft that waits for a person's signature."""
    return papers.file_draft(conn, drawn_up(conn, office, duty, render))


def drawn_up(
    conn: Connection, office: Office, duty: DutyRow, render: bool = True, piles: Piles | None = None
) -> dict[str, Any]:
    """What `draft` files, read and not written yet. With `piles` the file is put with others, to be written before the
    row is."""
    code = str(duty.payload["code"])
    if code not in FILLS:
        raise UnknownPaper(code=code)
    fill = FILLS[code]
    known = piles.known if piles is not None else {}
    sheet = _draft(conn, office, duty, code, known)
    paper = fill.make(sheet)
    paper.texts()  # a missing value stops the paper here, by the name of its blank
    if fill.level == "above":
        desk = supervision.desk(conn, sheet.case.subject_id, fill.level, fill.role, sheet.on)
    else:
        whose = (fill.level, sheet.area_path, fill.role, sheet.on)
        desk = once(known, ("desk", *whose), lambda: cases.desk_for(conn, *whose))
    if desk is None:
        raise NoSuch(what=f"签发“{paper.title}”的单位", key=sheet.area_path)
    form = duty.kind == "print_form"
    values: dict[str, Any] = {
        "key": duty.key, "code": code, "title": sheet.title_of(paper), "family": paper.family, "public": paper.public,
        "case_id": duty.case_id, "act_id": duty.act_id, "household_id": sheet.household_id,
        "office_code": desk.office_code, "area_path": sheet.area_path, "status": "printed" if form else "draft",
        "snapshot": paper.to_snapshot(), "drafted_at": duty.owed_since,
        "signer_role": None if form else desk.role or fill.role,
    }  # fmt: skip
    if render:
        master = once(known, ("master", code), lambda: master_of(conn, office, code))
        values["master_sha256"] = master.sha256
        values["file_key"] = _filed(office, duty, sheet.area_path, paper.render(master), piles)
    return values


def _filed(office: Office, duty: DutyRow, area_path: str, data: bytes, piles: Piles | None) -> str:
    name = f"{duty.key.replace(':', '-')}.docx"
    if piles is not None:
        return piles.add(area_path, name, data).key
    key = f"drafts/{name}"
    office.files.put(key, data)
    return key


def _draft(conn: Connection, office: Office, duty: DutyRow, code: str, known: dict[Any, Any]) -> Draft:
    step = str(duty.payload["step"])
    on = day_of(duty.owed_since)
    if duty.act_id is not None:
        act = rounds.act(conn, duty.act_id)
        listed = _listed(conn, known, duty.act_id)
        some = case_of(conn, known, listed[0])
        pack = pack_of(conn, some.procedure_sha256)
        return Draft(conn, office, pack, code, step, on, act.area_path if act else some.area_path, some, act,
                     tuple(listed), pile=known)  # fmt: skip
    assert duty.case_id is not None
    case = case_of(conn, known, duty.case_id)
    pack = pack_of(conn, case.procedure_sha256)
    return Draft(conn, office, pack, code, step, on, case.area_path, case, None, (case.id,), pile=known)


def _listed(conn: Connection, known: dict[Any, Any], act_id: int) -> list[int]:
    """The cases that an act's papers cover."""
    listed: list[int] = once(known, ("listed", act_id), lambda: rounds.covered(conn, act_id))
    return listed


def read_ahead(conn: Connection, owed: Iterable[DutyRow], piles: Piles) -> None:
    """Read what a pile of papers is about before they are drawn up."""
    wanted: dict[date, list[int]] = {}
    for duty in owed:
        about = wanted.setdefault(day_of(duty.owed_since), [])
        if duty.act_id is not None:
            about += _listed(conn, piles.known, duty.act_id)
        elif duty.case_id is not None:
            about.append(duty.case_id)
    read_for(conn, piles.known, wanted)
