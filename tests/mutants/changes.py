"""What is changed in a file: each decision that it takes, in one way at a time.

Left as they are: what only says what a type is; assertions, ``assert_never`` and
``zip(strict=True)``, which never fail; how an object is printed (``repr``); and whether it is time
to look at the clock, which decides nothing but when to give up.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}

_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.LShift: ("<<", ">>"),
}


_IDLE = ("tick", "check_time", "_check_time", "next_of", "assert_never")
"""What looks at the clock alone, and decides nothing but when to give up; or is never reached."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the text from ``start`` to ``end`` (in characters) becomes ``new``."""

    start: int
    end: int
    new: str
    line: int
    what: str

    def applied(self, text: str) -> str:
        """The file's text with the change in it."""
        return text[: self.start] + self.new + text[self.end :]


def mutants(text: str) -> Iterator[Mutant]:
    """Every change of a file, in the order of its lines."""
    places = _Places(text)
    found: list[Mutant] = []
    for node in _without_types(ast.parse(text)):
        found.extend(_of(node, places))
    yield from sorted(set(found), key=lambda mutant: (mutant.start, mutant.end, mutant.new))


class _Places:
    """From the places of a syntax tree, which count bytes in a line, to characters of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = text.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._at(node.lineno, node.col_offset), self._at(
            node.end_lineno, node.end_col_offset
        )

    def _at(self, line: int, column: int) -> int:
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)


def _without_types(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but annotations and what else is no decision."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases"):
                continue
            children = value if isinstance(value, list) else [value]
            stack.extend(
                child for child in children if isinstance(child, ast.AST) and not _is_idle(child)
            )


def _is_idle(node: ast.AST) -> bool:
    """Whether nothing that a node decides is seen outside."""
    match node:
        case ast.Assert() | ast.keyword(arg="repr" | "strict"):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.If(body=body, orelse=[]):
            return all(_is_idle_call(each) for each in body)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.BitOr())):
            return name.lstrip("_")[:1].isupper() and not name.isupper()  # a name for a type
        case _:
            return _is_idle_call(node)


def _is_idle_call(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=called)):
            return _name(called) in _IDLE
        case _:
            return False


def _of(node: ast.AST, places: _Places) -> Iterator[Mutant]:
    match node:
        case ast.Compare(left=left, ops=operators, comparators=others):
            for operator, before, after in zip(operators, [left, *others], others, strict=False):
                yield from _between(places, before, after, *_COMPARISONS[type(operator)])
        case ast.BoolOp(op=word, values=values):
            old, new = ("and", "or") if isinstance(word, ast.And) else ("or", "and")
            for before, after in pairwise(values):
                yield from _between(places, before, after, old, new)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
            yield from _between(places, left, right, *_ARITHMETIC[type(operator)])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            start, end = places.span(node)
            inner = places.span(operand)
            yield Mutant(start, end, f"({places.text[slice(*inner)]})", node.lineno, "no not")
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            start, end = places.span(test)
            for value in ("True", "False"):
                if not (isinstance(node, ast.While) and value == "True"):
                    yield Mutant(start, end, value, test.lineno, f"always {value}")
        case _:
            yield from _of_small(node, places)


def _of_small(node: ast.AST, places: _Places) -> Iterator[Mutant]:
    """Changes of what is no operator."""
    match node:
        case ast.Constant(value=bool(value)):
            start, end = places.span(node)
            yield Mutant(start, end, str(not value), node.lineno, "the other constant")
        case ast.Expr(value=ast.Call()):
            start, end = places.span(node)
            yield Mutant(start, end, "pass", node.lineno, "not called")
        case ast.Continue():
            start, end = places.span(node)
            yield Mutant(start, end, "break", node.lineno, "break for continue")
        case _:
            return


def _name(called: ast.expr) -> str:
    """The last word of what is called."""
    match called:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _between(
    places: _Places, before: ast.expr, after: ast.expr, old: str, new: str
) -> Iterator[Mutant]:
    """The operator that stands between two operands, where nothing else does."""
    start, end = places.span(before)[1], places.span(after)[0]
    between = places.text[start:end]
    if between.replace("(", "").replace(")", "").strip() == old:
        at = start + between.index(old)
        yield Mutant(at, at + len(old), new, before.lineno, f"{new} for {old}")
