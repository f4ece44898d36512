"""系统设置: offices, posts, people, calendar, policy pack, templates; each change with its author and its history."""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.responses import Response

from flows import administration as admin
from flows import masters
from flows.administration import ACTS, LEVELS, OFFICE_FIELDS, Admin, Newcomer
from flows.year_days import read_days
from records import administration, areas, offices
from records import masters as kept_masters
from records.engine import reading
from records.offices import ROLE_TITLES
from records.overview import Ask
from states.not_allowed import FieldMissing, NoSuch, NotAllowed
from templates.papers import PAPERS, paper_class
from web.access import ADMIN, SIGNED_IN, Pages, roles
from web.listed import shown
from web.visit import TheVisit, Visit

pages = Pages("/settings")
STATUS = {"CONFIRMED": ("已确认", "tag-good"), "DEFAULT": ("默认，待确认", "tag-mind"), "UNSET": ("未设", "tag-bad")}


def _who(visit: Visit) -> Admin:
    return Admin(visit.actor, visit.at)


def _changed(visit: Visit, path: str, says: str) -> Response:
    """On to a page after a change of calendar or pack, which the next request already sees."""
    visit.request.app.state.read_at = -math.inf
    return visit.go(path, says)


@pages.get("", ADMIN, "系统设置")
def see_settings(visit: TheVisit) -> Response:
    """Where everything stands, and what was changed of late."""
    with reading(visit.office.records) as conn:
        ask = Ask(visit.scope, visit.today)
        listed = shown(conn, administration.offices(ask, visit.text("q")[:40]), visit)
        years = administration.years(conn)[:4]
        empty = len(offices.empty_posts(conn, visit.today))
        changed = [_told(row) for row in administration.history(conn, ("system",), tuple(ACTS), 20)]
        away = administration.delegations(conn, ask)
        places = areas.areas_on(conn, visit.today)
    unset = sum(e.status == "UNSET" for e in visit.office.pack.entries.values())
    return visit.page("settings", listed=listed, years=years, empty=empty, changed=changed, away=away, levels=LEVELS,
                      places=places, unset=unset, q=visit.text("q"), packs=visit.office.packs)  # fmt: skip


def _told(row: Any) -> dict[str, Any]:
    """One line of the ledger as a change that people read."""
    body, personal = json.loads(row.body), json.loads(row.personal or "{}")
    rest = {k: v for k, v in body.items() if k not in ("office", "post", "by")}
    return {"at": row.at, "act": ACTS.get(row.act, row.act), "by": personal.get("by", "系统"), "name": personal.get("name", ""),
            "what": "；".join(f"{WORDS.get(k, k)}：{_short(v)}" for k, v in rest.items())}  # fmt: skip


WORDS = {
    "role": "岗位", "since": "起", "on": "止", "person": "人员编号", "year": "年度", "source": "依据", "day": "日期", "open": "上班",
    "pack": "政策包", "sha256": "指纹", "changes": "修改", "name": "名称", "code": "编码", "level": "级别", "days": "天数",
    "district": "区划", "template": "母版", **OFFICE_FIELDS,
}  # fmt: skip


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "、".join(f"{OFFICE_FIELDS.get(k, k)}由“{v[0] or '空'}”改为“{v[1] or '空'}”" for k, v in value.items())
    if isinstance(value, list):
        return str(len(value))
    text = ROLE_TITLES.get(str(value), LEVELS.get(str(value), str(value)))
    return f"{text[:12]}…" if len(text) > 60 else text


@pages.post("/offices", ADMIN, "新设单位")
def add_office(visit: TheVisit) -> Response:
    values = {key: visit.text(key) for key in ("code", "level", "area_code", "parent_code", *OFFICE_FIELDS)}
    admin.add_office(visit.office, values, visit.day("since") or visit.today, _who(visit))
    return visit.go(f"/settings/offices/{values['code']}", "单位已设立。")


@pages.get("/offices/{code}", ADMIN, "单位设置")
def see_office(visit: TheVisit, code: str) -> Response:
    with reading(visit.office.records) as conn:
        row = offices.office(conn, code)
        people = administration.posts_and_people(conn, code, visit.today)
        changed = [_told(line) for line in administration.history(conn, (f"office:{code}",), tuple(ACTS), 50)]
    free = [(k, v) for k, v in ROLE_TITLES.items() if k not in {p.role for p in people}]
    return visit.page("settings_office", office=row, people=people, changed=changed, fields=OFFICE_FIELDS, levels=LEVELS,
                      roles=free)  # fmt: skip


@pages.post("/offices/{code}", ADMIN, "修改单位")
def change_office(visit: TheVisit, code: str) -> Response:
    changed = admin.change_office(visit.office, code, {key: visit.text(key) for key in OFFICE_FIELDS}, _who(visit))
    return visit.go(f"/settings/offices/{code}", f"改动{changed}项。" if changed else "没有改动。")


@pages.post("/offices/{code}/posts", ADMIN, "新设岗位")
def add_post(visit: TheVisit, code: str) -> Response:
    admin.add_post(visit.office, code, visit.text("role"), _who(visit))
    return visit.go(f"/settings/offices/{code}", "岗位已设立，请任命人员。")


@pages.post("/offices/{code}/people", ADMIN, "任命")
def appoint(visit: TheVisit, code: str) -> Response:
    person = Newcomer(visit.text("name"), visit.number("person") or None, visit.text("phone"), visit.text("login"))
    since = visit.day("since")
    if since is None:
        raise FieldMissing(step="任命", fields="任职起始日期")
    admin.appoint(visit.office, code, visit.text("role"), person, since, _who(visit))
    return visit.go(f"/settings/offices/{code}", "已任命。")


@pages.post("/offices/{code}/phones", ADMIN, "修改电话")
def change_phone(visit: TheVisit, code: str) -> Response:
    admin.change_phone(visit.office, code, visit.number("person"), visit.text("phone"), _who(visit))
    return visit.go(f"/settings/offices/{code}", "电话已保存；因缺电话停下的文书，请在“异常件”中重试。")


@pages.post("/offices/{code}/terms", ADMIN, "免去")
def end_term(visit: TheVisit, code: str) -> Response:
    on = visit.day("on") or visit.today
    admin.end_term(visit.office, code, visit.text("role"), visit.number("person"), on, _who(visit))
    return visit.go(f"/settings/offices/{code}", "任期已止，未办的待办由接任的人办理。")


# --- the calendar -----------------------------------------------------------------------------------------------------


@pages.get("/calendar", SIGNED_IN, "工作日历")
def see_calendar(visit: TheVisit) -> Response:
    return _calendar(visit, "")


def _calendar(visit: Visit, problem: str) -> Response:
    year = visit.number("year") or visit.today.year
    with reading(visit.office.records) as conn:
        years, days = administration.years(conn), administration.days_of(conn, year)
    return visit.page("settings_calendar", 409 if problem else 200, years=years, days=days, year=year, problem=problem,
                      known=year in {y.year for y in years}, may=ADMIN.admits(visit), text=visit.text("days"),
                      source=visit.text("source"))  # fmt: skip


@pages.post("/calendar", ADMIN, "公布年历")
def announce(visit: TheVisit) -> Response:
    year = visit.number("year")
    try:
        days = read_days(visit.text("days"), year)
        count = admin.announce_year(visit.office, year, visit.text("source"), days, _who(visit))
    except NotAllowed as no:
        return _calendar(visit, str(no))
    return _changed(visit, f"/settings/calendar?year={year}", f"{year}年年历已公布（{count}天）。已确定的期限不变。")


@pages.post("/calendar/day", ADMIN, "调整日历")
def change_day(visit: TheVisit) -> Response:
    day = visit.day("day")
    if day is None:
        return _calendar(visit, "请填写日期。")
    try:
        admin.change_day(
            visit.office, day, visit.text("open") == "1", visit.text("name"), visit.text("source"), _who(visit)
        )
    except NotAllowed as no:
        return _calendar(visit, str(no))
    return _changed(visit, f"/settings/calendar?year={day.year}", "已调整。已确定的期限不变。")


# --- the policy pack --------------------------------------------------------------------------------------------------


@pages.get("/policy", SIGNED_IN, "政策参数")
def see_policy(visit: TheVisit) -> Response:
    return _policy(visit, "", None)


def _policy(visit: Visit, problem: str, differs: Any, text: str = "") -> Response:
    pack = visit.office.packs.get(visit.text("pack"), visit.office.pack)
    status = visit.text("status")
    entries = [e for e in pack.entries.values() if not status or e.status == status]
    with reading(visit.office.records) as conn:
        versions = administration.pack_versions(conn, pack.id)
    counts = {key: sum(e.status == key for e in pack.entries.values()) for key in STATUS}
    return visit.page("settings_policy", 409 if problem else 200, pack=pack, packs=visit.office.packs, entries=entries,
                      chosen=status, statuses=STATUS, counts=counts, versions=versions, problem=problem, differs=differs,
                      text=text, may=ADMIN.admits(visit))  # fmt: skip


@pages.get("/policy/{version_id:int}", SIGNED_IN, "政策包文本")
def take_policy(visit: TheVisit, version_id: int) -> Response:
    with reading(visit.office.records) as conn:
        text = administration.pack_text(conn, version_id)
    if text is None:
        raise NoSuch(what="政策包", key=version_id)
    return Response(text, media_type="text/plain; charset=utf-8",
                    headers={"content-disposition": f"attachment; filename=pack-{version_id}.toml"})  # fmt: skip


@pages.post("/policy", ADMIN, "更新政策包")
def upload_policy(visit: TheVisit) -> Response:
    """First the check and what would change; with the text confirmed, the new version is in force."""
    files = visit.uploads("file")
    text = files[0].file.read().decode("utf-8", "replace") if files else visit.text("text").replace("\r\n", "\n")
    if not text.strip():
        return _policy(visit, "请选择政策包文件。", None)
    try:
        if visit.text("confirmed") == "1":
            kept = admin.upload_pack(visit.office, text, _who(visit))
            return _changed(
                visit,
                "/settings/policy",
                "新政策包已生效，正在办理的办件仍按原规定。" if kept else "与现行政策包相同，没有改动。",
            )
        _, differs = admin.check_pack(visit.office, text)
    except NotAllowed as no:
        return _policy(visit, str(no), None)
    return _policy(visit, "", differs, text)


# --- templates --------------------------------------------------------------------------------------------------------

KEEPER = roles(*masters.KEEPERS)


@pages.get("/templates", SIGNED_IN, "文书母版")
def see_templates(visit: TheVisit) -> Response:
    return _templates(visit, "")


def _templates(visit: Visit, problem: str) -> Response:
    with reading(visit.office.records) as conn:
        changed = kept_masters.history(conn)
    now: dict[str, Any] = {}
    for row in changed:
        now.setdefault(row.code, row)
    own = {code: row for code, row in now.items() if row.file_key is not None}
    return visit.page("settings_templates", 409 if problem else 200, papers=PAPERS, own=own, changed=changed[:50],
                      problem=problem, may=KEEPER.admits(visit))  # fmt: skip


@pages.get("/templates/{code}", SIGNED_IN, "文书母版")
def take_template(visit: TheVisit, code: str) -> Response:
    paper_class(code)
    with reading(visit.office.records) as conn:
        data = masters.master_of(conn, visit.office, code).docx
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Response(data, media_type=kind, headers={"content-disposition": f"attachment; filename={code}.docx"})


@pages.post("/templates/{code}", KEEPER, "更换母版")
def change_template(visit: TheVisit, code: str) -> Response:
    """A new master is filled with sample data before it is accepted; a bad blank is named."""
    files = visit.uploads("file")
    if not files:
        return _templates(visit, "请选择Word文件。")
    name = (files[0].filename or f"{code}.docx").replace("\\", "/").rsplit("/", 1)[-1][:120]
    try:
        trial = masters.replace_master(visit.office, code, files[0].file.read(), name, visit.actor, visit.at,
                                       visit.text("reason"))  # fmt: skip
    except NotAllowed as no:
        return _templates(visit, str(no))
    notes = "；".join(str(note).rstrip("。") for note in trial.notes)
    return visit.go("/settings/templates", f"{code}的母版已更换，已签发的文书不变。{notes}")


@pages.post("/templates/{code}/original", KEEPER, "恢复母版")
def restore_template(visit: TheVisit, code: str) -> Response:
    try:
        masters.restore_master(visit.office, code, visit.actor, visit.at, visit.text("reason"))
    except NotAllowed as no:
        return _templates(visit, str(no))
    return visit.go("/settings/templates", f"{code}已恢复随程序提供的母版。")
