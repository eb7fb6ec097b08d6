"""A design under study: programs and evaluations of its choices, kept from edit to edit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from vreltui.engine.compiler import compile_program
from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation, values_of
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Program, Source
from vreltui.model import Component, Design, Node, Probability

_KEPT_PROGRAMS = 64
_Structure = tuple[object, ...]


_programs: OrderedDict[_Structure, Program | Undecided] = OrderedDict()


class Study:
    """One design, with the evaluation of each choice made when it is first asked for.

    ``before`` is a study of an earlier design, whose programs and figures are reused where the
    edit did not touch them.
    """

    def __init__(
        self,
        design: Design,
        before: Study | None = None,
        limits: Callable[[], Limits] = Limits,
    ) -> None:
        self.design = design
        self.limits = limits
        self._before = before._known() if before is not None else {}
        self._evaluations: dict[str, Evaluation | Undecided] = {}
        self._budget = limits()
        self._contests: dict[str, list[Contest]] = {}

    def start_budget(self) -> None:
        """Begin to count the time and work that the questions from here on may take together."""
        self._budget = self.limits()
        self._contests.clear()  # each has the limits that were in force

    def _known(self) -> dict[str, tuple[Design, Evaluation]]:
        known = dict(self._before)
        for name, evaluation in self._evaluations.items():
            if isinstance(evaluation, Evaluation):
                known[name] = (self.design, evaluation)
        return known

    def evaluation(self, choice: str) -> Evaluation:
        """The evaluation of a choice. Raises :class:`Undecided` when it is too large to solve."""
        known = self._evaluations.get(choice)
        if known is None:
            try:
                known = self._evaluate(choice)
            except Undecided as reason:
                known = reason
            self._evaluations[choice] = known
        if isinstance(known, Undecided):
            raise known
        return known

    def _evaluate(self, choice: str) -> Evaluation:
        kept = self._kept(choice)
        if kept is not None:
            return kept
        program = program_of(self.design, self.design.choices[choice].root, self._budget)
        values = values_of(self.design, program, choice)
        before = self._before.get(choice)
        if before is not None and before[1].program is program:
            return before[1].changed(values)
        return Evaluation(program, values)

    def _kept(self, choice: str) -> Evaluation | None:
        """The evaluation before the edit, moved, when the edit touched parameters alone."""
        design = self.design
        if choice not in self._before:
            return None
        before, evaluation = self._before[choice]
        if before.nodes is not design.nodes or before.choices is not design.choices:
            return None
        own = design.choices[choice].set
        earlier = before.parameters
        moved = {
            Source(name, is_parameter=True): parameter.value
            for name, parameter in design.parameters.items()
            if earlier.get(name) is not parameter and name not in own
        }
        return evaluation.changed(moved)

    # The two things a choice is measured against

    @property
    def budget(self) -> Limits:
        """What the questions since :meth:`start_budget` may still take."""
        return self._budget

    def is_rival(self, choice: str) -> bool:
        """Whether the choice must beat the baseline: every choice but the baseline itself."""
        return self.design.baseline is not None and self.design.baseline != choice

    def contests(self, choice: str) -> list[Contest]:
        """The contests that a choice must win: against the goal, and against the baseline."""
        known = self._contests.get(choice)
        if known is not None:
            return known
        own = self.evaluation(choice)
        contests: list[Contest] = []
        if self.design.goal is not None:
            contests.append(Contest(own, self.design.goal, self._budget))
        if self.is_rival(choice):
            assert self.design.baseline is not None
            contests.append(Contest(own, self.evaluation(self.design.baseline), self._budget))
        self._contests[choice] = contests
        return contests

    def moves(self, choice: str, source: Source) -> tuple[bool, bool]:
        """Whether a value moves in the choice, and in the baseline, when it is varied."""
        if not source.is_parameter or self.design.baseline is None:
            return True, True
        if source.name in self.design.choices[choice].set:
            return True, False
        return True, source.name not in self.design.choices[self.design.baseline].set

    def parameters(self, choice: str) -> tuple[str, ...]:
        """The parameters that the choice or its baseline uses, in the order of the design."""
        used = set(self.design.parameters_below(self.design.choices[choice].root))
        if self.is_rival(choice):
            assert self.design.baseline is not None
            baseline = self.design.choices[self.design.baseline]
            used.update(self.design.parameters_below(baseline.root))
        return tuple(name for name in self.design.parameters if name in used)


def program_of(design: Design, root: str, limits: Limits) -> Program:
    """The program of the tree at ``root``, compiled once for each structure."""
    structure = structure_of(design, root)
    program = _programs.get(structure)
    if program is None:
        try:
            program = compile_program(design, root, limits)
        except Undecided as reason:
            program = reason  # kept, so that the next keystroke does not try again
        _programs[structure] = program
        while len(_programs) > _KEPT_PROGRAMS:
            _programs.popitem(last=False)
    else:
        _programs.move_to_end(structure)
    if isinstance(program, Undecided):
        raise program
    return program


def forget_programs() -> None:
    """Drop all programs that are kept, as a process just started has none."""
    _programs.clear()


def structure_of(design: Design, root: str) -> _Structure:
    """What a program depends on: everything of the nodes but their own numbers and their words."""
    return (root, *(_shape(design.nodes[name]) for name in design.below(root)))


def _shape(node: Node) -> tuple[object, ...]:
    if isinstance(node, Component):
        own = isinstance(node.reliability, Probability)
        return (node.name, None if own else node.reliability, node.shared)
    own_count = getattr(node, "copies", None)
    return (
        node.name,
        node.children,
        node.needs,
        None if isinstance(own_count, int) else own_count,
        hasattr(node, "copies"),
        node.shared,
    )
