"""Rules on common causes: what they strike is there and alike, and their letters fit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vreltui.model.base_node import BaseNode
from vreltui.model.causes import MOST_MEMBERS, Cause
from vreltui.model.design import Bought, Choice, Component, Design, LastingComponent
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.names import nearest
from vreltui.model.quantities import PROBABILITY, number
from vreltui.model.settling import settled
from vreltui.model.struck_members import home_of, members


def cause_names(design: Design) -> Iterator[Problem]:
    """What a cause names exists and is of the right kind, and its own letters are numbers."""
    for cause in design.causes.values():
        path: Path = ("causes", cause.name)
        if not cause.strikes:
            yield Problem((*path, "strikes"), f"cause {cause.name} strikes nothing", "name a node")
        for index, name in enumerate(cause.strikes):
            yield from _struck(design, cause, index, name)
        if cause.within is not None and cause.within not in design.nodes:
            what = f'{spoken((*path, "within"))} names "{cause.within}", which is not a node'
            yield Problem((*path, "within"), what, nearest(cause.within, design.nodes))
        for stated in (*cause.numbers, *cause.listed):
            at = (*path, stated.key)
            if stated.own is not None:
                if fault := stated.fault(design.most_copies):
                    yield Problem(at, f"{spoken(at)} {fault}", "a number from 0 to 1 is right")
                continue
            parameter = design.parameters.get(str(stated.given))
            if parameter is None:
                what = f'{spoken(at)} names "{stated.given}", which is not a parameter'
                yield Problem(at, what, nearest(str(stated.given), design.parameters))
            elif parameter.quantity is not PROBABILITY:
                what = f"{spoken(at)} names {stated.given}, which is a {parameter.quantity.short}"
                yield Problem(at, what, "a parameter from 0 to 1, { value = 0.05 }, is right")


def _struck(design: Design, cause: Cause, index: int, name: str) -> Iterator[Problem]:
    path: Path = ("causes", cause.name, "strikes", index)
    if name not in design.nodes:
        what = f'cause {cause.name} strikes "{name}", which is not a node'
        yield Problem(path, what, nearest(name, design.nodes))
        return
    if name in cause.strikes[:index]:
        yield Problem(path, f"cause {cause.name} strikes {name} twice", "name it once")
    node = design.nodes[name]
    if _can_be_struck(node):
        return
    what = f"cause {cause.name} strikes {name}, which is a {node.sort}"
    if not isinstance(node, Bought):
        below = [each for each in design.below(name) if _can_be_struck(design.nodes[each])]
        some = f" such as {below[0]}" if below else ""
        yield Problem(path, what, f"a component{some} is right")
    elif node.mix:
        yield Problem(path, f"{what} as a mix", "its items are unlike: buy one item, not a mix")
    elif len(cause.strikes) > 1:
        what = f"cause {cause.name} strikes {name}, which is bought, and others beside it"
        yield Problem(path, what, "what is bought may be unlike: strike it alone")


def _can_be_struck(node: BaseNode) -> bool:
    return isinstance(node, Component | LastingComponent)


def causes(design: Design) -> Iterator[Problem]:
    """Members are alike, and in every choice the letters of a cause fit them."""
    for cause in design.causes.values():
        yield from _members(design, cause)
        yield from _home(design, cause)
        if cause.split is not None and design.measure != "reliability":
            what = f"cause {cause.name} has split, and the design measures {design.measure}"
            yield Problem(("causes", cause.name, "split"), what, "leave split out")
    yield from _several(design)
    for choice in design.choices.values():
        ordinary = settled(design, choice.name)
        for cause in ordinary.causes_among(ordinary.below(choice.root)):
            yield from _in_choice(ordinary, cause, choice)


def _members(design: Design, cause: Cause) -> Iterator[Problem]:
    first = design.nodes[cause.strikes[0]]
    for index, name in enumerate(cause.strikes[1:], 1):
        if _alike(first) != _alike(design.nodes[name]):
            what = f"cause {cause.name} strikes {first.name} and {name}, which are not alike"
            right = (
                "members name the same parameters or the same numbers; put what they share into "
                "a component of its own and strike that"
            )
            yield Problem(("causes", cause.name, "strikes", index), what, right)


def _alike(node: BaseNode) -> object:
    """What two members have in common: their numbers, each a parameter or a value."""
    return type(node), [
        (each.key, each.given if isinstance(each.given, str) else number(each.given))
        for each in (*node.numbers, *node.listed)
    ]


def _home(design: Design, cause: Cause) -> Iterator[Problem]:
    if cause.within is None:
        return
    path: Path = ("causes", cause.name, "within")
    below = design.below(cause.within)
    held = [name for name in cause.strikes if name in below and name != cause.within]
    if not held:
        what = (
            f"cause {cause.name} stays within {cause.within}, which holds nothing that it strikes"
        )
        yield Problem(path, what, f"name a node above {', '.join(cause.strikes)}")
        return
    for choice in design.choices.values():
        for name in _outside(design, choice.root, cause):
            what = (
                f"cause {cause.name} stays within {cause.within}, and choice {choice.name} has "
                f"{name} outside of it as well"
            )
            yield Problem(path, what, "give what is outside a name of its own")
            return


def _outside(design: Design, root: str, cause: Cause) -> Iterator[str]:
    """Nodes that it strikes and that are reached without coming through its ``within``."""
    if cause.within not in design.below(root):
        return
    seen: set[str] = set()
    stack = [root]
    while stack:
        name = stack.pop()
        if name in seen or name == cause.within:
            continue
        seen.add(name)
        if name in cause.strikes:
            yield name
        stack.extend(design.nodes[name].children)
    below = design.below(str(cause.within))
    for name in below:
        if _holds(design, name, cause) and design.nodes[name].shared:
            yield name


def _holds(design: Design, name: str, cause: Cause) -> bool:
    return name != cause.within and not set(cause.strikes).isdisjoint(design.below(name))


def _several(design: Design) -> Iterator[Problem]:
    """Several causes may strike one component where all are betas that come to 1 at most."""
    by_node: dict[str, list[Cause]] = {}
    for cause in design.causes.values():
        for name in cause.strikes:
            by_node.setdefault(name, []).append(cause)
    for name, striking in by_node.items():
        if len(striking) == 1:
            continue
        other = next((each for each in striking if each.model != "beta" or each.split), None)
        if other is not None:
            which = "split" if other.split else other.model
            first = next(each for each in striking if each is not other)
            what = f"causes {first.name} and {other.name} both strike {name}, and {other.name}"
            right = "several causes of one component all have beta, and no split"
            yield Problem(("causes", other.name, which), f"{what} has {which}", right)
            continue
        for choice in design.choices.values():
            total = sum((_value(design, each.letters[0], choice) for each in striking), Fraction(0))
            if total > 1 and name in design.below(choice.root):
                names = " and ".join(each.name for each in striking)
                what = f"the betas of {names}, which strike {name}, are {float(total):g} in sum"
                right = f"at most 1 is right, in choice {choice.name}"
                yield Problem(("causes", striking[-1].name, "beta"), what, right)
                break


def _value(design: Design, letter: object, choice: Choice) -> Fraction:
    value = design.value(letter, choice.name) if isinstance(letter, str) else letter
    return PROBABILITY.of(value).reliability


def _in_choice(design: Design, cause: Cause, choice: Choice) -> Iterator[Problem]:
    """The letters of a cause as one choice sees them; its decisions are taken."""
    if cause.model == "beta":
        return
    path: Path = ("causes", cause.name, cause.model)
    found = members(design, cause, choice.name)
    if found < 2:
        return
    where = "" if home_of(design, cause, choice.name) is None else f" in each {cause.within}"
    struck = f"choice {choice.name} has {found} of what cause {cause.name} strikes{where}"
    if found > MOST_MEMBERS:
        what = f"{struck}, and {cause.model} is for at most {MOST_MEMBERS}"
        yield Problem(path, what, "use beta")
        return
    wanted = cause.letters_wanted(found)
    if len(cause.letters) != wanted:
        what = f"{struck}, and {cause.model} has {len(cause.letters)} letter"
        what += "s" * (len(cause.letters) != 1)
        yield Problem(path, what, f"{wanted} {'is' if wanted == 1 else 'are'} right for {found}")
        return
    letters = [_value(design, letter, choice) for letter in cause.letters]
    if cause.model == "phi" and sum(letters) != 1:
        what = (
            f"phi of cause {cause.name} is {float(sum(letters)):g} in sum in choice {choice.name}"
        )
        yield Problem(path, what, "the shares of all failures are 1 in sum")
    if cause.model == "alpha" and not any(letters):
        what = f"alpha of cause {cause.name} is 0 throughout in choice {choice.name}"
        yield Problem(path, what, "at least one letter is above 0")
