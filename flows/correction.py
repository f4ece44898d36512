"""Correction (更正): a resident asks that what is held about the household be put right or taken off; it is a case, and
the chain of the ledger verifies after it (docs/decisions/004)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from config.pack import Pack
from flows.build import build, by_key
from flows.frozen import procedure_of
from flows.moment import Moment
from flows.register_changes import apply_changes, changes_valid
from flows.steps import ALL, ONWARD
from records import household_file
from records.cases import case_number
from records.ledger import GONE
from states.not_allowed import FieldMissing, FieldWrong
from states.procedure import Blank, Procedure, Step

FREE = ("text", "list", "people")
OWN = (("community", "lines"), ("community", "texts"))  # which lines and texts go is itself no text about anybody
STEPS = by_key((
    Step("community", "登记更正申请", "community", "community_clerk", "maker", verdicts=ALL, made_by="申请人",
         blanks=(Blank("about", "申请更正的内容"), Blank("changes", "变更内容", "list", required=False),
                 Blank("lines", "抹去的流水行", "list", required=False),
                 Blank("texts", "抹去的填写内容", "list", required=False), Blank("reason", "更正理由"),
                 Blank("effective_on", "生效日期", "date")),
         evidence=("request",), guards=("correction_valid",)),
    Step("check", "街道核实", "street", "street_clerk", "checker", verdicts=ALL, guards=("correction_valid",)),
    Step("decide", "街道决定", "street", "street_leader", "approver", verdicts=ALL, guards=("correction_valid",),
         effects=("correct",)),
    Step("reply", "答复申请人", "street", "street_clerk", "none", verdicts=ONWARD,
         blanks=(Blank("replied_on", "答复日期", "date"),)),
))  # fmt: skip


def correction(pack: Pack) -> Procedure:
    """The register is put right as by a change, and personal text in ledger lines is taken off."""
    return build(pack, Procedure("correction", "更正", "household", (), applicant_may_withdraw=False), STEPS)


def _wanted(moment: Moment, key: str) -> list[Any]:
    return list(moment.fact(key) or moment.earlier("community", key) or [])


def lines_of(moment: Moment) -> list[tuple[str, int]]:
    """The ledger lines whose text is to go: "household:7#3" as (stream, number). Raises FieldWrong."""
    refs = []
    for text in _wanted(moment, "lines"):
        stream, _, seq = str(text).partition("#")
        if not seq.isdigit():
            raise FieldWrong(field="抹去的流水行", why=f"“{text}”不是流水行的编号。")
        refs.append((stream, int(seq)))
    return refs


def texts_of(moment: Moment) -> list[tuple[int, str, str]]:
    """The texts that steps of the household's cases were filled with and that are to go: "12/verify/stability" as (case,
    step, blank). Raises FieldWrong for what is not a text of this household."""
    wanted = [str(text) for text in _wanted(moment, "texts")]
    if not wanted:
        return []
    about = texts_about(moment.conn, moment.case.subject_id)
    known = {text_key(t): t for t in about if t.case_id != moment.case.id}
    for key in wanted:
        if key not in known:
            raise FieldWrong(field="抹去的填写内容", why=f"“{key}”不是本户办件中可以抹去的文字。")
    return [(known[key].case_id, known[key].step, known[key].blank) for key in wanted]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text in the form of one step of one case: where it stands, under which title, and what it says."""

    case_id: int
    number: str
    step: str
    blank: str
    title: str
    says: str


def text_key(text: Filled) -> str:
    return f"{text.case_id}/{text.step}/{text.blank}"


def texts_about(conn: Connection, household_id: int) -> list[Filled]:
    """The texts in the forms of the household's cases that a correction may take off: what was written freely, never a
    day, a number or a choice."""
    found = []
    for case, step, key, value in household_file.texts_of(conn, household_id):
        at = next((s for s in procedure_of(conn, case.procedure_sha256).steps if s.key == step), None)
        blank = next((b for b in at.blanks if b.key == key), None) if at is not None else None
        says = "、".join(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value
        if at is None or blank is None or blank.kind not in FREE or not isinstance(says, str) or GONE in says:
            continue
        if (at.key, key) not in OWN:
            title = f"{at.title}：{blank.title}"
            found.append(Filled(case.id, case_number(case.year, case.id), step, key, title, says))
    return found


def correction_valid(moment: Moment) -> None:
    """Something is to be corrected, each change is possible, and each line is about this household."""
    refs, changes, texts = lines_of(moment), _wanted(moment, "changes"), texts_of(moment)
    if not refs and not changes and not texts:
        raise FieldMissing(step=moment.step.title, fields="变更内容、抹去的流水行或填写内容")
    if changes:
        changes_valid(moment)
    for stream, seq in refs:
        line = household_file.line_of(moment.conn, stream, seq)
        if line is None or not household_file.is_about(moment.conn, stream, moment.case.subject_id):
            raise FieldWrong(field="抹去的流水行", why=f"{stream}#{seq}不是本户的流水。")
        if line.personal is None:
            raise FieldWrong(field="抹去的流水行", why=f"{stream}#{seq}已没有个人信息。")


def correct(moment: Moment) -> Mapping[str, Any]:
    """Write the changes and blank the lines; the decision's own line says which."""
    kept: dict[str, Any] = dict(apply_changes(moment)) if _wanted(moment, "changes") else {}
    refs, texts = lines_of(moment), texts_of(moment)
    if refs or texts:
        household_file.blank(moment.conn, refs)
        for case_id, step, blank in texts:
            household_file.take_off(moment.conn, case_id, step, [blank])
        kept["blanked"] = {"case": moment.case.id, "lines": [[stream, seq] for stream, seq in refs],
                           "texts": [list(text) for text in texts]}  # fmt: skip
    return kept
