"""One thing that a check found in a workbook: where it stands, what is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Hit:
    """An error refuses the row and its household; a remark does not. `value` is masked where it is personal."""

    rule: str
    severity: Literal["error", "remark"]
    sheet: str
    row: int
    column: str
    value: str
    message: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule, "sheet": self.sheet, "row": self.row, "column": self.column, "value": self.value,
            "message": self.message, "remedy": self.remedy,
        }  # fmt: skip
