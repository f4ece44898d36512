"""Turning pages into HTML: one environment that escapes everything and refuses an unknown name."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.tasks import when_read
from records.offices import ROLE_TITLES
from rules.days import in_chinese
from rules.money import Yuan
from rules.quality.finding import age_on
from states.agreement import stands
from web import words
from web.agents import device_of

PAGES = Path(__file__).parent / "pages"


@cache
def environment() -> Environment:
    """The environment of every page, with the filters they share."""
    pages = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                        lstrip_blocks=True)  # fmt: skip
    pages.filters.update(
        day=lambda value: in_chinese(as_day(value)) if value else "—",
        moment=lambda value: when_read(value) if value else "—",
        yuan=lambda value: "—" if value is None else (value if isinstance(value, Yuan) else Yuan(int(value))).plain,
        role=lambda value: ROLE_TITLES.get(value, value),
        due=due_words,
        device=device_of,
        age=age_on,
        stands=lambda agreement: stands(agreement.status, agreement.number),
        as_query=lambda query: f"?{query}",
    )
    pages.globals.update(words=words)
    return pages


def draw(name: str, **values: Any) -> str:
    """The page of that name, filled."""
    return environment().get_template(f"{name}.html").render(values)


def as_day(value: date | str) -> date:
    return value if isinstance(value, date) and not isinstance(value, datetime) else date.fromisoformat(str(value)[:10])


def due_words(due_on: date | None, today: date) -> tuple[str, str]:
    """How a deadline is told: (a colour's name, the words that say the same)."""
    if due_on is None:
        return "none", words.NO_LIMIT
    left = (due_on - today).days
    if left < 0:
        return "late", words.LATE.format(days=-left)
    if left == 0:
        return "soon", words.DUE_TODAY
    return ("soon" if left <= 3 else "calm"), words.DAYS_LEFT.format(days=left)
