"""Numbers: nudged, typed, held at their threshold, opened, made parameters."""

from __future__ import annotations

import re
from collections.abc import Collection

from vreltui.analysis.results import Threshold
from vreltui.model import (
    Design,
    Parameter,
    Problem,
    Process,
    Value,
    edits,
)
from vreltui.model.errors import DesignError
from vreltui.model.quantities import PROBABILITY, number, quantity_of
from vreltui.wording.numerals import goal_text, value_text
from vreltui.workbench.commands import decisions, typed_moves
from vreltui.workbench.commands.hold_value import needed_value
from vreltui.workbench.commands.parse_typed import read_needs, read_range, read_value
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench
from vreltui.workbench.view.rows import needs_text, own_value

_ASSIGNED = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_-]*)\s*(?:=\s*(.+?))?\s*")


def refused(what: str, right: str = "") -> DesignError:
    """The error that a command cannot run, with the reason."""
    return DesignError(Problem((), what, right))


def selected_value(bench: Workbench) -> tuple[Value, str | None]:
    """The number of the selected node, and the parameter that gives it.

    Raises :class:`DesignError` for a group.
    """
    value, parameter = own_value(bench.design, bench.choice, bench.design.nodes[bench.node])
    if value is None:
        node = bench.design.nodes[bench.node]
        if node.children:
            raise refused(f"{node.sort} {node.name} has no number of its own", "its parts have")
        raise refused(f"{node.sort} node {node.name} has no number of its own", "its items have")
    return value, parameter


def with_value(bench: Workbench, value: Value) -> Design:
    """The design with another number for the selected node."""
    _, parameter = selected_value(bench)
    if parameter is not None:
        return edits.set_value(bench.design, parameter, value, bench.choice)
    return edits.set_number(bench.design, bench.node, _number_key(bench), value)


def _number_key(bench: Workbench) -> str:
    """The key of the number that the selected node is known by."""
    stated = bench.design.nodes[bench.node].stated()
    if stated is None:
        raise refused(f"group {bench.node} has no number of its own", "its parts have")
    return stated.key


def nudge(bench: Workbench, *, up: bool, fine: bool = False) -> Change:
    """One step of the selected node's number, within its range."""
    value, parameter = selected_value(bench)
    ends = bench.design.parameters[parameter].range if parameter is not None else None
    most = bench.design.most_copies
    quantity = quantity_of(value)
    new = quantity.stepped(value, up, ends, fine=fine, most_copies=most)
    name = parameter or bench.node
    if number(new) == number(value):
        end = "upper" if up else "lower"
        if ends is not None:
            low, high = map(value_text, ends)
            raise refused(f"{name} is at the {end} end of its range [{low}, {high}]")
        limit = quantity.limit_words(most) if up else ""
        raise refused(f"{name} is as {'high' if up else 'low'} as it can be{limit}")
    return Change(f"set {name} to {value_text(new)}", with_value(bench, new))


def hold(bench: Workbench) -> Change:
    """Set the selected node's number to what is needed, rounded to the safe side."""
    value, parameter = selected_value(bench)
    threshold = known_threshold(bench, parameter)
    allowed = () if parameter is None else bench.design.parameters[parameter].market
    new = needed_value(threshold, allowed)
    name = parameter or bench.node
    if parameter is not None:
        entry = bench.design.parameters[parameter]
        if not edits.within_range(entry, new):
            assert entry.range is not None
            low, high = map(value_text, entry.range)
            raise refused(
                f"{name} would have to be {value_text(new)}, outside its range [{low}, {high}]",
                "widen the range if that can be had",
            )
    if number(new) == number(value):
        raise refused(f"{name} is {value_text(value)} already, just what is needed")
    return Change(f"set {name} to what is needed, {value_text(new)}", with_value(bench, new))


def known_threshold(bench: Workbench, parameter: str | None) -> Threshold:
    """The threshold of the selected node's number. Raises :class:`DesignError` without one."""
    analysis = bench.analysis
    if analysis is None or analysis.design is not bench.design:
        raise refused("its threshold is still being computed")
    found: Threshold | None
    if parameter is not None:
        found = analysis.report.choices[bench.choice].thresholds.get(parameter)
    else:
        found = analysis.own.get(bench.node) if analysis.choice == bench.choice else None
    if not _is_measured(bench):
        raise _unmeasured()
    if found is None:
        raise refused(f"no threshold of {bench.node} is known")
    return found


def value_initial(bench: Workbench) -> str:
    """What stands in the line when the selected node's number is edited."""
    node = bench.design.nodes[bench.node]
    if decisions.decision(bench) is not None:
        return decisions.taken_initial(bench)
    if isinstance(node, Process):
        return typed_moves.initial(node)
    if node.stated() is None:
        return needs_text(bench.design, bench.choice, node).split(" of ")[0]
    return value_text(selected_value(bench)[0])


def edit_value(bench: Workbench, text: str) -> Change:
    """The selected node's number as typed; or a parameter's name, "R_V" or "R_V = 0.99".

    For a group it is what it needs, of a process its moves, and where something is left to choose,
    what is taken.
    """
    node = bench.design.nodes[bench.node]
    if decisions.decision(bench) is not None:
        return decisions.take(bench, text)
    if isinstance(node, Process):
        return typed_moves.changed(bench, text)
    if node.stated() is None:
        return change_needs(bench, text)
    named = _ASSIGNED.fullmatch(text)
    if named is not None and not re.match(r"q\s*=?\s*[0-9.]", text.strip()):
        return _use_parameter(bench, named[1], named[2])
    value, parameter = selected_value(bench)
    new = read_value(text, value)
    return Change(f"set {parameter or bench.node} to {value_text(new)}", with_value(bench, new))


def _use_parameter(bench: Workbench, name: str, text: str | None) -> Change:
    """Let the selected node take a parameter, which is made when there is none of that name."""
    value, _ = selected_value(bench)
    design = bench.design
    if text is not None:
        value = read_value(text, value)
    if name not in design.parameters:
        if text is None and bench.design.parameters:
            right = f"type {name} = {value_text(value)} to make it"
            raise refused(f"there is no parameter {name}", right)
        design = edits.add_parameter(design, Parameter(name, value))
    elif text is not None:
        design = edits.set_value(design, name, value, bench.choice)
    design = edits.set_number(design, bench.node, _number_key(bench), name)
    return Change(f"give {bench.node} {name}", design)


def change_needs(bench: Workbench, text: str) -> Change:
    """How many parts or copies of the selected node must work, as typed."""
    needs = read_needs(text)
    return Change(f"{bench.node} needs {needs}", edits.set_needs(bench.design, bench.node, needs))


def range_initial(bench: Workbench) -> str:
    """The present range as it would be typed."""
    _, parameter = selected_value(bench)
    if parameter is None:
        return ""
    entry = bench.design.parameters[parameter]
    if entry.values:
        return ", ".join(map(value_text, entry.values))
    ends = entry.range
    return "" if ends is None else f"{value_text(ends[0])} to {value_text(ends[1])}"


def edit_range(bench: Workbench, text: str) -> Change:
    """The range within which the selected node's parameter is open; nothing typed closes it.

    Several values with commas between them are a set, of which one is to be chosen.
    """
    value, parameter = selected_value(bench)
    design = bench.design
    if "," in text:
        return _edit_set(bench, [part for part in text.split(",") if part.strip()])
    ends = read_range(text, value)
    if parameter is None:
        parameter, design = _extracted(bench)
    if ends is None:
        design = edits.set_values(design, parameter, ())
        return Change(f"make {parameter} given", design)
    if design.parameters[parameter].values:
        design = edits.set_values(design, parameter, ())
    return Change(
        f"open {parameter} from {value_text(ends[0])} to {value_text(ends[1])}",
        edits.set_range(design, parameter, *ends),
    )


def _edit_set(bench: Workbench, texts: list[str]) -> Change:
    value, parameter = selected_value(bench)
    design = bench.design
    if parameter is None:
        parameter, design = _extracted(bench)
    values = tuple(read_value(text, value) for text in texts)
    said = ", ".join(map(value_text, values))
    return Change(f"{parameter} is one of {said}", edits.set_values(design, parameter, values))


def _extracted(bench: Workbench) -> tuple[str, Design]:
    name = suggested_parameter(bench)
    return name, edits.extract_parameter(bench.design, bench.node, name)


def suggested_parameter(bench: Workbench) -> str:
    """A free name for a parameter made of the selected node's number: R_V for a hypervisor.

    It is a symbol as it stands, so that no formula has to quote it: R_rack_a for rack-a.
    """
    node = bench.design.nodes[bench.node]
    letters = {"hypervisor": "V", "hardware": "H", "host": "H", "vm": "M", "function": "F"}
    stated = node.stated()
    letter = letters.get(node.kind, bench.node.replace("-", "_").strip("_") or "x")
    wish = letter if stated is None else stated.quantity.parameter_name(letter)
    return _fresh_symbol(wish[:60], bench.design.parameters)


def _fresh_symbol(wish: str, taken: Collection[str]) -> str:
    if wish not in taken:
        return wish
    number = 2
    while f"{wish}_{number}" in taken:
        number += 1
    return f"{wish}_{number}"


def extract(bench: Workbench, text: str) -> Change:
    """Make a parameter of the selected node's number, under the name typed."""
    name = text.strip()
    design = edits.extract_parameter(bench.design, bench.node, name)
    return Change(f"make {name} of the number of {bench.node}", design)


def here_initial(bench: Workbench) -> str:
    """The value that this choice sets for the selected node's parameter, or what it takes."""
    if decisions.decision(bench) is not None:
        return decisions.taken_here(bench)
    _, parameter = selected_value(bench)
    own = bench.design.choices[bench.choice].set
    return value_text(own[parameter]) if parameter is not None and parameter in own else ""


def edit_here(bench: Workbench, text: str) -> Change:
    """A value, or what is taken, for this choice alone; nothing typed takes the common one."""
    if decisions.decision(bench) is not None:
        return decisions.settle(bench, text)
    value, parameter = selected_value(bench)
    if parameter is None:
        right = "make a parameter of it first"
        raise refused(f"the number of {bench.node} is its own, everywhere", right)
    if not text.strip():
        design = edits.unset_in_choice(bench.design, bench.choice, parameter)
        return Change(f"{bench.choice} takes the common {parameter}", design)
    new = read_value(text, value)
    design = edits.set_in_choice(bench.design, bench.choice, parameter, new)
    return Change(f"{bench.choice} sets {parameter} to {value_text(new)}", design)


def goal_initial(bench: Workbench) -> str:
    """The present goal as it would be typed."""
    return "" if bench.design.goal is None else goal_text(bench.design.goal)


def edit_goal(bench: Workbench, text: str) -> Change:
    """The reliability that choices must exceed, as typed; nothing typed for no goal."""
    if not text.strip():
        return Change("no goal", edits.set_goal(bench.design, None))
    goal = PROBABILITY.typed(text)
    return Change(f"set the goal to {value_text(goal)}", edits.set_goal(bench.design, goal))


def has_own(bench: Workbench) -> str | None:
    """Why a choice can set nothing at the selected node; None when it can."""
    return None if decisions.decision(bench) is not None else has_number(bench)


def has_value(bench: Workbench) -> str | None:
    """Why the selected node's number can't be changed in steps; None when it can."""
    try:
        selected_value(bench)
    except DesignError as error:
        return str(error)
    return None


def has_bound(bench: Workbench) -> str | None:
    """Why the selected node's number can have no threshold; None when it can."""
    return has_value(bench) or (None if _is_measured(bench) else str(_unmeasured()))


def _is_measured(bench: Workbench) -> bool:
    return bench.design.goal is not None or bench.design.baseline not in (None, bench.choice)


def _unmeasured() -> DesignError:
    return refused("there is neither a goal nor a baseline to meet", "set a goal")


def has_number(bench: Workbench) -> str | None:
    """Why the selected node has no number; None when it has one."""
    node = bench.design.nodes[bench.node]
    return f"{node.sort} {bench.node} has no number" if node.stated() is None else None
