"""Setting an office up: tables, calendar, packs, areas, offices and posts, from what ships and from TOML seeds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from config.calendar import shipped_calendar
from config.pack import Pack, read_pack
from records import areas, calendar, ledger, offices, packs
from records.engine import writing
from records.migrate import pending, upgrade
from rules.days import day_of

OFFICES = Path(__file__).parent.parent / "config" / "offices"
COMMUNITY_POSTS = ("community_clerk", "community_head")
STREET_POSTS = ("street_clerk", "street_leader")
DISTRICT_POSTS = ("district_clerk", "district_director", "auditor", "discipline", "administrator")


def set_up(engine: Engine, pack_names: Sequence[str], district: str, at: datetime, since: date) -> None:
    """Make an empty database an office; one that is set up already is brought up to date and left as it is.

    `district` names a shipped seed of areas and offices; they are in force from `since`. Raises DatabaseAway."""
    if pending(engine):
        upgrade(engine)
    seed = tomllib.loads((OFFICES / f"{district}.toml").read_text(encoding="utf-8"))
    main = read_pack(pack_names[0])
    with writing(engine) as conn:
        _calendar(conn, at)
        for name in pack_names:
            pack = read_pack(name)
            if packs.keep_pack(conn, pack.id, pack.sha256, pack.text, "系统", at):
                ledger.add_line(conn, "system", "pack", {"pack": pack.id, "sha256": pack.sha256}, None, at)
        if not areas.areas_on(conn, day_of(at)):
            _district(conn, seed, main, since)
            ledger.add_line(conn, "system", "set_up", {"district": seed["district"]["code"]}, None, at)


def _calendar(conn: Connection, at: datetime) -> None:
    shipped = shipped_calendar()
    for year in shipped.years:
        days = [(d.day, d.is_open, d.name) for d in shipped.days if d.day.year == year]
        calendar.announce_year(conn, year, shipped.source, days, at)


def _district(conn: Connection, seed: Mapping[str, Any], pack: Pack, since: date) -> None:
    district = seed["district"]
    code = district["code"]
    areas.add_areas(conn, [{"code": code, "kind": "district", "name": district["name"], "parent_code": None}], since)
    base: dict[str, Any] = {"valid_from": since, "phone": district["phone"], "address": district["address"]}
    group, poverty = f"{code}-group", f"{code}-office"
    words = {k: pack.entry(f"code_words.{k}").value for k in ("group", "office")}
    offices.add_offices(conn, [
        {**base, "code": group, "name": pack.label("group"), "level": "group", "area_code": code,
         "code_word": words["group"]},
        {**base, "code": poverty, "name": pack.label("office"), "level": "district", "area_code": code,
         "parent_code": group, "code_word": words["office"]},
    ])  # fmt: skip
    offices.add_posts(conn, [(group, "group_leader"), *((poverty, role) for role in DISTRICT_POSTS)])
    for street in seed["street"]:
        _street(conn, street, code, poverty, base, since)
    units = [(f"{code}-unit-{n:02d}", name) for n, name in enumerate(seed["units"]["names"], 1)]
    offices.add_offices(conn, [
        {**base, "code": unit, "name": name, "level": "helper", "area_code": code, "parent_code": poverty}
        for unit, name in units
    ])  # fmt: skip
    offices.add_posts(conn, [(unit, role) for unit, _ in units for role in ("helper", "helper_head")])


def _street(
    conn: Connection, street: Mapping[str, Any], district: str, above: str, base: Mapping[str, Any], since: date
) -> None:
    code, name = street["code"], street["name"]
    communities = list(street["communities"].items())
    areas.add_areas(conn, [
        {"code": code, "kind": "street", "name": name, "parent_code": district},
        *({"code": c, "kind": "community", "name": title, "parent_code": code} for c, title in communities),
    ], since)  # fmt: skip
    offices.add_offices(conn, [
        {**base, "code": f"{code}-office", "name": f"{name}办事处", "level": "street", "area_code": code,
         "parent_code": above, "code_word": f"{name.removesuffix('街道')}街办", "phone": street["phone"],
         "address": f"{name}办事处"},
        *({**base, "code": f"{c}-office", "name": f"{title}居民委员会", "level": "community", "area_code": c,
           "parent_code": f"{code}-office", "code_word": f"{title.removesuffix('社区')}居", "phone": street["phone"], "address": f"{title}居民委员会"}
          for c, title in communities),
    ])  # fmt: skip
    offices.add_posts(conn, [(f"{code}-office", role) for role in STREET_POSTS])
    offices.add_posts(conn, [(f"{c}-office", role) for c, _ in communities for role in COMMUNITY_POSTS])
