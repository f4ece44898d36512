"""Evidence that is with a case before its step is decided: forms that came back signed, the letter a resident sent in."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from records import board, cases, papers
from records.cases import CaseRow
from states.decision import Evidence
from states.procedure import Step


def at_hand(conn: Connection, case: CaseRow, step: Step, but: Collection[str] = ()) -> tuple[Evidence, ...]:
    """What of the step's evidence is there already, of the kinds not in `but`. A form counts when it was printed since the
    case came to this step, so that an earlier pass proves nothing for this one."""
    missing = [kind for kind in step.evidence if kind not in but]
    forms = [kind for kind in missing if kind in step.prints]
    found = []
    if forms:
        entered = cases.last_elsewhere(conn, case.id, step.key)
        found = [Evidence(*form) for form in papers.came_back(conn, case.id, forms, entered)]
    if case.procedure == "objection" and case.step == "receive" and missing:
        letter = board.letter_of(conn, case.id)
        found += [Evidence(**letter)] if letter is not None and letter["kind"] in missing else []
    return tuple(found)
