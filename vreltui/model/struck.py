"""A design in which common causes are ordinary components that several parts share.

``beta`` needs one shock for all members, however many there are: copies stay copies. With several
letters every set of members has a shock of its own, so that copies are written out and called
``vm#pool.1``, as no node of a file is: a node of the same name may also stand outside of them, or
be copied by another pool.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from vreltui.model.base_node import BaseNode
from vreltui.model.causes import Cause
from vreltui.model.containment import with_contained
from vreltui.model.design import Design
from vreltui.model.instances import instances
from vreltui.model.nodes import Component, Group, LastingComponent, Node, Pool
from vreltui.model.policy_leaves import with_policies
from vreltui.model.quantities import COUNT
from vreltui.model.safety import read_for_safety
from vreltui.model.shares import Share
from vreltui.model.struck_members import home_of, members, struck_by
from vreltui.model.struck_sets import falling_with_beta

SHARE = "~"
"""Stands between the name of a component or a cause and which share of failures it is."""

OWN_SHARE = "own"
"""The share of its failures that is a component's own."""

COPY = "#"
"""Stands between the name of a node and the number of a copy that was written out."""


def origin(name: str) -> str:
    """The node of the design that a node written out is a copy of; a share is a copy of none.

    >>> origin("vm"), origin("vm#1.2"), origin("vm#1.2~own")
    ('vm', 'vm', 'vm#1.2~own')
    """
    return name if SHARE in name else name.partition(COPY)[0]


def not_written_out(name: str) -> str:
    """What a node is called where the copy that it belongs to is not written out.

    >>> not_written_out("vm#pool.2"), not_written_out("vm#pool.2~own")
    ('vm', 'vm~own')
    >>> not_written_out("flaw~@rack#row.1")
    'flaw~@rack'
    """
    return SHARE.join(part.partition(COPY)[0] for part in name.split(SHARE))


def is_shock(name: str) -> bool:
    """Whether an instance is a shock of a common cause.

    >>> is_shock("flaw~"), is_shock("flaw~1.3"), is_shock("vm~own"), is_shock("vm")
    (True, True, False, False)
    """
    _, mark, rest = name.partition(SHARE)
    return bool(mark) and rest.partition("@")[0] != OWN_SHARE


def event_name(name: str) -> str:
    """What an instance is called where it is an event: a shock by its cause, of how many.

    >>> event_name("vm~own"), event_name("flaw~"), event_name("flaw~1.3@rack"), event_name("vm#p.2")
    ('vm', 'flaw', 'flaw/2', 'vm')
    """
    base, mark, rest = name.partition(SHARE)
    which = rest.partition("@")[0]
    if not mark or which in ("", OWN_SHARE):
        return origin(base)
    return f"{base}/{which.count('.') + 1}"


def expanded(design: Design, choice: str | None, *, pools: bool = False) -> Design:
    """The design as a choice sees it, of independent parts; itself where it states nothing else.

    Where safety is measured, it is read so (:mod:`vreltui.model.safety`).

    Its decisions are taken. Causes are shared components, and what a group contains is a component
    for each of its parts; with ``pools`` so it is for each copy, which then is written out.
    """
    if design.measure == "safety":
        design = read_for_safety(design, choice)
    apart = frozenset(
        name
        for name, node in design.nodes.items()
        if pools and isinstance(node, Pool) and node.contained is not None
    )
    return with_contained(with_causes(with_policies(design), choice, apart))


def with_causes(design: Design, choice: str | None, apart: frozenset[str] = frozenset()) -> Design:
    """The design as a choice sees it, with its causes as shared components; itself without any.

    Its decisions are taken. What is below other choices stays as it is. The copies of the pools in
    ``apart`` are written out.
    """
    if choice is not None and apart and not design.causes:
        return _Striking(design, choice, (), {}, apart).design()
    if choice is None or not design.causes:
        return design
    root = design.choices[choice].root
    causes = tuple(design.causes_among(design.below(root)))
    if not causes:
        return design
    sizes = {cause.name: members(design, cause, choice) for cause in causes}
    # A beta leaves what a single member is as it was, but not where its shares are independent.
    causes = tuple(cause for cause in causes if cause.is_plain_beta or sizes[cause.name] > 1)
    return _Striking(design, choice, causes, sizes, apart).design() if causes or apart else design


@dataclass
class _Struck:
    """The instances that a cause strikes together: their names, by where they are."""

    names: dict[str, None] = field(default_factory=dict)


_Place = tuple[tuple[str, int], ...]
"""Which copy of which pool that is written out, outermost first."""


class _Striking:
    """Makes the tree of one choice anew."""

    def __init__(
        self,
        design: Design,
        choice: str,
        causes: tuple[Cause, ...],
        sizes: Mapping[str, int],
        apart: frozenset[str],
    ) -> None:
        self._design = design
        self._choice = choice
        self._causes = causes
        self._sizes = sizes
        self._strikes = {cause.name: struck_by(design, cause) for cause in causes}
        self._homes = {cause.name: home_of(design, cause, choice) for cause in causes}
        self._apart = self._written_out() | apart
        self._nodes: dict[str, Node] = dict(design.nodes)
        self._made: dict[tuple[str, _Place], str] = {}
        self._struck: dict[tuple[str, str], _Struck] = {}

    def design(self) -> Design:
        """The design of the choice."""
        root = self._make(self._design.choices[self._choice].root, (), {})
        made = replace(self._design, nodes=self._nodes)
        self._strike(made, root)
        changed = replace(self._design, nodes=self._nodes, causes={})
        object.__setattr__(changed, "own", self._design.own)
        return changed

    def _written_out(self) -> frozenset[str]:
        """The pools above what a cause with several letters strikes, up to its home."""
        found: set[str] = set()
        for cause in self._causes:
            if cause.model == "beta":
                continue
            home = self._homes[cause.name]
            top = home or self._design.choices[self._choice].root
            holding = self._holding(top, cause)
            found.update(n for n in holding if isinstance(self._design.nodes[n], Pool))
        return frozenset(found)

    def _holding(self, top: str, cause: Cause) -> set[str]:
        """The nodes at and below ``top`` that hold what the cause strikes, copied with them."""
        nodes, holding = self._design.nodes, set(self._strikes[cause.name])
        for name in reversed(_parents_first(self._design, top)):
            if any(child in holding and not nodes[child].shared for child in nodes[name].children):
                holding.add(name)
        return holding

    def _make(self, name: str, place: _Place, homes: Mapping[str, str]) -> str:
        """The name of a node in a copy that is written out, made with all below it."""
        node = self._design.nodes[name]
        if node.shared:
            place = ()
        known = self._made.get((name, place))
        if known is not None:
            return known
        made = self._made[name, place] = _name(name, place)
        inside = {cause: made for cause, home in self._homes.items() if home == name}
        homes = {**homes, **inside}
        for cause in self._causes:
            if name in self._strikes[cause.name]:
                key = cause.name, homes.get(cause.name, "")
                self._struck.setdefault(key, _Struck()).names[made] = None
        if isinstance(node, Pool) and name in self._apart:
            copies = COUNT.of(
                self._design.value(node.copies, self._choice)
                if isinstance(node.copies, str)
                else node.copies
            )
            places = [(*place, (name, number)) for number in range(1, copies + 1)]
            parts = [self._make(node.of, each, homes) for each in places]
            self._nodes[made] = _group_of(node, made, parts)
            return made
        children = [self._make(child, place, homes) for child in node.children]
        changed = replace(node, name=made) if made != name else node
        same = tuple(children) == tuple(node.children)
        self._nodes[made] = changed if same else changed.with_children(children)
        return made

    def _strike(self, made: Design, root: str) -> None:
        """Put the shares in the place of every member of the tree that was made."""
        copied = {each.node for each in instances(made, root) if each.factors}
        striking: dict[str, list[Cause]] = {}
        parts: dict[str, list[str]] = {}
        for (cause_name, _), group in self._struck.items():
            for name in group.names:
                striking.setdefault(name, []).append(self._design.causes[cause_name])
        groups = {key: tuple(group.names) for key, group in self._struck.items()}
        tree = {name: self._nodes[name] for name in made.below(root)}
        falling = falling_with_beta(tree, self._design.causes, groups, copied)
        for (cause_name, home), group in self._struck.items():
            cause = self._design.causes[cause_name]
            inside = home if home in copied else None
            names = tuple(group.names)
            causes = tuple(striking[names[0]])
            falls = names[0] in falling
            for share, hit in self._shocks(cause, home, names, causes, inside, falls=falls):
                self._nodes[share.name] = share
                for name in hit:
                    parts.setdefault(name, []).append(share.name)
        for name, by in striking.items():
            member = self._nodes[name]
            own = Share(
                name=f"{name}{SHARE}{OWN_SHARE}",
                of=_of(member, origin(name)),
                causes=tuple(by),
                members=self._size(by[0]),
                size=1,
                falls=name in falling,
            )
            self._nodes[own.name] = own
            self._nodes[name] = _group_of(member, name, [own.name, *parts.get(name, ())])

    def _size(self, cause: Cause) -> int:
        """How many members a cause with several letters has; 0 for beta, to which it is no matter.

        So one program serves whatever the number of copies is.
        """
        return 0 if cause.model == "beta" else self._sizes[cause.name]

    def _shocks(
        self,
        cause: Cause,
        home: str,
        names: tuple[str, ...],
        causes: tuple[Cause, ...],
        inside: str | None,
        *,
        falls: bool,
    ) -> Iterator[tuple[Share, tuple[str, ...]]]:
        """The shocks of one cause, with the members that each of them strikes."""
        first = self._nodes[names[0]]
        common = {
            "of": _of(first, origin(names[0])),
            "causes": causes,
            "members": self._size(cause),
            "at": [each.name for each in causes].index(cause.name),
            "falls": falls,
        }
        where = f"@{home}" if home else ""
        if cause.model == "beta":
            yield (
                Share(
                    name=f"{cause.name}{SHARE}{where}",
                    size=0,
                    home=inside,
                    shared=inside is None,
                    **common,  # type: ignore[arg-type]
                ),
                names,
            )
            return
        for size in range(2, len(names) + 1):
            for chosen in combinations(range(len(names)), size):
                which = ".".join(str(number + 1) for number in chosen)
                yield (
                    Share(
                        name=f"{cause.name}{SHARE}{which}{where}",
                        size=size,
                        shared=not home,
                        **common,  # type: ignore[arg-type]
                    ),
                    tuple(names[number] for number in chosen),
                )


def _name(name: str, place: _Place) -> str:
    """Two pools may copy one node, so that a copy has its pool's name as well."""
    copies = ".".join(f"{pool}.{number}" for pool, number in place)
    return f"{name}{COPY}{copies}" if place else name


def _of(member: Node, name: str) -> BaseNode:
    assert isinstance(member, Component | LastingComponent)
    return replace(member, name=name) if member.name != name else member


def _group_of(node: Node, name: str, parts: list[str]) -> Group:
    """A group in the place of a node, with its words."""
    needs = node.needs if isinstance(node, Pool) else "all"
    contained = node.contained if isinstance(node, Pool) else None
    return Group(
        name=name,
        parts=tuple(parts),
        needs=needs,
        contained=contained,
        kind=node.kind,
        title=node.title,
        description=node.description,
        note=node.note,
        source=node.source,
        shared=node.shared,
    )


def _parents_first(design: Design, top: str) -> list[str]:
    """The nodes at and below ``top``, each after all that contain it."""
    order: list[str] = []
    done: set[str] = set()
    stack = [(top, False)]
    while stack:
        name, leaving = stack.pop()
        if leaving:
            order.append(name)
        elif name not in done:
            done.add(name)
            stack.append((name, True))
            stack.extend((child, False) for child in design.nodes[name].children)
    return order[::-1]
