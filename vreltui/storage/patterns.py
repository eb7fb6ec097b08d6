"""Patterns that a design can begin as: small, whole, with figures that are to be replaced."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """A design to begin with: its name, what it is, and its text without title and version."""

    name: str
    title: str
    body: str

    @property
    def text(self) -> str:
        """The design's file."""
        return f'vreltui = 1\ntitle = "{self.title}"\n\n{self.body.strip()}\n'


_HOST = """
[nodes.hardware]
kind = "hardware"
reliability = 0.9999
source = "assumed"

[nodes.os]
kind = "os"
title = "Operating system"
reliability = 0.999
source = "assumed"

[nodes.service]
kind = "application"
reliability = 0.998
source = "assumed"

[nodes.host]
parts = ["hardware", "os", "service"]
"""

_ONE_CHOICE = """
[choices.one-host]
root = "host"
"""

PATTERNS = (
    Pattern(
        "one-host",
        "One host and what runs on it",
        """
[goal]
reliability = 0.999
"""
        + _HOST
        + _ONE_CHOICE,
    ),
    Pattern(
        "n-vms",
        "One host, and n virtual machines of which one suffices",
        """
[goal]
reliability = 0.998

[parameters]
R_V = { value = 0.999, range = [0.99, 0.9999], title = "Hypervisor", source = "assumed" }
n = { count = 2, range = [1, 8], title = "Virtual machines" }

[nodes.hardware]
kind = "hardware"
reliability = 0.9999
source = "assumed"

[nodes.hypervisor]
kind = "hypervisor"
reliability = "R_V"

[nodes.vm]
kind = "vm"
reliability = 0.97
source = "assumed"

[nodes.vms]
of = "vm"
copies = "n"
needs = "any"

[nodes.bare]
parts = ["hardware", "vm"]

[nodes.virtualized]
parts = ["hardware", "hypervisor", "vms"]

[choices.bare]
title = "On the machine itself"
root = "bare"

[choices.vms]
title = "n virtual machines, any"
root = "virtualized"
""",
    ),
    Pattern(
        "vote",
        "Three replicas, of which two must agree",
        """
[goal]
reliability = 0.999

[nodes.replica]
kind = "software"
reliability = 0.99
source = "assumed"

[nodes.voter]
kind = "software"
reliability = 0.99995
source = "assumed"

[nodes.replicas]
of = "replica"
copies = 3
needs = 2

[nodes.voted]
parts = ["voter", "replicas"]

[choices.one]
title = "One replica"
root = "replica"

[choices.voted]
title = "Two of three"
root = "voted"
""",
    ),
    Pattern(
        "failover-pair",
        "A pair with failover, which may fail itself",
        """
[goal]
reliability = 0.9995

[nodes.active]
kind = "host"
reliability = 0.995
source = "assumed"

[nodes.standby]
kind = "host"
reliability = 0.995
source = "assumed"

[nodes.failover]
kind = "software"
title = "Finds the failure and switches over"
reliability = 0.97
source = "assumed"

[nodes.standby-in-time]
parts = ["failover", "standby"]

[nodes.pair]
parts = ["active", "standby-in-time"]
needs = "any"

[choices.single]
root = "active"

[choices.pair]
title = "Active and standby"
root = "pair"
""",
    ),
    Pattern(
        "zones",
        "A balancer before three zones, of which any two suffice",
        """
[goal]
reliability = 0.9999
"""
        + _HOST
        + """
[nodes.zones]
of = "host"
copies = 3
needs = 2

[nodes.balancer]
kind = "network"
title = "Load balancer"
reliability = 0.9999
source = "assumed"

[nodes.balanced]
parts = ["balancer", "zones"]
"""
        + _ONE_CHOICE
        + """
[choices.zones]
title = "Two of three zones"
root = "balanced"
""",
    ),
)
