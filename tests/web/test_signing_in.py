"""Signing in: one-time links, lockout, the second factor, sessions. No account is born with a password."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from flows import accounts as signing
from flows.accounts import LOCKED_FOR, SESSION_IDLE, SHARED_IDLE, TRIES, Entry, digest
from flows.drain import drain
from records import accounts, messages
from records.engine import reading
from states.not_allowed import (
    AccountExists,
    AccountLocked,
    CodeWrong,
    LinkUsedUp,
    PasswordWeak,
    SignInWrong,
)
from tests.web.desk import PASSWORD, Desk


def test_an_account_has_no_password_until_its_owner_chooses_one(desks: Desk) -> None:
    office, who = desks.district.office, desks.district.who["clerk"]
    token = signing.invite(office, who.person_id, "lin", desks.clock.now, "管理员")

    with pytest.raises(SignInWrong):
        signing.sign_in(office, Entry("lin", ""), desks.clock.now)
    signing.set_password(office, token, PASSWORD, desks.clock.now)

    assert signing.session(office, signing.sign_in(office, Entry("lin", PASSWORD), desks.clock.now), desks.clock.now)
    with pytest.raises(LinkUsedUp):
        signing.set_password(office, token, PASSWORD + "x", desks.clock.now)


def test_a_link_ends_and_a_newer_one_replaces_it(desk: Desk) -> None:
    office, who, now = desk.district.office, desk.district.who["clerk"], desk.clock.now
    first = signing.invite(office, who.person_id, "lin", now, "管理员")
    second = signing.invite(office, who.person_id, "lin", now, "管理员")

    for token, moment in ((first, now), (second, now + timedelta(days=8)), ("guess", now)):
        with pytest.raises(LinkUsedUp):
            signing.invited(office, token, moment)
    with pytest.raises(AccountExists):
        signing.invite(office, desk.district.who["leader"].person_id, "lin", now, "管理员")


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "linjilu-2017"])
def test_a_weak_password_is_refused(desk: Desk, password: str) -> None:
    token = signing.invite(
        desk.district.office, desk.district.who["clerk"].person_id, "linjilu-2017", desk.clock.now, ""
    )
    with pytest.raises(PasswordWeak):
        signing.set_password(desk.district.office, token, password, desk.clock.now)


def test_after_five_wrong_passwords_the_account_is_shut_for_a_while_and_its_owner_is_told(desks: Desk) -> None:
    office, now, login = desks.district.office, desks.clock.now, desks.account("clerk")
    for _ in range(TRIES):
        with pytest.raises(SignInWrong):
            signing.sign_in(office, Entry(login, "guess"), now)

    with pytest.raises(AccountLocked):
        signing.sign_in(office, Entry(login, PASSWORD), now)
    drain(office, now)

    with reading(office.records) as conn:
        assert messages.count_unread(conn, desks.district.who["clerk"].person_id) == 1
    assert signing.sign_in(office, Entry(login, PASSWORD), now + LOCKED_FOR + timedelta(seconds=1))


def test_with_a_second_factor_the_password_is_not_enough_and_no_code_works_twice(desk: Desk) -> None:
    office, now, login = desk.district.office, desk.clock.now, desk.account("clerk")
    mine = signing.session(office, signing.sign_in(office, Entry(login, PASSWORD), now), now)
    assert mine is not None
    secret = pyotp.random_base32()
    with pytest.raises(CodeWrong):
        signing.turn_on_totp(office, mine, secret, "000000", now)
    signing.turn_on_totp(office, mine, secret, pyotp.TOTP(secret).at(now), now)

    with pytest.raises(CodeWrong):
        signing.sign_in(office, Entry(login, PASSWORD), now)
    code = pyotp.TOTP(secret).at(now)
    assert signing.sign_in(office, Entry(login, PASSWORD, code), now)
    with pytest.raises(CodeWrong):
        signing.sign_in(office, Entry(login, PASSWORD, code), now)


def test_a_session_ends_by_itself_sooner_on_a_shared_machine(desk: Desk) -> None:
    office, now, login = desk.district.office, desk.clock.now, desk.account("clerk")
    own = signing.sign_in(office, Entry(login, PASSWORD), now)
    shared = signing.sign_in(office, Entry(login, PASSWORD, shared=True), now)

    later = now + SHARED_IDLE + timedelta(seconds=1)
    assert signing.session(office, own, later) and not signing.session(office, shared, later)
    assert not signing.session(office, own, later + SESSION_IDLE + timedelta(minutes=1))


def test_a_session_can_be_ended_from_elsewhere_and_a_new_password_ends_the_others(desk: Desk) -> None:
    here, there = desk.as_("clerk"), desk.as_("clerk")
    with reading(desk.district.office.records) as conn:
        account = accounts.account_by_login(conn, "clerk")
        assert account is not None
        newest = accounts.sessions_of(conn, account.id, desk.clock.now)[0].id
    here.send("/account", "/account/sessions/end", session=newest)
    assert "登录名" in there.see("/todo")

    third = desk.as_("clerk")
    here.send(
        "/account", "/account/password", old=PASSWORD, password="新的密码也很长-2018", again="新的密码也很长-2018"
    )
    assert "登录名" in third.see("/todo")
    assert "待办" in here.see("/todo")


def test_no_row_of_the_database_lets_anybody_in(desk: Desk) -> None:
    """Tokens are kept as digests, passwords as argon2id."""
    office, login = desk.district.office, desk.account("clerk")
    token = signing.sign_in(office, Entry(login, PASSWORD), desk.clock.now)
    with reading(office.records) as conn:
        account = accounts.account_by_login(conn, login)
        assert account is not None and account.password_hash.startswith("$argon2id$")
        assert accounts.session_of(conn, token, desk.clock.now) is None
        assert accounts.session_of(conn, digest(token), desk.clock.now) is not None


def test_the_one_time_link_leads_to_a_password_on_the_page(desk: Desk) -> None:
    token = signing.invite(desk.district.office, desk.district.who["leader"].person_id, "li", desk.clock.now, "管理员")
    person = desk.visitor()

    answer = person.send(f"/welcome/{token}", f"/welcome/{token}", password=PASSWORD, again="别的")
    assert "两次填写的密码不一致" in answer.text
    answer = person.send(f"/welcome/{token}", f"/welcome/{token}", password=PASSWORD, again=PASSWORD)
    assert "密码已设好" in answer.text
    person.send("/sign-in", "/sign-in", login="li", password=PASSWORD)
    assert "待办" in person.see("/todo")
    assert "链接已用过" in desk.visitor().see(f"/welcome/{token}", 409)


def test_signing_out_ends_the_session_on_the_server(desk: Desk) -> None:
    clerk = desk.as_("clerk")
    cookie = clerk.client.cookies["bangfu_session"]
    clerk.send("/todo", "/sign-out")

    assert signing.session(desk.district.office, cookie, desk.clock.now) is None


def test_who_signs_in_after_wrong_passwords_reads_of_them_once(desk: Desk) -> None:
    desk.account("clerk")
    wrong = desk.visitor()
    assert wrong.send("/sign-in", "/sign-in", login="clerk", password="错-错-错-错-错").status_code == 403
    right = desk.visitor()
    answer = right.send("/sign-in", "/sign-in", login="clerk", password=PASSWORD)
    assert answer.url.path == "/todo" and "有人1次输错您的密码" in answer.text
    assert "输错您的密码" not in right.see("/todo")
