"""Writes calendars/china.toml from the chinesecalendar package: run it when a newer release knows another year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from importlib.metadata import version

import chinese_calendar

from config.calendar import SHIPPED

FIRST, LAST = 2015, 2026
NAMES = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}  # fmt: skip


def main() -> None:
    """Write every day of the years that differs from Monday to Friday."""
    found: dict[tuple[str, bool], list[date]] = defaultdict(list)
    day = date(FIRST, 1, 1)
    while day.year <= LAST:
        is_open = chinese_calendar.is_workday(day)
        if is_open != (day.weekday() < 5):
            _, english = chinese_calendar.get_holiday_detail(day)
            name = NAMES.get(english or "", english or "")
            found[(f"{name}调休" if is_open else name, is_open)].append(day)
        day += timedelta(days=1)
    lines = [f'source = "chinesecalendar {version("chinesecalendar")}"', f"years = {list(range(FIRST, LAST + 1))}", ""]
    for (name, is_open), days in sorted(found.items()):
        listed = ", ".join(f'"{d}"' for d in days)
        lines += ["[[day]]", f'name = "{name}"', f"is_open = {str(is_open).lower()}", f"days = [{listed}]", ""]
    SHIPPED.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
