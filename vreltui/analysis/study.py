"""A design under study: programs and evaluations of its choices, kept from edit to edit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vreltui.analysis.digits import figure
from vreltui.analysis.results import Figure
from vreltui.engine.compiler import compile_program
from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Program, Source
from vreltui.engine.stated_values import own_numbers, values_of
from vreltui.model import Design, Value
from vreltui.model.changes import Numbers, changed_numbers
from vreltui.model.settling import has_decisions, settled
from vreltui.model.struck import expanded
from vreltui.model.struck_members import misfit

_KEPT_PROGRAMS = 64
_Structure = tuple[object, ...]


_programs: OrderedDict[_Structure, Program | Undecided] = OrderedDict()
_whole_programs: OrderedDict[_Structure, Program] = OrderedDict()
"""Those with a slot for every node, of structures whose own programs leave some out."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a choice in the design that it was found in.

    ``whole``, ``figures`` and ``parameters`` are None where nobody asked for them.
    """

    design: Design
    evaluation: Evaluation
    whole: Evaluation | None
    figures: Mapping[str, Figure] | None
    parameters: tuple[str, ...] | None


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
        self._wholes: dict[str, Evaluation] = {}
        self._figures: dict[str, dict[str, Figure]] = {}
        self._parameters: dict[str, tuple[str, ...]] = {}
        self._contests: dict[str, tuple[Limits, list[Contest]]] = {}
        self._numbers: dict[int, Numbers | None] = {}
        self._settled: dict[str, Design] = {}
        self._budget = limits()

    def start_budget(self, budget: Limits | None = None) -> None:
        """Begin to count the time and work that the questions from here on may take together."""
        self._budget = self.limits() if budget is None else budget

    def _known(self) -> dict[str, _Known]:
        known = dict(self._before)
        for name, evaluation in self._evaluations.items():
            if isinstance(evaluation, Evaluation):
                known[name] = _Known(
                    self.design,
                    evaluation,
                    self._wholes.get(name),
                    self._figures.get(name),
                    self._parameters.get(name),
                )
        return known

    def evaluation(self, choice: str) -> Evaluation:
        """The evaluation of a choice. Raises :class:`Undecided` when it is too large to solve.

        Its program may know nothing of the nodes inside a decision diagram, which the verdict and
        all that is asked of the root does not need: :meth:`whole` does.
        """
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

    def whole(self, choice: str) -> Evaluation:
        """The evaluation of a choice that knows every node that can be told.

        Raises :class:`Undecided` as :meth:`evaluation`; nodes that take too long have no slot.
        """
        known = self._wholes.get(choice)
        if known is None:
            known = self._wholes[choice] = self._find_whole(choice, self.evaluation(choice))
        return known

    def _find_whole(self, choice: str, own: Evaluation) -> Evaluation:
        if not own.program.found:
            return own
        before = self._before.get(choice)
        if before is not None and before.whole is not None and own.touched is not None:
            moved = self._moved(choice, before.design)
            if moved is not None:
                return before.whole.changed(moved)
        design = self.settled(choice)
        tree, root = expanded(design, choice), design.choices[choice].root
        program = _whole_program(tree, root, own.program, self._budget)
        return own if program is own.program else Evaluation(program, own.values, own.leaf_figures)

    def settled(self, choice: str) -> Design:
        """The design with all decisions taken as the choice takes them."""
        found = self._settled.get(choice)
        if found is None:
            found = self._settled[choice] = settled(self.design, choice)
        return found

    def _evaluate(self, choice: str) -> Evaluation:
        before = self._before.get(choice)
        if before is not None:
            moved = self._moved(choice, before.design)
            if moved is not None:
                return before.evaluation.changed(moved)
        design = self.settled(choice)
        if reason := misfit(design, choice):
            raise Undecided(reason)
        program = program_of(expanded(design, choice), design.choices[choice].root, self._budget)
        values = values_of(design, program, choice)
        if before is not None and before.evaluation.program is program:
            return before.evaluation.changed(values)
        return Evaluation(program, values)

    def _changed(self, before: Design) -> Numbers | None:
        """The numbers that differ from those of an earlier design; None where more does."""
        if id(before) not in self._numbers:
            self._numbers[id(before)] = changed_numbers(before, self.design)
        return self._numbers[id(before)]

    def _moved(self, choice: str, before: Design) -> dict[Source, Value] | None:
        """The values that an edit of parameters, or of numbers alone, moved; None for another."""
        design = self.design
        if has_decisions(design):
            return None  # what is taken decides which numbers there are
        if not all(cause.is_plain_beta for cause in design.causes.values()):
            return None  # how many members there are decides how their failures are shared out
        own = design.choices[choice].set
        if before.nodes is design.nodes and before.choices is design.choices:
            earlier = before.parameters
            return {
                Source(name, is_parameter=True): parameter.value
                for name, parameter in design.parameters.items()
                if earlier.get(name) is not parameter and name not in own
            }
        numbers = self._changed(before)
        if numbers is None:
            return None
        moved: dict[Source, Value] = {
            Source(name, is_parameter=True): design.parameters[name].value
            for name in numbers.parameters
            if name not in own
        }
        if choice in numbers.choices:
            moved |= {Source(name, is_parameter=True): value for name, value in own.items()}
        for name in numbers.nodes:
            moved |= own_numbers(design.nodes[name])
        return moved

    def figures(self, choice: str) -> Mapping[str, Figure]:
        """The figures of every node of a choice. Raises :class:`Undecided`."""
        found = self._figures.get(choice)
        if found is None:
            found = self._figures[choice] = self._find_figures(choice, self.whole(choice))
        return found

    def _find_figures(self, choice: str, evaluation: Evaluation) -> dict[str, Figure]:
        program = evaluation.program
        before = self._before.get(choice)
        if before is None or before.figures is None or evaluation.touched is None:
            return {name: figure(evaluation.figures(slot)) for name, slot in program.nodes.items()}
        # What is touched is so since the evaluation before, whose figures these are.
        found = dict(before.figures)
        for slot in evaluation.touched:
            if names := program.names_at(slot):
                found |= dict.fromkeys(names, figure(evaluation.figures(slot)))
        return found

    # The two things a choice is measured against

    @property
    def budget(self) -> Limits:
        """What the questions since :meth:`start_budget` may still take."""
        return self._budget

    def is_rival(self, choice: str) -> bool:
        """Whether the choice must beat the baseline: every choice but the baseline itself."""
        return self.design.baseline is not None and self.design.baseline != choice

    def is_asked(self, choice: str) -> bool:
        """Whether there is anything that the choice has to meet: a goal, or a baseline to beat."""
        return self.design.goal is not None or self.is_rival(choice)

    def contests(self, choice: str) -> list[Contest]:
        """The contests that a choice must win: against the goal, and against the baseline."""
        known = self._contests.get(choice)
        if known is None or known[0] is not self._budget:
            known = self._contests[choice] = self._budget, self._find_contests(choice)
        return known[1]

    def _find_contests(self, choice: str) -> list[Contest]:
        own = self.evaluation(choice)
        contests: list[Contest] = []
        target = self.design.target
        if target is not None:
            contests.append(Contest(own, target, self._budget))
        if self.is_rival(choice):
            assert self.design.baseline is not None
            contests.append(Contest(own, self.evaluation(self.design.baseline), self._budget))
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
        found = self._parameters.get(choice)
        if found is None:
            found = self._parameters[choice] = self._same_parameters(choice)
        return found

    def _same_parameters(self, choice: str) -> tuple[str, ...]:
        """Those of the design before, where only numbers are others."""
        before = self._before.get(choice)
        if before is None or before.parameters is None or self._changed(before.design) is None:
            return self._find_parameters(choice)
        return before.parameters

    def _find_parameters(self, choice: str) -> tuple[str, ...]:
        own = self.settled(choice)
        used = set(own.parameters_below(own.choices[choice].root))
        if self.is_rival(choice):
            assert self.design.baseline is not None
            other = self.settled(self.design.baseline)
            baseline = other.choices[self.design.baseline]
            # A number of a node's own is listed where the node is.
            rival = other.parameters_below(baseline.root)
            used.update(name for name in rival if name not in self.design.own)
        return tuple(name for name in self.design.parameters if name in used)


def program_of(design: Design, root: str, limits: Limits) -> Program:
    """The program of the tree at ``root``, compiled once for each structure."""
    structure = structure_of(design, root)
    program = _programs.get(structure)
    if program is None:
        try:
            program = compile_program(design, root, limits, root_alone=True)
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


def _whole_program(design: Design, root: str, own: Program, limits: Limits) -> Program:
    """The program with a slot for every node; the one without where that takes too long."""
    structure = structure_of(design, root)
    program = _whole_programs.get(structure)
    if program is None:
        try:
            program = compile_program(design, root, limits, found=own.found)
        except Undecided:
            program = own
        _whole_programs[structure] = program
        while len(_whole_programs) > _KEPT_PROGRAMS:
            _whole_programs.popitem(last=False)
    else:
        _whole_programs.move_to_end(structure)
    return program


def forget_programs() -> None:
    """Drop all programs that are kept, as a process just started has none."""
    _programs.clear()
    _whole_programs.clear()


def structure_of(design: Design, root: str) -> _Structure:
    """What a program depends on, as its nodes say: all but their own numbers and their words.

    Also how leaves are read: one program answers for one measure.
    """
    nodes = [design.nodes[name].structure for name in design.below(root)]
    return (root, design.reading, *nodes)
