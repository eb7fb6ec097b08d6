"""A small design to edit, and its reliability as the program finds it."""

from __future__ import annotations

from vreltui.analysis import examine
from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    Parameter,
    Plot,
    PlotAxis,
    PlotSeries,
    Pool,
    Probability,
)
from vreltui.model.rules import check

P = Probability.of


def example() -> Design:
    """The paper's NV and n-VM nodes."""
    design = Design(
        goal=P("0.99"),
        baseline="nv",
        parameters={
            "R_H": Parameter("R_H", P("0.9999")),
            "R_V": Parameter("R_V", P("0.999"), (P("0.9"), P("0.9999"))),
            "R_M": Parameter("R_M", P("0.9")),
            "n": Parameter("n", 3, (1, 8)),
        },
        nodes={
            "hardware": Component(name="hardware", reliability="R_H", kind="hardware"),
            "hypervisor": Component(name="hypervisor", reliability="R_V", kind="hypervisor"),
            "vm": Component(name="vm", reliability="R_M", kind="vm"),
            "pool": Pool(name="pool", of="vm", copies="n", needs="any"),
            "virtualized": Group(name="virtualized", parts=("hardware", "hypervisor", "pool")),
            "bare": Group(name="bare", parts=("hardware", "vm")),
        },
        choices={
            "nv": Choice("nv", "bare"),
            "vms": Choice("vms", "virtualized"),
            "five": Choice("five", "virtualized", {"n": 5}),
        },
        plots={
            "p": Plot(
                "p",
                "vms",
                PlotAxis("R_M", P("0.1"), P("0.9"), 11),
                "threshold",
                "R_V",
                PlotSeries("n", (2, 3)),
            )
        },
    )
    check(design)
    return design


def reliability(design: Design, choice: str) -> float:
    figure = examine(design).choices[choice].figure
    assert figure is not None
    return figure.reliability
