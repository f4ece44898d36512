"""导入: a workbook is uploaded, its report read row by row, and another person approves it; then the rows go in together."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows.decide import decide
from flows.import_register import LABELS, Options, upload
from records import cases, imports
from records.engine import reading
from records.overview import Ask
from states.case import CaseLife
from states.decision import Decision
from states.not_allowed import NoSuch, NotAllowed
from states.procedure import Verdict
from web.access import SIGNED_IN, Pages, roles
from web.listed import shown
from web.visit import TheVisit, Visit

pages = Pages("/imports")
MAKER = roles("district_clerk")
CHECKER = roles("district_director")
STATUSES = {str(s.value): s.name for s in CaseLife.states}
PAGE = 100


@pages.get("", SIGNED_IN, "导入")
def see_imports(visit: TheVisit) -> Response:
    return _see(visit, "")


def _see(visit: Visit, problem: str) -> Response:
    with reading(visit.office.records) as conn:
        listed = shown(conn, imports.batches(Ask(visit.scope, visit.today)), visit)
    return visit.page("imports", 409 if problem else 200, listed=listed, labels=LABELS, statuses=STATUSES, problem=problem,
                      may=MAKER.admits(visit), max_mb=visit.settings.max_upload_mb)  # fmt: skip


@pages.post("", MAKER, "上传")
def send_in(visit: TheVisit) -> Response:
    """Keep the workbook and make its report; nothing of it is in the register yet."""
    files, part = visit.uploads("file"), visit.text("part", "register")
    if not files or part not in LABELS:
        return _see(visit, "请选择要导入的工作簿和内容。")
    if part == "facts" and not visit.number("year"):
        return _see(visit, "导入收入与认定须填写年度。")
    name = (files[0].filename or "工作簿.xlsx").replace("\\", "/").rsplit("/", 1)[-1][:120]
    try:
        case, _ = upload(visit.office, files[0].file.read(), name, visit.actor, visit.at,
                         Options(part, visit.number("year") or None))  # fmt: skip
    except NotAllowed as no:
        return _see(visit, str(no))
    return visit.go(f"/imports/{case.id}", "报告已生成，尚未入库。请核对后送审。")


def _batch(visit: Visit, case_id: int) -> tuple[Any, Any]:
    with reading(visit.office.records) as conn:
        if not imports.batches(Ask(visit.scope, visit.today)).has(conn, case_id):
            raise NoSuch(what="导入", key=case_id)
        case = cases.see_case(conn, case_id)
        assert case is not None
        return case, imports.batch(conn, case.subject_id)


@pages.get("/{case_id:int}", SIGNED_IN, "导入报告")
def see_report(visit: TheVisit, case_id: int) -> Response:
    """The report: totals, what was refused and why, what is doubtful, what changes; and where the case stands."""
    case, batch = _batch(visit, case_id)
    report = batch.report
    kind = visit.text("show", "refused")
    hits = report.get(kind if kind in ("refused", "remarks", "changes") else "refused", [])
    page = max(1, visit.number("page", 1))
    with reading(visit.office.records) as conn:
        said = cases.decisions_of(conn, case_id)
    step = case.step if case.closed_on is None else ""
    return visit.page(
        "import", case=case, batch=batch, report=report, kind=kind, hits=hits[(page - 1) * PAGE : page * PAGE], page=page,
        pages=max(1, -(-len(hits) // PAGE)), count=len(hits), said=said, statuses=STATUSES, labels=LABELS,
        may_vouch=step == "report" and MAKER.admits(visit), may_approve=step == "approve" and CHECKER.admits(visit),
    )  # fmt: skip


@pages.post("/{case_id:int}/vouch", MAKER, "送审")
def vouch(visit: TheVisit, case_id: int) -> Response:
    case, _ = _batch(visit, case_id)
    on = visit.day("effective_on") or visit.today
    decide(visit.office, Decision(case_id, "report", Verdict.APPROVE, visit.actor, visit.at, "已核对导入报告",
                                  {"effective_on": on.isoformat()}, seen_version=case.version))  # fmt: skip
    return visit.go(f"/imports/{case_id}", "已送区扶贫办主任批准。")


@pages.post("/{case_id:int}/decide", CHECKER, "批准入库")
def approve(visit: TheVisit, case_id: int) -> Response:
    case, _ = _batch(visit, case_id)
    verdict = Verdict.APPROVE if visit.text("verdict") == "approve" else Verdict.REFUSE
    opinion = visit.text("opinion") or ("同意入库" if verdict is Verdict.APPROVE else "")
    decide(
        visit.office, Decision(case_id, "approve", verdict, visit.actor, visit.at, opinion, seen_version=case.version)
    )
    return visit.go(
        f"/imports/{case_id}", "已批准，各行已一并入库。" if verdict is Verdict.APPROVE else "已退回，没有入库。"
    )
