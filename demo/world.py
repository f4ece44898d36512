"""The example district's people and papers: everybody is made up, and every name comes from one fixed seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from demo.moments import open_day
from flows.appoint import appoint
from flows.drain import drain
from flows.office import Office, load_office
from flows.setup import set_up
from flows.sign import sign_list
from integrations.filing import FilingStore
from records import help, offices, papers, register
from records.areas import areas_on
from records.engine import open_engine, reading
from records.enrolments import enrolments_of
from states.decision import Actor, Evidence

SURNAMES = "陈林黄郑李吴蔡王张许谢杨郭庄纪方"
GIVEN = ("伟", "敏", "静", "强", "丽", "军", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "桂英")
SINCE = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Household:
    """One household of the register, as the story needs it."""

    id: int
    number: str
    head: str
    community: str
    street: str
    planned_year: int | None

    @property
    def title(self) -> str:
        return f"{self.head}户"


@dataclass
class World:
    """The office, its people, and the acts that every part of the story repeats."""

    office: Office
    pack: str
    names: dict[str, str] = field(default_factory=dict)  # area code -> name
    actors: dict[tuple[str, str], list[Actor]] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    dice: random.Random = field(default_factory=lambda: random.Random(20170703))

    # --- people -----------------------------------------------------------------------------------------------------

    def clerk(self, community: str) -> Actor:
        return self.actors[(f"{community}-office", "community_clerk")][0]

    def head(self, community: str) -> Actor:
        return self.actors[(f"{community}-office", "community_head")][0]

    def clerk_name(self, community: str) -> str:
        return self.people[self.clerk(community).person_id]

    def head_name(self, community: str) -> str:
        return self.people[self.head(community).person_id]

    def street_clerk(self, street: str, which: int = 0) -> Actor:
        return self.actors[(f"{street}-office", "street_clerk")][which]

    def leader(self, street: str, which: int = 0) -> Actor:
        return self.actors[(f"{street}-office", "street_leader")][which]

    @property
    def district_clerk(self) -> Actor:
        return self.actors[("440512-office", "district_clerk")][0]

    @property
    def director(self) -> Actor:
        return self.actors[("440512-office", "district_director")][0]

    @property
    def group_leader(self) -> Actor:
        return self.actors[("440512-group", "group_leader")][0]

    @property
    def administrator(self) -> Actor:
        return self.actors[("440512-office", "administrator")][0]

    def helper(self, household_id: int, on: date) -> Actor:
        """The household's own helper on a day."""
        with reading(self.office.records) as conn:
            there = help.pairing_on(conn, household_id, on)
        assert there is not None
        return Actor(there.person_id, there.office_code, "helper")

    def posters(self, step: str, area: str) -> tuple[Actor, Actor]:
        """Who settles and posts a notice, and who signs it."""
        if step == "announce":
            return self.district_clerk, self.director
        if step == "pub2_post":
            return self.street_clerk(area), self.leader(area)
        return self.clerk(area), self.head(area)

    # --- places and days --------------------------------------------------------------------------------------------

    @property
    def streets(self) -> list[str]:
        return sorted(code for code in self.names if len(code) == 9)

    def area_name(self, code: str) -> str:
        return self.names[code]

    def day(self, wanted: date) -> date:
        """The wanted day, or the next working day."""
        return open_day(self.office.calendar, wanted)

    # --- papers -----------------------------------------------------------------------------------------------------

    def scan(self, kind: str, key: str) -> Evidence:
        """A signed copy that came back: the example keeps a line of text where an office keeps a scan."""
        _, sha256 = self.office.files.keep(f"合成扫描件 {kind} {key}\n".encode(), ".txt")
        return Evidence(kind, f"{kind}-{key}.txt", sha256)

    def sign_all(self, signer: Actor, at: datetime) -> int:
        """Everything that waits for this person's signature is signed."""
        with reading(self.office.records) as conn:
            waiting = [p.id for p in papers.waiting_for(conn, signer.role, [signer.office_code])]
        signed, stays = sign_list(self.office, waiting, signer, at)
        assert not stays, stays
        return len(signed)

    def issue(self, at: datetime, *signers: Actor) -> None:
        """What is owed by now is drawn up and these people sign what waits for them: a paper bears the day it belongs to."""
        drain(self.office, at, kinds=("draft_paper",))
        for signer in signers:
            self.sign_all(signer, at)

    def refusal(self, household: Household, year: int) -> str | None:
        """A few households do not accept: chosen by their number, so that every run tells the same story."""
        if int(household.number[-4:]) % 19 == 7:
            return "家庭仍有大额医疗支出，收入不稳定，暂不同意退出。"
        return None

    # --- households -------------------------------------------------------------------------------------------------

    def households(self, on: date, states: Sequence[str] = ("assisted",)) -> list[Household]:
        """Households of the register in those states, by number."""
        found = []
        with reading(self.office.records) as conn:
            known = register.households_on(conn, on)
            paths = enrolments_of(conn, [h.id for h in known], self.pack)
            for h in known:
                path = paths.get(h.id)
                if path is not None and path.state in states and h.head is not None:
                    found.append(
                        Household(h.id, h.number, h.head.name, h.area_code, h.area_code[:9], path.planned_year)
                    )
        return found


def make_world(database_url: str, files: Path, at: datetime, packs: Sequence[str]) -> World:
    """Set the office up and fill its posts with made-up people."""
    engine = open_engine(database_url)
    set_up(engine, packs, "haojiang", at, SINCE)
    world = World(load_office(engine, FilingStore(files, durable=False), packs[0]), packs[0])
    with reading(engine) as conn:
        world.names = {row.code: row.name for row in areas_on(conn, SINCE)}
        empty = [(row.office_code, row.role) for row in offices.empty_posts(conn, SINCE)]
    for office_code, role in empty:
        if role in ("helper", "helper_head"):
            continue  # helpers come with the pairing list
        for _ in range(2 if role in ("street_leader", "street_clerk") else 1):
            name = made_up_name(world.dice)
            actor = appoint(world.office, name, office_code, role, SINCE, at)
            world.actors.setdefault((office_code, role), []).append(actor)
            world.people[actor.person_id] = name
    return world


def made_up_name(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(("", *GIVEN[:6]))
