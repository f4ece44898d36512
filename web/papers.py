"""文书: every paper within the scope, read as pages, taken as Word or PDF, signed, delivered, brought back signed."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import Response

from flows import paper_acts
from flows import sign as signing
from flows.compose import names_of
from flows.paper_acts import WAYS, Delivery
from flows.paper_stages import NAMES, open_acts
from flows.print import print_form
from flows.print_pdf import print_batches
from integrations import pdf
from records import correspondence, paper_lists
from records.engine import reading
from records.overview import Ask
from states.not_allowed import FieldMissing, NoSuch
from states.paper import BEFORE_SIGNING, PaperLife
from templates.preview import pages_of
from web.access import SIGNED_IN, STAFF, Pages
from web.listed import shown
from web.uploads import kept
from web.visit import TheVisit, Visit

pages = Pages("/papers")
STATUSES = {str(s.value): s.name for s in PaperLife.states}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("", SIGNED_IN, "文书")
def see_papers(visit: TheVisit) -> Response:
    status, code = visit.text("status"), visit.text("code")[:16]
    ask = Ask(visit.scope, visit.today)
    with reading(visit.office.records) as conn:
        listing = paper_lists.papers(ask, (status,) if status in STATUSES else (), visit.text("q")[:60], code)
        listed, codes = shown(conn, listing, visit), paper_lists.codes(conn, ask)
    return visit.page(
        "papers",
        listed=listed,
        chosen=status,
        statuses=STATUSES,
        code=code,
        codes=codes,
        q=visit.text("q"),
        staff=STAFF.admits(visit),
    )


def paper_in_scope(conn: Connection, visit: Visit, paper_id: int) -> Any:
    """The paper, when it is within the scope, or one's office was asked to countersign it. Raises NoSuch otherwise: whether it exists is nobody else's business."""
    row = paper_lists.paper(conn, Ask(visit.scope, visit.today), paper_id)
    if row is None:
        row = paper_lists.asked_of(conn, paper_id, [seat.office_code for seat in visit.seats])
    if row is None:
        raise NoSuch(what="文书", key=paper_id)
    return row


@pages.get("/{paper_id:int}", SIGNED_IN, "文书")
def see_paper(visit: TheVisit, paper_id: int) -> Response:
    with reading(visit.office.records) as conn:
        row = paper_in_scope(conn, visit, paper_id)
        acts = open_acts(conn, row, visit.seat.office_code) if visit.seat is not None and STAFF.admits(visit) else []
        steps = correspondence.steps_of(conn, paper_id)
        parties = {
            key: names_of(conn, getattr(row, key) or ()) for key in ("to_offices", "copy_offices", "countersigners")
        }
    mine = visit.seat is not None and (visit.seat.office_code, visit.seat.role) == (row.office_code, row.signer_role)
    return visit.page(
        "paper", paper=row, sheets=pages_of(print_form(visit.office, paper_id)), statuses=STATUSES, ways=WAYS,
        may_sign=mine and row.status in BEFORE_SIGNING, may_deliver=row.status in ("registered", "sealed"),
        acts=acts, steps=steps, acts_named=NAMES, parties=parties, may_bring_back=row.status == "printed", staff=STAFF.admits(visit), pdf=pdf.available(),
    )  # fmt: skip


@pages.get("/{paper_id:int}/word", SIGNED_IN, "文书")
def take_word(visit: TheVisit, paper_id: int) -> Response:
    with reading(visit.office.records) as conn:
        row = paper_in_scope(conn, visit, paper_id)
    return attachment(print_form(visit.office, paper_id), f"{row.title}.docx", WORD)


@pages.get("/{paper_id:int}/pdf", SIGNED_IN, "文书")
def take_pdf(visit: TheVisit, paper_id: int) -> Response:
    """The paper as PDF, where LibreOffice is installed."""
    with reading(visit.office.records) as conn:
        row = paper_in_scope(conn, visit, paper_id)
    [batch] = print_batches(visit.office, [paper_id], visit.scope)
    return attachment(batch.data, f"{row.title}.pdf", "application/pdf", inline=True)


def attachment(data: bytes, name: str, kind: str, inline: bool = False) -> Response:
    """A file to keep, or to look at."""
    way = "inline" if inline else "attachment"
    return Response(data, media_type=kind, headers={"content-disposition": f"{way}; filename*=UTF-8''{quote(name)}"})


@pages.post("/{paper_id:int}/sign", STAFF, "签发")
def sign_it(visit: TheVisit, paper_id: int) -> Response:
    with reading(visit.office.records) as conn:
        paper_in_scope(conn, visit, paper_id)
    signed = signing.sign(visit.office, paper_id, visit.actor, visit.at)
    number = f"文号{signed.number}，" if signed.number else ""
    return visit.go(f"/papers/{paper_id}", f"已签发：{number}SHA-256 {signed.sha256}")


@pages.post("/{paper_id:int}/deliver", STAFF, "送达")
def deliver_it(visit: TheVisit, paper_id: int) -> Response:
    with reading(visit.office.records) as conn:
        paper_in_scope(conn, visit, paper_id)
    on = visit.day("on")
    if on is None:
        raise FieldMissing(step="送达", fields="送达日期")
    files = [kept(visit, upload) for upload in visit.uploads("proof")]
    proof = {"name": files[0].name, "sha256": files[0].sha256} if files else None
    delivery = Delivery(on, visit.text("receiver"), visit.text("way"), visit.text("witness"), proof)
    paper_acts.deliver(visit.office, paper_id, delivery, visit.actor, visit.at)
    return visit.go(f"/papers/{paper_id}", "已登记送达。")


@pages.post("/{paper_id:int}/back", STAFF, "签字件归档")
def bring_it_back(visit: TheVisit, paper_id: int) -> Response:
    with reading(visit.office.records) as conn:
        paper_in_scope(conn, visit, paper_id)
    uploads = visit.uploads("scan")
    if not uploads:
        raise FieldMissing(step="签字件归档", fields="扫描件或照片")
    found = kept(visit, uploads[0])
    paper_acts.bring_back(visit.office, paper_id, found, visit.actor, visit.at)
    return visit.go(f"/papers/{paper_id}", "签字件已归档，办理该环节时即为佐证材料。")
