"""Everything the system does by itself on certain days. A routine whose day has come is a duty like any other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from flows.office import Office
from flows.routines.agreements import IssueAgreements, issue_agreements
from flows.routines.board import ClosePublicities, NightlySeal, close_publicities, nightly_seal
from flows.routines.care import Revisits, Successors, ask_successors, open_revisits
from flows.routines.checks import DataCheck, nightly_data_check
from flows.routines.reminding import RemindOverdue, remind_overdue
from flows.routines.routine import Asked, Report, Routine, every_day, first_of_month, first_of_year, never
from flows.routines.visits import Visits, leader_visits
from flows.routines.years import (
    CloseRounds,
    OpenRounds,
    Reports,
    YearReports,
    close_yearly_rounds,
    closes_on,
    closing,
    monthly_reports,
    open_yearly_rounds,
    opening,
    opens_on,
    yearly_reports,
)
from records import duties, routines
from records.duties import DutyRow
from rules.days import ONE_DAY, day_of
from states.not_allowed import AskedWrongly, NoSuch

log = logging.getLogger("bangfu.routines")

LISTED = (
    Routine("remind-overdue-offices", "催办提醒", "随计时自动进行", RemindOverdue, remind_overdue, never),
    Routine("issue-agreements", "印发年度责任书", "由人要求", IssueAgreements, issue_agreements, never),
    Routine("close-publicities", "撤下到期公示公告", "每日", ClosePublicities, close_publicities, every_day),
    Routine("nightly-seal", "台账日封", "每日", NightlySeal, nightly_seal, every_day),
    Routine("nightly-data-check", "数据核查（疑点）", "每日", DataCheck, nightly_data_check, every_day),
    Routine("open-revisits", "回访立件", "每日", Revisits, open_revisits, every_day),
    Routine("agreement-successors", "责任书接任重签", "每日", Successors, ask_successors, every_day),
    Routine(
        "open-yearly-rounds", "开始年度批次", "政策包yearly各开始日", OpenRounds, open_yearly_rounds, opens_on, True
    ),
    Routine(
        "close-yearly-rounds", "关闭年度批次", "政策包yearly各截止日", CloseRounds, close_yearly_rounds, closes_on, True
    ),
    Routine("leader-visits", "党政主要领导走访", "每日", Visits, leader_visits, every_day),
    Routine("monthly-reports", "月报任务", "每月1日", Reports, monthly_reports, first_of_month, True),
    Routine("yearly-reports", "年报任务", "每年1月1日", YearReports, yearly_reports, first_of_year, True),
)
ROUTINES: Mapping[str, Routine] = {routine.key: routine for routine in LISTED}
LOOK_BACK = 400 * ONE_DAY
ON_A_DAY: Mapping[str, Callable[[Office, date], dict[str, Any]]] = {
    "open-yearly-rounds": opening,
    "close-yearly-rounds": closing,
    "monthly-reports": lambda office, day: {"year": (day - ONE_DAY).year, "month": (day - ONE_DAY).month},
    "yearly-reports": lambda office, day: {"year": day.year - 1},
}


def routine(key: str) -> Routine:
    """The routine of that name. Raises NoSuch naming those there are."""
    if key not in ROUTINES:
        raise NoSuch(what=f"流程（现有：{'、'.join(ROUTINES)}）", key=key)
    return ROUTINES[key]


def run_routine(office: Office, key: str, asked: Mapping[str, Any], at: datetime) -> Report:
    """Run one routine now. Raises AskedWrongly naming the parameter that does not fit."""
    found = routine(key)
    report = found.run(office, at, read_asked(found, asked))
    log.info("routine done", extra={"routine": key, "rows": len(report.rows)})
    return report


def read_asked(found: Routine, asked: Mapping[str, Any]) -> Asked:
    try:
        return found.asked.model_validate(dict(asked))
    except ValidationError as no:
        wrong = "、".join(".".join(map(str, e["loc"])) or "全部" for e in no.errors(include_url=False))
        raise AskedWrongly(flow=found.key, names=wrong) from no


def owe_routines(conn: Connection, office: Office, at: datetime) -> None:
    """Owe every routine whose day has come since it was looked at last, in the order of the days; each day once."""
    today = day_of(at)
    owed = sorted(_due(conn, office, today), key=lambda pair: pair[0])
    duties.owe(conn, [
        {"key": f"routine:{one.key}:{day}", "kind": "routine", "case_id": None, "act_id": None, "owed_since": at,
         "payload": {"routine": one.key, "title": one.title, "asked": ON_A_DAY.get(one.key, _nothing)(office, day)}}
        for day, one in owed
    ])  # fmt: skip


def _nothing(office: Office, day: date) -> dict[str, Any]:
    return {}


def _due(conn: Connection, office: Office, today: date) -> Iterator[tuple[date, Routine]]:
    for one in LISTED:
        last = routines.noticed_on(conn, one.key)
        if last == today:
            continue
        # a clock that was set forward and back again leaves a day ahead: it is looked at from today on
        first = today if last is None or last > today else max(last + ONE_DAY, today - LOOK_BACK)
        days = [day for day in _days(first, today) if one.on_day(office, day)]
        for day in days if one.each else days[-1:]:
            yield day, one
        routines.notice(conn, one.key, today)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def carry_out_routine(office: Office, duty: DutyRow, at: datetime) -> Callable[[Connection], None]:
    """What a duty of this kind owes; what it did is kept beside it."""
    report = run_routine(office, str(duty.payload["routine"]), duty.payload["asked"], at)
    return lambda conn: duties.keep_report(conn, duty.id, report.as_json())
