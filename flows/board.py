"""The public notice board (公示栏): what hangs, built for the open web, and what residents send in about it.

Nothing here names anybody: the list is masked or left out, a receipt answers with a stage and two days, and the address
of a sender is kept as a digest under a salt that is forgotten with the day.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from flows.start import Start, start_in
from records import areas, board, cases, ledger, rounds
from records.cases import CaseRow
from records.engine import reading, writing
from rules.days import day_of, in_chinese
from rules.privacy import PublicRow, for_web, scan
from states.decision import Evidence
from states.not_allowed import (
    FieldMissing,
    FieldWrong,
    NoticeNotHanging,
    ReceiptUnknown,
    TooManyObjections,
)
from templates.papers import paper_from

KINDS: Mapping[str, str] = {"publicity": "公示", "announcement": "公告"}
LONGEST, NAME_LONGEST = 2000, 60
LETTER = "D-7C"  # the kind of evidence that registering an objection asks for
_ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_RECEIPT = re.compile(r"YY-(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as the open web shows it."""

    act_id: int
    kind: str  # 公示, 公告
    title: str
    number: str | None
    office: str
    place: str
    posted_on: date
    ends_on: date
    phone: str
    complaint_line: str
    address: str
    size: int  # households on the list
    rows: tuple[PublicRow, ...]  # masked; empty where the web gets no list
    days_left: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What a resident writes: which row of the list, what about it, and, if the resident wishes, who is writing."""

    serial: int
    about: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an objection stands: all that a receipt tells."""

    received_on: date
    stage: str
    answer_by: date | None
    closed_on: date | None


def notices(office: Office, on: date) -> list[Notice]:
    """Every notice that hangs on that day."""
    with reading(office.records) as conn:
        return [_notice(conn, office, row, on) for row in board.hanging(conn, on)]


def notice(office: Office, act_id: int, on: date) -> Notice:
    """One notice that hangs on that day. Raises NoticeNotHanging."""
    with reading(office.records) as conn:
        return _notice(conn, office, _hanging(conn, act_id, on), on)


def _hanging(conn: Connection, act_id: int, on: date) -> Any:
    rows = board.hanging(conn, on, act_id)
    if not rows:
        raise NoticeNotHanging()
    return rows[0]


def _notice(conn: Connection, office: Office, row: Any, on: date) -> Notice:
    paper = paper_from(row.code, row.snapshot)
    places = board.serials(rounds.covered(conn, row.act_id), board.shown_cases(conn, row.act_id, on))
    listed = [r for r in getattr(paper, "rows", ()) if r.serial in places]
    shown = for_web(listed) if office.pack.word("board.web_list", "网上公示") == "masked" else ()
    contacts = sorted(paper.contacts)
    known = areas.all_codes(conn, row.area_path) if shown else frozenset()
    if any(scan(f"{r.place} {r.head}", contacts, known) for r in shown):
        shown = ()
    return Notice(
        row.act_id, KINDS[row.kind], row.title, row.number, row.office, row.place, row.posted_on, row.ends_on,
        getattr(paper, "phone", "") or row.phone or "", getattr(paper, "complaint_line", ""), row.address or "",
        len(listed), shown, (row.ends_on - on).days,
    )  # fmt: skip


# --- objections -----------------------------------------------------------------------------------------------------


def new_receipt() -> str:
    """A receipt number of 80 random bits, to be given out with the form."""
    text = base64.b32encode(secrets.token_bytes(10)).decode().translate(_ALPHABET)
    return "YY-" + "-".join(text[at : at + 4] for at in range(0, 16, 4))


def object_to(office: Office, act_id: int, letter: Letter, receipt: str, address: str, at: datetime) -> str:
    """Receive a resident's objection: the case is opened, the letter kept as evidence, the household's own case held.

    The same letter under the same receipt is received once; returns the receipt under which it stands. Raises
    NotAllowed: the notice no longer hangs, a field is missing, or too many came from one address that day."""
    on = day_of(at)
    clean = _checked(letter)
    text = _as_text(clean, on)
    _, sha256 = office.files.keep(text.encode(), ".txt")
    evidence = {"kind": LETTER, "name": f"网上异议{in_chinese(on)}.txt", "sha256": sha256}
    with writing(office.records) as conn:
        row = _hanging(conn, act_id, on)
        head = ledger.head_of(conn, f"act:{act_id}")  # one at a time per notice: the limits below are exact
        receipt, known = _receipt(conn, receipt, sha256)
        if known:
            return receipt
        sender = _within_limits(conn, office, row, address, on)
        target = _target(conn, act_id, clean.serial, on)
        case = _open(conn, office, target, clean, evidence, at)
        board.add_objection(conn, {
            "receipt_sha256": _digest(receipt), "letter": evidence, "case_id": case.id, "act_id": act_id,
            "address_sha256": sender, "received_on": on, "received_at": at,
        })  # fmt: skip
        body = {"act": act_id, "case": case.id, "about": target.id, "letter": sha256}
        ledger.add_line(conn, f"act:{act_id}", "objection", body, {"name": clean.name or "匿名"}, at, head)
    return receipt


def _checked(letter: Letter) -> Letter:
    about, name, contact = (_plain(text) for text in (letter.about, letter.name, letter.contact))
    if not about:
        raise FieldMissing(step="网上异议", fields="异议内容")
    for title, text, most in (
        ("异议内容", about, LONGEST),
        ("姓名", name, NAME_LONGEST),
        ("联系方式", contact, NAME_LONGEST),
    ):
        if len(text) > most:
            raise FieldWrong(field=title, why=f"不能超过{most}个字。")
    return Letter(letter.serial, about, name, contact)


def _plain(text: str) -> str:
    """The text without what cannot be printed."""
    kept = (c for c in text.replace("\r\n", "\n") if c == "\n" or unicodedata.category(c)[0] != "C")
    return "".join(kept).strip()


def _as_text(letter: Letter, on: date) -> str:
    who = f"{letter.name}（{letter.contact or '未留联系方式'}）" if letter.name else "匿名"
    return f"对名单第{letter.serial}号的异议\n收到日期：{in_chinese(on)}\n异议人：{who}\n\n{letter.about}\n"


def _receipt(conn: Connection, receipt: str, letter: str) -> tuple[str, bool]:
    """The receipt to use, and whether this very letter stands under it already."""
    if not _RECEIPT.fullmatch(receipt):
        return new_receipt(), False
    known = board.by_receipt(conn, _digest(receipt))
    if known is None:
        return receipt, False
    return (receipt, True) if known.letter["sha256"] == letter else (new_receipt(), False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _within_limits(conn: Connection, office: Office, row: Any, address: str, on: date) -> str:
    salt = board.salt_of(conn, on, secrets.token_hex(16))
    sender = _digest(f"{salt}{row.act_id}{address}")
    for key, counted in (("per_address_daily", sender), ("per_notice_daily", None)):
        if board.count_on(conn, row.act_id, on, counted) >= office.pack.integer(f"board.{key}", "接收网上异议"):
            raise TooManyObjections(place=row.address or row.office, phone=row.phone or "")
    return sender


def _target(conn: Connection, act_id: int, serial: int, on: date) -> CaseRow:
    shown = board.serials(rounds.covered(conn, act_id), board.shown_cases(conn, act_id, on))
    if serial not in shown:
        raise FieldWrong(field="名单序号", why="不在公示的名单上，请按公示填写。")
    case = cases.see_case(conn, shown[serial])
    assert case is not None
    return case


def _open(
    conn: Connection, office: Office, target: CaseRow, letter: Letter, evidence: Mapping[str, str], at: datetime
) -> CaseRow:
    filled = {"about": letter.about, "channel": "网上", "real_name": bool(letter.name), "name": letter.name or "匿名",
              "contact": letter.contact, "letter": dict(evidence)}  # fmt: skip
    return start_in(conn, office, Start(
        "objection", "case", target.id, f"对{target.title}的异议", target.area_code, None, at, target.year,
        facts={"receive": filled}, pack_id=target.pack_id,
    ))  # fmt: skip


def letter_of(conn: Connection, case_id: int) -> Evidence | None:
    """The letter a resident sent in from the board, as the evidence of registering it."""
    found = board.letter_of(conn, case_id)
    return Evidence(**found) if found is not None else None


STAGES: Mapping[str, str] = {
    "receive": "已收到，等待登记",
    "investigate": "已登记，正在调查核实",
    "decide": "正在作出处理意见",
    "reply": "已作出处理意见，正在答复",
}


def standing(office: Office, receipt: str) -> Standing:
    """Where the objection with that receipt stands. Raises ReceiptUnknown, whatever is wrong with the number."""
    with reading(office.records) as conn:
        row = board.by_receipt(conn, _digest(receipt.strip().upper()))
        if row is None:
            raise ReceiptUnknown()
        if row.closed_on is not None:
            return Standing(row.received_on, "已办结并答复", None, row.closed_on)
        return Standing(row.received_on, STAGES.get(row.step, "正在办理"), board.due_of(conn, row.case_id), None)
