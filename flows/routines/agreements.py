"""Issuing the year's responsibility agreements: the papers of those whose targets are split, numbered, in one run."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from flows.agreements.issue import issue_all, to_issue
from flows.office import Office
from flows.routines.routine import Asked, Report
from rules.days import day_of


class IssueAgreements(Asked):
    """The year of the agreements; without it the present one."""

    year: int | None = Field(default=None, title="年度", ge=2000, le=2100)


def issue_agreements(office: Office, at: datetime, asked: IssueAgreements) -> Report:
    """Issue what is drafted and split and has no number yet. Stopped in the middle and run again it finishes the rest."""
    year = asked.year or day_of(at).year
    waiting = to_issue(office, year)
    done = issue_all(office, waiting, at, "系统", lambda count: None)
    left = len(to_issue(office, year))
    return Report(f"{year}年度责任书：今次编号印发{done}份，尚待分解目标{left}份。")
