"""Writes docs/data-quality.md from the table of rules."""

from __future__ import annotations

from pathlib import Path

from rules.quality import RULES

HEAD = """# Data-quality rules (疑点)

Numbered rules that every workbook is put to. 退回 refuses the household, 疑点 is a remark in the report. DQ-01 to DQ-08
belong to the reading of the file (an empty required cell, an unreadable value, an unknown community, a member of another
household, rows of one household apart, rows that contradict each other, an unknown household, an unknown condition);
DQ-90 to DQ-93 are seen across households. Thresholds are values of the pack (`quality.*`).

A birth date that differs from the identity number is a remark: one of two papers is wrong, and it is not for a machine to
say which. A birth place is never an error.

| rule | what | severity | what to do |
|---|---|---|---|
"""


def main() -> None:
    """Write the table."""
    rows = [f"| {r.id} | {r.title} | {'退回' if r.severity == 'error' else '疑点'} | {r.remedy} |" for r in RULES]
    (Path(__file__).parent / "data-quality.md").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
