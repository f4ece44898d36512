"""What is not well (异常件): raised once, with what mends it, and closed by itself when its cause is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from flows.messages import News, To, tell
from records import alerts, calendar, leases, offices, views
from records.engine import database_now
from rules.days import day_of
from states.not_allowed import NoSuch, NothingToRetry

UNWATCHED_AFTER = timedelta(minutes=1)
ANNOUNCED_BY_OCTOBER = 10  # the next year's days of rest are announced in autumn (domain 8.1)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of alert: its name, and the act that mends it."""

    name: str
    mend: str


KINDS: Mapping[str, Kind] = {
    "duty_failed": Kind("应办未成", "查明原因后重新办理：bangfu trouble retry {id}"),
    "channel_away": Kind("发送渠道不通", "检查该渠道的设置和网络；恢复后自动补发，本件自动消除"),
    "webhook_away": Kind("推送不到", "检查接收方程序和网络；恢复后自动补推，本件自动消除"),
    "empty_post": Kind("岗位无人", "任命人员：bangfu person appoint 姓名 {office_code} {role} --since 日期"),
    "calendar_missing": Kind(
        "节假日未录入",
        "录入国务院办公厅公布的放假安排：bangfu calendar import 文件 --year 年度 --source 文号 --by 姓名",
    ),
    "seals_not_exported": Kind("日封印未导出", "检查日封印文件夹能否写入；写入后自动消除"),
    "break_glass": Kind("越权查阅", "核实查阅是否必要，并在查阅记录中留下结论"),
    "lease_free": Kind("没有计时进程", "启动办理进程：bangfu serve"),
    "prefect_away": Kind("Prefect不通", "检查Prefect服务；在此期间由办理进程自行办理"),
}
OTHER = Kind("其他异常", "按说明处理")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One line of the list."""

    id: int
    kind: str
    name: str
    says: str
    office: str | None
    since: datetime
    mend: str
    can_retry: bool


def troubles(conn: Connection) -> list[Trouble]:
    """Everything that is not well, the oldest first, each with the act that mends it."""
    found = []
    for row in alerts.open_alerts(conn):
        kind = KINDS.get(row.kind, OTHER)
        role = row.key.rpartition(":")[2] if row.kind == "empty_post" else ""
        mend = kind.mend.format(id=row.id, office_code=row.office_code or "", role=role)
        found.append(Trouble(row.id, row.kind, kind.name, row.says, row.office, row.raised_at, mend,
                             row.kind == "duty_failed"))  # fmt: skip
    return [*_free_lease(conn), *found]


def _free_lease(conn: Connection) -> list[Trouble]:
    """Nobody watches the time: nobody would raise an alert about it either, so that it is looked for when asked."""
    held = leases.see(conn, leases.TICKER)
    if held is None or held.left > -UNWATCHED_AFTER:
        return []
    kind, since = KINDS["lease_free"], database_now(conn) + held.left
    says = "没有任何进程在计时：到期事项不会被发现，应办事项不会办理。"
    return [Trouble(0, "lease_free", kind.name, says, None, since, kind.mend, False)]


def duty_behind(conn: Connection, alert_id: int) -> int:
    """The duty that an open alert is about. Raises NoSuch, or NothingToRetry for what is mended otherwise."""
    row = alerts.alert(conn, alert_id)
    if row is None or row.closed_at is not None:
        raise NoSuch(what="未消除的异常件", key=alert_id)
    if row.kind != "duty_failed":
        kind = KINDS.get(row.kind, OTHER)
        raise NothingToRetry(id=alert_id, kind=kind.name, mend=kind.mend.split("：")[0])
    return int(row.key.removeprefix("duty:"))


def watch(conn: Connection, at: datetime) -> None:
    """Look for what is not well, in the caller's transaction, and close what is well again."""
    _empty_posts(conn, at)
    _calendar(conn, at)
    for key in alerts.mended_duties(conn):
        alerts.close_alert(conn, key, at)


def _empty_posts(conn: Connection, at: datetime) -> None:
    today = day_of(at)
    above = offices.parents(conn) if (empty := views.unattended(conn, today)) else {}
    for post in empty:
        title = offices.ROLE_TITLES.get(post.role, post.role)
        says = f"{post.name}的{title}岗位无人担任，有{post.count}件待办无人办理。"
        alerts.raise_alert(conn, f"empty-post:{post.office_code}:{post.role}", "empty_post", says, post.office_code, at)
    for row in alerts.open_alerts(conn, ("empty_post",)):
        _, code, role = row.key.split(":")
        if not views.is_unattended(conn, code, role, today):
            alerts.close_alert(conn, row.key, at)
            continue
        facts = {"office": row.office, "role": offices.ROLE_TITLES.get(role, role)}
        counts = {(p.office_code, p.role): p.count for p in empty}
        to = To(above.get(code, code))
        tell(
            conn, News("empty_post", f"empty-post:{row.id}", (to,), {**facts, "count": counts.get((code, role), 1)}), at
        )


def _calendar(conn: Connection, at: datetime) -> None:
    today = day_of(at)
    wanted = [today.year, *([today.year + 1] if today.month >= ANNOUNCED_BY_OCTOBER else [])]
    for year in wanted:
        if not calendar.is_announced(conn, year):
            says = f"{year}年的放假和调休安排尚未录入，期限按周一至周五暂定。"
            alerts.raise_alert(conn, f"calendar:{year}", "calendar_missing", says, None, at)
    for row in alerts.open_alerts(conn, ("calendar_missing",)):
        if calendar.is_announced(conn, int(row.key.removeprefix("calendar:"))):
            alerts.close_alert(conn, row.key, at)
