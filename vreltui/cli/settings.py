"""`--set NAME=VALUE`: a design as if another value stood in its file.

NAME is a parameter, a node that states a number of its own, or NODE.KEY where a parameter has the
node's name. The value goes where it stands: into the choice's own ``set`` where the choice sets
the parameter, else to the parameter, or to the node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vreltui.cli.table import Argument
from vreltui.model import Bought, Cause, Design, Parameter, Problem, Structure, Taken, Value
from vreltui.model.base_node import StatedNumber
from vreltui.model.errors import DesignError
from vreltui.model.quantities import PROBABILITY, Quantity, is_within, number, quantity_of
from vreltui.model.rules import nearest, problems
from vreltui.model.typed_options import typed_option
from vreltui.storage import FileError

SET = Argument(
    ("--set",),
    "answer as if this value stood in the file, of a parameter or of a node's own number; may be "
    "given several times",
    metavar="NAME=VALUE",
    repeats=True,
    names_of="parameters",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Values that stand in place of a file's: of parameters by name, of nodes by name and key."""

    file: str
    design: Design
    parameters: Mapping[str, Value]
    numbers: Mapping[tuple[str, str], Value]
    options: Mapping[str, Taken] = field(default_factory=dict)
    betas: Mapping[str, Value] = field(default_factory=dict)

    def for_choices(self, choices: Iterable[str]) -> dict[str, Design]:
        """The design for each of several choices; one for all that set nothing of it themselves."""
        found: dict[str, Design] = {}
        plain: Design | None = None
        for choice in choices:
            own = self.design.choices[choice]
            if self.parameters.keys() & own.set.keys() or self.options.keys() & own.options.keys():
                found[choice] = self.for_choice(choice)
            else:
                plain = found[choice] = plain or self.for_choice(choice)
        return found

    def for_choice(self, choice: str) -> Design:
        """The design in which to ask about a choice. Raises :class:`FileError`.

        Outside a parameter's range a value is taken all the same; what no file could say is not.
        """
        if not (self.parameters or self.numbers or self.options or self.betas):
            return self.design
        design = self.design
        own = design.choices[choice]
        mine = {name: value for name, value in self.parameters.items() if name in own.set}
        others = {name: value for name, value in self.parameters.items() if name not in own.set}
        nodes = dict(design.nodes)
        settled = {name: taken for name, taken in self.options.items() if name in own.options}
        for name, taken in self.options.items():
            node = nodes[name]
            if name not in settled and isinstance(node, Bought | Structure):
                nodes[name] = replace(node, chosen=taken)  # type: ignore[arg-type]
        for (name, key), value in self.numbers.items():
            nodes[name] = nodes[name].with_number(key, value)
        parameters = {
            name: replace(parameter, value=others[name]) if name in others else parameter
            for name, parameter in design.parameters.items()
        }
        known = {name: each for name, each in own.uncertain.items() if name not in mine}
        mended = replace(
            own,
            set={**own.set, **mine},
            uncertain=known,
            options={**own.options, **settled},
        )
        choices = {**design.choices, choice: mended}
        causes = {
            name: cause.with_number("beta", self.betas[name]) if name in self.betas else cause
            for name, cause in design.causes.items()
        }
        changed = replace(
            design, nodes=nodes, parameters=parameters, choices=choices, causes=causes
        )
        self._refuse_what_no_file_could_say(changed)
        return changed

    def notes(self, choices: tuple[str, ...]) -> list[str]:
        """What is worth a word: values outside their ranges, and such as nothing reads."""
        if not self.parameters:
            return []
        said = []
        read: set[str] = set()
        for choice in choices:
            read.update(self.design.parameters_below(self.design.choices[choice].root))
        for name, value in self.parameters.items():
            parameter = self.design.parameters[name]
            if parameter.range is not None and not is_within(value, parameter.range):
                low, high = parameter.range
                said.append(f"{name} = {value} is outside its range [{low}, {high}]")
            if name not in read:
                said.append(f"no choice that is asked about uses {name}")
        return said

    def _refuse_what_no_file_could_say(self, changed: Design) -> None:
        ranged = {
            name: _reaching(parameter, self.parameters[name])
            if name in self.parameters
            else parameter
            for name, parameter in changed.parameters.items()
        }
        for problem in problems(replace(changed, parameters=ranged)):
            raise FileError(f"{self.file} with --set", None, problem)


def _reaching(parameter: Parameter, value: Value) -> Parameter:
    """A parameter with a range as far as a value: one with a range stays a decision."""
    if parameter.range is None:
        return parameter
    low, high = parameter.range
    low = value if number(value) < number(low) else low
    high = value if number(value) > number(high) else high
    return replace(parameter, range=(low, high))


def settings(file: str, design: Design, texts: list[str]) -> Settings:
    """What the texts set in a design. Raises :class:`FileError` with all that is wrong."""
    parameters: dict[str, Value] = {}
    numbers: dict[tuple[str, str], Value] = {}
    options: dict[str, Taken] = {}
    betas: dict[str, Value] = {}
    wrong: list[Problem] = []
    for text in texts:
        name, equals, typed = text.partition("=")
        name = name.strip()
        try:
            if not equals:
                raise DesignError(_problem(text, "write NAME=VALUE, such as R_V=0.999"))
            if name in design.parameters:
                like = quantity_of(design.parameters[name].value)
                parameters[name] = _value(design, name, like, typed)
            elif isinstance(design.nodes.get(name), Bought | Structure):
                options[name] = typed_option(design, name, typed)
            elif name.endswith(".beta") and (cause := design.causes.get(name[:-5])) is not None:
                betas[cause.name] = _beta(design, cause, typed)
            else:
                node, stated = _stated(design, name)
                numbers[node, stated.key] = _value(design, name, stated.quantity, typed)
        except DesignError as error:
            wrong.append(error.problem)
    if wrong:
        first, *others = [(None, problem) for problem in wrong]
        raise FileError(f"{file} with --set", *first, tuple(others))
    return Settings(file, design, parameters, numbers, options, betas)


def _value(design: Design, name: str, quantity: Quantity[Any], typed: str) -> Value:
    """The value that was typed, which a file could state. Raises :class:`DesignError`."""
    try:
        value: Value = quantity.typed(typed)
    except DesignError as error:
        problem = error.problem
        raise DesignError(Problem((), f"{name}: {problem.what}", problem.right)) from None
    fault = quantity.fault(value, design.most_copies)
    if fault:
        raise DesignError(Problem((), f"{name} {fault}", quantity.right(design.most_copies)))
    return value


def _stated(design: Design, name: str) -> tuple[str, StatedNumber]:
    """The number of a node's own that a name means. Raises :class:`DesignError`."""
    owner, _, key = name.partition(".")
    node = design.nodes.get(owner)
    if node is None:
        known = [*design.parameters, *(n for n in design.nodes if design.nodes[n].numbers)]
        what = f'there is no parameter and no number of a node called "{name}"'
        raise DesignError(Problem((), what, nearest(name, known)))
    for stated in node.numbers:
        if key in ("", stated.key):
            if stated.parameter is None:
                return owner, stated
            what = f"{stated.key} of node {owner} is the parameter {stated.parameter}"
            raise DesignError(Problem((), what, f"set {stated.parameter}"))
    what = f"node {owner} has no number of its own" + (f" called {key}" if key else "")
    raise DesignError(Problem((), what, "set a component's, or a parameter"))


def _beta(design: Design, cause: Cause, typed: str) -> Value:
    """The value that was typed for a cause's own beta. Raises :class:`DesignError`."""
    name = f"{cause.name}.beta"
    if cause.beta is None:
        what = f"cause {cause.name} has {cause.model}, and no beta"
        raise DesignError(Problem((), what, "change its letters in the file"))
    if isinstance(cause.beta, str):
        what = f"beta of cause {cause.name} is the parameter {cause.beta}"
        raise DesignError(Problem((), what, f"set {cause.beta}"))
    return _value(design, name, PROBABILITY, typed)


def _problem(text: str, right: str) -> Problem:
    return Problem((), f'"{text}" sets nothing', right)
