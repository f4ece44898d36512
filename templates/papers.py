"""Every paper, by its code in the catalogue of documents."""

from __future__ import annotations

from collections.abc import Mapping

from states.not_allowed import NoSuch
from templates.acceptance_notice import AcceptanceNotice
from templates.archive_index import ArchiveIndex
from templates.change_form import ChangeForm
from templates.circular_notice import CircularNotice
from templates.consolidation_opinion import ConsolidationOpinion
from templates.delivery_receipt import DeliveryReceipt
from templates.exit_acceptance import ExitAcceptance
from templates.exit_announcement import ExitAnnouncement
from templates.exit_checklist import ExitChecklist
from templates.exit_letter import ExitLetter
from templates.exit_publicity import ExitPublicity
from templates.exit_reply import ExitReply
from templates.help_card import HelpCard
from templates.help_plan import HelpPlan
from templates.identification_announcement import IdentificationAnnouncement
from templates.identification_form import IdentificationForm
from templates.identification_publicity import FirstPublicity, SecondPublicity
from templates.income_sheet import ExitIncomeSheet, IncomeSheet
from templates.joint_notice import JointNotice
from templates.meeting_minutes import MeetingMinutes
from templates.meeting_notice import MeetingNotice
from templates.objection_reply import ObjectionReply
from templates.official_letter import OfficialLetter
from templates.opinion import OpinionPaper
from templates.order import Order
from templates.paper import Paper, Snapshot
from templates.public_announcement import PublicAnnouncement
from templates.reentry_form import ReentryForm
from templates.refusal_letter import RefusalLetter
from templates.reply import Reply
from templates.report import Report
from templates.request import Request
from templates.review_minutes import ReviewMinutes
from templates.revisit_record import RevisitRecord

PAPERS: Mapping[str, type[Paper]] = {
    paper.code: paper
    for paper in (
        AcceptanceNotice,
        IncomeSheet,
        ReviewMinutes,
        FirstPublicity,
        SecondPublicity,
        IdentificationForm,
        RefusalLetter,
        IdentificationAnnouncement,
        HelpCard,
        HelpPlan,
        ChangeForm,
        ExitIncomeSheet,
        ExitChecklist,
        ExitAcceptance,
        ExitPublicity,
        ExitReply,
        ExitAnnouncement,
        ExitLetter,
        RevisitRecord,
        ReentryForm,
        ConsolidationOpinion,
        DeliveryReceipt,
        ObjectionReply,
        MeetingNotice,
        MeetingMinutes,
        Request,
        Report,
        Reply,
        OfficialLetter,
        OpinionPaper,
        CircularNotice,
        PublicAnnouncement,
        JointNotice,
        Order,
        ArchiveIndex,
    )
}


def paper_class(code: str) -> type[Paper]:
    """The paper with this code, or NoSuch."""
    if code not in PAPERS:
        raise NoSuch(what="文书", key=code)
    return PAPERS[code]


def paper_from(code: str, snapshot: Snapshot) -> Paper:
    """The paper that was kept as code and snapshot."""
    return paper_class(code).from_snapshot(snapshot)
