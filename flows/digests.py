"""The digest of what an office owes: made for one reader at the moment it is read or sent, so that what was done
meanwhile is not in it; nothing when nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from records import dues, messages, offices
from records.messages import Recipient
from records.scope import scope_of
from rules.days import in_chinese
from rules.discreet import discreet
from rules.jurisdiction import Scope, covers

PERSONAL = "helper"  # each helper owes for the own households, and is told of them alone


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a digest."""

    rung: str
    title: str
    due: str
    late: str

    def __str__(self) -> str:
        return f"【{self.rung}】{self.title}，{self.due}到期，{self.late}"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its items, the worst first; `more` are too many to list."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """What one reader is told."""

    title: str
    opening: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The digest in plain words."""
        rows = [self.opening]
        for part in self.parts:
            rows.append(f"{part.title}：")
            rows.extend(f"{n}. {line}" for n, line in enumerate(part.lines, 1))
            if part.more:
                rows.append(f"另有{part.more}件，请登录系统查看。")
        return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a digest: a recipient, whether the own items alone, and whether the offices below are this reader's."""

    who: Recipient
    own_only: bool
    below: bool


def readers(conn: Connection, office_code: str, told: Sequence[Any], today: date) -> list[Reader]:
    """Who is to be told of that office's digest, which is made of what `dues.told_to` gives for its day: the posts whose items reached a rung, from 催办 on the head as well,
    and the head of the office above. An item that is done calls nobody."""
    head = messages.head_role(conn, office_code)
    desk = _Desk(conn, office_code, today)
    found: dict[int, Reader] = {}
    for row in told:
        for reader in _called(desk, row, head):
            known = found.get(reader.who.person_id, reader)
            found[reader.who.person_id] = Reader(known.who, known.own_only and reader.own_only,
                                                 known.below or reader.below)  # fmt: skip
    return [found[person] for person in sorted(found)]


class _Desk:
    """Who holds the posts of one office today, each asked for once however many items it owes."""

    def __init__(self, conn: Connection, code: str, today: date) -> None:
        self.conn, self.code, self.today = conn, code, today
        self._known: dict[tuple[str, int | None], list[Recipient]] = {}

    def holders(self, role: str, only: int | None = None) -> list[Recipient]:
        if (role, only) not in self._known:
            self._known[role, only] = messages.holders(self.conn, self.code, role, self.today, only)
        return self._known[role, only]


def _called(desk: _Desk, row: Any, head: str | None) -> Iterator[Reader]:
    if row.office_code == desk.code:
        role = row.role or head
        if role is not None:
            for who in desk.holders(role, row.person_id):
                yield Reader(who, role == PERSONAL, False)
        if row.addressee == "post":
            return
    if head is not None:
        for who in desk.holders(head):
            yield Reader(who, False, True)


def compose(
    conn: Connection, office: Office, code: str, told: Sequence[Any], reader: Reader, today: date
) -> Digest | None:
    """The digest of that office as it stands today for that reader, of what `dues.told_to` gives for its day; None when
    nothing of it is left."""
    person = reader.who.person_id if reader.own_only else None
    fresh = [row for row in told if row.office_code == code and person in (None, row.person_id)]
    below = [row for row in told if row.office_code != code] if reader.below else []
    if not fresh and not below:
        return None
    most = office.pack.integer("reminders.listed", "期限提醒")
    owed = dues.owed_by(conn, code, today, person, most)
    count, late = dues.count_owed(conn, code, today, person)
    rungs = {row.id: row.name for row in fresh}
    rest = [row for row in owed if row.id not in rungs]
    older = dues.last_rungs(conn, [row.id for row in rest])
    make = _Lines(conn, office, scope_of(conn, reader.who.person_id, today), today)
    parts = [Part("本次提示", make.of(fresh[:most], rungs), max(0, len(fresh) - most)),
             Part("其余未办结", make.of(rest, older), max(0, count - len(fresh) - len(rest))),
             Part("下级单位逾期、须督办", make.of(below[:most], {row.id: row.name for row in below}, True),
                  max(0, len(below) - most))]  # fmt: skip
    name = offices.name_of(conn, code)
    return Digest(_title(name, count, late, len(below)), _opening(name, count, late, today),
                  tuple(part for part in parts if part.lines))  # fmt: skip


def _title(name: str, count: int, late: int, below: int) -> str:
    if late:
        return f"期限提醒：{name}有{late}件事项逾期"
    return f"期限提醒：{name}有{count}件事项待办结" if count else f"期限提醒：{name}有{below}件下级逾期事项须督办"


def _opening(name: str, count: int, late: int, today: date) -> str:
    until = f"{name}：截至{in_chinese(today)}，"
    if not count:
        return f"{until}本单位没有未办结的事项。"
    return f"{until}本单位未办结事项{count}件" + (f"，其中逾期{late}件。" if late else "，没有逾期。")


class _Lines:
    """Dues as lines of a digest."""

    def __init__(self, conn: Connection, office: Office, scope: Scope, today: date) -> None:
        self.conn, self.office, self.scope, self.today = conn, office, scope, today

    def of(self, rows: Sequence[Any], rungs: dict[int, str], with_office: bool = False) -> tuple[Line, ...]:
        numbers = dues.case_numbers(self.conn, [row.subject_id for row in rows if row.subject_kind == "task"])
        names = {code: offices.name_of(self.conn, code) for code in {row.office_code for row in rows}}
        return tuple(self._line(row, rungs.get(row.id, "待办"), numbers, names if with_office else {}) for row in rows)

    def _line(self, row: Any, rung: str, numbers: dict[int, str], names: dict[str, str]) -> Line:
        number = numbers.get(row.subject_id) if row.subject_kind == "task" else None
        title = discreet(self._title(row) + (f"（{number}）" if number else ""))
        if row.office_code in names:
            title = f"{names[row.office_code]}：{title}"
        due = in_chinese(row.due_on) + ("（暂定）" if row.provisional else "")
        return Line(rung, title, due, self._late(row.due_on))

    def _title(self, row: Any) -> str:
        """Whose household it is, for those who may see that household; for others what is to be done."""
        if row.household_id is None or covers(self.scope, row.area_path, row.household_id):
            return str(row.title)
        return str(row.title).split("：")[0]

    def _late(self, due_on: date) -> str:
        if due_on == self.today:
            return "今日到期"
        if due_on < self.today:
            days = self.office.calendar.working_days_late(due_on, self.today)
            return f"已逾期{days}个工作日" if days else "已逾期"
        left = self.office.calendar.working_days_late(self.today, due_on)
        return f"还有{left}个工作日" if left else "即将到期"
