"""A part of a master as a function over bytes: names, attributes, for and if from jinja's own tree, nothing interpreted.

The function appends finished bytes to a list: the master's words are constants in it, a value is looked up, escaped
and checked once. What a plan cannot say (`NoPlan`) is compiled by jinja instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import UndefinedError
from jinja2.runtime import Context, LoopContext, markup_join
from markupsafe import Markup, escape

from states.not_allowed import UnprintableText
from templates.batch.sandbox import LOOP_FACTS, PaperEnvironment, finalize, is_range, short_range

Sink = Callable[[list[bytes]], None]
FillPart = Callable[[Mapping[str, Any], list[bytes], Sink], None]

MOST_KEPT = 8192  # values kept as bytes; names come and go, numbers and places return
MANY_PIECES = 16384  # so many pieces, then the sink takes them: a table of any length needs no more memory
UNPRINTABLE = "\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
unprintable = re.compile(f"[{UNPRINTABLE}]").search
_special = re.compile(f"[&<>\"'\n{UNPRINTABLE}]").search
_COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}


class NoPlan(Exception):
    """This part says something that only jinja itself can carry out."""


class Texts(dict[str, Any]):
    """Values as the bytes that stand in the paper; a value with a special character is looked at more closely."""

    def __missing__(self, value: Any) -> bytes:
        if type(value) is not str:
            return as_bytes(value)
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[value] = as_bytes(value) if _special(value) else value.encode()
        return found


def as_bytes(value: object) -> bytes:
    """One value as jinja would print it, escaped; refuses what no file may hold."""
    text = str(escape(finalize(value)))
    if bad := unprintable(text):
        raise UnprintableText(text=text[:20].encode("utf-8", "replace").decode(), code=f"U+{ord(bad.group()):04X}")
    return text.encode()


class _Names(dict[str, Any]):
    """What the caller gave; a name that is not there is an error, as in jinja."""

    def __missing__(self, name: str) -> Any:
        raise UndefinedError(f"{name!r} is undefined")


def plan(tree: nodes.Template, env: PaperEnvironment) -> FillPart:
    """The function that fills this part. Raises NoPlan."""
    writer = _Writer(env)
    writer.body(tree.body, {}, 1)
    return writer.function()


class _Writer:
    """Writes the function line by line; constants stand in its closure as k0, k1, …"""

    def __init__(self, env: PaperEnvironment) -> None:
        self.env = env
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {}
        self.pending: list[str] = []
        self.kept: dict[str, str] = {}
        self.loops = 0

    def function(self) -> FillPart:
        begin = [" Z = object()", *(f" {name} = Z" for name in self.kept.values())]
        text = "def fill(g, out, sink, E, F, A, T, R, L, J, N):\n" + "\n".join(begin + self.lines)
        space: dict[str, Any] = dict(self.constants)
        exec(compile(text, "<plan>", "exec"), space)  # our own text: names, attributes and constants of the plan
        made, run = space["fill"], _Run(self.env)

        def fill(given: Mapping[str, Any], out: list[bytes], sink: Sink) -> None:
            run.fill(made, given, out, sink)

        return fill

    # --- statements -------------------------------------------------------------------------------------------------

    def body(self, body: Iterable[nodes.Node], local: Mapping[str, str], depth: int) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    self.pending += [self.piece(piece, local) for piece in node.nodes]
                case nodes.For():
                    self.flush(depth)
                    self.loop(node, local, depth)
                case nodes.If():
                    self.flush(depth)
                    self.choice(node, local, depth)
                case _:
                    raise NoPlan(type(node).__name__)
        self.flush(depth)

    def flush(self, depth: int) -> None:
        if self.pending:
            self.line(depth, f"out += ({', '.join(self.pending)},)")
            self.pending = []

    def line(self, depth: int, text: str) -> None:
        self.lines.append(" " * depth + text)

    def piece(self, node: nodes.Node, local: Mapping[str, str]) -> str:
        match node:
            case nodes.TemplateData():
                return self.constant(node.data.encode())
            case nodes.Name() | nodes.Getattr():
                return f"E[{self.value(node, local)}]"
        return f"F({self.value(node, local)})"

    def loop(self, node: nodes.For, local: Mapping[str, str], depth: int) -> None:
        again = isinstance(node.iter, nodes.Name | nodes.Getattr)  # an else needs rows that can be asked twice
        if node.test or node.recursive or not isinstance(node.target, nodes.Name) or (node.else_ and not again):
            raise NoPlan("for")
        self.loops += 1
        row, rows, here = f"r{self.loops}", f"s{self.loops}", f"l{self.loops}"
        self.line(depth, f"{rows} = {self.value(node.iter, local)}")
        inner = {**local, node.target.name: row}
        if any(name.name == "loop" for part in node.body for name in _names(part)):
            inner["loop"] = here
            self.line(depth, f"for {row}, {here} in L({rows}):")
        else:
            inner.pop("loop", None)
            self.line(depth, f"for {row} in {rows}:")
        self.body(node.body, inner, depth + 1)
        self.line(depth + 1, f"if len(out) > {MANY_PIECES}: sink(out)")
        if node.else_:
            self.line(depth, f"if not {rows}:")
            self.body(node.else_, local, depth + 1)
            self.line(depth + 1, "pass")

    def choice(self, node: nodes.If, local: Mapping[str, str], depth: int) -> None:
        word = "if"
        for branch in (node, *node.elif_):
            self.line(depth, f"{word} {self.value(branch.test, local)}:")
            self.body(branch.body, local, depth + 1)
            self.line(depth + 1, "pass")
            word = "elif"
        if node.else_:
            self.line(depth, "else:")
            self.body(node.else_, local, depth + 1)
            self.line(depth + 1, "pass")

    # --- expressions ------------------------------------------------------------------------------------------------

    def value(self, node: nodes.Node, local: Mapping[str, str]) -> str:
        match node:
            case nodes.Name():
                return local.get(node.name) or f"g[{node.name!r}]"
            case nodes.Const():
                return self.constant(node.value)
            case nodes.Getattr():
                return self.attribute(node, local)
            case nodes.Not():
                return f"(not {self.value(node.node, local)})"
            case nodes.And() | nodes.Or():
                word = "and" if isinstance(node, nodes.And) else "or"
                return f"({self.value(node.left, local)} {word} {self.value(node.right, local)})"
            case nodes.CondExpr() if node.expr2 is not None:
                test, yes, no = (self.value(n, local) for n in (node.test, node.expr1, node.expr2))
                return f"({yes} if {test} else {no})"
            case nodes.Compare():
                first = self.value(node.expr, local)
                return f"({first} {' '.join(f'{_COMPARE[o.op]} {self.value(o.expr, local)}' for o in node.ops)})"
            case nodes.Concat():
                return f"J(({', '.join(self.value(n, local) for n in node.nodes)},))"
        return self.called(node, local)

    def called(self, node: nodes.Node, local: Mapping[str, str]) -> str:
        """What jinja does itself, value by value: filters, tests, sums."""
        match node:
            case nodes.Filter(node=nodes.Expr() as of, dyn_args=None, dyn_kwargs=None):
                return self.once(self.filtered(node, self.value(of, local), local), node, local)
            case nodes.Test(dyn_args=None, dyn_kwargs=None) if node.name not in ("defined", "undefined"):
                given = ", ".join(self.value(arg, local) for arg in node.args)
                return f"R(False, {node.name!r}, {self.value(node.node, local)}, [{given}], {{}}, g)"
            case nodes.Call() if is_range(node):
                return f"N({', '.join(self.value(arg, local) for arg in node.args)})"
            case nodes.Add() | nodes.Sub() | nodes.Mul():
                return f"T({node.operator!r}, {self.value(node.left, local)}, {self.value(node.right, local)})"
        raise NoPlan(type(node).__name__)

    def filtered(self, node: nodes.Filter, of: str, local: Mapping[str, str]) -> str:
        plain, args = self.env.filters[node.name], node.args
        if node.name == "map" and (each := self.each(node)) is not None:
            return f"list(map({self.constant(each)}, {of}))"
        given = "".join(f"{self.value(arg, local)}, " for arg in args)
        if _is_plain(plain) and not node.kwargs:
            return f"{self.constant(plain)}({of}, {given})"
        named = ", ".join(f"{k.key!r}: {self.value(k.value, local)}" for k in node.kwargs)
        return f"R(True, {node.name!r}, {of}, [{given}], {{{named}}}, g)"

    def each(self, node: nodes.Filter) -> Callable[..., Any] | None:
        """What map does to each item, where that is a column or a filter that needs nothing of jinja's."""
        if not node.args and [k.key for k in node.kwargs] == ["attribute"]:
            column = node.kwargs[0].value
            simple = isinstance(column, nodes.Const) and str(column.value).isidentifier()
            return itemgetter(column.value) if isinstance(column, nodes.Const) and simple else None
        if len(node.args) == 1 and not node.kwargs and isinstance(node.args[0], nodes.Const):
            filter_ = self.env.filters.get(str(node.args[0].value))
            return filter_ if _is_plain(filter_) else None
        return None

    def once(self, text: str, node: nodes.Filter, local: Mapping[str, str]) -> str:
        """What depends on nothing that a loop changes is worked out once per paper, where it is first asked for."""
        if any(name.name in local for name in node.find_all(nodes.Name)):
            return text
        kept = self.kept.setdefault(text, f"c{len(self.kept)}")
        return f"({kept} if {kept} is not Z else ({kept} := {text}))"

    def attribute(self, node: nodes.Getattr, local: Mapping[str, str]) -> str:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and "loop" in local:
            if node.attr not in LOOP_FACTS:
                raise NoPlan(node.attr)
            return f"{local['loop']}.{node.attr}"
        return f"A({self.value(node.node, local)}, {node.attr!r})" if not isinstance(node.node, nodes.Name) else (
            f"{self.value(node.node, local)}[{node.attr!r}]"
        )  # fmt: skip

    def constant(self, value: object) -> str:
        for name, known in self.constants.items():
            if type(known) is type(value) and known == value:
                return name
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name


def _is_plain(filter_: Callable[..., Any] | None) -> bool:
    """Does this filter take its value and nothing of jinja's?"""
    return filter_ is not None and getattr(filter_, "jinja_pass_arg", None) is None


def _names(node: nodes.Node) -> Iterable[nodes.Name]:
    return [node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name)


class _Run:
    """What a plan calls while it runs."""

    def __init__(self, env: PaperEnvironment) -> None:
        self.env = env
        self.texts = Texts()
        self.empty = env.from_string("")

    def fill(self, made: Callable[..., None], given: Mapping[str, Any], out: list[bytes], sink: Sink) -> None:
        try:
            made(_Names(given), out, sink, self.texts, as_bytes, self.env.getattr, self._sum, self._called, self._loop,
                 _joined, short_range)  # fmt: skip
        except KeyError as no:  # a row without that column
            raise UndefinedError(f"{no.args[0]!r} is undefined") from no

    def _called(self, filter_: bool, name: str, value: Any, args: list[Any], named: dict[str, Any], g: Any) -> Any:
        context: Context = self.empty.new_context(g, shared=True)
        call = self.env.call_filter if filter_ else self.env.call_test
        return call(name, value, args, named, context, context.eval_ctx)

    def _sum(self, operator: str, left: Any, right: Any) -> Any:
        return self.env.call_binop(self.empty.new_context(), operator, left, right)

    def _loop(self, rows: Iterable[Any]) -> LoopContext:
        return LoopContext(rows, self.env.undefined)


def _joined(parts: Iterable[Any]) -> Any:
    return markup_join(parts) if any(isinstance(p, Markup) for p in parts) else "".join(map(str, parts))
