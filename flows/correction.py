"""Correction (更正): a resident asks that what is held about the household be put right or taken off; it is a case, and
the chain of the ledger verifies after it (docs/decisions/004)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.pack import Pack
from flows.build import build, by_key
from flows.moment import Moment
from flows.register_changes import apply_changes, changes_valid
from flows.steps import ALL, ONWARD
from records import household_file
from states.not_allowed import FieldMissing, FieldWrong
from states.procedure import Blank, Procedure, Step

STEPS = by_key((
    Step("community", "登记更正申请", "community", "community_clerk", "maker", verdicts=ALL, made_by="申请人",
         blanks=(Blank("about", "申请更正的内容"), Blank("changes", "变更内容", "list", required=False),
                 Blank("lines", "抹去的流水行", "list", required=False), Blank("reason", "更正理由"),
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


def correction_valid(moment: Moment) -> None:
    """Something is to be corrected, each change is possible, and each line is about this household."""
    refs, changes = lines_of(moment), _wanted(moment, "changes")
    if not refs and not changes:
        raise FieldMissing(step=moment.step.title, fields="变更内容或抹去的流水行")
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
    refs = lines_of(moment)
    if refs:
        household_file.blank(moment.conn, refs)
        kept["blanked"] = {"case": moment.case.id, "lines": [[stream, seq] for stream, seq in refs]}
    return kept
