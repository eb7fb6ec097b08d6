"""Design files that tests read, change and break."""

from __future__ import annotations

from pathlib import Path

GOOD = """\
vreltui = 1
title = "Web server"
baseline = "nv"

[goal]
reliability = 0.998

[limits]
copies = 64

[parameters]
R_H = 0.99999
R_V = { value = 0.999, range = [0.95, 0.9999] }
R_M = { unreliability = 5e-2 }
n = { count = 3, range = [1, 16] }

[nodes.hardware]
kind = "hardware"
reliability = "R_H"

[nodes.hypervisor]
reliability = "R_V"

[nodes.vm]
note = "free text"
reliability = "R_M"

[nodes.pool]
of = "vm"
copies = "n"
needs = "any"

[nodes.virtualized]
parts = [
    "hardware",
    "hypervisor",
    "pool",
]

[nodes.bare]
parts = ["hardware", "vm"]

[choices.nv]
root = "bare"

[choices.vms]
root = "virtualized"
set = { n = 12 }

[plots.fig3]
choice = "vms"
x = { parameter = "R_M", from = 0.1, to = 1.0, points = 91 }
y = { threshold = "R_V" }
series = { n = [2, 3, 4] }
"""
"""A good file; the tests of bad ones change one thing in it."""

COMMENTED = '''\
# A design with as many ways of writing as TOML has.

vreltui  = 1           # the format
title    = 'Web "server"'
baseline = "nv"        # to beat

goal.reliability = 0.998

# ---- what is bought ----
[parameters]
# the hardware
R_H = 0.99999          # measured
"R_V" = {value=0.999,range=[0.95,0.9999]}
R_M.unreliability = 5e-2
R_M.source = "vendor"  # rev. 3
n   = { count = 3, range = [1, 16] }
one = 1                # a reliability, as no pool uses it


[nodes]
hardware = { kind = "hardware", reliability = "R_H" }
hypervisor.reliability = "R_V"
hypervisor.kind = "hypervisor"      # bought

[nodes.vm]             # the guest
kind = "vm"
note = """
two lines,
kept as they are"""
reliability = "R_M"

# the replicas
[nodes.pool]
  of     = "vm"
  copies = "n"
  needs  = "any"       # one suffices

[nodes."virtualized"]
parts = [
  "hardware",          # the blade
  # the hypervisor is below
  "hypervisor",
  "pool"               # last, without a comma
]
needs = "all"

[nodes.bare]
parts = [ "hardware", "vm" ]

[choices.nv]
root = "bare"

[choices.vms]
root = "virtualized"
[choices.vms.set]
n = 12                 # our host holds that
R_V = { unreliability = 1e-3 }

[plots.fig3]
choice = "vms"
y = { threshold = "R_V" }
[plots.fig3.x]
parameter = "R_M"
from = 0.10
to = 1
[plots.fig3.series]
n = [2, 3, 4]          # curves

# the end
'''
"""A good file in which much is written in its own way."""

TINY = """\
vreltui = 1
[nodes.host]
reliability = 0.99
[choices.bare]
root = "host"
"""

SHIPPED = sorted((Path(__file__).parents[2] / "designs").glob("*.toml"))
"""The designs that come with the program."""


def changed(old: str, new: str, text: str = GOOD) -> str:
    """``text`` with one thing changed; it has to be there."""
    assert old in text, old
    return text.replace(old, new, 1)


LEADING = """\
vreltui = 1
# about a
nodes.a.reliability = 0.9
nodes.b.reliability = 0.8
nodes.c.reliability = 0.7
nodes.top.parts = [
   "a"  # first
  ,"b"  # second
]
choices.c.root = "top"
"""
