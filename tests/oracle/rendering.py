"""A design as the text of a design file, for the report of a failing test."""

from __future__ import annotations

from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    Node,
    Parameter,
    PolicyPool,
    Pool,
    Probability,
    Process,
    Share,
    Structure,
    Value,
)


def as_toml(design: Design) -> str:
    """The design as a file that the program can be given by hand."""
    lines = ["vreltui = 1"]
    if design.baseline is not None:
        lines.append(f'baseline = "{design.baseline}"')
    if design.goal is not None:
        assert isinstance(design.goal, Probability)
        lines.append(f"goal = {{ {_side(design.goal)} }}")
    if design.copies_limit is not None:
        lines.append(f"limits = {{ copies = {design.copies_limit} }}")
    lines.append("[parameters]")
    lines.extend(f"{name} = {_parameter(p)}" for name, p in design.parameters.items())
    for name, node in design.nodes.items():
        lines.append(f"[nodes.{name}]")
        lines.extend(_node(node))
    for name, choice in design.choices.items():
        lines += [f"[choices.{name}]", f'root = "{choice.root}"']
        if choice.set:
            settings = ", ".join(f"{key} = {_set(value)}" for key, value in choice.set.items())
            lines.append(f"set = {{ {settings} }}")
    return "\n".join(lines) + "\n"


def _node(node: Node) -> list[str]:
    lines = []
    match node:
        case Component(reliability=reliability):
            if isinstance(reliability, str):
                lines.append(f'reliability = "{reliability}"')
            else:
                lines.append(_side(reliability))
        case Group(parts=parts):
            names = ", ".join(f'"{part}"' for part in parts)
            lines.append(f"parts = [{names}]")
        case Pool(of=of, copies=copies):
            said = f'"{copies}"' if isinstance(copies, str) else copies
            lines += [f'of = "{of}"', f"copies = {said}"]
        case LastingComponent() | Process() | Bought() | Structure() | Share() | PolicyPool():
            raise NotImplementedError("the reference knows no time, and nothing to decide")
    if isinstance(node, Group | Pool):
        lines.append(
            f"needs = {node.needs}" if isinstance(node.needs, int) else f'needs = "{node.needs}"'
        )
    return [*lines, "shared = true"] if node.shared else lines


def _parameter(parameter: Parameter) -> str:
    value = parameter.value
    if isinstance(value, int):
        said = f"count = {value}"
    else:
        assert isinstance(value, Probability)
        said = _side(value, "value")
    if parameter.range is None:
        return f"{{ {said} }}"
    low, high = (_end(end) for end in parameter.range)
    return f"{{ {said}, range = [{low}, {high}] }}"


def _end(value: Value) -> str:
    return str(value) if isinstance(value, int) else str(value.written)


def _set(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    assert isinstance(value, Probability)
    return f"{{ {_side(value, 'value')} }}"


def _side(probability: Probability, direct: str = "reliability") -> str:
    key = "unreliability" if probability.complemented else direct
    return f"{key} = {probability.written}"
