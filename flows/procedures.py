"""Every procedure, by key: one explicit table, built from the pack that is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from config.pack import Pack
from flows.change import change, removal
from flows.correction import correction
from flows.exit import exit_
from flows.followup import consolidation_end, plan, revisit
from flows.identification import identification
from flows.objection import objection
from flows.register_import import register_import
from flows.relapse import relapse
from flows.supervise import interview, rectification, referral
from states.not_allowed import NoSuch
from states.procedure import Procedure

PROCEDURES: Mapping[str, Callable[[Pack], Procedure]] = {
    "identification": identification,
    "change": change,
    "removal": removal,
    "correction": correction,
    "exit": exit_,
    "relapse": relapse,
    "plan": plan,
    "revisit": revisit,
    "consolidation_end": consolidation_end,
    "objection": objection,
    "import": register_import,
    "rectification": rectification,
    "interview": interview,
    "referral": referral,
}

_built: dict[tuple[str, str], Procedure] = {}


def procedure_for(pack: Pack, key: str) -> Procedure:
    """The procedure as this version of the pack builds it. Raises NoSuch for a key nobody knows."""
    known = (pack.sha256, key)
    if known not in _built:
        if key not in PROCEDURES:
            raise NoSuch(what="事项", key=key)
        _built[known] = PROCEDURES[key](pack)
    return _built[known]
