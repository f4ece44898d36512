"""What is not well (异常件): a person tries a failed duty again, or settles what was looked into, each within the scope."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from flows.office import Office
from records import alerts, cases, duties, ledger, overview
from records.cases import Seat
from records.engine import writing
from records.overview import Ask
from rules.days import day_of
from rules.jurisdiction import Scope
from states.decision import Actor
from states.not_allowed import FieldMissing, NoSuch, NotYourPost


def retry(office: Office, duty_id: int, by: Actor, scope: Scope, at: datetime) -> None:
    """Try a duty that is out of tries again; its alert is closed, and raised anew should it fail again."""
    with writing(office.records) as conn:
        seat = _seat(conn, by, at)
        there = overview.failed_duties(Ask(scope, day_of(at)))
        if not there.has(conn, duty_id) or not duties.retry(conn, duty_id, at):
            raise NoSuch(what="未办成的应办事项", key=duty_id)
        alerts.close_alert(conn, f"duty:{duty_id}", at)
        body = {"duty": duty_id, "office": seat.office, "post": seat.post}
        ledger.add_line(conn, f"office:{seat.office_code}", "duty_retried", body, {"by": seat.person}, at)


def settle(office: Office, alert_id: int, note: str, by: Actor, scope: Scope, at: datetime) -> None:
    """Close an alert with what was done about it. Raises FieldMissing without a word, NoSuch for one that is not open."""
    if not note.strip():
        raise FieldMissing(step="办结异常件", fields="处理情况")
    with writing(office.records) as conn:
        seat = _seat(conn, by, at)
        there = overview.alerts(Ask(scope, day_of(at)))
        key = alerts.key_of(conn, alert_id)
        if key is None or not there.has(conn, alert_id):
            raise NoSuch(what="异常件", key=alert_id)
        alerts.close_alert(conn, key, at)
        body = {"alert": key, "office": seat.office, "post": seat.post}
        ledger.add_line(conn, f"office:{seat.office_code}", "alert_settled", body,
                        {"by": seat.person, "note": note.strip()}, at)  # fmt: skip


def _seat(conn: Connection, by: Actor, at: datetime) -> Seat:
    on = day_of(at)
    seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
    if seat is None:
        raise NotYourPost(person=cases.person_name(conn, by.person_id), day=on, post=by.role)
    return seat
