"""A year of agreements: drafted, split, issued, signed, changed, reported on and assessed (R4.2-02, R4.2-05)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from agreements_office import ISSUED, Bureau, faults, make_bureau
from district import COMMUNITY, STREET, District, at
from sqlalchemy import func, select

from flows.agreements import Wanted, draft_year, issue_chunk, order_issue
from flows.agreements.handover import hand_over, notice_successors
from flows.agreements.reporting import Word, assess, close, figures, report, void
from flows.agreements.signing import Place, Scan, sign_by_account, sign_by_scan
from flows.agreements.supplement import Changes, supplement, withdraw
from flows.agreements.targets import Split, split_targets
from flows.appoint import appoint
from flows.drain import drain
from flows.supervision import conditions, says_of
from records import agreement_views, agreements, dues, enrolments, offices, papers, schema, standing
from records.agreement_views import Wish
from records.engine import reading, writing
from records.help import pair
from rules.split import gaps
from states.decision import Actor
from states.not_allowed import (
    AgreementNotIssued,
    AgreementNumbered,
    EvidenceMissing,
    FieldWrong,
    NothingToSign,
    NotTheSigner,
    NotYourAgreement,
    NotYourPost,
    PackValueUnset,
    ReportMissing,
    SignedTwice,
    SignsInPerson,
    StillSigned,
    SupplementPending,
    TargetsDoNotAddUp,
    WhichCapacity,
    WrongMoment,
)
from templates.master import text_of


@pytest.fixture
def bureau(district: District) -> Bureau:
    return make_bureau(district)


@pytest.fixture
def one(small: District) -> Bureau:
    """On SQLite only, where the database makes no difference to what is shown."""
    return make_bureau(small)


def assert_adds_up(bureau: Bureau) -> None:
    """Every level makes the one above it; the streets and the units make the year's target each by themselves."""
    for code in ("D-20", "D-22"):
        assert sum(row.targets["persons"] for row in bureau.rows(code)) == 500
    with reading(bureau.district.office.records) as conn:
        for row in bureau.rows("D-20", "D-22"):
            below = agreements.children(conn, row.id)
            assert not below or gaps(row.targets, [child.targets for child in below]) == ()


def test_a_year_is_drafted_for_every_party_and_every_level_adds_up(bureau: Bureau) -> None:
    """R4.2-02, R1.3-08, R1.3-10, R4.1-01: 7 streets, 42 communities, 47 units, each helper, each household."""
    office, who = bureau.district.office, bureau.district.who

    drafted = draft_year(office, Wanted(2017, who["district_clerk"], ISSUED))

    assert drafted == {"D-20": 7, "D-21": 42, "D-22": 47, "D-22A": 1, "D-19": 3}
    assert_adds_up(bureau)
    assert draft_year(office, Wanted(2017, who["district_clerk"], ISSUED)) == {}


def test_issued_agreements_are_numbered_papers_and_who_has_not_signed_is_due(bureau: Bureau) -> None:
    """R4.2-05: both first responsible persons of a street have their own place."""
    assert bureau.issue() == 100

    street = bureau.street
    assert street.number == "濠扶责街2017-0001"
    assert sorted(row.number for row in bureau.rows("D-19")) == [f"濠扶协户2017-000{n}" for n in (1, 2, 3)]
    with reading(bureau.district.office.records) as conn:
        paper = papers.paper(conn, street.paper_id)
        owed = dues.owed_by(conn, f"{STREET}-office", date(2017, 3, 2))
        wrong = faults(conn)
    assert paper is not None and paper.number == street.number and paper.status == "printed"
    text = text_of(bureau.district.office.files.get(paper.file_key))
    assert "达濠街道党工委、办事处" in text and "濠扶责街2017-0001" in text and "区委书记（签字）" in text
    mine = [due.title for due in owed if due.subject_kind == "signature" and due.subject_id]
    assert [t for t in mine if street.title in t] == [
        f"签订{street.title}（党工委书记）", f"签订{street.title}（办事处主任）",
    ]  # fmt: skip
    assert owed[0].due_on == date(2017, 3, 29)  # 20 working days
    assert wrong == []


def test_only_the_district_issues_and_only_a_year_that_has_a_target(one: Bureau) -> None:
    office, who = one.district.office, one.district.who

    with pytest.raises(NotYourAgreement, match="由区扶贫办办理"):
        order_issue(office, Wanted(2017, who["leader"], ISSUED))
    with pytest.raises(PackValueUnset, match="2020年减贫目标"):
        order_issue(office, Wanted(2020, who["district_clerk"], ISSUED))


def test_some_kinds_are_drafted_with_those_above_them_and_the_rest_later(one: Bureau) -> None:
    assert one.issue(codes=("D-21",)) == 42
    assert {row.code for row in one.rows()} == {"D-20", "D-21"}
    assert one.issue() == 7 + 47 + 1 + 3
    assert_adds_up(one)


def test_issuing_again_in_part_or_by_a_drain_changes_nothing(bureau: Bureau) -> None:
    """A batch may be carried out by the command, by a drain or by a flow: each paper once."""
    office = bureau.district.office
    ids = order_issue(office, Wanted(2017, bureau.district.who["district_clerk"], ISSUED))

    assert issue_chunk(office, ids[:10], ISSUED) == ids[:10]
    assert issue_chunk(office, ids[:12], ISSUED) == ids[10:12]
    done = drain(office, ISSUED, kinds=("issue_agreement",))

    assert (done.done, done.put_back) == (88, 0)
    assert bureau.issue() == 0
    with reading(office.records) as conn:
        N = schema.paper_numbers
        for word, last, count in conn.execute(
            select(N.c.code_word, func.max(N.c.seq), func.count()).group_by(N.c.code_word)
        ):
            assert last == count, word
        assert conn.execute(select(func.count()).where(schema.duties.c.done_at.is_(None))).scalar() == 0


def test_a_split_by_hand_that_does_not_add_up_is_refused_with_the_difference(one: Bureau) -> None:
    """R4.2-02: the sentence says by how much, and nothing is kept."""
    office, who = one.district.office, one.district.who
    draft_year(office, Wanted(2017, who["district_clerk"], ISSUED))
    street = one.street
    less = street.targets["persons"] - 3

    with pytest.raises(TargetsDoNotAddUp, match="减贫人口（不含上年结转）应为500人，合计497人，少分3人"):
        split_targets(office, Split({street.id: {"减贫人口": less}}, who["district_clerk"], ISSUED))

    assert one.street.targets == street.targets


def test_what_one_street_is_spared_another_takes_and_its_communities_follow(bureau: Bureau) -> None:
    office, who = bureau.district.office, bureau.district.who
    draft_year(office, Wanted(2017, who["district_clerk"], ISSUED))
    first, second = bureau.rows("D-20")[:2]
    given = {
        first.id: {"persons": first.targets["persons"] - 5},
        second.id: {"persons": second.targets["persons"] + 5},
    }

    assert split_targets(office, Split(given, who["district_clerk"], ISSUED)) > 2

    assert_adds_up(bureau)
    assert bureau.rows("D-20")[0].targets["persons"] == first.targets["persons"] - 5
    bureau.issue()
    with pytest.raises(AgreementNumbered, match="请用补充协议调整"):
        split_targets(office, Split(given | {first.id: first.targets, second.id: second.targets},
                                    who["district_clerk"], ISSUED))  # fmt: skip


def test_a_street_splits_its_own_and_nobody_else_s(one: Bureau) -> None:
    office, who = one.district.office, one.district.who
    draft_year(office, Wanted(2017, who["district_clerk"], ISSUED))
    other = one.one("D-21", "440512002009-office")

    split_targets(office, Split({one.community.id: dict(one.community.targets)}, who["street_clerk"], ISSUED))
    with pytest.raises(NotYourAgreement):
        split_targets(office, Split({other.id: dict(other.targets)}, who["street_clerk"], ISSUED))


def test_an_agreement_binds_when_both_of_the_district_and_both_of_the_street_have_signed(bureau: Bureau) -> None:
    """R4.2-05: one signature of two does not make a party; the last one puts it in force, and the reminders end."""
    bureau.issue()
    street = bureau.street

    assert bureau.confirm(street, "leader").status == "split"
    with pytest.raises(NothingToSign, match="现在等待"):
        bureau.confirm(street, "leader", capacity="党工委书记")
    with pytest.raises(SignedTwice, match="须是不同的人"):
        bureau.confirm(street, "leader", capacity="办事处主任")
    with pytest.raises(WhichCapacity, match="党工委书记、办事处主任"):
        sign_by_account(bureau.district.office, bureau.community.id, bureau.district.who["leader"], ISSUED)
    half = bureau.confirm(street, "other_leader")
    assert (half.status, half.waits_for) == ("signed_one", ("甲方区委书记", "甲方区长"))
    assert bureau.scan(street, "区委甲", "区委书记").status == "signed_one"
    assert bureau.scan(street, "区长乙", "区长").status == "in_force"

    office = bureau.district.office
    with reading(office.records) as conn:
        signatures = agreements.signatures_of(conn, street.id)
        paper = papers.paper(conn, street.paper_id)
        open_dues = conn.execute(
            select(schema.dues.c.title).where(schema.dues.c.title.contains(street.title), schema.dues.c.closed_at.is_(None))
        ).scalars().all()  # fmt: skip
        assert faults(conn) == []
    assert [s.how for s in signatures] == ["account", "account", "scan", "scan"]
    assert all(s.evidence[0]["sha256"] for s in signatures)
    assert paper is not None and paper.status == "archived" and len(paper.signed_copy["signed"]) == 4
    assert open_dues == [f"{street.title}年中进展报告"]


def test_a_signature_is_made_in_person_by_the_right_person_and_on_proof(one: Bureau) -> None:
    one.issue()
    office, who, street = one.district.office, one.district.who, one.street
    home = one.rows("D-19")[0]
    leader = who["leader"]

    with pytest.raises(SignsInPerson):
        stand_in = Actor(who["street_clerk"].person_id, leader.office_code, leader.role, leader.person_id)
        sign_by_account(office, street.id, stand_in, ISSUED)
    with pytest.raises(NotYourPost):
        sign_by_account(office, street.id, Actor(leader.person_id, "440512002-office", "street_leader"), ISSUED)
    with pytest.raises(EvidenceMissing, match="签字扫描件"):
        sign_by_scan(office, street.id, Scan({"区长": "某"}, (), ISSUED.date()), who["district_clerk"], ISSUED)
    with pytest.raises(NotTheSigner, match="不是路人"):
        one.scan(home, "路人", "户主")
    with pytest.raises(NotTheSigner, match="应由方帮扶签订"):
        one.scan(home, "别人", "帮扶责任人")
    with pytest.raises(FieldWrong, match="印发日"):
        one.scan(home, home.to_name, "户主", at(2017, 2, 1))
    with pytest.raises(NotYourAgreement):
        one.scan(home, home.to_name, "户主", by="street_clerk")


def test_a_household_signs_on_paper_and_the_other_two_by_account(one: Bureau) -> None:
    """D-19 with its clause 不脱贫不脱钩 (R4.1-06)."""
    one.issue()
    office, home = one.district.office, one.rows("D-19")[0]
    with reading(office.records) as conn:
        paper = papers.paper(conn, home.paper_id)
    assert paper is not None
    text = text_of(office.files.get(paper.file_key))
    assert "六、不脱贫不脱钩" in text and "脱贫以前，甲方不得终止结对帮扶关系" in text and home.to_name in text

    one.scan(home, home.to_name, "户主", by="head")
    one.confirm(home, "helper")
    assert one.confirm(home, "head").status == "in_force"


def test_an_agreement_signed_before_its_year_binds_with_it(bureau: Bureau) -> None:
    december = at(2016, 12, 20)
    bureau.issue(when=december)

    assert bureau.sign_street(december).status == "signed_all"
    assert drain(bureau.district.office, at(2016, 12, 30), kinds=("agreement_force",)).done == 0
    drain(bureau.district.office, at(2017, 1, 1), kinds=("agreement_force",))

    row = bureau.see(bureau.street.id)
    assert (row.status, row.in_force_on) == ("in_force", date(2017, 1, 1))


def test_a_draft_cannot_be_signed(one: Bureau) -> None:
    draft_year(one.district.office, Wanted(2017, one.district.who["district_clerk"], ISSUED))

    with pytest.raises(AgreementNotIssued, match="尚未编号印发"):
        one.confirm(one.street, "leader")


# --- supplements ------------------------------------------------------------------------------------------------------


def shift(bureau: Bureau, persons: int) -> dict[int, dict[str, int]]:
    """So many persons from one street to another, and from a community of the one to a community of the other."""
    first, second = bureau.rows("D-20")[:2]
    one = bureau.one("D-21", f"{COMMUNITY}-office")
    other = next(row for row in bureau.rows("D-21") if row.parent_id == second.id)
    return {
        row.id: {"减贫人口": row.targets["persons"] + sign * persons}
        for row, sign in ((first, -1), (one, -1), (second, 1), (other, 1))
    }


def test_a_changed_target_is_a_supplement_that_binds_when_all_have_signed(bureau: Bureau) -> None:
    """R4.2-02: the agreement itself is never edited, its paper stays, and every level adds up at every moment."""
    bureau.issue()
    office, who = bureau.district.office, bureau.district.who
    street, targets = bureau.sign_street(), dict(bureau.street.targets)

    with pytest.raises(TargetsDoNotAddUp, match="少分4人"):
        supplement(
            office, Changes({street.id: {"persons": targets["persons"] - 4}}, "户籍迁移", who["district_clerk"], ISSUED)
        )
    numbers = supplement(office, Changes(shift(bureau, 4), "户籍迁移", who["district_clerk"], at(2017, 5, 2)))

    assert numbers[0] == f"{street.number}补1" and len(numbers) == 4
    assert bureau.street.targets == targets
    with pytest.raises(SupplementPending, match="补1"):
        supplement(office, Changes(shift(bureau, 5), "户籍迁移", who["district_clerk"], at(2017, 5, 3)))
    sign_everything(bureau, at(2017, 5, 8))

    assert bureau.street.targets["persons"] == targets["persons"] - 4
    assert_adds_up(bureau)
    with reading(office.records) as conn:
        [kept] = agreements.supplements_of(conn, street.id)
        paper, main = papers.paper(conn, kept.paper_id), papers.paper(conn, street.paper_id)
        history = [(t.measure, t.amount, t.supplement) for t in agreements.targets_of(conn, street.id)]
        assert faults(conn) == []
    assert (kept.status, kept.in_force_on) == ("in_force", date(2017, 5, 8))
    assert paper is not None and main is not None
    text = text_of(office.files.get(paper.file_key))
    assert street.number in text and street.title in text and "户籍迁移" in text
    assert office.files.holds(main.file_key, main.sha256)
    assert history[-1] == ("persons", targets["persons"] - 4, f"{street.number}补1")


def sign_everything(bureau: Bureau, when: datetime) -> None:
    """Every place of every supplement is signed on paper."""
    with reading(bureau.district.office.records) as conn:
        numbers = {
            s.id: s.number for row in agreements.of_year(conn, 2017) for s in agreements.supplements_of(conn, row.id)
        }
        rows = [(row, s) for row in agreements.of_year(conn, 2017) for s in agreements.open_signers(conn, row.id)
                if s.supplement_id is not None]  # fmt: skip
    for n, (row, signer) in enumerate(rows):
        bureau.scan(row, f"签字人{n}", signer.capacity, when, supplement=numbers[signer.supplement_id])


def test_a_supplement_taken_back_changes_nothing_and_its_number_stays(one: Bureau) -> None:
    one.issue()
    office, clerk = one.district.office, one.district.who["district_clerk"]
    before = {row.id: row.targets for row in one.rows()}
    numbers = supplement(office, Changes(shift(one, 2), "调整", clerk, ISSUED))

    assert withdraw(office, numbers[0], clerk, ISSUED) == numbers
    assert {row.id: row.targets for row in one.rows()} == before
    with pytest.raises(WrongMoment, match="已撤回"):
        withdraw(office, numbers[0], clerk, ISSUED)
    assert supplement(office, Changes(shift(one, 2), "调整", clerk, ISSUED))[0].endswith("补2")


# --- report, assessment, void -----------------------------------------------------------------------------------------


def test_a_year_is_reported_on_and_assessed_with_results_beside_targets(bureau: Bureau) -> None:
    """Truth 11: the target is shown beside the result and decides nothing. R4.4-03."""
    bureau.issue()
    office, who, street = bureau.district.office, bureau.district.who, bureau.sign_street()
    assert office.pack.targets()[2017] == 500

    with pytest.raises(ReportMissing):
        assess(office, street.id, Word("完成", "优秀"), who["director"], at(2017, 7, 1))
    found = {f.measure: f for f in report(office, street.id, Word("进展顺利"), who["street_clerk"], at(2017, 7, 10))}
    assert (found["helped"].target, found["helped"].result) == (3, 3)
    assert (found["persons"].target, found["persons"].result) == (street.targets["persons"], 0)
    with pytest.raises(NotYourAgreement):
        assess(office, street.id, Word("完成", "优秀"), who["leader"], at(2018, 1, 10))
    with pytest.raises(FieldWrong, match="只能是优秀、良好"):
        assess(office, street.id, Word("完成", "特优"), who["director"], at(2018, 1, 10))
    assess(office, street.id, Word("完成", "良好"), who["director"], at(2018, 1, 10))
    close(office, street.id, who["director"], at(2018, 1, 20))

    row = bureau.see(street.id)
    assert row.status == "closed"
    with reading(office.records) as conn:
        kept = agreements.reports_of(conn, street.id)
        assert faults(conn) == []
    assert [(r.kind, r.grade) for r in kept] == [("mid_year", None), ("assessment", "良好")]


def test_an_exit_shows_in_the_results_of_everybody_who_answers_for_it(one: Bureau) -> None:
    one.issue()
    household = one.rows("D-19")[0].household_id
    one.district.exit_until("end", household)

    for row in (
        one.street,
        one.community,
        one.one("D-22", "440512-unit-01"),
        one.rows("D-22A")[0],
        one.rows("D-19")[0],
    ):
        found = {f.measure: f.result for f in figures(one.district.office, row.id, at(2017, 12, 30))}
        assert (found["persons"], found["households"]) == (2, 1), row.code


def test_a_void_agreement_keeps_its_number_and_another_takes_its_place_and_its_targets(bureau: Bureau) -> None:
    bureau.issue()
    office, who, street = bureau.district.office, bureau.district.who, bureau.street

    void(office, street.id, "甲方名称有误", who["district_clerk"], ISSUED)
    assert bureau.issue() == 1

    again = bureau.street
    assert (again.number, again.targets) == ("濠扶责街2017-0008", street.targets)
    assert_adds_up(bureau)
    assert bureau.community.parent_id == again.id
    with reading(office.records) as conn:
        gone = agreements.agreement(conn, street.id)
        assert faults(conn) == []
        owed = [
            d for d in dues.owed_by(conn, f"{STREET}-office", date(2017, 3, 2), limit=500) if d.title.endswith("主任）")
        ]
    assert gone is not None and (gone.status, gone.number) == ("void", street.number)
    assert len([d for d in owed if street.title in d.title]) == 1


# --- successors -------------------------------------------------------------------------------------------------------


def test_a_new_post_holder_signs_anew_within_ten_working_days_and_it_stays_in_force(bureau: Bureau) -> None:
    """Domain 3.14: the successor carries it on; nobody is asked twice."""
    bureau.issue()
    office, who, street = bureau.district.office, bureau.district.who, bureau.sign_street()
    with writing(office.records) as conn:
        offices.end_term(conn, who["other_leader"].person_id, f"{STREET}-office", "street_leader", date(2017, 4, 5))
    new = appoint(office, "新主任", f"{STREET}-office", "street_leader", date(2017, 4, 5), at(2017, 4, 5))

    assert notice_successors(office, at(2017, 4, 5)) == 1
    assert notice_successors(office, at(2017, 4, 6)) == 0

    with reading(office.records) as conn:
        [waiting] = agreements.open_signers(conn, street.id)
        mine = agreement_views.waiting_for(conn, new.person_id, date(2017, 4, 6))
    assert (waiting.capacity, waiting.due_on) == ("办事处主任", date(2017, 4, 19))
    assert [m.id for m in mine if m.id == street.id] == [street.id]
    assert sign_by_account(office, street.id, new, at(2017, 4, 10), Place("办事处主任")).status == "in_force"
    with reading(office.records) as conn:
        assert agreements.open_signers(conn, street.id) == []


def test_a_household_s_new_helper_takes_over_its_agreement(one: Bureau) -> None:
    """R4.1-06: the pairing is succeeded without a gap, and so is the agreement."""
    one.issue()
    office, home = one.district.office, one.rows("D-19")[0]
    new = appoint(office, "新帮扶", "440512-unit-02", "helper", date(2017, 3, 20), at(2017, 3, 20))
    with writing(office.records) as conn:
        pair(conn, home.household_id, "440512-unit-02", new.person_id, date(2017, 3, 20), "人员调整", None)

    assert notice_successors(office, at(2017, 3, 20)) == 1
    assert notice_successors(office, at(2017, 3, 21)) == 0

    with pytest.raises(NothingToSign):
        one.confirm(home, "helper", at(2017, 3, 21))
    sign_by_account(office, home.id, new, at(2017, 3, 21))
    one.scan(home, home.to_name, "户主", at(2017, 3, 22))
    assert one.confirm(home, "head", at(2017, 3, 22)).status == "in_force"


def test_somebody_without_an_account_is_succeeded_by_hand(one: Bureau) -> None:
    one.issue()
    office, who, street = one.district.office, one.district.who, one.sign_street()

    with pytest.raises(StillSigned, match="李书记仍在任"):
        hand_over(office, street.id, "党工委书记", None, who["district_clerk"], at(2017, 4, 5))
    hand_over(office, street.id, "区长", "新区长", who["district_clerk"], at(2017, 4, 5))

    with pytest.raises(NotTheSigner):
        one.scan(street, "区长乙", "区长", at(2017, 4, 6))
    one.scan(street, "新区长", "区长", at(2017, 4, 6))


# --- who may see ------------------------------------------------------------------------------------------------------


def test_everybody_sees_what_is_in_his_area_or_what_he_is_a_party_to(bureau: Bureau) -> None:
    bureau.issue()
    seen: dict[str, list[str]] = {}
    with reading(bureau.district.office.records) as conn:
        for name in ("district_clerk", "leader", "head", "unit_head", "helper"):
            who = agreement_views.reader(conn, bureau.district.who[name].person_id, date(2017, 3, 2))
            listing = agreement_views.listing(who, Wish(2017))
            rows = listing.page(conn, 1, 500)
            assert listing.count(conn) == len(rows)
            seen[name] = sorted({row.code for row in rows})
            for row in bureau.rows():
                whole = agreement_views.whole(conn, who, row.id)
                assert (whole is not None) == (row.id in [r.id for r in rows])
        unsigned = agreement_views.not_signed(conn, [bureau.street.id])[bureau.street.id]

    assert seen["district_clerk"] == ["D-19", "D-20", "D-21", "D-22", "D-22A"]
    assert seen["leader"] == ["D-19", "D-20", "D-21"]
    assert seen["head"] == ["D-19", "D-21"]
    assert seen["unit_head"] == ["D-19", "D-22", "D-22A"]
    assert seen["helper"] == ["D-19", "D-22A"]  # the unit's own list of households is not his to see
    assert [(s.party, s.capacity) for s in unsigned] == [
        ("a", "区委书记"), ("a", "区长"), ("b", "党工委书记"), ("b", "办事处主任"),
    ]  # fmt: skip


# --- what a missed target leads to ------------------------------------------------------------------------------------


def leave(bureau: Bureau, home: int, on: date) -> None:
    """The household's exit is announced that day."""
    office = bureau.district.office
    moment = at(on.year, on.month, on.day)
    with writing(office.records) as conn:
        path = enrolments.enrolment_of(conn, home, office.pack.id, lock=True)
        assert path is not None
        path.state = "exited"
        enrolments.keep_move(conn, path, "announce_exit", "assisted", on, 0, moment, {})


def missed(bureau: Bureau) -> list[str]:
    return [says_of(m) for m in conditions(bureau.district.office, date(2018, 1, 2)) if m.cause == "missed_target"]


def test_a_street_is_measured_by_the_target_of_its_agreement_once_it_binds(bureau: Bureau) -> None:
    """R4.4-09: until all have signed the register's plan counts, six people; then the two of the agreement, and what a
    supplement made of them."""
    office, who = bureau.district.office, bureau.district.who
    draft_year(office, Wanted(2017, who["district_clerk"], ISSUED))
    with reading(office.records) as conn:
        homes = [home.household_id for home in standing.standings(conn, office.pack.id, date(2017, 3, 1))]
    other = next(row for row in bureau.rows("D-20") if row.id != bureau.street.id)
    less = {bureau.street.id: {"persons": 2}, other.id: {"persons": 498 - total(bureau, bureau.street, other)}}
    split_targets(office, Split(less, who["district_clerk"], ISSUED))
    bureau.issue()
    leave(bureau, homes[0], date(2017, 12, 1))
    assert missed(bureau) == ["未完成年度减贫任务：计划6人，完成2人，应当约谈主要领导"]

    bureau.sign_street()
    drain(office, ISSUED)
    assert bureau.street.status == "in_force" and missed(bureau) == []
    supplement(office, Changes(shift(bureau, -2), "户籍迁入", who["district_clerk"], at(2017, 5, 2)))
    sign_everything(bureau, at(2017, 5, 8))
    assert missed(bureau) == [
        f"未完成年度减贫任务：责任书{bureau.street.number}目标4人，完成2人，应当约谈主要领导"
    ]  # fmt: skip
    leave(bureau, homes[1], date(2017, 12, 31))
    assert missed(bureau) == []


def total(bureau: Bureau, *without: Any) -> int:
    """The persons of all other streets."""
    return sum(row.targets["persons"] for row in bureau.rows("D-20") if row.id not in {one.id for one in without})
