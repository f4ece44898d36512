"""Examples of what is posted or announced."""

from __future__ import annotations

from datetime import date
from typing import Any

from samples.people import BASIS, COMMUNITIES, DISTRICT, GROUP, GROUP_OFFICE, STREET, public_rows
from templates.exit_announcement import ExitAnnouncement
from templates.exit_publicity import ExitPublicity
from templates.exit_reply import ExitReply, HeldRow
from templates.identification_announcement import IdentificationAnnouncement
from templates.identification_publicity import FirstPublicity, SecondPublicity
from templates.paper import Paper


def _publicity() -> dict[str, Any]:
    return dict(
        office="达濠街道东兴社区居民委员会",
        year=2017,
        label="贫困户",
        area="东兴社区",
        basis=BASIS,
        after="入户核查、民主评议、逐项核实和户主认可",
        starts_on=date(2017, 11, 6),
        ends_on=date(2017, 11, 13),
        period="7日",
        place="东兴社区居民委员会一楼办事大厅",
        phone="0754-87380001",
        complaint_line="12317",
        rows=public_rows(9),
    )


def _announcement(after: str, until: date) -> dict[str, Any]:
    return dict(
        after=after,
        office=GROUP_OFFICE,
        printed_by=GROUP_OFFICE,
        year=2017,
        label="贫困户",
        area="全区7个街道共",
        basis=BASIS,
        decided_by="区扶贫开发领导小组",
        review_until=until,
        review_office="区扶贫开发领导小组办公室",
        phone="0754-87380002",
        complaint_line="12317",
        copies="各街道党工委、办事处，区直各帮扶单位",
        rows=public_rows(23, *DISTRICT),
    )


def samples() -> tuple[Paper, ...]:
    days = {"starts_on": date(2017, 8, 1), "ends_on": date(2017, 8, 8)}
    identified = _publicity() | {"after": "入户核查、信息核对和民主评议"} | days
    street = identified | {
        "office": STREET, "area": "达濠街道", "rows": public_rows(31, *COMMUNITIES), "place": "达濠街道办事处办事大厅",
        "phone": "0754-87380003", "starts_on": date(2017, 8, 22), "ends_on": date(2017, 8, 29),
    }  # fmt: skip
    return (
        FirstPublicity(**identified),
        SecondPublicity(**street),
        IdentificationAnnouncement(**_announcement("入户核查、信息核对和民主评议", date(2017, 9, 27))),
        ExitPublicity(**_publicity()),
        ExitReply(
            office=GROUP,
            printed_by=GROUP_OFFICE,
            to="达濠街道党工委、办事处",
            year=2017,
            label="贫困户",
            request="关于核定2017年退出贫困户的请示",
            request_number="达街〔2017〕48号",
            basis=BASIS,
            decided_by="领导小组会议",
            decided_on=date(2017, 12, 20),
            rows=public_rows(12, *COMMUNITIES),
            held=(HeldRow(serial=1, place="青石社区", head="庄桂英", reason="住房鉴定为D级，改造未验收"),),
            continues="上述对象退出后至巩固期满继续享受相关帮扶政策。",
            copies="区直各帮扶单位",
        ),
        ExitAnnouncement(
            **_announcement("民主评议、入户核查和户主认可", date(2018, 1, 4)),
            continues="上述对象退出后，在巩固期内（至2018年12月31日）原有帮扶政策和帮扶责任人不变。",
        ),
    )
