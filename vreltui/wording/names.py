"""What people call the parameters, nodes and choices of a design, set off from the sentence around.

A title is what somebody wrote, in any language and with any grammar: it stands in parentheses after
the name, and the sentence reads well without it.
"""

from __future__ import annotations

from vreltui.model import Design, Node
from vreltui.model.lasting import MISSION

_PLURALS = {
    "host": "hosts",
    "hardware": "machines",
    "hypervisor": "hypervisors",
    "vm": "VMs",
    "os": "operating systems",
    "application": "applications",
    "function": "functions",
    "network": "networks",
    "storage": "storage units",
    "power": "power supplies",
    "software": "programs",
}

_NO_KIND = ("component", "group")


def parameter_words(design: Design, parameter: str) -> str:
    """A parameter's name and, in parentheses, its title or what it belongs to.

    "R_V (Hypervisor)" where the parameter or the one node that uses it has a title, "R_V
    (hypervisor)" from the kind of that node, else "R_V".
    """
    if parameter not in design.parameters and parameter.removesuffix(".beta") in design.causes:
        return parameter  # a cause's own beta
    if parameter == MISSION:
        return "the mission time"
    if parameter not in design.parameters:  # a number of a node's own, such as vmm.mttf
        node = parameter
        while node not in design.nodes:  # a stage has another dot: vmm.stages.0
            node = node.rpartition(".")[0]
        return _set_off(parameter, _belongs_to(design.nodes[node]))
    title = design.parameters[parameter].title
    if title:
        return _set_off(parameter, title)
    users = _users(design).get(parameter, [])
    titles = {node.title for node in users}
    kinds = {node.kind for node in users}
    if len(titles) == 1 and (title := titles.pop()):
        return _set_off(parameter, title)
    if len(kinds) == 1 and (kind := kinds.pop()) not in _NO_KIND:
        return _set_off(parameter, "VM" if kind == "vm" else kind)
    return parameter


def _belongs_to(node: Node) -> str:
    """What a number at a node is a number of: the node's title, or its kind."""
    if node.title or node.kind in _NO_KIND:
        return node.title
    return "VM" if node.kind == "vm" else node.kind


def node_words(design: Design, node: str) -> str:
    """A node's name and, in parentheses, its title."""
    return _set_off(node, design.nodes[node].title)


def choice_words(design: Design, choice: str) -> str:
    """A choice's title in quotation marks, or its name."""
    title = design.choices[choice].title
    return f'"{title}"' if title else choice


def copies_words(design: Design, parameter: str) -> str:
    """What a count counts: "VMs" where every pool that uses it copies VMs, else "copies"."""
    return _plural(_users(design).get(parameter, []))


def pool_words(design: Design, node: str) -> str:
    """What a pool with a number of its own has copies of."""
    return _plural([design.nodes[stated.of] for stated in design.nodes[node].numbers])


def _plural(nodes: list[Node]) -> str:
    kinds = {node.kind for node in nodes}
    return _PLURALS.get(kinds.pop(), "copies") if len(kinds) == 1 else "copies"


def one_of(things: str) -> str:
    """A single one of what is counted.

    >>> one_of("VMs"), one_of("power supplies")
    ('VM', 'power supply')
    """
    return f"{things[:-3]}y" if things.endswith("ies") else things[:-1]


def _set_off(name: str, title: str) -> str:
    return f"{name} ({title})" if title and title != name else name


_last_users: tuple[Design, dict[str, list[Node]]] | None = None


def _users(design: Design) -> dict[str, list[Node]]:
    """By parameter: the components that have its value, or the nodes that it copies.

    The answer for the last design is kept, as one is asked about each of its parameters in turn.
    """
    global _last_users  # noqa: PLW0603
    if _last_users is None or _last_users[0] is not design:
        users: dict[str, list[Node]] = {}
        for node in design.nodes.values():
            for stated in node.numbers:
                if stated.parameter is not None:
                    users.setdefault(stated.parameter, []).append(design.nodes[stated.of])
        _last_users = design, users
    return _last_users[1]
