"""Agreements: their cascade, their targets, who must sign and who signed, what changed and what came of them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from records.schema.base import metadata, only, row_id, words
from records.types import AreaPath, Id, Instant, Json
from states.agreement import AgreementLife

agreements = Table(
    "agreements",
    metadata,
    row_id(),
    Column("key", String(128), nullable=False),  # year, kind and parties: one that is not void
    Column("code", String(16), nullable=False),  # the kind is the code of its paper: D-19 … D-22A
    Column("year", Integer, nullable=False),
    Column("pack_id", String(64), nullable=False),
    Column("pack_sha256", String(64), nullable=False),  # the version whose words and limits it was made from
    Column("title", String(128), nullable=False),
    Column("parent_id", Id, ForeignKey("agreements.id")),  # the agreement whose targets it takes a part of
    Column("from_office", String(32), ForeignKey("offices.code"), nullable=False),
    Column("to_office", String(32), ForeignKey("offices.code"), nullable=False),
    Column("from_name", String(128), nullable=False),  # as text: a paper does not change when an office is renamed
    Column("to_name", String(128), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),  # the helper of a helper's own agreement
    Column("household_id", Id, ForeignKey("households.id")),
    Column(
        "cause",
        String(16),
        CheckConstraint("cause IN ('year', 'pairing')", name="cause"),
        nullable=False,
        server_default="year",
    ),  # pairing: in the middle of the year, and to be signed sooner
    Column("area_path", AreaPath, nullable=False),
    Column("status", String(16), CheckConstraint(words("status", AgreementLife), name="status"), nullable=False),
    Column("targets", Json, nullable=False),  # what binds now: {measure: amount}; its history is agreement_targets
    Column("split", Integer, nullable=False, server_default="0"),  # how often its targets were given before issuing
    Column("number", String(64), unique=True),
    Column("paper_id", Id, ForeignKey("papers.id")),
    Column("drafted_at", Instant, nullable=False),
    Column("issued_on", Date),
    Column("in_force_on", Date),
    Column("closed_on", Date),
    Column("void_reason", String(255)),
    Column("version", Integer, nullable=False, server_default="1"),
    Index(
        "uq_agreements_key",
        "key",
        unique=True,
        **only("status <> 'void'"),
    ),
    Index("ix_agreements_year", "year", "code", "area_path"),
    Index("ix_agreements_to_office", "to_office", "year"),
    Index("ix_agreements_from_office", "from_office", "year"),
    Index("ix_agreements_household_id", "household_id"),
    Index("ix_agreements_parent_id", "parent_id"),
)

agreement_targets = Table(  # every amount that was ever given, by split and by supplement: never changed
    "agreement_targets",
    metadata,
    row_id(),
    Column("agreement_id", Id, ForeignKey("agreements.id"), nullable=False),
    Column("supplement_id", Id, ForeignKey("agreement_supplements.id")),
    Column("split", Integer, nullable=False),
    Column("measure", String(32), nullable=False),
    Column("amount", Integer, nullable=False),
    Index("ix_agreement_targets_agreement_id", "agreement_id"),
)

agreement_supplements = Table(  # a changed target names its agreement; those made together take force together
    "agreement_supplements",
    metadata,
    row_id(),
    Column("agreement_id", Id, ForeignKey("agreements.id"), nullable=False),
    Column("group_key", String(32), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("number", String(64), nullable=False, unique=True),  # the agreement's number and 补1, 补2 …
    Column("changes", Json, nullable=False),  # {measure: [old, new]}
    Column("reason", String(255), nullable=False),
    Column("status", String(16), CheckConstraint("status IN ('pending', 'in_force', 'withdrawn')", name="status"),
           nullable=False),
    Column("paper_id", Id, ForeignKey("papers.id")),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("in_force_on", Date),
    UniqueConstraint("agreement_id", "seq"),
    Index("ix_agreement_supplements_group_key", "group_key"),
)  # fmt: skip

agreement_signers = Table(  # who must sign: one row for each first responsible person, party and successor
    "agreement_signers",
    metadata,
    row_id(),
    Column("agreement_id", Id, ForeignKey("agreements.id"), nullable=False),
    Column("supplement_id", Id, ForeignKey("agreement_supplements.id")),
    Column("party", String(1), nullable=False),  # a, b, c: 甲方, 乙方, 丙方
    Column("capacity", String(64), nullable=False),
    Column("office_code", String(32), ForeignKey("offices.code")),
    Column("role", String(32)),  # the post that confirms by account; NULL: signs on paper only
    Column("person_id", Id, ForeignKey("people.id")),  # this person and nobody else
    Column("name", String(64)),  # the name of the one who must sign, where it is known
    Column("succeeds_id", Id, ForeignKey("agreement_signers.id")),  # signed anew by who came after
    Column("opened_on", Date),  # NULL: its paper is not made yet
    Column("due_on", Date),
    Column("signed_at", Instant),
    Column("dropped_at", Instant),  # void, withdrawn: nobody has to sign any more
    Index("ix_agreement_signers_agreement_id", "agreement_id"),
    Index(
        "ix_agreement_signers_open",
        "office_code",
        "role",
        **only("signed_at IS NULL AND dropped_at IS NULL"),
    ),
)

agreement_signatures = Table(  # by account or as a scanned copy, with what proves it: never changed
    "agreement_signatures",
    metadata,
    row_id(),
    Column("agreement_id", Id, ForeignKey("agreements.id"), nullable=False),
    Column("signer_id", Id, ForeignKey("agreement_signers.id"), nullable=False, unique=True),
    Column("how", String(8), CheckConstraint("how IN ('account', 'scan')", name="how"), nullable=False),
    Column("person_id", Id),  # NULL: somebody without an account
    Column("person", String(64), nullable=False),
    Column("capacity", String(64), nullable=False),
    Column("office", String(128), nullable=False),
    Column("post", String(64), nullable=False),
    Column("evidence", Json, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_agreement_signatures_agreement_id", "agreement_id"),
)

agreement_reports = Table(  # mid-year report and assessment: the register's figures beside the targets
    "agreement_reports",
    metadata,
    row_id(),
    Column("agreement_id", Id, ForeignKey("agreements.id"), nullable=False),
    Column("kind", String(16), CheckConstraint("kind IN ('mid_year', 'assessment')", name="kind"), nullable=False),
    Column("figures", Json, nullable=False),  # [{measure, label, unit, target, result}]
    Column("text", Text, nullable=False),
    Column("grade", String(16)),
    Column("person", String(64), nullable=False),
    Column("post", String(64), nullable=False),
    Column("office", String(128), nullable=False),
    Column("evidence", Json, nullable=False),
    Column("on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("agreement_id", "kind"),
)
