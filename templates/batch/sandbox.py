"""What a master may do: read the data it is given and nothing else. Masters are edited by people, so they are not trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
LOOP_FACTS = frozenset({"first", "last", "index", "index0", "revindex", "revindex0", "length", "previtem", "nextitem"})
FILTERS = frozenset({
    "abs", "count", "d", "default", "e", "escape", "first", "groupby", "int", "join", "last", "length", "list", "lower",
    "map", "max", "min", "reject", "rejectattr", "replace", "round", "select", "selectattr", "slice", "sort", "string",
    "sum", "trim", "unique", "upper",
})  # fmt: skip
TESTS = frozenset({
    "defined", "undefined", "none", "odd", "even", "divisibleby", "equalto", "==", "eq", "ne", "!=", "gt", ">",
    "greaterthan", "lt", "<", "lessthan", "ge", ">=", "le", "<=", "in", "string", "number", "sequence",
})  # fmt: skip
MOST_NESTED = 3
MOST_ROWS = 200
_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.For,
    nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Concat, nodes.Tuple, nodes.List, nodes.Keyword, nodes.Neg, nodes.Pos,
)  # fmt: skip
_BIG = 10**9


class Row(dict[str, Any]):
    """One row of a table as its master sees it: texts only, reached by name."""

    __slots__ = ()

    def __missing__(self, name: str) -> Any:
        raise UndefinedError(f"{name!r} is undefined")


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """Names come from the data, attributes are columns of a row, and there is nothing to call."""

    intercepted_binops = frozenset({"*", "+", "-", "**", "/", "//", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is Row:
            return obj[attribute]
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_FACTS:
            return getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, list | tuple) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined(obj=obj, name=str(argument))
        return self.getattr(obj, str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        return obj is short_range

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = all(isinstance(side, int) and abs(side) < _BIG for side in (left, right))
        if operator in ("*", "-", "+") and numbers:
            return left * right if operator == "*" else left - right if operator == "-" else left + right
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return left + right
        raise ValueError(f"{operator} is not for {type(left).__name__} and {type(right).__name__}")


def short_range(*bounds: int) -> range:
    """So many empty rows of a form: the only function that a master may call."""
    counted = range(*bounds)
    if len(counted) > MOST_ROWS:
        raise ValueError(f"range is for {MOST_ROWS} at most")
    return counted


def environment() -> PaperEnvironment:
    """The one environment papers are filled in: sandboxed, strict about names, escaping."""
    env = PaperEnvironment(undefined=StrictUndefined, autoescape=True, finalize=finalize)
    env.globals.clear()
    env.globals["range"] = short_range
    env.filters = {name: env.filters[name] for name in FILTERS}
    env.tests = {name: env.tests[name] for name in TESTS}
    return env


def finalize(value: object) -> object:
    """A line break in a value is a line break in the paper; what is no value is refused, not printed as a word."""
    if value is None or value != value:
        raise ValueError("None and NaN are no values")
    if isinstance(value, str) and "\n" in value and not hasattr(value, "__html__"):
        return escape(value).replace("\n", BREAK)
    return value


def forbidden(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """(line, what) for everything in a master that it may not do: calls, assignments, includes, endless work."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield node.lineno, f"过滤器 {node.name}"
        elif isinstance(node, nodes.Test) and node.name not in TESTS:
            yield node.lineno, f"判断 {node.name}"
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield node.lineno, f"属性 {node.attr}"
        elif isinstance(node, nodes.For) and (node.recursive or not any(node.find_all(nodes.Output))):
            yield node.lineno, "没有内容的循环"
        elif isinstance(node, nodes.Call) and is_range(node):
            continue
        elif not isinstance(node, _PLAIN):
            yield node.lineno, f"语句 {type(node).__name__}"
    yield from _too_deep(tree, 0)


def is_range(node: nodes.Call) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "range" and not (
        node.kwargs or node.dyn_args or node.dyn_kwargs
    )  # fmt: skip


def _too_deep(node: nodes.Node, depth: int) -> Iterator[tuple[int, str]]:
    for child in node.iter_child_nodes():
        inside = depth + isinstance(child, nodes.For)
        if inside > MOST_NESTED:
            yield child.lineno, f"超过{MOST_NESTED}层的循环"
        else:
            yield from _too_deep(child, inside)
