"""What the reference does with the tree: add, delete, move, wrap, copy, rename, words."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction

from tests.workbench.reference.numbers import Number, Refused, typed_number
from tests.workbench.reference.places import (
    Place,
    child,
    drop,
    free,
    fresh,
    holder,
    most_copies,
    node_at,
    parent,
    put,
    renamed,
    sibling,
    used,
)
from tests.workbench.reference.plain import Plain, children

KINDS = (
    "host", "hardware", "hypervisor", "vm", "os", "application", "function", "network", "storage",
    "power", "software", "component", "group",
)  # fmt: skip


def _hang(design: Plain, place: Place, name: str, *, beside: bool = False) -> Place:
    """A node into the group at a place, else, or where it is to be, behind what is there."""
    here = node_at(design, place)
    parts = design["nodes"][here].get("parts")
    if parts is not None and here != name and not beside:
        parts.append(name)
        return child(place, len(parts) - 1)
    above = design["nodes"][node_at(design, parent(place))] if place[1] else {}
    if "parts" in above:
        index: int = place[1][-1] + 1
        above["parts"].insert(index, name)
        return sibling(place, index)
    group = fresh(f"{here}-group", design["nodes"])
    put(design, place, group)
    design["nodes"][group] = {"kind": "group", "parts": [here, name], "needs": "all"}
    return child(place, 1)


def add(design: Plain, place: Place, text: str) -> Place:
    """A new component, as typed: a kind, a name and a number, each if you like."""
    words = text.split()
    kind = words.pop(0) if words and words[0] in KINDS[:-1] else "component"
    name = free(words.pop(0) if words else fresh(kind, design["nodes"]), design["nodes"])
    number: Number | str = Number(Fraction(99, 100), False)
    if words:
        word = words.pop(0)
        number = word if word in design["parameters"] else typed_number(word)
    if words:
        raise Refused("too many words")
    design["nodes"][name] = {"kind": kind, "number": number}
    return _hang(design, place, name)


def add_existing(design: Plain, place: Place, text: str) -> Place:
    """A node in one more place."""
    if text.strip() not in design["nodes"]:
        raise Refused("no such node")
    return _hang(design, place, text.strip())


def delete(design: Plain, place: Place) -> Place:
    """What is at a place goes, with what only it used; a group does not stay empty."""
    before = deepcopy(design)
    while len(holder(design, place)["parts"]) == 1:
        place = parent(place)
    parts = holder(design, place)["parts"]
    del parts[place[1][-1]]
    drop(before, design)
    return sibling(place, min(place[1][-1], len(parts) - 1))


def wrap(design: Plain, place: Place) -> Place:
    """A group around it."""
    here = node_at(design, place)
    group = fresh(f"{here}-group", design["nodes"])
    put(design, place, group)
    design["nodes"][group] = {"kind": "group", "parts": [here], "needs": "all"}
    return place


def make_pool(design: Plain, place: Place) -> Place:
    """Two copies of it, of which one suffices."""
    here = node_at(design, place)
    pool = fresh(f"{here}-pool", design["nodes"])
    put(design, place, pool)
    copies = min(2, most_copies(design))
    design["nodes"][pool] = {"kind": "group", "of": here, "copies": copies, "needs": "any"}
    return place


def dissolve(design: Plain, place: Place) -> Place:
    """What it holds takes its place."""
    before = deepcopy(design)
    inside = list(children(design["nodes"][node_at(design, place)]))
    if not inside:
        raise Refused("a component")
    if len(inside) == 1:
        put(design, place, inside[0])
    else:
        index = place[1][-1] if place[1] else 0
        holder(design, place)["parts"][index : index + 1] = inside
    drop(before, design)
    return place


def share(design: Plain, place: Place) -> None:
    """One instance for all copies, or not."""
    node = design["nodes"][node_at(design, place)]
    if not node.pop("shared", False):
        node["shared"] = True


def rename(design: Plain, place: Place, text: str) -> None:
    """Another name, wherever it stands."""
    old, new = node_at(design, place), text.strip()
    if new == old:
        return
    free(new, design["nodes"])
    design["nodes"] = renamed(design["nodes"], old, new)
    for node in design["nodes"].values():
        if "parts" in node:
            node["parts"] = [new if part == old else part for part in node["parts"]]
        elif node.get("of") == old:
            node["of"] = new
    for choice in design["choices"].values():
        if choice["root"] == old:
            choice["root"] = new


def edit_kind(design: Plain, place: Place, text: str) -> None:
    """Another kind."""
    if text.strip() not in KINDS:
        raise Refused("no kind")
    design["nodes"][node_at(design, place)]["kind"] = text.strip()


def write(entry: Plain, field: str, text: str) -> None:
    """A text; an empty one is none."""
    entry.pop(field, None)
    if text.strip():
        entry[field] = text.strip()


def edit_text(design: Plain, place: Place, text: str, field: str) -> None:
    """A text of a node."""
    write(design["nodes"][node_at(design, place)], field, text)


def move_by(design: Plain, place: Place, by: int) -> Place:
    """Before the part above, or behind the part below."""
    parts = holder(design, place)["parts"]
    index = place[1][-1]
    if not 0 <= index + by < len(parts):
        raise Refused("at the end")
    parts[index], parts[index + by] = parts[index + by], parts[index]
    return sibling(place, index + by)


def move_in(design: Plain, place: Place) -> Place:
    """Into the group before it, else the one behind it."""
    parts = holder(design, place)["parts"]
    index, name = place[1][-1], node_at(design, place)
    for other in (index - 1, index + 1):
        if 0 <= other < len(parts) and "parts" in design["nodes"][parts[other]]:
            target = design["nodes"][parts[other]]["parts"]
            if parts[other] == name:
                continue
            target.append(name)
            del parts[index]
            return child(sibling(place, other - (other > index)), len(target) - 1)
    raise Refused("no group beside it")


def move_out(design: Plain, place: Place) -> Place:
    """Behind its group."""
    parts = holder(design, place)["parts"]
    above = holder(design, parent(place))["parts"]
    if len(parts) == 1:
        raise Refused("the only part")
    name = parts.pop(place[1][-1])
    behind = place[1][-2] + 1
    above.insert(behind, name)
    return sibling(parent(place), behind)


def paste(design: Plain, place: Place, kept: Plain | None) -> Place:
    """A copy of what was kept, under fresh names; shared nodes that are still there stay one."""
    if kept is None:
        raise Refused("nothing was copied")
    same = _same(kept["nodes"], design["nodes"], [(kept["root"], node_at(design, place))])
    names: dict[str, str] = {}
    taken = set(design["nodes"])
    old = dict(design["nodes"])

    def name_all(name: str) -> None:
        if name in names:
            return
        node = kept["nodes"][name]
        if node.get("shared") and old.get(name) == node:
            names[name] = name
            return
        names[name] = fresh(name, taken)
        taken.add(names[name])
        for under in children(node):
            name_all(under)

    name_all(kept["root"])
    for name, new in names.items():
        if new in old:
            continue
        node = design["nodes"][new] = deepcopy(kept["nodes"][name])
        if "parts" in node:
            node["parts"] = [names[part] for part in node["parts"]]
        elif "of" in node:
            node["of"] = names[node["of"]]
    for name, entry in kept["parameters"].items():
        known = design["parameters"].setdefault(name, deepcopy(entry))
        if type(known["value"]) is not type(entry["value"]):
            raise Refused("another sort of parameter")
    return _hang(design, place, names[kept["root"]], beside=same)


def _same(one: Plain, other: Plain, pairs: list[tuple[str, str]]) -> bool:
    """Whether two trees differ in names alone: each of one stands for a single one of the other."""
    seen: dict[str, str] = {}
    for name, there in pairs:
        if seen.setdefault(name, there) != there:
            return False
        mine, theirs = deepcopy(one[name]), deepcopy(other[there])
        below = [*zip(children(mine), children(theirs), strict=False)]
        if len(children(mine)) != len(children(theirs)):
            return False
        for node in (mine, theirs):
            node.pop("parts", None)
            node.pop("of", None)
        if mine != theirs or ("of" in one[name]) != ("of" in other[there]):
            return False
        pairs += [pair for pair in below if pair not in pairs]
    return True


def delete_unused(design: Plain, place: Place) -> None:
    """What no choice uses goes, then the parameters that nothing names."""
    kept = used(design)
    design["nodes"] = {n: node for n, node in design["nodes"].items() if n in kept}
    named = {n.get("number") for n in design["nodes"].values() if isinstance(n.get("number"), str)}
    named |= {n.get("copies") for n in design["nodes"].values() if isinstance(n.get("copies"), str)}
    for plot in design["plots"].values():
        named |= {plot["x"]["parameter"], *plot.get("series", {})}
        named |= set(plot["y"].values()) if isinstance(plot.get("y"), dict) else set()
    for choice in design["choices"].values():
        named |= set(choice["set"])
    design["parameters"] = {n: p for n, p in design["parameters"].items() if n in named}
