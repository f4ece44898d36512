"""Proving one file: is it an issued paper, unchanged since a person signed it, or what does it claim to be and where does it
differ?"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from flows.office import Office
from integrations.unreachable import Unreachable
from records import papers
from records.engine import reading
from states.not_allowed import MasterUnfit
from templates.batch.account import text_of
from templates.papers import PAPERS

Finding = Literal["issued", "signed_copy", "altered", "unknown"]
MOST_DIFFERENCES, MOST_COMPARED, LEAST_LIKE = 10, 40, 0.5
_NUMBER = re.compile(r"([一-龥]{2,8})〔(20\d{2})〕([1-9]\d*)号")


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of one file."""

    finding: Finding
    paper_id: int | None = None
    title: str = ""
    number: str | None = None
    signer: str | None = None
    issued_on: date | None = None
    corrected_by: str | None = None  # the paper that corrects it
    differences: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        return self.finding in ("issued", "signed_copy")

    @property
    def says(self) -> str:
        """The answer as a sentence."""
        called = f"“{self.title}”{self.number or ''}"
        if self.finding == "unknown":
            return "不是本系统签发的文书：没有相同的文件，也找不到它所说的字号。"
        by = f"{self.signer or ''}{f'于{self.issued_on:%Y-%m-%d}' if self.issued_on else ''}签发"
        if self.finding == "altered":
            return f"与签发的文件不一致。它自称{called}（文书{self.paper_id}，{by}）。"
        copy = "是已交回的签名件" if self.finding == "signed_copy" else f"是{by}的文件，内容未变"
        later = f"注意：已由{self.corrected_by}更正。" if self.corrected_by else ""
        return f"{called}（文书{self.paper_id}）{copy}。{later}"


def verify_file(office: Office, data: bytes) -> Proof:
    """Find the record of a file by its SHA-256, or else the paper that it claims to be and what differs from it."""
    sha256 = hashlib.sha256(data).hexdigest()
    with reading(office.records) as conn:
        row = papers.by_sha256(conn, sha256)
        if row is not None:
            return _proof("issued" if row.sha256 == sha256 else "signed_copy", row, papers.corrected_by(conn, row.id))
        try:
            said = text_of(data)
        except MasterUnfit:
            return Proof("unknown")
        numbered = papers.with_numbers(conn, _numbers_in(said))
        candidates = numbered or [r for r in papers.of_codes(conn, _codes_in(said)) if _about(r) in said]
    best = max(candidates[:MOST_COMPARED], key=lambda r: _likeness(office, r, said), default=None)
    if best is None or _likeness(office, best, said) < LEAST_LIKE:
        return Proof("unknown")
    return _proof("altered", best, None, tuple(_differences(_said(office, best), said)))


def _numbers_in(said: str) -> list[str]:
    """Every document number in a text, and its ends: what stands before a number is a word as well."""
    found: dict[str, None] = {}
    for word, year, seq in _NUMBER.findall(said):
        found.update({f"{word[n:]}〔{year}〕{seq}号": None for n in range(len(word) - 1)})
    return list(found)


def _codes_in(said: str) -> list[str]:
    return [code for code, paper in PAPERS.items() if paper.title in said]


def _about(row: Any) -> str:
    return str(row.snapshot.get("head", ""))


def _proof(finding: Finding, row: Any, later: str | None, differences: tuple[str, ...] = ()) -> Proof:
    return Proof(finding, row.id, row.title, row.number, row.signer, row.issued_on, later, differences)


def _said(office: Office, row: Any) -> str:
    try:
        return text_of(office.files.get(row.file_key))
    except Unreachable:
        return ""


def _likeness(office: Office, row: Any, said: str) -> float:
    return difflib.SequenceMatcher(None, _said(office, row).splitlines(), said.splitlines(), autojunk=False).ratio()


def _differences(issued: str, shown: str) -> Iterator[str]:
    """Line by line what the issued paper says and what this file says."""
    old, new, count = issued.splitlines(), shown.splitlines(), 0
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        count += 1
        if count > MOST_DIFFERENCES:
            yield "……"
            return
        was, now = "／".join(old[a:b])[:80] or "（无）", "／".join(new[c:d])[:80] or "（无）"
        yield f"签发件“{was}”，此文件“{now}”"
    if count == 0:
        yield "文字相同，格式、属性或隐藏部分不同"
