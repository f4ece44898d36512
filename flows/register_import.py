"""Importing a workbook as one case: a maker uploads and vouches for the report, another person approves it (truth 1)."""

from __future__ import annotations

from config.pack import Pack
from flows.build import build, by_key
from flows.steps import ALL
from states.procedure import Blank, Procedure, Step, Verdict

STEPS = by_key((
    Step("report", "核对导入报告", "district", "district_clerk", "maker", verdicts=(Verdict.APPROVE, Verdict.REFUSE),
         blanks=(Blank("effective_on", "生效日期", "date"),), guards=("import_ready",)),
    Step("approve", "批准入库", "district", "district_director", "approver", verdicts=ALL,
         guards=("import_ready",), effects=("commit_import",)),
))  # fmt: skip


def register_import(pack: Pack) -> Procedure:
    """The rows go in together, in bulk, under one ledger digest, when the second person approves."""
    return build(pack, Procedure("import", "数据导入", "import", ()), STEPS)
