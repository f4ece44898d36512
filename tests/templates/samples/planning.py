"""Examples: pairing, handbook, candidates."""

from __future__ import annotations

from datetime import date

from rules.money import Yuan
from samples.people import HOUSEHOLD, MEMBERS, STREET
from templates.candidate_list import Candidate, CandidateList
from templates.handbook import Handbook, HandbookHelper, HandbookMeasure
from templates.pairing_list import Paired, PairingList
from templates.paper import Paper


def samples() -> tuple[Paper, ...]:
    return (
        Handbook(
            office=STREET,
            **HOUSEHOLD,
            label="贫困户",
            main_cause="因病",
            identified_on=date(2017, 9, 20),
            members=MEMBERS,
            helpers=(HandbookHelper(name="王敏", unit="区教育局", since=date(2016, 6, 1)),),
            measures=(
                HandbookMeasure(year=2017, content="介绍到本区企业稳定就业", unit="区人社局", result="增收18000元"),
            ),
        ),
        PairingList(
            office=STREET,
            year=2017,
            rows=(
                Paired(
                    street="达濠街道", leader="区委常委陈某", unit="区教育局", contact="王敏", households=12, people=31
                ),
            ),
        ),
        CandidateList(
            office=STREET,
            year=2017,
            label="贫困户",
            leaving="退出",
            rows=(
                Candidate(
                    serial=1,
                    head="陈树根",
                    group="第3居民小组",
                    size=4,
                    per_head=Yuan.of("7403.09"),
                    reason="务工收入稳定",
                ),
            ),
        ),
    )
