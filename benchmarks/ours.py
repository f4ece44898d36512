"""A five-step case through `decide`, with every row a decision writes, and the same rows written bare."""

from __future__ import annotations

import itertools
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, insert, update

from config.pack import read_pack
from flows.decide import decide
from flows.frozen import freeze
from flows.office import Office, load_office
from flows.setup import set_up
from flows.tasks import tasks_of
from integrations.filing import FilingStore
from records import case_writing, ledger, offices, schema, seals
from records.cases import CaseRow
from records.engine import deciding, open_engine, writing
from records.schema.base import word
from rules.days import WorkingDays
from states.decision import Actor, Decision
from states.procedure import Procedure, Step, Verdict

AT = datetime(2017, 3, 1, 2, 0, tzinfo=UTC)
COMMUNITY, PATH = "440512001001", "/440512/440512001/440512001001/"
STEPS = tuple(
    Step(f"step{n}", f"环节{n}", level, role, part, within=WorkingDays(5))
    for n, (level, role, part) in enumerate((
        ("community", "community_clerk", "maker"), ("community", "community_head", "checker"),
        ("street", "street_clerk", "checker"), ("street", "street_leader", "checker"),
        ("district", "district_director", "approver"),
    ), 1)
)  # fmt: skip
PROCEDURE = Procedure("bench", "五步办件", "household", STEPS)


class Ours:
    """The product's own path: `open_case` starts one, `answer` decides its next step."""

    name = "bangfu decide"

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        set_up(self.engine, ("haojiang-2017",), "haojiang", AT, date(2015, 1, 1))
        folder = Path(tempfile.mkdtemp())
        self.office: Office = load_office(self.engine, FilingStore(folder), "haojiang-2017")
        self.actors: list[Actor] = []
        offices_of = (
            f"{COMMUNITY}-office",
            f"{COMMUNITY}-office",
            "440512001-office",
            "440512001-office",
            "440512-office",
        )
        with writing(self.engine) as conn:
            for step, code in zip(STEPS, offices_of, strict=True):
                person = offices.add_person(conn, f"人{step.key}")
                offices.appoint(conn, person, code, step.role, date(2015, 1, 1))
                self.actors.append(Actor(person, code, step.role))
            self.sha256 = freeze(conn, PROCEDURE, read_pack("haojiang-2017"), AT)
        self.subjects = itertools.count(1)  # several people start cases at once

    def open_case(self) -> int:
        """Start a case as flows.start does, with the bench's own five plain steps."""
        with deciding(self.engine) as conn:
            row = case_values(next(self.subjects), self.sha256, self.actors[0].person_id)
            added = case_writing.add_case(conn, row)
            case_id = added.id
            begun = CaseRow(**{**row, "id": case_id, "version": 1})
            openings = tasks_of(conn, self.office, begun, STEPS[0], AT, at_once=added.at_once)
            case_writing.add_line(conn, case_id, "started", {"case": case_id}, {"by": "人"}, AT, ledger.START, openings)
        return case_id

    def run(self) -> None:
        """One whole case."""
        case_id = self.open_case()
        for n, step in enumerate(STEPS):
            decide(
                self.office,
                Decision(case_id, step.key, Verdict.APPROVE, self.actors[n], AT + timedelta(minutes=n), "同意"),
            )


def case_values(subject: int, sha256: str, by: int) -> dict[str, Any]:
    return {
        "procedure": "bench", "procedure_sha256": sha256, "pack_id": "haojiang-2017", "subject_kind": "household",
        "subject_id": subject, "title": "陈家强户", "area_code": COMMUNITY, "area_path": PATH, "year": 2017,
        "round_id": None, "status": "running", "step": "step1", "return_to": None, "facts": {}, "parts": [],
        "started_on": date(2017, 3, 1), "started_by": by, "closed_on": None, "line_seq": 0,
        "line_hash": seals.GENESIS,
    }  # fmt: skip


class Bare:
    """The same rows, written with SQLAlchemy Core and no rule: no look, no check, no machine, no hash."""

    name = "same rows, bare Core"

    def __init__(self, ours: Ours) -> None:
        self.engine: Engine = ours.engine
        self.sha256, self.person = ours.sha256, ours.actors[0].person_id
        self.subject = 10_000_000

    def run(self) -> None:
        """One whole case: the same transactions, tables and columns."""
        self.subject += 1
        with self.engine.begin() as conn:
            case_id = conn.execute(
                insert(schema.cases), case_values(self.subject, self.sha256, self.person)
            ).inserted_primary_key[0]  # type: ignore[index]
            self._line(conn, case_id, 1, "started")
            conn.execute(_HEAD, {"case": case_id, "seq": 1, "hash": "0" * 64})
            task = self._task(conn, case_id, 0)
        for n in range(len(STEPS)):
            with self.engine.begin() as conn:
                task = self._step(conn, case_id, task, n)

    def _step(self, conn: Any, case_id: int, task: int, n: int) -> int:
        at = AT + timedelta(minutes=n)
        conn.execute(_TASK_DONE, {"task": task, "moment": at})
        conn.execute(_DUE_DONE, {"task": task, "moment": at})
        conn.execute(insert(schema.decisions), {
            "case_id": case_id, "task_id": task, "step": STEPS[n].key, "part": "none", "verdict": "approve",
            "opinion": "同意", "person_id": self.person, "person": "人", "post": "经办人", "office": "社区",
            "acting_for_id": None, "acting_for": None, "made_by": None, "made_by_capacity": None, "evidence": [],
            "back_to": None, "at": at, "act_id": None, "idempotency_key": None,
        })  # fmt: skip
        following = self._task(conn, case_id, n + 1) if n + 1 < len(STEPS) else 0
        self._line(conn, case_id, n + 2, "decision")
        last = n + 1 == len(STEPS)
        conn.execute(_CASE, {
            "case": case_id, "to_status": "done" if last else "running", "to_step": STEPS[min(n + 1, 4)].key,
            "back": None, "kept": {}, "took": PARTS[: n + 1], "closed": date(2017, 3, 1) if last else None, "seq": n + 2, "hash": "0" * 64,
            "next": n + 2,
        })  # fmt: skip
        return following

    def _task(self, conn: Any, case_id: int, n: int) -> int:
        task = conn.execute(insert(schema.tasks), {
            "case_id": case_id, "step": STEPS[n].key, "office_code": f"{COMMUNITY}-office", "role": STEPS[n].role,
            "area_path": PATH, "seat": 0, "status": "open", "opened_at": AT, "due_on": date(2017, 3, 8),
            "provisional": False, "helper_person_id": None,
        }).inserted_primary_key[0]  # fmt: skip
        conn.execute(insert(schema.dues), {
            "subject_kind": "task", "subject_id": task, "title": "环节：陈家强户", "office_code": f"{COMMUNITY}-office",
            "area_path": PATH, "starts_on": date(2017, 3, 1), "due_on": date(2017, 3, 8), "provisional": False,
            "remind_next_on": date(2017, 3, 8),
        })  # fmt: skip
        return int(task)

    def _line(self, conn: Any, case_id: int, seq: int, act: str) -> None:
        conn.execute(insert(schema.ledger), {
            "stream": f"bare:{case_id}", "seq": seq, "act": act, "body": BODY, "personal": '{"by":"人","opinion":"同意"}',
            "salt": "0" * 16, "personal_sha256": "0" * 64, "at": AT, "prev": "0" * 64, "hash": "0" * 64,
        })  # fmt: skip


BODY = (
    '{"case":1,"evidence":[],"office":"社区","post":"经办人","procedure":"bench","rows":{"decisions":{"1":"'
    + "0" * 64
    + '"}}}'
)
PARTS = [[step.key, step.part, 1, None] for step in STEPS]
C, T, U = schema.cases, schema.tasks, schema.dues
_TASK_DONE = (
    update(T).where(T.c.id == bindparam("task"), T.c.status == word("open"))
    .values(status="done", closed_at=bindparam("moment"))
)  # fmt: skip
_DUE_DONE = (
    update(U).where(U.c.subject_kind == "task", U.c.subject_id == bindparam("task"), U.c.closed_at.is_(None))
    .values(closed_at=bindparam("moment"))
)  # fmt: skip
_HEAD = update(C).where(C.c.id == bindparam("case")).values(line_seq=bindparam("seq"), line_hash=bindparam("hash"))
_CASE = update(C).where(C.c.id == bindparam("case")).values({
    C.c.status: bindparam("to_status"), C.c.step: bindparam("to_step"), C.c.return_to: bindparam("back"),
    C.c.facts: bindparam("kept", type_=C.c.facts.type), C.c.parts: bindparam("took", type_=C.c.parts.type), C.c.closed_on: bindparam("closed"),
    C.c.line_seq: bindparam("seq"), C.c.line_hash: bindparam("hash"), C.c.version: bindparam("next"),
})  # fmt: skip
