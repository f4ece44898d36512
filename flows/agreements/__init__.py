"""Responsibility agreements (责任书): drafted for a year with targets that add up at every level, issued as numbered papers,
signed, changed by supplements, reported on and assessed (domain 3.14)."""

from __future__ import annotations

from flows.agreements.draft import Wanted, draft_year
from flows.agreements.issue import issue_all, issue_chunk, order_issue, to_issue
from flows.agreements.kinds import KINDS

__all__ = ["KINDS", "Wanted", "draft_year", "issue_all", "issue_chunk", "order_issue", "to_issue"]
