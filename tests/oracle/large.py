"""Random designs of up to hundreds of components, with hosts and racks that services share."""

from __future__ import annotations

import random
from decimal import Decimal

from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Pool, Probability


def estate(chance: random.Random, services: int) -> Design:
    """Racks, hosts in racks, and services whose replicas live on hosts of their own choosing.

    A host is under the replicas of many services, and a rack under many hosts, so that nothing
    can be evaluated by itself.
    """
    nodes: dict[str, Node] = {}

    def add(node: Node) -> str:
        nodes[node.name] = node
        return node.name

    def unit(name: str) -> str:
        unreliability = Decimal(chance.randint(1, 9)).scaleb(-chance.randint(2, 7))
        return add(Component(name=name, reliability=Probability(unreliability, complemented=True)))

    racks = [unit(f"rack-{index}") for index in range(chance.randint(2, 3))]
    hosts = [
        add(Group(name=f"host-{index}", parts=(chance.choice(racks), unit(f"machine-{index}"))))
        for index in range(chance.randint(4, 6))
    ]
    tops = []
    for index in range(services):
        replicas = [
            _replica(add, unit, f"{index}-{copy}", host)
            for copy, host in enumerate(chance.sample(hosts, chance.randint(2, 4)))
        ]
        k = chance.randint(1, len(replicas))
        vote = Group(name=f"service-{index}", parts=tuple(replicas), needs=k)
        tops.append(add(vote))
    needs = chance.choice([services, services - 1, services - 2])
    add(Group(name="estate", parts=tuple(tops), needs=needs))
    return Design(nodes=nodes, choices={"estate": Choice(name="estate", root="estate")})


def _replica(add, unit, name: str, host: str) -> str:  # type: ignore[no-untyped-def]
    """A replica of a service: its host, and a system and an application of its own."""
    own = (unit(f"system-{name}"), unit(f"application-{name}"))
    return str(add(Group(name=f"replica-{name}", parts=(host, *own))))


def pool_of(component: str, copies: int, needs: int) -> Design:
    """A pool of identical components, with a count and a reliability that are parameters."""
    value = Probability.of(component)
    nodes: dict[str, Node] = {
        "unit": Component(name="unit", reliability="R"),
        "pool": Pool(name="pool", of="unit", copies="n", needs=needs),
        **{f"unit-{i}": Component(name=f"unit-{i}", reliability="R") for i in range(copies)},
    }
    apart = tuple(f"unit-{i}" for i in range(copies))
    nodes["group"] = Group(name="group", parts=apart, needs=needs)
    return Design(
        parameters={"R": Parameter("R", value), "n": Parameter("n", copies)},
        nodes=nodes,
        choices={
            "pool": Choice(name="pool", root="pool"),
            "group": Choice(name="group", root="group"),
        },
    )
