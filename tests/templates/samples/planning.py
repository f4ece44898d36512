"""Examples: pairing, handbook, candidates."""

from __future__ import annotations

from datetime import date

from rules.money import Yuan
from samples.people import COMMUNITY, GROUP_OFFICE, HOUSEHOLD, MEMBERS
from templates.candidate_list import Candidate, CandidateList
from templates.handbook import Handbook, HandbookHelper, HandbookMeasure
from templates.pairing_list import Paired, PairingList
from templates.paper import Paper


def samples() -> tuple[Paper, ...]:
    return (
        Handbook(
            office=GROUP_OFFICE,
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
            office=GROUP_OFFICE,
            year=2017,
            rows=(
                Paired(
                    street="达濠街道",
                    leader="区委常委陈立群",
                    unit="区教育局",
                    contact="王敏",
                    households=12,
                    people=31,
                ),
                Paired(
                    street="礐石街道",
                    leader="副区长林志强",
                    unit="区人社局",
                    contact="张丽霞",
                    households=15,
                    people=38,
                ),
            ),
        ),
        CandidateList(
            office=COMMUNITY,
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
                Candidate(
                    serial=2,
                    head="欧阳文海",
                    group="第5居民小组",
                    size=3,
                    per_head=Yuan.of("8120.50"),
                    reason="列入2017年退出计划",
                ),
            ),
        ),
    )
