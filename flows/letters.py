"""The letter to an office that is late (D-60 催办函, D-61 督办函): drafted by rule, sent by nobody but whoever signs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.masters import master_of
from flows.office import Office
from records import areas, dues, messages, offices, papers
from records.duties import DutyRow
from rules.days import day_of, in_chinese
from rules.discreet import discreet
from templates.urging_letter import Overdue, OverdueLetter, OverseeingLetter, UrgingLetter

KINDS: dict[str, tuple[type[OverdueLetter], str, str]] = {  # the paper, the pack's time to answer, what is demanded
    "D-60": (UrgingLetter, "supervision.urge_answer_limit", ""),
    "D-61": (OverseeingLetter, "supervision.oversee_answer_limit", "上述事项经催办仍未办结，现予督办。"),
}
SUBJECTS = {"D-60": "关于催办逾期事项的函", "D-61": "关于督办逾期事项的函"}


def draft_letter(conn: Connection, office: Office, duty: DutyRow, at: datetime) -> int | None:
    """Draft the letter that an office's new rungs call for, for signature in the office one level above (R4.4-05): one
    paper of all of them, the graver form if any calls for it. None when nothing of it is left, or nobody is above."""
    code, day, today = str(duty.payload["office"]), date.fromisoformat(duty.payload["day"]), day_of(at)
    late = [row for row in dues.told_to(conn, code, day) if row.office_code == code and row.paper in KINDS]
    to = offices.office(conn, code)
    if not late or to.parent_code is None:
        return None
    above = offices.office(conn, to.parent_code)
    paper_code = max(row.paper for row in late)
    paper = _paper(conn, office, paper_code, late, to, above, today)
    paper.texts()
    master = master_of(conn, office, paper_code)
    values: dict[str, Any] = {
        "key": duty.key, "code": paper_code, "title": f"{paper.title}（{to.name}，{in_chinese(today)}）",
        "family": paper.family, "public": paper.public, "case_id": None, "act_id": None, "household_id": None,
        "office_code": above.code, "area_path": areas.office_path(conn, code, today), "status": "draft",
        "snapshot": paper.to_snapshot(), "drafted_at": at, "signer_role": messages.head_role(conn, above.code),
        "master_sha256": master.sha256, "file_key": f"drafts/{duty.key.replace(':', '-')}.docx",
    }  # fmt: skip
    office.files.put(values["file_key"], paper.render(master))
    return papers.file_draft(conn, values)


def _paper(
    conn: Connection, office: Office, code: str, late: Sequence[Any], to: Any, above: Any, today: date
) -> OverdueLetter:  # fmt: skip
    kind, limit, demand = KINDS[code]
    numbers = dues.case_numbers(conn, [row.subject_id for row in late if row.subject_kind == "task"])
    rows = tuple(_row(office, n, row, numbers, today) for n, row in enumerate(late, 1))
    return kind(
        office=above.name, subject=SUBJECTS[code], to=to.name, until=today, rows=rows,
        within=str(office.pack.limit(limit)), demand=demand, contact=above.name, phone=above.phone or "（未登记）",
    )  # fmt: skip


def _row(office: Office, n: int, row: Any, numbers: dict[int, str], today: date) -> Overdue:
    number = numbers.get(row.subject_id) if row.subject_kind == "task" else None
    days = office.calendar.working_days_late(row.due_on, today)
    matter = discreet(row.title + (f"（{number}）" if number else ""))
    return Overdue(serial=n, matter=matter, due=in_chinese(row.due_on), late=f"{days}个工作日")
