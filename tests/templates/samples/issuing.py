"""When each example was issued and under which number: what one example says of another is so."""

from __future__ import annotations

from datetime import date

from samples.people import COMMUNITY, GROUP, GROUP_OFFICE, STREET
from templates.paper import Dated, Paper

CODES = {COMMUNITY: "东兴居", STREET: "达街", GROUP: "汕濠扶组", GROUP_OFFICE: "汕濠扶办", "汕头市濠江区教育局": "汕濠教",
         "中共汕头市濠江区委　汕头市濠江区人民政府": "汕濠"}  # fmt: skip
ISSUED: dict[str, tuple[date, int]] = {
    "D-03": (date(2017, 7, 14), 0), "D-08": (date(2017, 8, 1), 0), "D-09": (date(2017, 8, 21), 3),
    "D-10": (date(2017, 9, 4), 0), "D-11": (date(2017, 8, 22), 0), "D-12": (date(2017, 9, 12), 0),
    "D-14": (date(2017, 9, 20), 0), "D-15": (date(2017, 9, 20), 22), "D-17": (date(2017, 10, 12), 0),
    "D-30": (date(2017, 2, 27), 2), "D-35": (date(2017, 11, 6), 0), "D-36": (date(2017, 12, 11), 0),
    "D-37": (date(2017, 11, 15), 0), "D-38": (date(2017, 12, 20), 12), "D-39": (date(2017, 12, 28), 35),
    "D-40": (date(2017, 12, 29), 0), "D-44": (date(2019, 1, 4), 0), "D-51": (date(2017, 8, 28), 9),
    "D-52A": (date(2017, 9, 4), 0), "D-52B": (date(2018, 4, 2), 0), "D-55B": (date(2017, 9, 11), 0),
    "D-57A": (date(2017, 3, 20), 3), "D-57B": (date(2018, 1, 8), 0), "D-57C": (date(2018, 1, 8), 0),
    "D-58B": (date(2017, 9, 28), 0), "D-59C": (date(2019, 8, 30), 0), "D-5D2": (date(2018, 4, 26), 0),
    "D-60": (date(2017, 9, 30), 31), "D-61": (date(2017, 10, 19), 34), "D-62": (date(2018, 1, 10), 1),
    "D-63": (date(2018, 1, 10), 2), "D-64": (date(2018, 2, 9), 0), "D-65": (date(2018, 2, 26), 4),
    "D-67": (date(2018, 3, 7), 0), "D-68": (date(2018, 6, 20), 9), "D-70": (date(2017, 9, 12), 0),
    "D-72": (date(2018, 1, 8), 2), "D-73A": (date(2017, 11, 20), 10), "D-73C": (date(2018, 2, 8), 3),
    "D-75": (date(2018, 1, 30), 0), "D-76A": (date(2017, 8, 30), 8), "D-76B": (date(2017, 12, 22), 13),
    "D-77A": (date(2017, 12, 15), 48), "D-77B": (date(2017, 7, 10), 29), "D-77C": (date(2017, 8, 10), 7),
    "D-77D": (date(2017, 9, 18), 21), "D-77E": (date(2017, 7, 3), 7), "D-77F": (date(2017, 10, 16), 11),
    "D-77G": (date(2017, 3, 13), 4), "D-77H": (date(2017, 9, 4), 41), "D-79A": (date(2017, 9, 28), 0),
    "D-79B": (date(2017, 10, 20), 0), "D-7A2": (date(2017, 8, 23), 0), "D-7C": (date(2017, 11, 20), 0),
}  # fmt: skip


def as_issued(paper: Paper) -> Paper:
    """The example under its day and number, signed by 李强."""
    if not isinstance(paper, Dated):
        return paper
    on, serial = ISSUED.get(paper.code, (date(2017, 12, 28), 3))
    code = CODES.get(paper.office, "")
    return paper.issued(on=on, number=f"{code}〔{on.year}〕{serial}号" if code else f"第{serial}号", signer="李强")
