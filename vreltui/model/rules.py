"""The rules that make a design meaningful, each with what breaks it and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from fractions import Fraction

from vreltui.model.design import (
    FORMAT_VERSION,
    KINDS,
    MOST_COPIES,
    Choice,
    Component,
    Design,
    Group,
    Parameter,
    Plot,
    Pool,
    Value,
)
from vreltui.model.errors import DesignError, Path, Problem
from vreltui.model.names import is_name, text_fault
from vreltui.model.numbers import Probability

MOST_NODES = 20_000
"""The most nodes, and the most parameters, that a design may have."""

MOST_DEPTH = 500
"""The most nodes on a path from a root down."""

MOST_PARTS = 10_000
"""The most parts of one group."""

MOST_POINTS = 10_000
"""The most points of one curve."""

MOST_SERIES = 64
"""The most curves of one plot."""


def check(design: Design) -> None:
    """Raise :class:`DesignError` with the first problem of ``design``, if it has one."""
    for problem in problems(design):
        raise DesignError(problem)


def problems(design: Design) -> Iterator[Problem]:
    """Every problem of ``design``, in the order of the file.

    Later rules assume that earlier ones hold, so only the problems of one stage are given.
    """
    for stage in (_sizes, _texts, _parameters, _references, _shape, _counts, _plots):
        found = False
        for problem in stage(design):
            found = True
            yield problem
        if found:
            return


def nearest(name: str, names: Collection[str]) -> str:
    """A suggestion for a name that does not exist, as words to end a sentence with.

    >>> nearest("hypervisr", ["hardware", "hypervisor"])
    'did you mean "hypervisor"?'
    """
    # difflib is quadratic in the length and linear in the number of names.
    close = difflib.get_close_matches(name[:64], list(names)[:2000], n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    some = sorted(names)[:6]
    more = ", ..." if len(names) > len(some) else ""
    return f"there is {', '.join(some)}{more}" if some else "there is none yet"


def _sizes(design: Design) -> Iterator[Problem]:
    for table, most in (
        ("parameters", MOST_NODES),
        ("nodes", MOST_NODES),
        ("choices", 1000),
        ("plots", 1000),
    ):
        size = len(getattr(design, table))
        if size > most:
            yield Problem((table,), f"{table} has {size} entries", f"at most {most} are allowed")


def _texts(design: Design) -> Iterator[Problem]:
    yield from _text_fields((), design, ("title",), ("description", "note"))
    for table in ("parameters", "nodes", "choices", "plots"):
        for name, entry in getattr(design, table).items():
            if not is_name(name):
                yield Problem(
                    (table, name),
                    f"{name!a} is not a name",
                    "a name is 1 to 64 of A-Z a-z 0-9 _ and -",
                )
            yield from _text_fields(
                (table, name), entry, ("title", "source"), ("description", "note")
            )


def _text_fields(
    path: Path, entry: object, lines: tuple[str, ...], blocks: tuple[str, ...]
) -> Iterator[Problem]:
    for field in (*lines, *blocks):
        text = getattr(entry, field, "")
        fault = text_fault(text, line_breaks=field in blocks)
        if fault:
            yield Problem((*path, field), f"{_said(path, field)} {fault}", "use plain text")


def _parameters(design: Design) -> Iterator[Problem]:
    if design.copies_limit is not None and not 1 <= design.copies_limit <= MOST_COPIES:
        yield Problem(
            ("limits", "copies"),
            f"limits.copies is {design.copies_limit}",
            f"a whole number from 1 to {MOST_COPIES} is right",
        )
        return
    if design.goal is not None and (fault := design.goal.fault()):
        yield Problem(("goal",), f"goal {fault}", "write a reliability such as 0.999")
    for name, parameter in design.parameters.items():
        yield from _parameter(design, ("parameters", name), parameter)
    for name, node in design.nodes.items():
        if isinstance(node, Component) and isinstance(node.reliability, Probability):
            fault = node.reliability.fault()
            if fault:
                yield Problem(
                    ("nodes", name, "reliability"),
                    f"reliability of node {name} {fault}",
                    "write a number from 0 to 1 or a parameter's name",
                )


def _parameter(design: Design, path: Path, parameter: Parameter) -> Iterator[Problem]:
    name = parameter.name
    fault = value_fault(design, parameter.value)
    if fault:
        yield Problem(path, f"parameter {name} {fault}", "")
        return
    if parameter.range is None:
        return
    low, high = parameter.range
    for end in (low, high):
        if isinstance(end, int) != parameter.is_count:
            kind = "whole numbers" if parameter.is_count else "reliabilities"
            yield Problem(
                (*path, "range"), f"range of {name} mixes counts and reliabilities", f"use {kind}"
            )
            return
        fault = value_fault(design, end)
        if fault:
            yield Problem((*path, "range"), f"range of {name}: {end} {fault}", "")
            return
    if number(low) > number(high):
        yield Problem(
            (*path, "range"), f"range of {name} is empty: {low} > {high}", "put the lower end first"
        )
    elif not number(low) <= number(parameter.value) <= number(high):
        hint = "widen the range or change the value"
        if isinstance(parameter.value, Probability) and parameter.value.complemented:
            hint += "; a range is in reliabilities, here " + str(
                1 - parameter.value.written
            )  # 1 - unreliability
        yield Problem(
            (*path, "range"),
            f"value {parameter.value} of parameter {name} is outside its range [{low}, {high}]",
            hint,
        )


def number(value: Value) -> Fraction | int:
    """The value as an exact number: the reliability, or the count."""
    return value.reliability if isinstance(value, Probability) else value


def value_fault(design: Design, value: Value) -> str | None:
    """What is wrong with a value of a parameter, or None."""
    if isinstance(value, Probability):
        return value.fault()
    if value < 1:
        return f"is {value}, and a count must be at least 1"
    if value > design.most_copies:
        return f"is {value}, and a host holds at most {design.most_copies} copies (limits.copies)"
    return None


def _references(design: Design) -> Iterator[Problem]:
    if not design.nodes:
        yield Problem(("nodes",), "there are no nodes", "add at least one, as [nodes.hardware]")
    if not design.choices:
        yield Problem(("choices",), "there are no choices", "add at least one, as [choices.first]")
    for name, node in design.nodes.items():
        path = ("nodes", name)
        if node.kind not in KINDS:
            yield Problem(
                (*path, "kind"),
                f'node {name} has unknown kind "{node.kind}"',
                nearest(node.kind, KINDS),
            )
        match node:
            case Component(reliability=str(parameter)):
                yield from _names_parameter(
                    design, (*path, "reliability"), parameter, want_count=False
                )
            case Pool(copies=str(parameter)):
                yield from _names_parameter(design, (*path, "copies"), parameter, want_count=True)
                yield from _names_node(design, (*path, "of"), node.of)
            case Pool(copies=int(copies)):
                fault = value_fault(design, copies)
                if fault:
                    yield Problem((*path, "copies"), f"copies of pool {name} {fault}", "")
                yield from _names_node(design, (*path, "of"), node.of)
            case Group():
                yield from _group(design, node)
            case _:
                pass
    for choice in design.choices.values():
        yield from _choice(design, choice)
    if design.baseline is not None and design.baseline not in design.choices:
        yield Problem(
            ("baseline",),
            f'baseline "{design.baseline}" is not a choice',
            nearest(design.baseline, design.choices),
        )


def _group(design: Design, group: Group) -> Iterator[Problem]:
    path = ("nodes", group.name, "parts")
    if not group.parts:
        yield Problem(path, f"group {group.name} has no parts", "name at least one node")
    if len(group.parts) > MOST_PARTS:
        yield Problem(
            path,
            f"group {group.name} has {len(group.parts)} parts",
            f"at most {MOST_PARTS} are allowed",
        )
    for part in group.parts:
        yield from _names_node(design, path, part)


def _names_node(design: Design, path: Path, name: str) -> Iterator[Problem]:
    if name not in design.nodes:
        yield Problem(
            path, f'{_said(path)} names "{name}", which is not a node', nearest(name, design.nodes)
        )


def _names_parameter(
    design: Design, path: Path, name: str, *, want_count: bool
) -> Iterator[Problem]:
    parameter = design.parameters.get(name)
    if parameter is None:
        yield Problem(
            path,
            f'{_said(path)} names "{name}", which is not a parameter',
            nearest(name, design.parameters),
        )
    elif parameter.is_count != want_count:
        is_, want = ("count", "reliability") if parameter.is_count else ("reliability", "count")
        yield Problem(
            path, f"{_said(path)} names {name}, which is a {is_}", f"a {want} is needed here"
        )


def _choice(design: Design, choice: Choice) -> Iterator[Problem]:
    path = ("choices", choice.name)
    yield from _names_node(design, (*path, "root"), choice.root)
    for name, value in choice.set.items():
        at = (*path, "set", name)
        parameter = design.parameters.get(name)
        if parameter is None:
            yield Problem(
                at,
                f'choice {choice.name} sets "{name}", which is not a parameter',
                nearest(name, design.parameters),
            )
            continue
        if isinstance(value, int) != parameter.is_count:
            want = "whole number" if parameter.is_count else "reliability"
            yield Problem(at, f"choice {choice.name} sets {name} to {value}", f"{name} is a {want}")
            continue
        fault = value_fault(design, value)
        if fault:
            yield Problem(at, f"{name} of choice {choice.name} {fault}", "")
        elif parameter.range is not None:
            low, high = parameter.range
            if not number(low) <= number(value) <= number(high):
                yield Problem(
                    at,
                    f"choice {choice.name} sets {name} to {value}, outside its range "
                    f"[{low}, {high}]",
                    "choose a value within the range, or widen it",
                )


def _shape(design: Design) -> Iterator[Problem]:
    """No cycles, and no path deeper than the limit; without recursion, for any depth."""
    depth: dict[str, int] = {}
    for start in design.nodes:
        trail: list[str] = []
        on_trail: set[str] = set()
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                trail.pop()
                on_trail.discard(name)
                below = (depth[child] for child in design.nodes[name].children)
                depth[name] = 1 + max(below, default=0)
                if depth[name] > MOST_DEPTH:
                    yield Problem(
                        ("nodes", name),
                        f"the tree at {name} is more than {MOST_DEPTH} nodes deep",
                        "use wider groups",
                    )
                    return
            elif name in on_trail:
                cycle = [*trail[trail.index(name) :], name]
                shown = cycle if len(cycle) <= 12 else [*cycle[:8], "...", *cycle[-3:]]
                yield Problem(
                    ("nodes", trail[-1]),
                    f"nodes contain each other: {' -> '.join(shown)}",
                    "a node cannot be a part of itself",
                )
                return
            elif name not in depth:
                trail.append(name)
                on_trail.add(name)
                stack.append((name, True))
                stack.extend((child, False) for child in reversed(design.nodes[name].children))


def _counts(design: Design) -> Iterator[Problem]:
    """k is at most the number of parts; of copies, in every choice that uses the pool."""
    users: dict[str, list[str | None]] = {}
    for choice in design.choices.values():
        for name in design.below(choice.root):
            users.setdefault(name, []).append(choice.name)
    for name, node in design.nodes.items():
        if isinstance(node, Component) or not isinstance(node.needs, int):
            continue
        path = ("nodes", name, "needs")
        if node.needs < 1:
            yield Problem(path, f"{name} needs {node.needs}", "at least 1 is right")
        elif isinstance(node, Group) and node.needs > len(node.parts):
            yield Problem(
                path,
                f"{name} needs {node.needs} of {len(node.parts)} parts",
                f"a number from 1 to {len(node.parts)} is right",
            )
        elif isinstance(node, Pool):
            yield from _pool_counts(design, node, users.get(name, [None]))


def _pool_counts(design: Design, pool: Pool, users: list[str | None]) -> Iterator[Problem]:
    assert isinstance(pool.needs, int)
    for choice in users:
        copies = pool.copies if isinstance(pool.copies, int) else design.value(pool.copies, choice)
        assert isinstance(copies, int)
        if pool.needs > copies:
            where = f" in choice {choice}" if choice is not None else ""
            path: Path = ("nodes", pool.name, "needs")
            if choice is not None and pool.copies in design.choices[choice].set:
                path = ("choices", choice, "set", str(pool.copies))
            yield Problem(
                path,
                f"pool {pool.name} needs {pool.needs} of {copies} copies{where}",
                f"at least {pool.needs} copies, or a smaller number needed, would be right",
            )
            return


def _plots(design: Design) -> Iterator[Problem]:
    for name, plot in design.plots.items():
        yield from _plot(design, ("plots", name), plot)


def _plot(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    if plot.choice not in design.choices:
        yield Problem(
            (*path, "choice"),
            f'plot {plot.name} names "{plot.choice}", which is not a choice',
            nearest(plot.choice, design.choices),
        )
        return
    x = design.parameters.get(plot.x.parameter)
    if x is None:
        yield Problem(
            (*path, "x", "parameter"),
            f'plot {plot.name} names "{plot.x.parameter}", which is not a parameter',
            nearest(plot.x.parameter, design.parameters),
        )
        return
    yield from _plot_values(design, (*path, "x"), plot, x, (plot.x.start, plot.x.stop))
    if not 2 <= plot.x.points <= MOST_POINTS:
        yield Problem(
            (*path, "x", "points"),
            f"plot {plot.name} has {plot.x.points} points",
            f"from 2 to {MOST_POINTS} are right",
        )
    if type(plot.x.start) is type(plot.x.stop) and number(plot.x.start) >= number(plot.x.stop):
        yield Problem(
            (*path, "x"),
            f"x of plot {plot.name} runs from {plot.x.start} to {plot.x.stop}",
            "from must be below to",
        )
    if plot.threshold is not None and plot.threshold not in design.parameters:
        yield Problem(
            (*path, "y", "threshold"),
            f'plot {plot.name} names "{plot.threshold}", which is not a parameter',
            nearest(plot.threshold, design.parameters),
        )
    if plot.threshold is not None and plot.threshold == plot.x.parameter:
        yield Problem(
            (*path, "y", "threshold"),
            f"plot {plot.name} draws the threshold of {plot.threshold} against itself",
            "choose another parameter for x or y",
        )
    yield from _plot_purpose(design, path, plot)
    yield from _plot_series(design, path, plot)


def _plot_purpose(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    if plot.y == "gain" and design.baseline is None:
        yield Problem(
            (*path, "y"),
            f"plot {plot.name} draws the gain over a baseline, and the design has none",
            'set baseline = "..." to a choice',
        )
    if plot.y == "threshold" and design.baseline is None and design.goal is None:
        goals = plot.series is not None and plot.series.parameter is None
        if not goals:
            yield Problem(
                (*path, "y"),
                f"plot {plot.name} draws a threshold, and the design has neither goal nor baseline",
                "set a goal, a baseline, or series = { goal = [...] }",
            )


def _plot_series(design: Design, path: Path, plot: Plot) -> Iterator[Problem]:
    series = plot.series
    if series is None:
        return
    at = (*path, "series")
    if not 1 <= len(series.values) <= MOST_SERIES:
        yield Problem(
            at,
            f"plot {plot.name} has {len(series.values)} series",
            f"from 1 to {MOST_SERIES} are right",
        )
    if series.parameter is None:
        for value in series.values:
            fault = value_fault(design, value)
            if isinstance(value, int) or fault:
                yield Problem(
                    at,
                    f"goal {value} of plot {plot.name} {fault or ''}".rstrip(),
                    "a goal is a reliability from 0 to 1",
                )
        return
    parameter = design.parameters.get(series.parameter)
    if parameter is None:
        yield Problem(
            at,
            f'plot {plot.name} names "{series.parameter}", which is not a parameter',
            nearest(series.parameter, [*design.parameters, "goal"]),
        )
        return
    if series.parameter in (plot.x.parameter, plot.threshold):
        yield Problem(
            at,
            f"plot {plot.name} uses {series.parameter} twice",
            "x, y and series need different parameters",
        )
    yield from _plot_values(design, at, plot, parameter, series.values)


def _plot_values(
    design: Design, path: Path, plot: Plot, parameter: Parameter, values: tuple[Value, ...]
) -> Iterator[Problem]:
    want = "whole numbers" if parameter.is_count else "reliabilities"
    for value in values:
        if isinstance(value, int) != parameter.is_count:
            yield Problem(
                path,
                f"plot {plot.name} gives {parameter.name} the value {value}",
                f"{parameter.name} takes {want}",
            )
            return
        fault = value_fault(design, value)
        if fault:
            yield Problem(path, f"{parameter.name} of plot {plot.name} {fault}", "")
            return


def _said(path: Path, field: str = "") -> str:
    """A path as people read it: "parts of node pool"."""
    singular = {"nodes": "node", "choices": "choice", "plots": "plot", "parameters": "parameter"}
    words = [str(part) for part in path]
    owner = f"{singular.get(words[0], words[0])} {words[1]}" if len(words) > 1 else "the design"
    last = field or (words[2] if len(words) > 2 else "")
    return f"{last} of {owner}" if last else owner


__all__ = ["FORMAT_VERSION", "check", "nearest", "number", "problems", "value_fault"]
