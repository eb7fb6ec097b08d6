"""What the reference does with choices: the paper's moves, and their order, names and measures."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction

from tests.workbench.reference.numbers import Number, Refused, size
from tests.workbench.reference.places import (
    Place,
    behind,
    child,
    drop,
    free,
    fresh,
    most_copies,
    node_at,
    path,
    renamed,
    value_of,
)
from tests.workbench.reference.plain import Plain, below, children, parameters_below
from tests.workbench.reference.tree import write


def _called(design: Plain, name: str) -> str:
    title: str = design["nodes"][name].get("title") or name
    return title


def _moved(name: str, word: str) -> str:
    """The last move alone is named: x, x-voted, x-replicated."""
    pieces = name.split("-")
    while len(pieces) > 1:
        numbered = pieces[-1].isdigit() and len(pieces) > 2
        if pieces[-2 if numbered else -1] not in _MOVES:
            break
        del pieces[-2 if numbered else -1 :]
    return "-".join([*pieces, word])


_MOVES = ("virtualized", "replicated", "voted", "doubled", "consolidated")


def _alternative(design: Plain, place: Place, node: str, word: str, title: str) -> Place:
    """A new choice with another node at a place; what stands above is copied."""
    names = path(design, place)
    for above, step in zip(reversed(names[:-1]), reversed(place[1]), strict=True):
        node = _copied(design, above, fresh(_moved(above, word), design["nodes"]), step, node)
    old = design["choices"][place[0]]
    name = fresh(_moved(place[0], word), design["choices"])
    new = {"root": node, "set": deepcopy(old["set"])}
    new["title"] = title
    design["choices"] = behind(design["choices"], place[0], name, new)
    if design["goal"] is None:
        design.setdefault("baseline", place[0])
    return name, place[1]


def _copied(design: Plain, name: str, new: str, step: int, under: str) -> str:
    """A copy of a node under a new name with another child."""
    node = design["nodes"][new] = deepcopy(design["nodes"][name])
    if "of" in node:
        node["of"] = under
    else:
        node["parts"][step] = under
    return new


def virtualize(design: Plain, place: Place) -> Place:
    """On a hypervisor: one that the design has and this tree has not, else another one."""
    name, nodes = node_at(design, place), design["nodes"]
    here = below(design, design["choices"][place[0]]["root"])
    known = [n for n, node in nodes.items() if node["kind"] == "hypervisor" and "number" in node]
    hypervisor = next((n for n in known if n not in here), "")
    if not hypervisor:
        hypervisor = fresh("hypervisor", nodes)
        parameter = "R_V"
        entry = design["parameters"].get("R_V")
        if not known and (entry is None or isinstance(entry["value"], int)):
            parameter = _parameter(design, "R_V", "0.999", ("0.9", "0.99999"), "Hypervisor")
        new = deepcopy(nodes[known[0]]) if known else {"kind": "hypervisor", "number": parameter}
        nodes[hypervisor] = new
    group = fresh(f"{name}-virtualized", nodes)
    nodes[group] = {"kind": "group", "parts": [hypervisor, name], "needs": "all"}
    title = f"+ {hypervisor} under {_called(design, name)}"
    return child(_alternative(design, place, group, "virtualized", title), 1)


def _parameter(
    design: Plain, wish: str, value: str | Number, ends: tuple[str, str], title: str
) -> str:
    """A new open reliability."""
    name = fresh(wish, design["parameters"])
    number = value if isinstance(value, Number) else Number(Fraction(value))
    low, high = (Number(Fraction(end)) for end in ends)
    low = number if size(number) < size(low) else low
    high = number if size(number) > size(high) else high
    design["parameters"][name] = {
        "value": number, "range": (Number(low.reliability), Number(high.reliability)),
        "title": title, "source": "assumed",
    }  # fmt: skip
    return name


def replicate(design: Plain, place: Place) -> Place:
    """So many copies that any one suffices."""
    name = node_at(design, place)
    count = "n"
    known = design["parameters"].get("n")
    in_use = parameters_below(design, design["choices"][place[0]]["root"])
    if known is None or not isinstance(known["value"], int) or "n" in in_use:
        count, most = fresh("n", design["parameters"]), min(16, most_copies(design))
        design["parameters"][count] = {
            "value": min(2, most), "range": (1, most), "title": "Replicas", "source": "assumed",
        }  # fmt: skip
    pool = fresh(f"{name}-replicas", design["nodes"])
    design["nodes"][pool] = {"kind": "group", "of": name, "copies": count, "needs": "any"}
    title = f"{_called(design, name)} x {count}, any"
    return _alternative(design, place, pool, "replicated", title)


def vote(design: Plain, place: Place) -> Place:
    """Three copies, of which two must work."""
    name = node_at(design, place)
    pool = fresh(f"{name}-voters", design["nodes"])
    design["nodes"][pool] = {"kind": "group", "of": name, "copies": 3, "needs": 2}
    return _alternative(design, place, pool, "voted", f"{_called(design, name)} x 3, 2 of 3")


def _needs_all(node: Plain) -> bool:
    count = len(node.get("parts", ()))
    least = {"all": count, "any": 1, "majority": count // 2 + 1}.get(node["needs"], node["needs"])
    return "parts" in node and least == count


def move_into_hypervisor(design: Plain, place: Place) -> Place:
    """A function that all copies need leaves them and stands behind the hypervisor above."""
    nodes, names, steps = design["nodes"], path(design, place), place[1]
    function = names[-1]
    pools = [depth for depth, name in enumerate(names[:-1]) if "of" in nodes[name]]
    if "number" not in nodes[function] or not pools or pools[-1] == len(names) - 2:
        raise Refused("no part of what a pool copies")
    pool = pools[-1]
    tops = [
        (depth, index)
        for depth in range(pool)
        if "parts" in nodes[names[depth]] and _needs_all(nodes[names[depth]])
        for index, part in enumerate(nodes[names[depth]]["parts"])
        if nodes[part]["kind"] == "hypervisor"
    ]
    if not tops or not all(_needs_all(nodes[name]) for name in names[pool + 1 : -1]):
        raise Refused("no hypervisor above, or not all are needed")
    deepest = max(depth for depth, _ in tops)
    top, index = next(found for found in tops if found[0] == deepest)
    served = _served(design, function, place[0])
    rest = _rest(design, names[pool + 1 : -1], steps[pool + 1 :])
    new_pool = fresh(f"{names[pool]}-without-{function}"[:60], nodes)
    under = _copied(design, names[pool], new_pool, 0, rest)
    for depth in range(pool - 1, top - 1, -1):
        name = fresh(f"{names[depth]}-consolidated", nodes)
        under = _copied(design, names[depth], name, steps[depth], under)
    group = nodes[under]
    group["parts"].insert(index + 1, served)
    if isinstance(group["needs"], int) or not _needs_all(group):
        group["needs"] = "all"
    title = f"{_called(design, function)} moved into the hypervisor"
    found = _alternative(design, (place[0], steps[:top]), under, "consolidated", title)
    return child(found, index + 1)


def _served(design: Plain, function: str, choice: str) -> str:
    node, title = design["nodes"][function], _called(design, function)
    value = node["number"]
    value = value_of(design, value, choice) if isinstance(value, str) else value
    assert isinstance(value, Number)
    parameter = _parameter(design, "R_F", value, ("0.9", "0.99999"), f"{title}, moved")
    name = fresh(f"{function}-in-hypervisor"[:60], design["nodes"])
    design["nodes"][name] = {
        "kind": node["kind"], "title": f"{title} in the hypervisor", "number": parameter
    }  # fmt: skip
    return name


def _rest(design: Plain, groups: list[str], steps: tuple[int, ...]) -> str:
    """What the copies keep: the groups without the function, fresh where two parts are left."""
    under = ""
    for name, step in zip(reversed(groups), reversed(steps), strict=True):
        parts = list(design["nodes"][name]["parts"])
        parts[step : step + 1] = [under] if under else []
        if len(parts) < 2:
            under = parts[0] if parts else ""
            continue
        node = deepcopy(design["nodes"][name]) | {"parts": parts}
        if node["needs"] != "majority" or not _needs_all(node):
            node["needs"] = "all"
        under = fresh(f"{name}-rest", design["nodes"])
        design["nodes"][under] = node
    if not under:
        raise Refused("nothing is left to copy")
    return under


def toggle_baseline(design: Plain, place: Place) -> None:
    """What the others must beat, or nothing."""
    if design.get("baseline") == place[0]:
        del design["baseline"]
    else:
        design["baseline"] = place[0]


def duplicate(design: Plain, place: Place, text: str) -> Place:
    """Its own groups and pools over the same components."""
    name = free(text, design["choices"])
    nodes, old = design["nodes"], design["choices"][place[0]]
    names = {}
    under = below(design, old["root"])
    for node in under:
        names[node] = node
        if children(nodes[node]) and not nodes[node].get("shared"):
            names[node] = fresh(f"{node}-{name}"[:60], nodes)
            nodes[names[node]] = deepcopy(nodes[node])
    for node in set(names.values()) - set(names):
        if "of" in nodes[node]:
            nodes[node]["of"] = names[nodes[node]["of"]]
        else:
            nodes[node]["parts"] = [names[part] for part in nodes[node]["parts"]]
    new = deepcopy(old) | {"root": names[old["root"]]}
    design["choices"] = behind(design["choices"], place[0], name, new)
    return name, ()


def another_setting(design: Plain, place: Place, text: str) -> Place:
    """The very same tree."""
    name = free(text, design["choices"])
    new = deepcopy(design["choices"][place[0]])
    design["choices"] = behind(design["choices"], place[0], name, new)
    return name, ()


def add_choice(design: Plain, place: Place, text: str) -> Place:
    """A tree of its own: one machine."""
    name = free(text, design["choices"])
    part = fresh("hardware", design["nodes"])
    design["nodes"][part] = {"kind": "hardware", "number": Number(Fraction(99, 100), False)}
    root = fresh(f"{name}-system"[:60], design["nodes"])
    design["nodes"][root] = {"kind": "group", "parts": [part], "needs": "all"}
    new = {"root": root, "set": {}}
    design["choices"] = behind(design["choices"], place[0], name, new)
    return name, ()


def rename_choice(design: Plain, place: Place, text: str) -> Place:
    """Another name, wherever it stands."""
    old, new = place[0], text.strip()
    if new != old:
        free(new, design["choices"])
        design["choices"] = renamed(design["choices"], old, new)
        if design.get("baseline") == old:
            design["baseline"] = new
        for plot in design["plots"].values():
            plot["choice"] = new if plot["choice"] == old else plot["choice"]
    return new, place[1]


def choice_title(design: Plain, place: Place, text: str) -> None:
    """What the choice is called on the screen."""
    write(design["choices"][place[0]], "title", text)


def move_choice(design: Plain, place: Place, by: int) -> None:
    """Another place among the choices."""
    names = list(design["choices"])
    index = names.index(place[0])
    if not 0 <= index + by < len(names):
        raise Refused("at the end")
    names[index], names[index + by] = names[index + by], names[index]
    design["choices"] = {name: design["choices"][name] for name in names}


def delete_choice(design: Plain, place: Place) -> Place:
    """The choice goes, with its plots and what it alone used; never the last, nor the baseline."""
    if len(design["choices"]) == 1 or design.get("baseline") == place[0]:
        raise Refused("the only choice, or the baseline")
    before = deepcopy(design)
    index = list(design["choices"]).index(place[0])
    del design["choices"][place[0]]
    plots = design["plots"].items()
    design["plots"] = {name: plot for name, plot in plots if plot["choice"] != place[0]}
    drop(before, design)
    names = list(design["choices"])
    return names[min(index, len(names) - 1)], ()
