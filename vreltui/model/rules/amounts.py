"""Rules on resources: amounts are amounts, and what is used, provided or fitted is a resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vreltui.model.amounts import amount_fault, amounts_faults
from vreltui.model.design import Design
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.names import nearest


def amounts(design: Design) -> Iterator[Problem]:
    """Every amount is a decimal from 0."""
    for name, resource in design.resources.items():
        path: Path = ("resources", name, "limit")
        if resource.limit is not None and (fault := amount_fault(resource.limit)):
            yield Problem(path, f"{spoken(path)} {fault}", "a number from 0 is right")
    for name, node in design.nodes.items():
        yield from amounts_faults(("nodes", name, "uses"), node.uses)
        yield from amounts_faults(("nodes", name, "provides"), node.provides)
    for name, catalogue in design.catalogues.items():
        for item in catalogue.items.values():
            yield from amounts_faults(("catalogues", name, item.name, "uses"), item.uses)
            yield from amounts_faults(("catalogues", name, item.name, "provides"), item.provides)


def resource_names(design: Design) -> Iterator[Problem]:
    """Whatever names a resource names one that there is."""
    for name, node in design.nodes.items():
        if node.uses or node.provides or node.fits:
            path: Path = ("nodes", name)
            yield from _known(design, (*path, "uses"), node.uses)
            yield from _known(design, (*path, "provides"), node.provides)
            for index, resource in enumerate(node.fits):
                yield from _exists(design, (*path, "fits", index), resource)
                if resource in node.fits[:index]:
                    what = f"fits of node {name} names {resource} twice"
                    yield Problem((*path, "fits", index), what, "name it once")
    for name, catalogue in design.catalogues.items():
        for item in catalogue.items.values():
            path = ("catalogues", name, item.name)
            yield from _known(design, (*path, "uses"), item.uses)
            yield from _known(design, (*path, "provides"), item.provides)


def _known(design: Design, path: Path, names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        yield from _exists(design, (*path, name), name, path)


def _exists(design: Design, path: Path, name: str, said: Path | None = None) -> Iterator[Problem]:
    if name not in design.resources:
        what = f'{spoken(said or path)} names "{name}", which is not a resource'
        yield Problem(path, what, nearest(name, design.resources))
