"""People at work, as a process: whatever waits at the desks is decided, workbooks are imported, messages are sent round, and
a day passes. It keeps no state of its own but a journal of what it tried and what it was told, so that it may be killed."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from typing import Any

import xlsxwriter
from district import COMMUNITY, STREET, District, proof
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from benchmarks.import_bench import _person
from config.settings import read_settings
from flows.import_register import Options, upload
from flows.messages import News, To, tell
from flows.office import open_office
from flows.rounds import Act, Say, act, settle_list
from flows.sign import sign_list
from integrations.unreachable import Unreachable
from records import papers, schema
from records.engine import reading, writing
from rules.days import BEIJING, day_of
from rules.register import PEOPLE_COLUMNS, PEOPLE_SHEET
from states.decision import Actor, MadeBy
from states.not_allowed import NotAllowed

C = schema.cases
HEAD = MadeBy("陈家强", "户主")
NEW_CASES = 2


class Driver:
    """One office's people."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock_file = folder / "clock"
        self.journal = folder / "journal.jsonl"
        settings = read_settings(os.environ)
        self.office = open_office(settings)
        people = json.loads((folder / "people.json").read_text(encoding="utf-8"))
        self.who = {name: Actor(*values) for name, values in people.items()}
        self.district = District(self.office, self.who)

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.clock_file.read_text(encoding="ascii"))

    def note(self, **line: Any) -> None:
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**line, "wall": time.time()}, default=str) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def day(self) -> None:
        """One working day of everybody: first the signatures that wait, then what waits at the desks, then what is new."""
        for who in ("head", "leader", "director", "group"):
            self.attempt(lambda who=who: self.sign(who))
        for case_id, step in self.waiting():
            self.attempt(lambda case_id=case_id, step=step: self.move(case_id, step))
        self.attempt(self.begin_cases)
        self.attempt(self.import_one)
        self.attempt(self.send_round)
        self.tomorrow()

    def attempt(self, work: Callable[[], None]) -> None:
        """A refusal is an answer; a database or a disk that is away is tried again later."""
        try:
            work()
        except (NotAllowed, Unreachable, DBAPIError) as no:
            self.note(refused=type(no).__name__)
            if isinstance(no, DBAPIError):
                self.office.records.dispose()
                time.sleep(0.3)

    def tomorrow(self) -> None:
        on = day_of(self.now) + timedelta(days=1)
        part = self.clock_file.with_suffix(".part")
        part.write_text(datetime.combine(on, wall(9), BEIJING).isoformat(), encoding="ascii")
        part.replace(self.clock_file)

    # --- cases --------------------------------------------------------------------------------------------------------

    def begin_cases(self) -> None:
        H = schema.households
        busy = select(C.c.subject_id).where(C.c.subject_kind == "household")
        with reading(self.office.records) as conn:
            free = conn.execute(
                select(H.c.id).where(H.c.number < f"{COMMUNITY}5000", H.c.id.not_in(busy)).order_by(H.c.id).limit(NEW_CASES)
            ).scalars().all()  # fmt: skip
        for household in free:
            case = self.district.begin("exit", household, self.now, title=f"第{household}户")
            self.note(began=case.id)

    def waiting(self) -> list[tuple[int, str]]:
        with reading(self.office.records) as conn:
            rows = conn.execute(select(C.c.id, C.c.step).where(C.c.closed_on.is_(None)).order_by(C.c.id))
            return [(row.id, row.step) for row in rows]

    def move(self, case_id: int, step: str) -> None:
        today = day_of(self.now)
        if step in ("pub_post", "announce"):
            self.post(case_id, step, today)
        elif step in STEPS:
            by, more = STEPS[step]
            self.decide(case_id, step, by, **more(today))

    def decide(self, case_id: int, step: str, by: str, **more: Any) -> None:
        key = f"{case_id}:{step}"
        self.note(tries=key)
        decided = self.district.say(case_id, step, by, self.now, key=key, **more)
        self.note(decided=key, id=decided.decision_id)

    def post(self, case_id: int, step: str, today: date) -> None:
        """Settle the list, and post the notice on a day when the office has drafted it and the head has signed it."""
        by = "clerk" if step == "pub_post" else "district_clerk"
        P, A = schema.papers, schema.act_cases
        with reading(self.office.records) as conn:
            listed = conn.execute(
                select(schema.round_acts.c.on).select_from(A.join(schema.round_acts, schema.round_acts.c.id == A.c.act_id))
                .where(A.c.case_id == case_id, schema.round_acts.c.step == step)
            ).scalars().all()  # fmt: skip
            signed = conn.execute(
                select(P.c.id).select_from(P.join(A, A.c.act_id == P.c.act_id))
                .where(A.c.case_id == case_id, P.c.sha256.is_not(None))
            ).all()  # fmt: skip
        if not listed or (max(listed) < today - timedelta(days=3) and not signed):
            settle_list(self.office, step, [case_id], self.who[by], self.now, COMMUNITY, today + timedelta(days=1))
            return
        key = f"{case_id}:{step}"
        self.note(tries=key)
        deed = Act(step, {case_id: Say()}, self.who[by], self.now, COMMUNITY, None,
                   {"posted_on": today, "place": "公示栏"}, proof("posting"))  # fmt: skip
        done = act(self.office, deed)
        if case_id in done.done:
            self.note(acted=key)

    def sign(self, who: str) -> None:
        actor = self.who[who]
        with reading(self.office.records) as conn:
            waiting = [p.id for p in papers.waiting_for(conn, actor.role, [actor.office_code])]
        for paper_id in waiting:
            signed, _ = sign_list(self.office, [paper_id], actor, self.now)
            for one in signed:
                self.note(signed=one.paper_id, number=one.number, sha256=one.sha256)

    # --- imports and messages -----------------------------------------------------------------------------------------

    def import_one(self) -> None:
        """A workbook of two new households goes in as a case of two people, one after the other: a report that was made
        before another import went in is stale."""
        with reading(self.office.records) as conn:
            if conn.execute(select(C.c.id).where(C.c.procedure == "import", C.c.closed_on.is_(None))).first():
                return
        number = 5000 + 2 * (day_of(self.now) - date(2017, 1, 1)).days
        path = self.folder / "new.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet(PEOPLE_SHEET)
            sheet.write_string(0, 0, "合成数据")
            for place, column in enumerate(PEOPLE_COLUMNS):
                sheet.write_string(1, place, column.title)
            for n in range(4):
                _person(sheet, n + 2, number + n // 2, n % 2)
        case, report = upload(
            self.office, path.read_bytes(), path.name, self.who["district_clerk"], self.now, Options()
        )
        self.note(uploaded=case.id, added=report.added)

    def send_round(self) -> None:
        """Everybody is told something by mail."""
        key = f"round:{day_of(self.now)}"
        facts = {"title": "核查通知", "text": "请报送核查表。"}
        roles = ((f"{COMMUNITY}-office", "community_clerk"), (f"{COMMUNITY}-office", "community_head"),
                 (f"{STREET}-office", "street_leader"))  # fmt: skip
        with writing(self.office.records) as conn:
            tell(conn, News("notice", key, tuple(To(*role) for role in roles), facts), self.now)
        self.note(told=key)


def _plain(**more: Any) -> Callable[[date], dict[str, Any]]:
    return lambda today: more


def _meeting(today: date) -> dict[str, Any]:
    fields = {"held_on": str(today), "place": "社区会议室", "chair": "陈主任", "recorder": "林记录", "due": 31,
              "present": 27, "agree": 25, "oppose": 1, "abstain": 1}  # fmt: skip
    return {"fields": fields, "evidence": proof("D-07"), "made_by": MadeBy("居民会议", "民主评议会")}


def _visit(today: date) -> dict[str, Any]:
    fields = {"visited_on": str(today), "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}
    return {"fields": fields, "evidence": proof("D-33", "D-32")}


STEPS: dict[str, tuple[str, Callable[[date], dict[str, Any]]]] = {
    "candidate": ("clerk", _plain()),
    "review": ("clerk", _meeting),
    "verify": ("clerk", _visit),
    "accept": ("clerk", _plain(evidence=proof("D-34"), made_by=HEAD)),
    "pub_close": ("clerk", _plain()),
    "street_review": ("leader", _plain()),
    "district_check": ("director", _plain()),
    "group_confirm": ("group", _plain()),
    "notify": ("street_clerk", _plain(evidence=proof("D-7B"))),
    "report": ("district_clerk", _plain(fields={"effective_on": "2017-09-01"})),
    "approve": ("director", _plain()),
}

if __name__ == "__main__":
    driver = Driver(Path(sys.argv[1]))
    while True:
        driver.day()
