"""An office for the tests of agreements: a district's streets, communities and units, some households, people by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from district import COMMUNITY, STREET, District, at
from sqlalchemy import Connection

from flows.agreements import Wanted, issue_all, order_issue
from flows.agreements.signing import Place, Scan, Signed, sign_by_account, sign_by_scan
from flows.appoint import appoint
from records import agreements, verification
from records.engine import reading
from states.decision import Evidence

ISSUED = at(2017, 3, 1)
SINCE = date(2015, 1, 1)
CAPACITY = {"leader": "党工委书记", "other_leader": "办事处主任"}


@dataclass
class Bureau:
    """A district whose agreements of 2017 are issued or to be issued."""

    district: District
    ids: list[int]

    def issue(self, year: int = 2017, codes: Sequence[str] = (), when: datetime = ISSUED) -> int:
        """The clerk orders and issues; how many were issued now."""
        office = self.district.office
        self.ids = order_issue(office, Wanted(year, self.district.who["district_clerk"], when), codes)
        return issue_all(office, self.ids, when, "区经办", lambda count: None)

    def rows(self, *codes: str) -> list[Any]:
        with reading(self.district.office.records) as conn:
            return agreements.of_year(conn, 2017, codes)

    def see(self, agreement_id: int) -> Any:
        with reading(self.district.office.records) as conn:
            return agreements.agreement(conn, agreement_id)

    def one(self, code: str, to_office: str = "") -> Any:
        """The agreement of that kind (with that second party)."""
        return next(row for row in self.rows(code) if not to_office or row.to_office == to_office)

    @property
    def street(self) -> Any:
        return self.one("D-20", f"{STREET}-office")

    @property
    def community(self) -> Any:
        return self.one("D-21", f"{COMMUNITY}-office")

    def confirm(self, row: Any, who: str, when: datetime = ISSUED, capacity: str | None = None) -> Signed:
        return sign_by_account(self.district.office, row.id, self.district.who[who], when,
                               Place(capacity or CAPACITY.get(who)))  # fmt: skip

    def scan(self, row: Any, name: str, capacity: str, when: datetime = ISSUED, by: str = "district_clerk",
             supplement: str | None = None) -> Signed:  # fmt: skip
        """The clerk records a signed copy."""
        key, sha256 = self.district.office.files.keep(f"{row.number} {name}".encode(), ".pdf")
        proof = (Evidence("签字件", key, sha256),)
        return sign_by_scan(self.district.office, row.id, Scan({capacity: name}, proof, when.date(), supplement),
                            self.district.who[by], when)  # fmt: skip

    def sign_street(self, when: datetime = ISSUED) -> Any:
        """Both of the district, both first responsible persons of the street."""
        self.scan(self.street, "区委甲", "区委书记", when)
        self.scan(self.street, "区长乙", "区长", when)
        self.confirm(self.street, "leader", when)
        self.confirm(self.street, "other_leader", when)
        return self.see(self.street.id)


def faults(conn: Connection) -> list[str]:
    """What does not fit in the ledger, but for the households that the test office was furnished with."""
    return [f.says for f in verification.verify(conn) if not f.where.startswith("register_events:case 0")]


def make_bureau(district: District, homes: int = 3) -> Bureau:
    """Households of one community, and the head of the unit that helps them."""
    for n in range(homes):
        district.household(f"陈家{'强伟明'[n % 3]}{n}")
    district.who["unit_head"] = appoint(
        district.office, "周局长", "440512-unit-01", "helper_head", SINCE, at(2015, 1, 5)
    )
    return Bureau(district, [])
