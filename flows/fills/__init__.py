"""Filling papers: for each code a function that reads the records, and whose signature makes the paper issued."""

from __future__ import annotations

from collections.abc import Mapping

from flows.fills import application, chain, changed, forms, lists, supervised
from flows.fills.draft import Draft, Fill
from templates.papers import paper_class

__all__ = ["FILLS", "Draft", "Fill"]

COMMUNITY = ("community", "community_head")
STREET = ("street", "street_leader")
DISTRICT = ("district", "district_director")
GROUP = ("group", "group_leader")
ABOVE = ("above", "approver")  # the office one level above the one that is supervised
KEEPER = ("above", "head")

FILLS: Mapping[str, Fill] = {
    code: Fill(paper_class(code), level, role, make)
    for code, (level, role), make in (
        ("D-01", COMMUNITY, application.application),
        ("D-02", COMMUNITY, application.consent),
        ("D-03", COMMUNITY, forms.acceptance_notice),
        ("D-04", COMMUNITY, application.survey),
        ("D-05", COMMUNITY, forms.entry_income_sheet),
        ("D-06", DISTRICT, application.cross_check),
        ("D-07", COMMUNITY, lists.minutes),
        ("D-08", COMMUNITY, lists.first_publicity),
        ("D-09", COMMUNITY, chain.forwarding),
        ("D-10", STREET, chain.street_opinion),
        ("D-11", STREET, lists.second_publicity),
        ("D-12", DISTRICT, chain.district_opinion),
        ("D-13", GROUP, forms.identification_form),
        ("D-14", STREET, forms.refusal_letter),
        ("D-15", DISTRICT, lists.identification_announcement),
        ("D-16", DISTRICT, application.handbook),
        ("D-17", STREET, forms.help_card),
        ("D-18", COMMUNITY, forms.help_plan),
        ("D-24", STREET, changed.change_form),
        ("D-25", GROUP, application.removal_form),
        ("D-31", COMMUNITY, chain.candidates),
        ("D-32", COMMUNITY, forms.exit_income_sheet),
        ("D-33", COMMUNITY, forms.exit_checklist),
        ("D-34", COMMUNITY, forms.exit_acceptance),
        ("D-35", COMMUNITY, lists.exit_publicity),
        ("D-36", STREET, chain.street_exit_opinion),
        ("D-37", STREET, lists.street_exit_publicity),
        ("D-38", GROUP, lists.exit_reply),
        ("D-39", DISTRICT, lists.exit_announcement),
        ("D-40", STREET, forms.exit_letter),
        ("D-41", COMMUNITY, forms.revisit_record),
        ("D-42", COMMUNITY, application.relapse_check),
        ("D-43", GROUP, forms.reentry_form),
        ("D-44", STREET, forms.consolidation_opinion),
        ("D-62", ABOVE, supervised.circular),
        ("D-63", ABOVE, supervised.order),
        ("D-64", KEEPER, supervised.report),
        ("D-65", ABOVE, supervised.summons),
        ("D-66", KEEPER, supervised.record),
        ("D-67", KEEPER, supervised.commitment),
        ("D-68", ABOVE, supervised.transfer),
        ("D-69", KEEPER, supervised.closing),
        ("D-7B", STREET, forms.delivery_receipt),
        ("D-7C", STREET, forms.objection_reply),
    )
}
