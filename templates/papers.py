"""Every paper, by its code in the catalogue of documents."""

from __future__ import annotations

from collections.abc import Mapping

from states.not_allowed import NoSuch
from templates.acceptance_notice import AcceptanceNotice
from templates.agreement_supplement import AgreementSupplement
from templates.annual_report import AnnualReport
from templates.archive_index import ArchiveIndex
from templates.assessment_result import AssessmentResult
from templates.assessment_scheme import AssessmentScheme
from templates.bulletin import Bulletin
from templates.candidate_list import CandidateList
from templates.chain_letter import DistrictOpinion, StreetExitOpinion, StreetOpinion
from templates.change_form import ChangeForm
from templates.check_consent import CheckConsent
from templates.circular_notice import CircularNotice
from templates.closing_approval import ClosingApproval
from templates.clue_transfer import ClueTransfer
from templates.community_agreement import CommunityAgreement
from templates.consolidation_opinion import ConsolidationOpinion
from templates.correction_form import CorrectionForm
from templates.cross_check_result import CrossCheckResult
from templates.delivery_receipt import DeliveryReceipt
from templates.dividend_roster import DividendRoster
from templates.evaluation_report import EvaluationReport
from templates.exit_acceptance import ExitAcceptance
from templates.exit_announcement import ExitAnnouncement
from templates.exit_checklist import ExitChecklist
from templates.exit_letter import ExitLetter
from templates.exit_publicity import ExitPublicity, StreetExitPublicity
from templates.exit_reply import ExitReply
from templates.forwarding_letter import ForwardingLetter
from templates.fund_announcement import FundAnnouncement
from templates.fund_notice import AuditNotice, FundFlowNotice
from templates.handbook import Handbook
from templates.handover_slip import HandoverSlip
from templates.help_agreement import HelpAgreement
from templates.help_card import HelpCard
from templates.help_plan import HelpPlan
from templates.helper_agreement import HelperAgreement
from templates.house_acceptance import HouseAcceptance
from templates.house_agreement import HouseAgreement
from templates.house_application import HouseApplication
from templates.household_application import HouseholdApplication
from templates.household_survey import HouseholdSurvey
from templates.identification_announcement import IdentificationAnnouncement
from templates.identification_form import IdentificationForm
from templates.identification_publicity import FirstPublicity, SecondPublicity
from templates.income_sheet import ExitIncomeSheet, IncomeSheet
from templates.interest_form import InterestForm
from templates.interview_record import InterviewRecord
from templates.interview_summons import InterviewSummons
from templates.joint_notice import JointNotice
from templates.leader_visit import LeaderVisit
from templates.loan_application import LoanApplication
from templates.loan_reminder import LoanReminder
from templates.medical_form import MedicalForm
from templates.meeting_minutes import MeetingMinutes
from templates.meeting_notice import MeetingNotice
from templates.objection_reply import ObjectionReply
from templates.official_letter import OfficialLetter
from templates.operator_agreement import OperatorAgreement
from templates.opinion import OpinionPaper
from templates.order import Order
from templates.pairing_list import PairingList
from templates.paper import Paper, Snapshot
from templates.payment_form import PaymentForm
from templates.payment_list import PaymentList
from templates.payment_roster import PaymentRoster
from templates.performance_review import PerformanceReview
from templates.periodic_report import PeriodicReport
from templates.poverty_day import PovertyDayPlan, PovertyDaySummary
from templates.procurement_record import ProcurementRecord
from templates.project_acceptance import ProjectAcceptance
from templates.project_application import ProjectApplication
from templates.project_approval import ProjectApproval
from templates.project_notice import ProjectEndNotice, ProjectStartNotice
from templates.public_announcement import PublicAnnouncement
from templates.rectification_commitment import RectificationCommitment
from templates.rectification_order import RectificationOrder
from templates.rectification_report import RectificationReport
from templates.reduction_plan import ReductionPlan
from templates.reentry_form import ReentryForm
from templates.refusal_letter import RefusalLetter
from templates.relapse_check import RelapseCheck
from templates.reply import Reply
from templates.report import Report
from templates.request import Request
from templates.review_minutes import ReviewMinutes
from templates.revisit_record import RevisitRecord
from templates.satisfaction_summary import SatisfactionSummary
from templates.satisfaction_survey import SatisfactionSurvey
from templates.school_roster import SchoolRoster
from templates.score_sheet import ScoreSheet
from templates.share_scheme import ShareScheme
from templates.street_agreement import StreetAgreement
from templates.supervision_circular import SupervisionCircular
from templates.training_certificate import TrainingCertificate
from templates.training_sheet import TrainingSheet
from templates.unit_agreement import UnitAgreement
from templates.urging_letter import OverseeingLetter, UrgingLetter

_ALL: tuple[type[Paper], ...] = (
    AcceptanceNotice,
    AgreementSupplement,
    CommunityAgreement,
    HelpAgreement,
    HelperAgreement,
    StreetAgreement,
    UnitAgreement,
    AnnualReport,
    ArchiveIndex,
    AssessmentResult,
    AssessmentScheme,
    AuditNotice,
    Bulletin,
    CandidateList,
    ChangeForm,
    CheckConsent,
    CircularNotice,
    ClosingApproval,
    ClueTransfer,
    ConsolidationOpinion,
    CorrectionForm,
    CrossCheckResult,
    DeliveryReceipt,
    DistrictOpinion,
    DividendRoster,
    EvaluationReport,
    ExitAcceptance,
    ExitAnnouncement,
    ExitChecklist,
    ExitIncomeSheet,
    ExitLetter,
    ExitPublicity,
    ExitReply,
    FirstPublicity,
    ForwardingLetter,
    FundAnnouncement,
    FundFlowNotice,
    Handbook,
    HandoverSlip,
    HelpCard,
    HelpPlan,
    HouseAcceptance,
    HouseAgreement,
    HouseApplication,
    HouseholdApplication,
    HouseholdSurvey,
    IdentificationAnnouncement,
    IdentificationForm,
    IncomeSheet,
    InterestForm,
    InterviewRecord,
    InterviewSummons,
    JointNotice,
    LeaderVisit,
    LoanApplication,
    LoanReminder,
    MedicalForm,
    MeetingMinutes,
    MeetingNotice,
    ObjectionReply,
    OfficialLetter,
    OperatorAgreement,
    OpinionPaper,
    OverseeingLetter,
    Order,
    OverseeingLetter,
    PairingList,
    PaymentForm,
    PaymentList,
    PaymentRoster,
    PerformanceReview,
    PeriodicReport,
    PovertyDayPlan,
    PovertyDaySummary,
    ProcurementRecord,
    ProjectAcceptance,
    ProjectApplication,
    ProjectApproval,
    ProjectEndNotice,
    ProjectStartNotice,
    PublicAnnouncement,
    RectificationCommitment,
    RectificationOrder,
    RectificationReport,
    ReductionPlan,
    ReentryForm,
    RefusalLetter,
    RelapseCheck,
    Reply,
    Report,
    Request,
    ReviewMinutes,
    RevisitRecord,
    SatisfactionSummary,
    SatisfactionSurvey,
    SchoolRoster,
    ScoreSheet,
    SecondPublicity,
    ShareScheme,
    StreetExitOpinion,
    StreetExitPublicity,
    StreetOpinion,
    SupervisionCircular,
    TrainingCertificate,
    TrainingSheet,
    UrgingLetter,
)
PAPERS: Mapping[str, type[Paper]] = {paper.code: paper for paper in sorted(_ALL, key=lambda paper: paper.code)}


def paper_class(code: str) -> type[Paper]:
    """The paper with this code, or NoSuch."""
    if code not in PAPERS:
        raise NoSuch(what="文书", key=code)
    return PAPERS[code]


def paper_from(code: str, snapshot: Snapshot) -> Paper:
    """The paper that was kept as code and snapshot."""
    return paper_class(code).from_snapshot(snapshot)
