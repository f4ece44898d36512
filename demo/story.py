"""The whole story: three years of the example district, and the figures that follow from the rules."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from demo.agreements import assess_year, counts, report_year, sign_year
from demo.baseline import NAME, START, import_part, plans
from demo.exits import ExitYear, close_publicity, community_half, district_half
from demo.incidents import (
    Incidents,
    after_upheld,
    application,
    births_and_deaths,
    consolidation,
    objections_of,
    relapses,
    revisits,
    send_one_back,
)
from demo.moments import at, on
from demo.proof import Proof
from demo.world import Household, World, make_world
from flows.bundles import write_bundles
from flows.drain import drain
from flows.export_register import write_ledger_book
from flows.import_register import Options
from flows.tick import tick
from records import dues, messages, papers, register, views
from records.cases import count_decisions
from records.engine import reading, url_of
from records.enrolments import enrolment_of
from rules.jurisdiction import EVERYTHING
from states.not_allowed import FolderInUse

DATA = Path(__file__).parent / "data" / NAME
YEARS = (2016, 2017, 2018)
ILL = ("患有大病", "长期慢性病")
MARK = ".bangfu-demo"  # only a folder that the demo made is cleared by it
Told = Callable[[str], None]


@dataclass
class Story:
    """What the demo leaves behind, in memory."""

    world: World
    out: Path
    print_forms: bool
    told: Told
    exits: dict[int, ExitYear] = field(default_factory=dict)
    incidents: Incidents = field(default_factory=Incidents)
    imported: dict[str, int] = field(default_factory=dict)
    missed: dict[int, dict[str, str]] = field(default_factory=dict)


STEPS = 3 * 42 * 2 + 3 * 7 + 638 + 40 + 3 * 3 + 2


def tell(out: Path, database_url: str | None, print_forms: bool, told: Told) -> dict[str, Any]:
    """Tell the three years into a folder and return the summary, which is also written as summary.json.

    Raises FolderInUse for a folder that holds something else than an earlier demo's results."""
    if out.exists():
        if any(out.iterdir()) and not (out / MARK).exists():
            raise FolderInUse(folder=out)
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / MARK).touch()
    url = database_url or f"sqlite:///{out / 'bangfu.sqlite3'}"
    world = make_world(url, out / "files", START, ("haojiang-2017", "monitoring-2021"))
    story = Story(world, out, print_forms, told)
    told("建立单位和岗位")
    _baseline(story)
    for year in YEARS:
        _before_autumn(story, year)
        _autumn(story, year)
    with Proof() as proof:
        _last_days(story)
        return _leave_behind(story, proof)


def _baseline(story: Story) -> None:
    world, data = story.world, DATA.read_bytes()
    report = import_part(world, data, Options("register"), date(2016, 4, 29), at(2016, 5, 3))
    story.imported = {"households": report.households, "persons": report.persons, "refused": len(report.refused),
                      "remarks": len(report.remarks)}  # fmt: skip
    story.told("导入户和人")
    import_part(world, data, Options("pairings"), date(2016, 5, 10), at(2016, 5, 12))
    story.told("导入结对")
    june = date(2016, 6, 13)
    with reading(world.office.records) as conn:
        causes = {h.id: str(h.facts.get("main_cause") or "") for h in register.households_on(conn, june)}
    plans(world, world.households(june, ("identified",)), causes, story.told)
    sign_year(world, 2016, story.told)
    _work_off(story, date(2016, 7, 1))


def _before_autumn(story: Story, year: int) -> None:
    world = story.world
    if year > YEARS[0]:
        assess_year(world, year - 1, story.told)
        sign_year(world, year, story.told)
    if year == 2017:
        births_and_deaths(world, world.households(date(2017, 4, 12)), story.incidents)
        application(world, "440512004019", "黄国梁", date(2017, 3, 6), True, story.incidents)
        application(world, "440512005025", "郑炳坤", date(2017, 5, 8), False, story.incidents)
        story.told("2017年成员变更和新申请")
    if year == 2018:
        risky = set(_ill(world, date(2018, 3, 1))[:3])
        revisits(world, date(2018, 4, 30), story.incidents, risky)
        story.told("2018年回访")
        relapses(world, world.day(date(2018, 6, 11)), story.incidents)
        story.told("2018年返贫核查")
        revisits(world, date(2018, 8, 31), story.incidents, set())  # before the day that notices what is late
        story.told("2018年夏季回访")
    report_year(world, year, story.told)
    _work_off(story, date(year, 9, 1))


def _ill(world: World, day: date) -> list[str]:
    """Households after their exit whose head is registered as ill, one of each community."""
    with reading(world.office.records) as conn:
        ill = {h.id for h in register.households_on(conn, day) if h.head and h.head.facts.get("health") in ILL}
    listed = [h for h in world.households(day, ("monitored",)) if h.id in ill]
    return list({h.community: h.number for h in listed}.values())


def _autumn(story: Story, year: int) -> None:
    world, data = story.world, DATA.read_bytes()
    candidates = [h for h in world.households(date(year, 10, 9)) if _planned(story, h, year)]
    # the home checks of October and the year's income sheets go in before the reviews are decided
    import_part(world, data, Options("facts", year), date(year, 10, 31), at(year, 10, 9))
    story.told(f"{year}年收入核算表和逐项认定")
    result = community_half(world, year, candidates, story.told)
    story.exits[year] = result
    if year == 2017:
        objections_of(world, result, story.incidents)
    close_publicity(world, result, story.told)
    if year == 2017:
        after_upheld(world, result, story.incidents)
        send_one_back(world, result, story.incidents)
    district_half(world, result, story.told)
    story.missed[year] = {**result.failed, **result.refused}
    if year < YEARS[-1]:  # the last year is worked off after its last visits
        _work_off(story, date(year, 12, 31))


def _planned(story: Story, household: Household, year: int) -> bool:
    return (household.planned_year or 9999) <= year and household.number not in story.incidents.relapsed


def _last_days(story: Story) -> None:
    world = story.world
    last = world.day(date(2018, 12, 26))
    revisits(world, last, story.incidents, set())
    story.told("2018年底回访")
    with reading(world.office.records) as conn:
        over = [h for h in world.households(last, ("monitored",)) if _period_over(conn, world, h, last)]
    consolidation(world, over, last, story.incidents)
    story.told("巩固期满")
    _work_off(story, date(2019, 1, 2))


def _period_over(conn: Any, world: World, household: Household, day: date) -> bool:
    path = enrolment_of(conn, household.id, world.pack)
    return path is not None and path.consolidation_until is not None and path.consolidation_until < day


def _work_off(story: Story, day: date) -> None:
    """What is owed is carried out, what waits for a street's or leader's signature is signed, the day is ticked."""
    world = story.world
    moment = on(world.day(day))
    drain(world.office, moment, print_files=False)  # forms are printed by community, in one pile
    for (_, role), actors in world.actors.items():
        if role in ("community_head", "street_leader", "group_leader", "district_director"):
            world.sign_all(actors[0], moment)
    for name, text in tick(world.office, moment):
        _export(story.out / "seals" / name, text)
    drain(world.office, moment, kinds=("remind", "send"))  # people are told on the day that noticed it
    story.told(f"{day.year}年应办事项")


def _export(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _leave_behind(story: Story, proof: Proof) -> dict[str, Any]:
    world = story.world
    seals = [p.read_text(encoding="utf-8") for p in sorted((story.out / "seals").glob("*.json"))]
    proof.ask(url_of(world.office.records), seals)
    write_ledger_book(world.office, story.out / "台账.xlsx", date(2018, 12, 31), EVERYTHING)
    _issued_copies(story)
    if story.print_forms:
        write_bundles(world.office, story.out / "按社区")
    with reading(world.office.records) as conn:
        baseline = register.register_on(conn, date(2016, 6, 30))
        summary: dict[str, Any] = {
            "households": baseline.households, "persons": baseline.persons, "communities": baseline.communities,
            "helper_units": _helper_units(conn), "years": {str(y): _year(conn, story, y) for y in YEARS},
            "papers": papers.counts(conn), "decisions": count_decisions(conn),
            "refused_exits": sum(len(e.failed) + len(e.refused) for e in story.exits.values()),
            "relapsed": len(story.incidents.relapsed), "open_tasks": views.count_open_tasks(conn),
            "ledger_ok": not proof.faults(), "path": {k: list(v) for k, v in views.path_counts(conn, world.pack, date(2018, 12, 31)).items()},
            "incidents": {k: v for k, v in vars(story.incidents).items() if k != "relapsed"},
            "missed": {str(y): m for y, m in story.missed.items()}, "agreements": counts(world, YEARS),
            "reminders": {"rungs": dues.count_rungs(conn), "messages": messages.count_by_kind(conn)},
        }  # fmt: skip
    _export(story.out / "summary.json", json.dumps(summary, ensure_ascii=False, indent=1))
    return summary


def _helper_units(conn: Any) -> int:
    return views.count_helper_units(conn, date(2016, 6, 30))


def _year(conn: Any, story: Story, year: int) -> dict[str, Any]:
    exited = views.path_moves(conn, story.world.pack, "announce_exit", year)
    result = story.exits[year]
    return {
        "target_persons": story.world.office.pack.targets()[year], "candidates": result.candidates,
        "exited_persons": sum(r.persons for r in exited), "exited_households": len(exited),
        "failed_gate": len(result.failed), "refused_by_household": len(result.refused),
    }  # fmt: skip


def _issued_copies(story: Story) -> None:
    """The issued papers by year and kind, under names a person can read."""
    world = story.world
    with reading(world.office.records) as conn:
        issued = [p for p in papers.listing(conn) if p.sha256 and p.file_key]
    for paper in issued:
        name = f"{paper.number or ''} {paper.title}".strip().replace("/", "／")[:80]
        target = story.out / "papers" / str(paper.issued_on.year) / paper.code / f"{paper.id:05d} {name}.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(world.office.files.get(paper.file_key))
