"""What every command needs of its door: the office, the clock, who acts, and how things are shown."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from config.settings import read_settings
from flows.office import Office, open_office
from records import views
from records.engine import reading
from records.scope import scope_of
from rules.days import day_of
from rules.jurisdiction import EVERYTHING, Scope
from states.decision import Actor, Evidence
from states.not_allowed import FieldWrong, FolderMissing, NoSuch

console = Console() if sys.stdout.isatty() else Console(width=160)  # a pipe has no width: nothing is cut


class _Day(click.DateTime):
    """A day, named as people name it and not by the letters of its format."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "日期"


DAY = _Day(formats=["%Y-%m-%d"])


def the_office() -> Office:
    return open_office(read_settings(os.environ))


def now() -> datetime:
    return datetime.now(UTC)


def say(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def show_table(title: str, columns: list[str], rows: list[list[object]]) -> None:
    table = Table(title=title)
    for column in columns:
        table.add_column(column, overflow="fold")  # what is too long goes on below; nothing is cut
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


@contextmanager
def bar(total: int, quiet: bool) -> Iterator[Callable[[str], None]]:
    if quiet:
        yield lambda text: None
        return
    progress = Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"),
                        console=Console(stderr=True))  # fmt: skip
    with progress:
        task = progress.add_task("", total=total)
        yield lambda text: progress.update(task, advance=1, description=text)
        progress.update(task, completed=total, description="完成")


def person_id(office: Office, name: str) -> int:
    with reading(office.records) as conn:
        found = views.people_named(conn, name)
        if not found and name.isdigit():
            return int(name)
    if len(found) != 1:
        what = "人员" if not found else f"唯一的人员（重名：{'、'.join(str(f.id) for f in found)}，请用编号）"
        raise NoSuch(what=what, key=name)
    return int(found[0].id)


def actor_of(
    office: Office, name: str, office_code: str | None, role: str | None, acting_for: str | None = None
) -> Actor:
    """The person in a post that fits; standing in for somebody, the post is that person's."""
    person = person_id(office, name)
    giver = person_id(office, acting_for) if acting_for is not None else None
    with reading(office.records) as conn:
        held = views.posts_of(conn, person if giver is None else giver, day_of(now()))
    fitting = [p for p in held if office_code in (None, p.office_code) and role in (None, p.role)]
    if not fitting:
        raise NoSuch(what=f"{acting_for or name}现任的岗位", key=role or office_code or "任一")
    return Actor(person, fitting[0].office_code, fitting[0].role, giver)


def scope_for(office: Office, name: str | None) -> Scope:
    if name is None:
        return EVERYTHING
    person = person_id(office, name)
    with reading(office.records) as conn:
        return scope_of(conn, person, day_of(now()))


def new_file(path: Path) -> Path:
    """The path of a file to be written. Raises FolderMissing: a mistyped path makes no folders."""
    if not path.parent.exists():
        raise FolderMissing(folder=path.parent)
    return path


def day_from(moment: datetime) -> date:
    return date(moment.year, moment.month, moment.day)


def pair(text: str, option: str) -> tuple[str, str]:
    """What stands left and right of the first equals sign. Raises FieldWrong."""
    left, sign, right = text.partition("=")
    if not sign or not left or not right:
        raise FieldWrong(field=option, why=f"应写成“左=右”，现为“{text}”。")
    return left, right


def field_of(text: str) -> tuple[str, object]:
    """A blank and its value, which may be JSON."""
    name, value = pair(text, "--field")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def evidence_of(office: Office, text: str) -> Evidence:
    """A file as evidence of its kind, kept in the filing store. Raises FieldWrong when there is no such file."""
    kind, name = pair(text, "--evidence")
    path = Path(name)
    if not path.is_file():
        raise FieldWrong(field=f"佐证{kind}", why=f"没有文件{name}。")
    _, sha256 = office.files.keep(path.read_bytes(), path.suffix)
    return Evidence(kind, path.name, sha256)
