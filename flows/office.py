"""Everything a flow may use: built once, at a door, and passed as the first argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import Engine

from config.pack import Pack, parse_pack, read_pack
from config.settings import Settings
from flows.ways import open_channels
from integrations.filing import FilingStore
from integrations.outgoing import Channel
from integrations.webhook import Webhooks
from records import calendar, packs
from records.engine import open_engine, reading
from records.migrate import pending
from rules.days import Calendar
from states.not_allowed import NotSetUp


@dataclass(frozen=True)
class Office:
    """The register and its ledger, the calendar and the packs in force, and where files are kept."""

    records: Engine
    calendar: Calendar
    pack: Pack
    packs: Mapping[str, Pack]
    files: FilingStore
    hold: timedelta = timedelta(seconds=30)  # how long a drain keeps what it claimed before another may take over
    channels: Mapping[str, Channel] = field(default_factory=dict)  # email, wecom, sms: those that are set
    webhooks: Webhooks = field(default_factory=Webhooks)
    sign_in: str = ""  # where people sign in: named in every mail


def open_office(settings: Settings) -> Office:
    """Open an office that `set_up` made. Raises NotSetUp when the database is empty or older than the program."""
    return open_office_on(open_engine(settings.database_url), settings)


def open_office_on(engine: Engine, settings: Settings) -> Office:
    """`open_office` on a database that is open already: calendar and packs are read anew."""
    office = load_office(engine, FilingStore(settings.files_dir), settings.pack)
    return replace(office, hold=timedelta(seconds=settings.hold_seconds), channels=open_channels(settings.channels),
                   webhooks=Webhooks(settings.webhook_networks), sign_in=settings.channels.sign_in)  # fmt: skip


def load_office(engine: Engine, files: FilingStore, pack: str) -> Office:
    """The office of an open database: calendar and packs are the rows in force now."""
    if pending(engine):
        raise NotSetUp()
    with reading(engine) as conn:
        known = {key: parse_pack(text) for key, text in packs.packs_in_force(conn).items()}
        days = calendar.load_calendar(conn)
    main = read_pack(pack).id
    if main not in known:
        raise NotSetUp()
    return Office(engine, days, known[main], known, files)


def refreshed(office: Office) -> Office:
    """The same office with the calendar and packs that are in force by now; itself when nothing changed."""
    with reading(office.records) as conn:
        now = packs.shas_in_force(conn)
        days = calendar.load_calendar(conn)
        texts = packs.packs_in_force(conn) if now != {key: p.sha256 for key, p in office.packs.items()} else None
    if texts is None:
        return office if days == office.calendar else replace(office, calendar=days)
    known = {key: parse_pack(text) for key, text in texts.items()}
    return replace(office, calendar=days, packs=known, pack=known[office.pack.id])
