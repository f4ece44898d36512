"""What the demo says at its end: one screen, with who missed and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

SHOWN = 12


def screen(console: Console, summary: dict[str, Any], out: Path) -> None:
    """The table of three years, papers, and the households that missed with their reasons."""
    years = Table(title=f"登记{summary['households']}户{summary['persons']}人，{summary['communities']}个社区，"
                        f"{summary['helper_units']}个帮扶单位")  # fmt: skip
    for column in ("年度", "目标（人）", "拟退出户", "退出户", "退出人", "不符合条件", "户主不认可"):
        years.add_column(column, justify="right")
    for year, y in summary["years"].items():
        years.add_row(year, str(y["target_persons"]), str(y["candidates"]), str(y["exited_households"]),
                      str(y["exited_persons"]), str(y["failed_gate"]), str(y["refused_by_household"]))  # fmt: skip
    console.print(years)
    console.print("目标只作对照，不作为退出的条件；退出与否由逐项认定、收入和户主意见决定。")
    for year, missed in summary["missed"].items():
        console.print(
            f"[bold]{year}年未退出{len(missed)}户[/bold]（前{min(SHOWN, len(missed))}户，全部见summary.json）："
        )
        for number, why in list(missed.items())[:SHOWN]:
            console.print(f"  户{number}：{why}", highlight=False)
    papers = Table(title="文书")
    papers.add_column("代码")
    papers.add_column("份数", justify="right")
    for code, count in summary["papers"].items():
        papers.add_row(code, str(count))
    console.print(papers)
    ledger = "完好" if summary["ledger_ok"] else "不符"
    console.print(
        f"意见{summary['decisions']}条，待办{summary['open_tasks']}件，返贫{summary['relapsed']}户，台账{ledger}。"
    )
    console.print(f"数据库、文书、台账.xlsx 和 summary.json 在 {out}")
