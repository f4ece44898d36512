"""A made-up province on PostgreSQL: districts, streets, communities, offices, people, households and their years, all
generated inside the database, so that 600,000 households take minutes and not hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, text

ROOT, PACK = "99", "haojiang-2017"
STREETS, COMMUNITIES, HOMES = 10, 10, 60  # a district: ten streets of ten communities of sixty households
HOME_OF_DISTRICT = STREETS * COMMUNITIES * HOMES
SINCE, TODAY = date(2016, 1, 1), date(2017, 12, 1)


@dataclass(frozen=True, slots=True)
class Province:
    """How large it is, and who is in it."""

    districts: int
    households: int
    persons: int


def make(engine: Engine, households: int, frozen: str) -> Province:
    """Fill a migrated, set-up database; `frozen` is the hash of a frozen exit procedure."""
    districts = max(1, -(-households // HOME_OF_DISTRICT))
    with engine.begin() as conn:
        conn.execute(text("SET LOCAL synchronous_commit = off"))
        for statement in (*_places(), *_people(), "ANALYZE", *_register(), "ANALYZE", *_work()):
            conn.execute(text(statement), {"d": districts, "n": households, "since": SINCE, "today": TODAY,
                                           "pack": PACK, "frozen": frozen, "h": HOMES})  # fmt: skip
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("ANALYZE"))
        return Province(districts, _count(conn, "households"), _count(conn, "persons"))


def _count(conn: Connection, table: str) -> int:
    return int(conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


# district 99001, street + 2 digits, community + 2 digits; a path names them all
_D = "'99' || lpad(d::text, 3, '0')"
_S = f"{_D} || lpad(s::text, 2, '0')"
_C = f"{_S} || lpad(c::text, 2, '0')"
_ALL_S = f"generate_series(1, :d) d, generate_series(1, {STREETS}) s"
_ALL_C = f"{_ALL_S}, generate_series(1, {COMMUNITIES}) c"


def _places() -> list[str]:
    area = "INSERT INTO areas (code, kind, name, parent_code, path, valid_from) SELECT "
    office = (
        "INSERT INTO offices (code, name, level, area_code, parent_code, code_word, phone, address, valid_from) SELECT "
    )
    return [
        "UPDATE areas SET valid_to = valid_from WHERE valid_to IS NULL",
        f"{area} '99', 'province', '某省', NULL, '/99/', :since",
        f"{area} {_D}, 'district', '第' || d || '区', '99', '/99/' || {_D} || '/', :since FROM generate_series(1, :d) d",
        f"{area} {_S}, 'street', '街道' || d || '-' || s, {_D}, '/99/' || {_D} || '/' || {_S} || '/', :since FROM {_ALL_S}",
        f"{area} {_C}, 'community', '社区' || d || '-' || s || '-' || c, {_S}, "
        f"'/99/' || {_D} || '/' || {_S} || '/' || {_C} || '/', :since FROM {_ALL_C}",
        f"{office} {_D} || '-office', '第' || d || '区扶贫办', 'district', {_D}, NULL, '扶贫办', '0', '区', :since "
        "FROM generate_series(1, :d) d",
        f"{office} {_D} || '-group', '第' || d || '区领导小组', 'group', {_D}, NULL, '领', '0', '区', :since "
        "FROM generate_series(1, :d) d",
        f"{office} {_D} || '-unit', '第' || d || '区帮扶单位', 'helper', {_D}, {_D} || '-office', NULL, '0', '区', :since "
        "FROM generate_series(1, :d) d",
        f"{office} {_S} || '-office', '街道办' || d || '-' || s, 'street', {_S}, {_D} || '-office', '街办', '0', '街', :since "
        f"FROM {_ALL_S}",
        f"{office} {_C} || '-office', '居委会' || d || '-' || s || '-' || c, 'community', {_C}, {_S} || '-office', NULL, '0', "
        f"'居', :since FROM {_ALL_C}",
    ]


def _people() -> list[str]:
    roles = {
        "community": (("community_clerk", "社区经办人"), ("community_head", "社区负责人")),
        "street": (("street_clerk", "街道经办人"), ("street_leader", "街道负责人")),
        "district": (("district_clerk", "区扶贫办经办人"), ("district_director", "区扶贫办主任"), ("auditor", "审计人员")),
        "group": (("group_leader", "领导小组组长"),),
        "helper": (("helper", "帮扶责任人"),),
    }  # fmt: skip
    posts = [
        f"INSERT INTO posts (office_code, role, title) SELECT code, '{role}', '{title}' FROM offices "
        f"WHERE level = '{level}' AND code LIKE '99___%-%' AND valid_from = :since"
        for level, of in roles.items() for role, title in of
    ]  # fmt: skip
    return [
        *posts,
        "INSERT INTO people (name, login) SELECT '人员' || id, 'p' || id FROM posts "
        "WHERE office_code LIKE '99___%-%' AND NOT EXISTS (SELECT 1 FROM post_terms t WHERE t.post_id = posts.id)",
        "INSERT INTO post_terms (post_id, person_id, valid_from) SELECT posts.id, people.id, :since FROM posts "
        "JOIN people ON people.login = 'p' || posts.id",
    ]


_HOME = f"""(SELECT g AS i, lpad((((g - 1) / {HOME_OF_DISTRICT}) + 1)::text, 3, '0') AS dd,
  lpad(((((g - 1) / {COMMUNITIES * HOMES}) % {STREETS}) + 1)::text, 2, '0') AS ss,
  lpad(((((g - 1) / {HOMES}) % {COMMUNITIES}) + 1)::text, 2, '0') AS cc, lpad(((g - 1) % {HOMES} + 1)::text, 4, '0') AS hh
  FROM generate_series(1, :n) g) x"""
_CODE, _PATH = "'99' || dd || ss || cc", "'/99/99' || dd || '/99' || dd || ss || '/99' || dd || ss || cc || '/'"


def _register() -> list[str]:
    return [
        f"INSERT INTO households (id, number, created_by_case) SELECT i, {_CODE} || hh, 1 FROM {_HOME}",
        "INSERT INTO household_versions (household_id, valid_from, area_code, area_path, facts, case_id) "
        f"SELECT i, :since, {_CODE}, {_PATH}, '{{\"main_cause\": \"因病\", \"house_grade\": \"A\"}}', 1 FROM {_HOME}",
        "INSERT INTO persons (id, number, id_no) SELECT (h.id - 1) * 3 + m, h.number || '0' || m, "
        "'P' || ((h.id - 1) * 3 + m) FROM households h, generate_series(1, 3) m WHERE m < 3 OR h.id % 2 = 0",
        "INSERT INTO person_versions (person_id, valid_from, name, sex, born_on, facts, case_id) SELECT id, :since, "
        "substr('陈林黄郑李吴蔡王', (id % 8)::int + 1, 1) || '某' || id, '男', :since - 15000, "
        "'{\"labour\": \"普通劳动力\"}', 1 FROM persons",
        "INSERT INTO memberships (household_id, person_id, relation, valid_from, case_id) SELECT (id - 1) / 3 + 1, id, "
        "CASE WHEN (id - 1) % 3 = 0 THEN '户主' ELSE '之子' END, :since, 1 FROM persons",
        "INSERT INTO enrolments (id, household_id, pack_id, state, since, planned_year, exit_year) SELECT id, id, :pack, "
        "CASE WHEN id % 3 = 0 THEN 'monitored' ELSE 'assisted' END, :since, 2016 + (id % 3)::int, "
        "CASE WHEN id % 3 = 0 THEN 2016 + (id % 2)::int END FROM households",
        "INSERT INTO path_events (enrolment_id, event, from_state, to_state, \"on\", case_id, recorded_at) SELECT id, "
        "'announce_exit', 'assisted', 'exited', make_date(2016 + (id % 2)::int, 11, 10), 1, now() FROM enrolments "
        "WHERE id % 3 = 0",
        "INSERT INTO pairings (household_id, office_code, person_id, valid_from, reason) SELECT i, u.office_code, u.person, "
        f":since, '结对安排' FROM {_HOME} JOIN (SELECT p.office_code, min(t.person_id) AS person FROM post_terms t "
        "JOIN posts p ON p.id = t.post_id GROUP BY p.office_code) u ON u.office_code = '99' || dd || '-unit'",
        "INSERT INTO measures (household_id, programme, kind, resource, title, owner, starts_on) SELECT id, '劳动力就业', "
        "'capacity', 'skill', '技能培训', '区人社局', :since FROM households",
        "INSERT INTO income_sheets (household_id, year, period_start, period_end, heads, items, supplied_by, proof, "
        "recorded_at) SELECT id, y, make_date(y, 1, 1), make_date(y, 10, 31), 2, '{\"wages\": 1800000}', '社区', 'document', "
        "make_date(y, 10, 31) FROM households, generate_series(2016, 2017) y",
        *(f"SELECT setval(pg_get_serial_sequence('{t}', 'id'), (SELECT max(id) FROM {t}))"
          for t in ("households", "persons", "enrolments")),
    ]  # fmt: skip


def _work() -> list[str]:
    """Every third household not yet out has a running exit case at the street, so that a leader has a long list."""
    step = "CASE WHEN id % 9 < 3 THEN 'candidate' ELSE 'street_review' END"
    office = ("CASE WHEN step = 'candidate' THEN area_code || '-office' ELSE substr(area_code, 1, 7) || '-office' END, "
              "CASE WHEN step = 'candidate' THEN 'community_clerk' ELSE 'street_leader' END")  # fmt: skip
    return [
        "INSERT INTO cases (procedure, procedure_sha256, pack_id, subject_kind, subject_id, title, area_code, area_path, year, "
        "status, step, facts, parts, started_on, line_seq, line_hash) SELECT 'exit', :frozen, :pack, 'household', "
        f"v.household_id, '某' || v.household_id || '户', v.area_code, v.area_path, 2017, 'running', {step.replace('id %', 'v.household_id %')}, "
        "'{}', '[]', :since, 0, repeat('0', 64) FROM household_versions v WHERE v.household_id % 3 = 1",
        "INSERT INTO tasks (case_id, step, office_code, role, area_path, seat, status, opened_at, due_on) "
        f"SELECT id, step, {office}, area_path, 0, 'open', now(), :today + (id % 40)::int - 20 FROM cases WHERE closed_on IS NULL",
        "INSERT INTO dues (subject_kind, subject_id, title, office_code, role, area_path, starts_on, due_on, provisional, "
        "remind_next_on) SELECT 'task', id, '退出', office_code, role, area_path, :since, due_on, false, due_on FROM tasks "
        "WHERE status = 'open'",
        "INSERT INTO obligations (id, kind, key, title, office_code, household_id, area_path, starts_on, due_on) SELECT "
        "v.household_id, 'revisit', 'revisit:' || v.household_id, '回访', substr(v.area_code, 1, 5) || '-unit', v.household_id, "
        "v.area_path, :since, :today + (v.household_id % 60)::int - 20 FROM household_versions v WHERE v.household_id % 3 = 0",
        "INSERT INTO dues (subject_kind, subject_id, title, office_code, area_path, starts_on, due_on, provisional) SELECT "
        "'obligation', id, title, office_code, area_path, starts_on, due_on, false FROM obligations",
        "SELECT setval(pg_get_serial_sequence('obligations', 'id'), (SELECT max(id) FROM obligations))",
        "INSERT INTO papers (key, code, title, family, public, household_id, office_code, area_path, status, snapshot, "
        "sha256, drafted_at, issued_on) SELECT 'bench:' || v.household_id, 'D-40', '告知书', 'form', false, v.household_id, "
        "substr(v.area_code, 1, 7) || '-office', v.area_path, 'registered', '{}', repeat('0', 64), now(), :today "
        "FROM household_versions v WHERE v.household_id % 3 = 0",
    ]  # fmt: skip
