"""When one choice is more reliable than another, or than the goal."""

from __future__ import annotations

from dataclasses import replace

import sympy

from vreltui.engine.chain_laws import ChainLaw
from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.program import Source
from vreltui.engine.service_law import ServiceLaw
from vreltui.model import Design
from vreltui.model.quantities import DURATION, NUMBER, RATE
from vreltui.model.settling import is_coherent
from vreltui.symbolic.amount_solving import solve_amount
from vreltui.symbolic.cancelling import cancelled
from vreltui.symbolic.choice_expressions import (
    named_symbol,
    program_of,
    read_choice,
    stated_symbol,
)
from vreltui.symbolic.clock_expressions import Renewed
from vreltui.symbolic.domains import Failing, failing
from vreltui.symbolic.figures import figures_of
from vreltui.symbolic.inside_matrices import INSIDE, acts_in_a_matrix, is_plain, written_out
from vreltui.symbolic.life_expressions import Lifetime
from vreltui.symbolic.mean_conditions import mean_condition
from vreltui.symbolic.numeric import degree_now, moves, numeric
from vreltui.symbolic.relations import Between, Operator, Relation, Statement, Writer, strict
from vreltui.symbolic.remarks import HARM, every_value, in_case, no_value, tie
from vreltui.symbolic.results import Condition, NamedPart, RefusedError, Writing
from vreltui.symbolic.signs import Sign, proven_sign
from vreltui.symbolic.solving import Bound, NoClosedFormError, solve
from vreltui.symbolic.symbols import Expr, Symbols
from vreltui.symbolic.sympy_algebra import SYMPY


def condition(
    design: Design,
    choice: str,
    against: str | None = None,
    unknown: str | None = None,
    most_characters: int = 100_000,
) -> Condition:
    """When ``choice`` beats ``against``, or exceeds the goal; solved for ``unknown`` if asked.

    Conditions hold for probabilities strictly between 0 and 1. Raises
    :class:`~vreltui.symbolic.results.RefusedError` where one would be too long to read.
    """
    if design.measure == "mttf":
        return mean_condition(design, choice, against, unknown, most_characters)
    answer = _condition(design, choice, against, unknown, most_characters)
    if unknown is None:
        return answer
    if answer.outcome in ("always", "never") and not _is_set(design, choice, against, unknown):
        # Nothing has to be solved for, so that subtrees with the unknown may have names too.
        plain = _condition(design, choice, against, None, most_characters)
        if plain.outcome == answer.outcome:
            answer = replace(plain, unknown=unknown)
    return replace(answer, numeric=numeric(design, choice, against, unknown))


def _is_set(design: Design, choice: str, against: str | None, parameter: str) -> bool:
    names = [name for name in (choice, against) if name is not None]
    return any(parameter in design.choices[name].set for name in names)


def _condition(
    design: Design, choice: str, against: str | None, unknown: str | None, most_characters: int
) -> Condition:
    case = _Case(design, choice, against, unknown, most_characters)
    own, rival = case.opened(*cancelled(case.own, case.rival))
    outline = Condition(
        choice,
        against,
        "compared",
        case.write(Relation(own, ">", rival)),
        unknown,
        given=case.given(),
    )
    answer = case.answer(outline, own, rival)
    return replace(answer, parts=case.named_parts(), declarations=case.declarations())


class _Case:
    """One question, and all expressions that its answer speaks of."""

    def __init__(
        self,
        design: Design,
        choice: str,
        against: str | None,
        unknown: str | None,
        most_characters: int,
    ) -> None:
        self.design = design
        self.choice, self.against = choice, against
        self.symbols = Symbols(SYMPY)
        for name in self._in_order(choice, against):
            named_symbol(self.symbols, design.parameters[name])
        self.unknown: Expr = None
        self._through: tuple[Lifetime | Renewed, str, Source] | None = None
        self._is_amount = False
        if unknown is not None:
            self.unknown = named_symbol(self.symbols, design.parameters[unknown])
            if design.parameters[unknown].quantity in (DURATION, RATE, NUMBER):
                self._solve_through(unknown)
        self._parts: dict[Expr, Expr] = {}
        self._spoken: list[Expr] = []
        self.own, self.rival = self._sides(choice, against, unknown)
        self.writer = Writer(self.symbols, most_characters)

    def _in_order(self, *choices: str | None) -> list[str]:
        """The parameters in the order of the trees, which is the order of writing."""
        roots = [self.design.choices[name].root for name in choices if name is not None]
        return [name for root in roots for name in self.design.parameters_below(root)]

    def _solve_through(self, unknown: str) -> None:
        """Solve for the figure of the one lifetime that reads a time, and then for the time.

        Raises :class:`RefusedError` where several do.
        """
        figures: dict[Source, tuple[LastingLaw, str]] = {}
        for name in filter(None, (self.choice, self.against)):
            for source, (law, node) in figures_of(program_of(self.design, name)).items():
                if isinstance(law, ServiceLaw):
                    continue
                if isinstance(law, ChainLaw):
                    if any(source.name == unknown for source in law.sources):
                        self._is_amount = True  # it stands in the expression as it is
                        return
                    continue
                if any(role.source.name == unknown for role in law.roles):
                    figures.setdefault(source, (law, node))
        if not figures:
            return  # neither side uses it
        if len(figures) != 1:
            many = f"{unknown} acts through {len(figures)} lifetimes"
            raise RefusedError(f"{many}, and is solved for where it acts through one")
        ((law, node),) = figures.values()
        keys = [role.key for role in law.roles if role.source.name == unknown]
        if len(keys) != 1:
            raise RefusedError(f"{unknown} acts through {' and '.join(keys)} at once")

        def value(source: Source) -> Expr:
            return stated_symbol(self.design, self.choice, self.symbols, source)

        lifetime = Lifetime.of(law, value)
        self.unknown = self.symbols.part(node, lifetime.letter)
        (source,) = (role.source for role in law.roles if role.key == keys[0])
        self._through = Renewed.of(lifetime, node, self.symbols) or lifetime, keys[0], source

    def _sides(self, choice: str, against: str | None, unknown: str | None) -> tuple[Expr, Expr]:
        inline = frozenset() if self.unknown is None else frozenset({self.unknown})
        _, rival_moves = moves(self.design, choice, against, unknown or "")

        def read(name: str, *, moving: bool) -> Expr:
            return read_choice(
                self.design,
                name,
                self.symbols,
                free=unknown if moving else None,
                held=None if moving else unknown,
                inline=inline,
                parts=self._parts,
            ).root

        own = read(choice, moving=True)
        if against is not None:
            rival = read(against, moving=rival_moves)
            # Once more, so that it uses the names that the rival has brought.
            return read(choice, moving=True) if self._parts else own, rival
        goal = self.design.target
        assert goal is not None
        if goal.reliability in (0, 1):
            return own, sympy.Integer(int(goal.reliability))
        return own, self.symbols.goal(self._goal_name(), goal.reliability)

    def _goal_name(self) -> str:
        """R as in the paper, or A, unless a parameter is called so."""
        letter = {"availability": "A", "safety": "S"}.get(self.design.measure, "R")
        names = (letter, "goal", *(f"goal{i}" for i in range(len(self.design.parameters))))
        return next(name for name in names if name not in self.design.parameters)

    def opened(self, own: Expr, rival: Expr) -> tuple[Expr, Expr]:
        """The sides with what named parts stand for, where an amount acts inside of a part."""
        if not self._is_amount or own.has(self.unknown) or rival.has(self.unknown):
            return own, rival
        sides = written_out(own, self._parts), written_out(rival, self._parts)
        return cancelled(*sides) if all(map(is_plain, sides)) else (own, rival)

    # Answers

    def answer(self, outline: Condition, own: Expr, rival: Expr) -> Condition:
        """The outline with what was found."""
        if self._can_harm():
            return (
                outline if self.unknown is None else replace(outline, outcome="open", reason=HARM)
            )
        sign = self._sign(own - rival)
        if sign is not None and sign.value <= 0:
            why = "they are equally reliable" if sign.value == 0 else ""
            return replace(outline, outcome="never", reason=why)
        if sign is not None:
            ties = (tie(self.write(Relation(n, "=", sympy.Integer(1)))) for n in sign.zero_at_one)
            return replace(outline, outcome="always", notes=tuple(ties))
        if self.unknown is None:
            return outline
        if acts_in_a_matrix(self.unknown, (own, rival), self._parts):
            return replace(outline, outcome="open", reason=INSIDE)
        if not (own.has(self.unknown) or rival.has(self.unknown)):
            cancels = self.own.has(self.unknown) or self.rival.has(self.unknown)
            why = "it cancels" if cancels else "neither side uses it"
            return replace(outline, outcome="open", reason=f"{why}, so it decides nothing")
        try:
            return self._solved(outline, self._bound(own, rival))
        except NoClosedFormError as error:
            degree = error.degree or self._degree()
            return replace(outline, outcome="open", reason=error.reason, degree=degree)

    def _can_harm(self) -> bool:
        """Whether a reliability may fall when a part gets better: then no bound is of one side."""
        names = [name for name in (self.choice, self.against) if name is not None]
        return any(not is_coherent(self.design, name) for name in names)

    def _bound(self, own: Expr, rival: Expr) -> Bound:
        """The solution; of the sides as the trees give them where the shorter ones hide it."""
        if self._is_amount:
            return solve_amount(own, rival, self.unknown)
        try:
            return solve(own, rival, self.unknown, self._rising())
        except NoClosedFormError as error:
            try:
                return solve(self.own, self.rival, self.unknown, self._rising())
            except NoClosedFormError:
                raise error from None

    def _sign(self, difference: Expr) -> Sign | None:
        """The proven sign of a difference, with given numbers put in where that settles it."""
        sign = proven_sign(difference)
        if sign is not None:
            return sign
        numbers = self._numbers()
        return proven_sign(difference.xreplace(numbers)) if numbers else None

    def _rising(self) -> int | None:
        """1 or -1 where one side alone has the unknown: a reliability rises with its parts'."""
        own, rival = (side.has(self.unknown) for side in (self.own, self.rival))
        return None if own and rival else 1 if own else -1

    def _degree(self) -> int | None:
        """The degree in the unknown with the counts as they are."""
        if self.unknown.is_integer or self._is_amount or self._through:
            return None
        name = self.symbols.meanings[self.unknown].name
        return degree_now(self.design, self.choice, self.against, name)

    def _solved(self, outline: Condition, bound: Bound) -> Condition:
        if bound.cases:
            notes = tuple(
                in_case(self.write(statement), self.write(case))
                for statement, case in zip(bound.solved, bound.cases, strict=True)
            )
            return replace(outline, outcome="solved", solved=(), notes=notes)
        within = tuple(s for s in map(self._in_range, bound.solved) if s is not None)
        if not within:
            return replace(outline, outcome="never")
        solved = tuple(self.write(self._inverted(statement)) for statement in within)
        notes = ()
        if bound.possible is not None:
            never = self._failing(bound.possible)
            if never.when == "always":
                return replace(outline, outcome="never")
            notes += tuple(no_value(*self._about(bound), self.write(s)) for s in never.statements)
        if bound.certain is not None:
            all_of = self._failing(-bound.certain)
            if all_of.when == "always" and not bound.strictly:
                return replace(outline, outcome="always")
            unknown, _ = self._about(bound)
            statements = (strict(s) if bound.strictly else s for s in all_of.statements)
            notes += tuple(every_value(unknown, self.write(s)) for s in statements)
        return replace(outline, outcome="solved", solved=solved, notes=notes)

    def _inverted(self, statement: Statement) -> Statement:
        """A statement on the figure of a lifetime as one on the time that it is solved for.

        Raises :class:`NoClosedFormError` where the law is not inverted in symbols.
        """
        if self._through is None:
            return statement
        lifetime, key, source = self._through
        time = stated_symbol(self.design, self.choice, self.symbols, source, free=True)

        def at(figure: Expr) -> tuple[Expr, int]:
            found = lifetime.inverse(key, figure)
            if found is None:
                raise NoClosedFormError(f"the law of {source.name} is not inverted in symbols")
            return found

        if isinstance(statement, Relation):
            value, way = at(statement.right)
            turned: dict[Operator, Operator] = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
            operator = statement.operator if way > 0 else turned.get(statement.operator, "=")
            return Relation(time, operator, value)
        (low, way), (high, _) = at(statement.low), at(statement.high)
        ends = (low, high) if way > 0 else (high, low)
        return Between(ends[0], time, ends[1], closed=statement.closed)

    def _in_range(self, statement: Statement) -> Statement | None:
        """An alternative as far as it is about probabilities; None where it is about none.

        Only numbers are compared with 0 and 1; with symbols in it, an end stands.
        """
        if self.unknown.is_integer or self._is_amount:
            return statement
        if isinstance(statement, Relation):
            needed = 1 if statement.operator == ">" else -1
            beyond = self._beyond(statement.right)
            return None if beyond == needed else statement
        low, high = self._beyond(statement.low), self._beyond(statement.high)
        if low > 0 or high < 0:
            return None
        if high > 0 and low == 0:
            return Relation(statement.value, ">", statement.low)
        if low < 0 and high == 0:
            return Relation(statement.value, "<", statement.high)
        return statement

    def _beyond(self, end: Expr) -> int:
        """1 where an end is a number from 1 up, -1 where it is at most 0, else 0."""
        number = end.xreplace(self._numbers())
        if number.free_symbols or not number.is_real:
            return 0
        return 1 if number >= 1 else -1 if number <= 0 else 0

    def _failing(self, expression: Expr) -> Failing:
        """Where an expression is not positive; numbers alone are compared at once."""
        found = failing(expression, self.symbols)
        numbers = self._numbers()
        if found.when == "never" or not expression.free_symbols <= numbers.keys():
            return found
        return Failing("never" if expression.xreplace(numbers) > 0 else "always")

    def _numbers(self) -> dict[Expr, Expr]:
        """What the constants stand for."""
        return {
            symbol: sympy.Rational(meaning.value.numerator, meaning.value.denominator)
            for symbol, meaning in self.symbols.meanings.items()
            if meaning.kind == "constant" and meaning.value is not None
        }

    def _about(self, bound: Bound) -> tuple[Writing, str]:
        """The unknown, and which end of its range is out of reach."""
        first = bound.solved[0]
        end = ""
        if not self.unknown.is_integer and isinstance(first, Relation) and len(bound.solved) == 1:
            end = "below 1" if first.operator == ">" else "above 0"
        return self.writer.expression(self.unknown), end

    # Writing

    def write(self, statement: Statement) -> Writing:
        """A statement; what it speaks of is declared."""
        self._spoken.extend(statement.expressions)
        return self.writer.statement(statement)

    def given(self) -> tuple[Writing, ...]:
        """What the goal's symbol stands for."""
        return tuple(
            self.writer.statement(
                Relation(
                    symbol,
                    "=",
                    sympy.Rational(meaning.value.numerator, meaning.value.denominator),
                )
            )
            for symbol, meaning in self.symbols.meanings.items()
            if meaning.kind == "goal" and meaning.value is not None
        )

    def named_parts(self) -> tuple[NamedPart, ...]:
        """The parts that the answer speaks of."""
        return self.writer.parts(self._used_parts())

    def _used_parts(self) -> dict[Expr, Expr]:
        used: set[Expr] = set()
        stack = list(self._spoken)
        while stack:
            for symbol in stack.pop().free_symbols & self._parts.keys() - used:
                used.add(symbol)
                stack.append(self._parts[symbol])
        return {name: value for name, value in self._parts.items() if name in used}

    def declarations(self) -> tuple[str, ...]:
        """Python lines that define the symbols of the answer."""
        parts = self._used_parts()
        return self.writer.declarations([*self._spoken, *parts, *parts.values()])
