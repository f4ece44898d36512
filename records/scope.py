"""The jurisdiction predicate as SQL: the same rule as rules.jurisdiction.covers, for any table with an area path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Date, and_, bindparam, false, or_, select, true

from records import schema
from records.grants import granted_to
from rules.jurisdiction import EVERYTHING, NOTHING, Scope

A, O, P, PT, PR = schema.areas, schema.offices, schema.posts, schema.post_terms, schema.pairings
G, S = schema.delegations, schema.supervisions
UNITS = ("helper", "helper_head")  # posts in a unit that stands in no area of its own
READS_ALL = ("group_leader", "district_clerk", "district_director", "auditor", "discipline", "administrator")


def within(
    scope: Scope, area_path: ColumnElement[str], household_id: ColumnElement[Any] | None = None,
    file_id: ColumnElement[Any] | None = None,
) -> ColumnElement[bool]:  # fmt: skip
    """The condition that keeps the rows the scope covers. A path matches as a range, so that its index serves."""
    if scope.everything:
        return true()
    parts: list[ColumnElement[bool]] = [
        and_(area_path >= path, area_path < path[:-1] + "0")
        for path in sorted(scope.paths)  # "0" follows "/"
    ]
    if household_id is not None and scope.households:
        parts.append(household_id.in_(sorted(scope.households)))
    if file_id is not None and scope.files:
        parts.append(file_id.in_(sorted(scope.files)))
    return or_(*parts) if parts else false()


def scope_of(conn: Connection, person_id: int, day: date) -> Scope:
    """What a person may see on a day: from the posts held, from the pairings in force for a helper, and from grants.

    A post that reads all does so in the area of its office: everything where that is the root of the tree."""
    scope = held_scope(conn, person_id, day)
    return scope if scope.everything else scope | Scope(households=granted_to(conn, person_id, day))


_WHO: BindParameter[Any] = bindparam("who")
_DAY: BindParameter[Any] = bindparam("day", type_=Date())
_LENDER = PT.alias("lender")
_LENT = (
    select(_LENDER.c.id)
    .join(G, (G.c.from_person_id == _LENDER.c.person_id)
          & or_(G.c.post_id.is_(None), G.c.post_id == _LENDER.c.post_id))
    .where(G.c.to_person_id == _WHO, G.c.valid_from <= _DAY, G.c.valid_to >= _DAY, G.c.revoked_at.is_(None))
)  # fmt: skip
_POSTS = (
    select(P.c.role, A.c.path, PT.c.person_id, O.c.code)
    .select_from(PT.join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code)
                 .join(A, A.c.code == O.c.area_code))
    .where(or_(PT.c.person_id == _WHO, PT.c.id.in_(_LENT)), PT.c.valid_from <= _DAY,
           or_(PT.c.valid_to.is_(None), PT.c.valid_to > _DAY),
           A.c.valid_from <= _DAY, or_(A.c.valid_to.is_(None), A.c.valid_to > _DAY))
)  # fmt: skip
_PAIRED = (
    select(PR.c.household_id).where(PR.c.person_id == _WHO, PR.c.valid_from <= _DAY,
                                    or_(PR.c.valid_to.is_(None), PR.c.valid_to > _DAY))
)  # fmt: skip
_ABOUT = select(S.c.id).where(or_(S.c.office_code.in_(bindparam("headed", expanding=True)), S.c.person_id == _WHO))
_PAIRED_FROM = _PAIRED.where(PR.c.office_code == bindparam("office"))


def held_scope(conn: Connection, person_id: int, day: date) -> Scope:
    """`scope_of` without grants: what is the person's own business, and that of the people stood in for (离岗委托)."""
    rows = conn.execute(_POSTS, {"who": person_id, "day": day}).all()
    scope = NOTHING
    for row in rows:
        if row.role in READS_ALL and row.path.count("/") == 2:
            return EVERYTHING
        if row.role not in UNITS:
            scope |= Scope(paths=frozenset((row.path,)))
    homes = set(conn.execute(_PAIRED, {"who": person_id, "day": day}).scalars())
    for row in rows:
        if row.role == "helper" and row.person_id != person_id:  # what that helper helps from the post that was lent
            given = {"who": row.person_id, "day": day, "office": row.code}
            homes.update(conn.execute(_PAIRED_FROM, given).scalars())
    return scope | Scope(households=frozenset(homes), files=_files_about(conn, person_id, rows))


def _files_about(conn: Connection, person_id: int, posts: Sequence[Any]) -> frozenset[int]:
    """The supervision files that the people of a helping unit answer to; in an area the path says it."""
    if not any(post.role in UNITS for post in posts):
        return frozenset()
    headed = sorted({post.code for post in posts if post.role == "helper_head"})
    return frozenset(conn.execute(_ABOUT, {"headed": headed, "who": person_id}).scalars())
