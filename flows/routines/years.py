"""The yearly rounds (verification, exit, plan) and the reports that offices owe: opened and closed by the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection

from flows.office import Office
from flows.routines.routine import Asked, Report
from records import areas, help, ledger, offices, rounds
from records.engine import writing
from rules.days import Deadline, add_months, day_of
from states.not_allowed import NoSuch

Yearly = Literal["verification", "exit", "plan"]
YEARLY: tuple[Yearly, ...] = ("verification", "exit", "plan")
TITLES = {"verification": "年度全面核查", "exit": "年度退出", "plan": "年度帮扶计划"}


class OpenRounds(Asked):
    """Which of the yearly rounds to open; without a year it is the present one."""

    rounds: list[Yearly] = Field(default_factory=lambda: list(YEARLY), title="批次")
    year: int | None = Field(default=None, title="年度", ge=2000, le=2100)


def opens_on(office: Office, day: date) -> bool:
    return any(_opens(office, name, day.year) == day for name in YEARLY)


def closes_on(office: Office, day: date) -> bool:
    return any(_closes(office, name, day.year) == day for name in YEARLY)


def opening(office: Office, day: date) -> dict[str, Any]:
    """What the routine is asked for on a day of the calendar."""
    return {"rounds": [name for name in YEARLY if _opens(office, name, day.year) == day], "year": day.year}


def closing(office: Office, day: date) -> dict[str, Any]:
    return {"rounds": [name for name in YEARLY if _closes(office, name, day.year) == day], "year": day.year}


def open_yearly_rounds(office: Office, at: datetime, asked: OpenRounds) -> Report:
    """One round of each kind per street, with the obligation of the street to bring it to its end (R4.3-05). What is
    open already stays as it is."""
    today = day_of(at)
    year = asked.year or today.year
    made: list[tuple[str, str, str]] = []
    with writing(office.records) as conn:
        if not _in_force(office, year):
            return Report(f"政策包“{office.pack.title}”的期间不含{year}年，不开批次。")
        for name in asked.rounds:
            for street in areas.areas_on(conn, today, "street"):
                if _open(conn, office, name, street, year, at):
                    made.append((TITLES[name], street.name, str(_closes(office, name, year))))
    return Report(f"{year}年新开批次{len(made)}个。", ("批次", "街道", "截止日"), made)


def _open(conn: Connection, office: Office, name: Yearly, street: Any, year: int, at: datetime) -> bool:
    today, title = day_of(at), f"{street.name}{year}{TITLES[name]}"
    desk = offices.office_over(conn, "street", street.path)
    if desk is None:
        raise NoSuch(what="街道单位", key=street.code)
    owed = help.oblige(conn, {
        "kind": f"round_{name}", "key": f"round:{name}:{street.code}:{year}", "title": title,
        "office_code": desk.code, "person_id": None, "household_id": None, "area_path": street.path,
        "starts_on": today, "due_on": max(today, _closes(office, name, year)),
    })  # fmt: skip
    if owed is None:
        return False
    made = rounds.open_round(conn, {
        "procedure": name, "pack_id": office.pack.id, "area_code": street.code, "area_path": street.path,
        "year": year, "title": title, "opened_on": today,
    })  # fmt: skip
    ledger.add_line(conn, f"round:{made}", "opened", {"round": made, "area": street.code, "year": year}, None, at)
    return True


class CloseRounds(Asked):
    """Which of the yearly rounds to close; without a year it is the present one."""

    rounds: list[Yearly] = Field(default_factory=lambda: list(YEARLY), title="批次")
    year: int | None = Field(default=None, title="年度", ge=2000, le=2100)


def close_yearly_rounds(office: Office, at: datetime, asked: CloseRounds) -> Report:
    """Close every yearly round of which no case runs any more, and the obligation with it. One with running cases stays
    open, and its obligation reminds until they are done."""
    today = day_of(at)
    year = asked.year or today.year
    shown: list[tuple[str, str, int]] = []
    with writing(office.records) as conn:
        for row in rounds.open_rounds(conn, asked.rounds, year):
            running = rounds.running_in(conn, row.id)
            shown.append((row.title, "已关闭" if running == 0 else "未关闭", running))
            if running == 0:
                rounds.close_round(conn, row.id, today)
                help.done_by_key(conn, f"round:{row.procedure}:{row.area_code}:{row.year}", today, at)
                ledger.add_line(conn, f"round:{row.id}", "closed", {"round": row.id, "year": year}, None, at)
    closed = sum(state == "已关闭" for _, state, _ in shown)
    return Report(
        f"{year}年关闭批次{closed}个，{len(shown) - closed}个仍有办件在办。", ("批次", "状态", "在办件数"), shown
    )


class Reports(Asked):
    """The period that is reported on; without it the one that ended last."""

    year: int | None = Field(default=None, title="年", ge=2000, le=2100)
    month: int | None = Field(default=None, title="月", ge=1, le=12)


def monthly_reports(office: Office, at: datetime, asked: Reports) -> Report:
    """Every street and the district office owe a report of the month that is over."""
    today = day_of(at)
    before = add_months(today.replace(day=1), -1)
    year, month = asked.year or before.year, asked.month or before.month
    deadline = office.calendar.due(today, office.pack.limit("reports.month_limit"))
    return _owe_reports(office, at, "report_month", f"{year}-{month:02d}", f"{year}年{month}月月报", deadline)


class YearReports(Asked):
    """The year that is reported on; without it the one that ended last."""

    year: int | None = Field(default=None, title="年", ge=2000, le=2100)


def yearly_reports(office: Office, at: datetime, asked: YearReports) -> Report:
    """Every street and the district office owe a report of the year that is over (R4.4-06)."""
    today = day_of(at)
    year = asked.year or today.year - 1
    deadline = office.calendar.due(today, office.pack.limit("reports.year_limit"))
    return _owe_reports(office, at, "report_year", str(year), f"{year}年年报", deadline)


def _owe_reports(office: Office, at: datetime, kind: str, period: str, title: str, deadline: Deadline) -> Report:
    today = day_of(at)
    made = []
    with writing(office.records) as conn:
        for desk in (*offices.offices_of(conn, "street"), *offices.offices_of(conn, "district")):
            owed = help.oblige(conn, {
                "kind": kind, "key": f"{kind}:{desk.code}:{period}", "title": title, "office_code": desk.code,
                "person_id": None, "household_id": None, "area_path": areas.office_path(conn, desk.code, today),
                "starts_on": today, "due_on": deadline.on,
            }, deadline.provisional)  # fmt: skip
            if owed is not None:
                made.append((desk.name, str(deadline.on)))
    return Report(f"{title}：{len(made)}个单位应报送。", ("单位", "期限"), made)


def _opens(office: Office, name: str, year: int) -> date:
    return office.pack.day_in(f"yearly.{name}_opens", year, TITLES[name])


def _closes(office: Office, name: str, year: int) -> date:
    return office.pack.day_in(f"yearly.{name}_closes", year, TITLES[name])


def _in_force(office: Office, year: int) -> bool:
    pack = office.pack
    return pack.valid_from.year <= year and (pack.valid_to is None or year <= pack.valid_to.year)
