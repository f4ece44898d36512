"""Masters of papers: which way each is filled."""

from __future__ import annotations

import click

from cli.door import say, show_table
from templates.master import WAYS, load
from templates.papers import PAPERS


@click.command("masters")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def masters_(as_json: bool) -> None:
    """列出各文种的母版，以及按哪种方式成批印出。"""
    rows = [
        {
            "code": code,
            "title": paper.title,
            "way": WAYS[load(paper.folder).way],
            "why": "；".join(load(paper.folder).why),
        }
        for code, paper in PAPERS.items()
    ]
    if as_json:
        say(rows)
        return
    show_table("母版", ["代码", "文书", "方式", "原因"], [list(row.values()) for row in rows])


COMMANDS = (masters_,)
