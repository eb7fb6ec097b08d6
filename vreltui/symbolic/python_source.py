"""Expressions as Python source for sympy, with nothing from a file but quoted names."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from typing import Any

from sympy import Mul, Symbol
from sympy.printing.str import StrPrinter

from vreltui.symbolic.symbols import Expr, Meaning, Symbols

_USED = (
    "And",
    "Eq",
    "Ge",
    "Gt",
    "Le",
    "Lt",
    "Or",
    "Rational",
    "S",
    "Sum",
    "Symbol",
    "asin",
    "binomial",
    "erfc",
    "exp",
    "floor",
    "gamma",
    "log",
    "lowergamma",
    "sin",
    "sqrt",
)
IMPORTS = f"from sympy import {', '.join(_USED)}"
_TAKEN = frozenset(_USED) | {"i", "reliability", "comparison", "condition"}
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


class Source:
    """Writes sympy source. A symbol is called as in the design where Python allows it."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self._names: dict[Expr, str] = {}

    def write(self, expression: Any) -> str:
        """The expression as source."""
        return str(_Printer(self.name).doprint(expression))

    def name(self, symbol: Expr) -> str:
        """The variable that holds a symbol."""
        known = self._names.get(symbol)
        if known is None:
            meaning = self.symbols.meanings.get(symbol)
            known = "i" if meaning is None else self._new_name(symbol, meaning)
            self._names[symbol] = known
        return known

    def _new_name(self, symbol: Expr, meaning: Meaning) -> str:
        usable = (
            meaning.kind != "part"
            and meaning.value is None
            and _IDENTIFIER.fullmatch(meaning.name)
            and not keyword.iskeyword(meaning.name)
            and meaning.name not in _TAKEN
            and meaning.name not in self._names.values()
        )
        return meaning.name if usable else f"{meaning.kind}_{self.symbols.rank(symbol)}"

    def declarations(self, expressions: Iterable[Any]) -> tuple[str, ...]:
        """Lines that define every symbol of the expressions; parts define themselves."""
        used = {symbol for expression in expressions for symbol in expression.atoms(Symbol)}
        lines = [IMPORTS]
        for symbol in sorted(used, key=lambda symbol: str(symbol.name)):
            meaning = self.symbols.meanings.get(symbol)
            if meaning is None:
                lines.append('i = Symbol("i", integer=True, nonnegative=True)')
            elif meaning.kind == "constant" or (
                meaning.kind == "amount" and meaning.value is not None
            ):
                lines.append(f'{self.name(symbol)} = Rational("{meaning.value}")')
            elif meaning.kind != "part":
                whole = "integer=True, " if meaning.kind == "count" else ""
                quoted = ascii(meaning.name)
                lines.append(f"{self.name(symbol)} = Symbol({quoted}, {whole}positive=True)")
        return tuple(lines)


class _Printer(StrPrinter):  # type: ignore[misc]
    """sympy's source, with whole numbers that stay sympy's and symbols by our names.

    Python works from left to right and sympy multiplies a number into a sum at once, so numbers
    stand last: (a*b)*2, and -(a*b): the source then evaluates to the very same expression.
    """

    def __init__(self, name: Any) -> None:
        super().__init__({"sympy_integers": True})
        self._symbol_name = name

    def _print_Symbol(self, symbol: Expr) -> str:  # noqa: N802
        return str(self._symbol_name(symbol))

    def _print_Mul(self, product: Expr) -> str:  # noqa: N802
        number, factors = product.as_coeff_mul()
        if number == 1 or not factors:
            return str(super()._print_Mul(product))
        rest = self._print(Mul(*factors))
        return f"-({rest})" if number == -1 else f"({rest})*({self._print(number)})"

    def _print_Add(self, total: Expr, order: Any = None) -> str:  # noqa: N802
        del order
        terms = [self._print(term) for term in total.args]
        terms.sort(key=lambda term: term.startswith("-"))
        return " + ".join(terms).replace(" + -(", " - (")
