"""What the reference does with numbers, needs, parameters and ranges."""

from __future__ import annotations

import re

from tests.workbench.reference.numbers import (
    Refused,
    Value,
    next_number,
    size,
    typed_count,
    typed_needs,
    typed_number,
    typed_range,
    typed_value,
)
from tests.workbench.reference.places import (
    Place,
    free,
    most_copies,
    node_at,
    own_value,
    same,
    set_parameter,
    set_value,
)
from tests.workbench.reference.plain import Plain


def nudge(design: Plain, place: Place, *, up: bool, fine: bool = False) -> None:
    """One step up or down, no further than the range."""
    value, parameter = own_value(design, place)
    ends = design["parameters"][parameter].get("range") if parameter else None
    if isinstance(value, int):
        new: Value = value + (1 if up else -1)
        low, high = ends or (1, most_copies(design))
    else:
        new = next_number(value, up=up, digits=2 if fine else 1)
        low, high = ends or (new, new)
    new = low if size(new) < size(low) else high if size(new) > size(high) else new
    if same(new, value):
        raise Refused("at its end")
    set_value(design, place, new)


def edit_value(design: Plain, place: Place, text: str) -> None:
    """A number, or a parameter's name with or without a value; needs for a group."""
    node = design["nodes"][node_at(design, place)]
    if "parts" in node:
        edit_needs(design, place, text)
        return
    named = re.fullmatch(r"\s*([A-Za-z_][A-Za-z0-9_-]*)\s*(=\s*(.+?)\s*)?", text)
    if named is None or re.match(r"q\s*=?\s*[0-9.]", text.strip()):
        set_value(design, place, typed_value(text, own_value(design, place)[0]))
        return
    name, given = named[1], named[3]
    value, _ = own_value(design, place)
    if given is not None:
        value = typed_value(given, value)
    if name in design["parameters"]:
        if given is not None:
            set_parameter(design, place[0], name, value)
    elif given is None and design["parameters"]:
        raise Refused("no such parameter")
    else:
        design["parameters"][free(name, design["parameters"])] = {"value": value}
    node["copies" if "of" in node else "number"] = name


def edit_needs(design: Plain, place: Place, text: str) -> None:
    """How many must work."""
    needs = typed_needs(text)
    node = design["nodes"][node_at(design, place)]
    if "needs" not in node:
        raise Refused("a component")
    node["needs"] = needs


def suggested(design: Plain, place: Place) -> str:
    """The name of a parameter made of the number at a place."""
    name = node_at(design, place)
    node = design["nodes"][name]
    letters = {"hypervisor": "V", "hardware": "H", "host": "H", "vm": "M", "function": "F"}
    letter = letters.get(node["kind"]) or name.replace("-", "_").strip("_") or "x"
    wish = ("n" if "of" in node else f"R_{letter}")[:60]
    names = [wish, *(f"{wish}_{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in design["parameters"])


def extract(design: Plain, place: Place, text: str) -> None:
    """A parameter of the node's own number."""
    node = design["nodes"][node_at(design, place)]
    name = free(text, design["parameters"])
    key = "copies" if "of" in node else "number"
    if key not in node or isinstance(node[key], str):
        raise Refused("no number of its own")
    design["parameters"][name] = {"value": node[key]}
    node[key] = name


def edit_range(design: Plain, place: Place, text: str) -> None:
    """Open a parameter, made where there is none; nothing typed closes it."""
    value, parameter = own_value(design, place)
    ends = typed_range(text, value)
    if parameter is None:
        parameter = suggested(design, place)
        extract(design, place, parameter)
    design["parameters"][parameter].pop("range", None)
    if ends is not None:
        design["parameters"][parameter]["range"] = ends


def edit_here(design: Plain, place: Place, text: str) -> None:
    """A value of this choice alone; nothing typed takes the common one."""
    value, parameter = own_value(design, place)
    own = design["choices"][place[0]]["set"]
    if parameter is None or (not text.strip() and parameter not in own):
        raise Refused("no parameter, or not set here")
    if text.strip():
        own[parameter] = typed_value(text, value)
    else:
        del own[parameter]


def edit_goal(design: Plain, place: Place, text: str) -> None:
    """What every choice must exceed."""
    design["goal"] = typed_number(text) if text.strip() else None


def edit_limit(design: Plain, place: Place, text: str) -> None:
    """The most copies."""
    design["limits"] = typed_count(text) if text.strip() else None
