"""Signing agreements: confirmed by account in person, or recorded from a signed copy; each with its evidence (R4.2-05)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection

from config.agreements import Terms
from flows.agreements import desk
from flows.agreements.kinds import PARTIES
from flows.agreements.targets import Stage
from flows.office import Office
from records import agreements, duties, offices, papers, register
from records.cases import Seat
from records.engine import writing
from rules.days import BEIJING, day_of
from states import paper as paper_life
from states.agreement import UNSIGNED, after_signing, move
from states.decision import Actor, Evidence
from states.not_allowed import (
    AgreementNotIssued,
    ChangedMeanwhile,
    EvidenceMissing,
    FieldMissing,
    FieldWrong,
    NotAllowed,
    NothingToSign,
    NotTheSigner,
    ScanOnly,
    SignedTwice,
    WhichCapacity,
)

FORCE = "agreement_force"


@dataclass(frozen=True, slots=True)
class Scan:
    """A signed copy that came back: who signed in which capacities, when, and the file. A sheet that three parties
    signed is one copy with three names."""

    names: Mapping[str, str]  # capacity -> who signed
    evidence: Sequence[Evidence]
    signed_on: date
    supplement: str | None = None  # the number of the supplement that was signed; without it, the agreement first


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of a signature."""

    agreement_id: int
    capacity: str  # several, when one copy bears them, in one line
    status: str
    waits_for: tuple[str, ...]  # who has still to sign


@dataclass(frozen=True, slots=True)
class Place:
    """Where to sign: in one capacity of those the post may sign in, on a supplement by its number."""

    capacity: str | None = None
    supplement: str | None = None


ANY = Place()


def sign_by_account(office: Office, agreement_id: int, by: Actor, at: datetime, place: Place = ANY) -> Signed:
    """Sign in person, in the post held: its only free place, or the one named (a street's two are two capacities). The evidence is the hash of
    the paper. Raises WhichCapacity, NothingToSign, SignsInPerson, SignedTwice, ScanOnly."""
    with writing(office.records) as conn:
        row = _ready(conn, agreement_id)
        held = desk.seat(conn, by, at)
        signer = _place_of(conn, row, held, place)
        paper = papers.paper(conn, _paper_id(conn, row, signer))
        proof = [{"kind": paper.code, "name": "账号确认", "sha256": paper.sha256}] if paper else []
        values = {"how": "account", "person_id": held.person_id, "person": held.person, "office": held.office,
                  "post": held.post, "evidence": proof, "recorded_by": held.person, "signed_on": day_of(at)}  # fmt: skip
        return _sign(conn, office, row, [(signer, values)], held, at)


def sign_by_scan(office: Office, agreement_id: int, scan: Scan, by: Actor, at: datetime) -> Signed:
    """Record who signed on paper: all whom the copy bears, or nobody. Raises EvidenceMissing without the scanned copy,
    FieldMissing without a name, NotTheSigner for the wrong one, NotYourAgreement for a recorder who answers for none of
    the parties."""
    with writing(office.records) as conn:
        row = _ready(conn, agreement_id)
        held = desk.answers_for(conn, row, by, at, "录入签字件", also=True)
        _check_copy(row, scan, at)
        proof = [{"kind": e.kind, "name": e.name, "sha256": e.sha256} for e in scan.evidence]
        waiting, given = _waiting(conn, row, scan.supplement), []
        for capacity, name in scan.names.items():
            signer = _place(row, waiting, capacity)
            _check_name(conn, row, signer, name, at)
            waiting = [s for s in waiting if s.id != signer.id and s.supplement_id == signer.supplement_id]
            values = {"how": "scan", "person_id": signer.person_id, "person": name, "office": _party(row, signer),
                      "post": signer.capacity, "recorded_by": held.person, "signed_on": scan.signed_on,
                      "evidence": proof}  # fmt: skip
            given.append((signer, values))
        return _sign(conn, office, row, given, held, at)


def sign_many(office: Office, ids: Iterable[int], by: Actor, at: datetime, place: Place = ANY
              ) -> tuple[list[Signed], dict[int, str]]:  # fmt: skip
    """Sign a list by account, each by itself; what cannot be signed says why."""
    signed, stays = [], {}
    for agreement_id in ids:
        try:
            signed.append(sign_by_account(office, agreement_id, by, at, place))
        except NotAllowed as no:
            stays[agreement_id] = str(no)
    return signed, stays


def _ready(conn: Connection, agreement_id: int) -> Any:
    row = desk.the_agreement(conn, agreement_id)
    if row.number is None:
        raise AgreementNotIssued(title=row.title)
    return row


def _waiting(conn: Connection, row: Any, supplement: str | None) -> list[Any]:
    """Who has still to sign; of one supplement, when it is named."""
    waiting = agreements.open_signers(conn, row.id)
    if supplement is None:
        return waiting
    named = {s.id for s in agreements.supplements_of(conn, row.id) if s.number == supplement}
    return [s for s in waiting if s.supplement_id in named]


def _place_of(conn: Connection, row: Any, held: Seat, place: Place) -> Any:
    waiting, capacity = _waiting(conn, row, place.supplement), place.capacity
    mine = [s for s in waiting if (s.office_code, s.role) == (held.office_code, held.role)
            and capacity in (None, s.capacity) and s.person_id in (None, held.person_id)]  # fmt: skip
    if len({s.capacity for s in mine}) > 1:
        _once_only(conn, row, [(mine[0], {"person_id": held.person_id, "person": held.person})])
        raise WhichCapacity(title=row.title, capacities="、".join(dict.fromkeys(s.capacity for s in mine)))
    if mine:
        return mine[0]
    if capacity is not None and any(s.capacity == capacity and s.role is None for s in waiting):
        raise ScanOnly(title=row.title, capacity=capacity)
    raise NothingToSign(title=row.title, who=f"{held.office}{held.post}{held.person}", open=_open(waiting))


def _place(row: Any, waiting: Sequence[Any], capacity: str) -> Any:
    """The open place of a capacity; two parties may have the same, then the party's mark goes before it: 乙方党工委书记."""
    for s in waiting:
        if capacity in (s.capacity, f"{PARTIES[s.party]}{s.capacity}"):
            return s
    raise NothingToSign(title=row.title, who=capacity, open=_open(waiting))


def _open(waiting: Sequence[Any]) -> str:
    if not waiting:
        return "各方都已签订。"
    return f"现在等待：{'、'.join(dict.fromkeys(f'{PARTIES[s.party]}{s.capacity}' for s in waiting))}。"


def _check_copy(row: Any, scan: Scan, at: datetime) -> None:
    step = f"签订{row.title}"
    if not scan.evidence:
        raise EvidenceMissing(step=step, needed="签字扫描件")
    if not scan.names:
        raise FieldMissing(step=step, fields="在哪几处签了字")
    if nameless := [capacity for capacity, name in scan.names.items() if not name.strip()]:
        raise FieldMissing(step=step, fields="、".join(f"{capacity}签字人姓名" for capacity in nameless))
    if not (row.issued_on <= scan.signed_on <= day_of(at)):
        raise FieldWrong(field="签字日期", why=f"应在印发日{row.issued_on}与今日之间。")


def _check_name(conn: Connection, row: Any, signer: Any, name: str, at: datetime) -> None:
    expected = _expected(conn, row, signer, at)
    if expected and name not in expected:
        raise NotTheSigner(title=row.title, capacity=signer.capacity, name="或".join(expected), person=name)


def _expected(conn: Connection, row: Any, signer: Any, at: datetime) -> tuple[str, ...]:
    """Who alone may sign there: the named person, or any grown member for a household; nobody in particular else."""
    if row.household_id is not None and signer.role is None:
        home = register.household_on(conn, row.household_id, day_of(at))
        return tuple(m.name for m in home.members) if home else (signer.name,)
    if signer.person_id is not None:
        return (offices.names(conn, [signer.person_id])[signer.person_id],)
    return (signer.name,) if signer.name else ()


def _party(row: Any, signer: Any) -> str:
    return str(row.from_name if signer.party == "a" else row.to_name)


def _paper_id(conn: Connection, row: Any, signer: Any) -> int:
    if signer.supplement_id is None:
        return int(row.paper_id)
    return int(next(s.paper_id for s in agreements.supplements_of(conn, row.id) if s.id == signer.supplement_id))


def _sign(conn: Connection, office: Office, row: Any, given: Sequence[tuple[Any, dict[str, Any]]], held: Seat,
          at: datetime) -> Signed:  # fmt: skip
    """Keep the signatures that came together, [(place, what is kept of it)], and what follows from them."""
    signers = [signer for signer, _ in given]
    _once_only(conn, row, given)
    kept = agreements.keep_signatures(conn, row.id, given, at)
    status = row.status
    if signers[0].supplement_id is not None:
        _supplement_signed(conn, row, signers[0], at)
    elif row.status in UNSIGNED:
        status = _moved(conn, office, row, at)
    capacities = "、".join(signer.capacity for signer in signers)
    names = [values["person"] for _, values in given]
    body = {"signers": [signer.id for signer in signers], "capacity": capacities, "how": given[0][1]["how"],
            "status": status, "rows": kept}  # fmt: skip
    desk.line(conn, row.id, "signed", body, held, at, {"signed_by": names})
    waits = tuple(f"{PARTIES[s.party]}{s.capacity}" for s in agreements.open_signers(conn, row.id))
    return Signed(row.id, capacities, status, waits)


def _once_only(conn: Connection, row: Any, given: Sequence[tuple[Any, dict[str, Any]]]) -> None:
    """Nobody signs one paper twice: a street's two first responsible persons are two (R4.2-05). Somebody who takes a
    second post over signs for that post as its holder."""
    signed: list[tuple[Any, str, Any, Any]] = [
        (s.person_id, s.person, s.party, s.supplement_id) for s in agreements.signatures_of(conn, row.id)
    ]
    for signer, values in given:
        for person_id, person, party, supplement_id in signed:
            same = (person_id == values["person_id"] if values["person_id"] and person_id
                    else person == values["person"] and party == signer.party)  # fmt: skip
            if same and supplement_id == signer.supplement_id and signer.succeeds_id is None:
                raise SignedTwice(person=values["person"], title=row.title)
        signed.append((values["person_id"], values["person"], signer.party, signer.supplement_id))


def _moved(conn: Connection, office: Office, row: Any, at: datetime) -> str:
    sides: dict[str, bool] = {}
    for s in agreements.signers_of(conn, row.id):
        if s.dropped_at is None:
            sides[s.party] = sides.get(s.party, True) and s.signed_at is not None
    stage = Stage(row.title, row.status)
    after_signing(stage, sides.values())
    changes: dict[str, Any] = {"status": stage.status}
    if stage.status == "signed_all":
        _archive(conn, row.paper_id, row.id)
        begins = datetime.combine(date(row.year, 1, 1), time(), BEIJING)
        if at >= begins:
            changes |= in_force(conn, office, row, stage, at)
        else:
            duties.owe(conn, [{"key": f"agreement:{row.id}:force", "kind": FORCE, "case_id": None, "act_id": None,
                               "payload": {"agreement": row.id}, "owed_since": begins}])  # fmt: skip
    if changes["status"] != row.status and not agreements.change(conn, row, changes):
        raise ChangedMeanwhile(case=row.title, by="他人", at="刚才")
    return str(changes["status"])


def _archive(conn: Connection, paper_id: int, agreement_id: int, supplement_id: int | None = None) -> None:
    """The signed paper is archived with who signed it how; its copy is the first scan, or the paper confirmed itself."""
    paper = papers.paper(conn, paper_id)
    assert paper is not None
    stage = Stage(paper.title, paper.status)
    paper_life.move(stage, "bring_back")
    signed = [s for s in agreements.signatures_of(conn, agreement_id) if s.supplement_id == supplement_id]
    scans = [e for s in signed if s.how == "scan" for e in s.evidence]
    copy = scans[0] if scans else {"name": "账号确认", "sha256": paper.sha256}
    listed = [{"capacity": s.capacity, "how": s.how, "by": s.person, "on": s.signed_on.isoformat()} for s in signed]
    papers.archive_signed(conn, paper_id, stage.status, {"name": copy["name"], "sha256": copy["sha256"],
                                                         "signed": listed})  # fmt: skip


def in_force(conn: Connection, office: Office, row: Any, stage: Stage, at: datetime) -> dict[str, Any]:
    """What changes when an agreement begins to bind; its mid-year report is owed from then on, where its kind has one."""
    move(stage, "take_force")
    terms, on = desk.terms_of(conn, office, row), day_of(at)
    if row.code in terms.reported:
        _owe_report(conn, office, terms, row, on)
    return {"status": stage.status, "in_force_on": on}


def _owe_report(conn: Connection, office: Office, terms: Terms, row: Any, on: date) -> None:
    """By the pack's day; an agreement that is signed later reports within the time it had to be signed."""
    until = office.calendar.due(on, terms.sign_limit)
    wanted = max(terms.report_by(row.year), until.on)
    agreements.owe_step(conn, row.id, {
        "title": f"{row.title}年中进展报告"[:255], "office_code": row.to_office, "role": None, "person_id": None,
        "area_path": row.area_path, "starts_on": on, "due_on": wanted, "provisional": until.provisional,
    })  # fmt: skip


def force_in(conn: Connection, office: Office, agreement_id: int, at: datetime) -> None:
    """An agreement that was signed before its year begins to bind with it. Nothing to do for one that is void by now."""
    row = desk.the_agreement(conn, agreement_id)
    if row.status == "signed_all":
        agreements.change(conn, row, in_force(conn, office, row, Stage(row.title, row.status), at))


def _supplement_signed(conn: Connection, row: Any, signer: Any, at: datetime) -> None:
    """The supplements that were made together take force together, when the last signature of any is in."""
    mine = next(s for s in agreements.supplements_of(conn, row.id) if s.id == signer.supplement_id)
    if agreements.unsigned_in_group(conn, mine.group_key):
        return
    for supplement in agreements.supplement_group(conn, mine.group_key):
        main = desk.the_agreement(conn, supplement.agreement_id)
        after = {measure: new for measure, (_, new) in supplement.changes.items()}
        agreements.change(conn, main, {"targets": {**main.targets, **after}})
        agreements.change_supplement(conn, supplement.id, {"status": "in_force", "in_force_on": day_of(at)})
        _archive(conn, supplement.paper_id, main.id, supplement.id)
