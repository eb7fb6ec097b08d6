"""Resources, catalogues, decisions and rules in a design file: read, refused, edited, written."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from vreltui.model import Bought, Design, Mix, Structure, edits
from vreltui.storage import FileError, parse
from vreltui.storage.text.render import render
from vreltui.storage.text.rewrite import rewrite

RICH = """\
vreltui = 1
goal = { reliability = 0.998 }
[resources]
euro = { unit = "EUR", limit = 60000, title = "Purchase" }
watt = { unit = "W" }
slot = { unit = "VMs" }
[catalogues.hypervisors]
title = "what is on the market"
A = { reliability = 0.9932, tags = { vendor = "v1" } }
B = { reliability = "R_B", uses = { euro = 3500 }, tags = { vendor = "v2" }}
C = { unreliability = 1e-5, uses = { euro = 9000, watt = 20.5 }, source = "quote 71" }
[catalogues.servers]
S1 = { reliability = 0.9999, uses = { euro = 4000 }, provides = { slot = 64 } }
[catalogues.disks]
D1 = { reliability = 0.99 }
D2 = { reliability = 0.999, uses = { euro = 300.50 } }
[nodes.hv1]
kind = "hypervisor"
from = "hypervisors"          # bought
chosen = "B"
[nodes.hv2]
from = "hypervisors"
[nodes.server]
from = "servers"
[nodes.disks]
from = "disks"
copies = "d"
mix = true
chosen = { D1 = 2, D2 = 1 }
needs = 2
[nodes.vm]
reliability = "R_M"
uses = { slot = 1, euro = 120 }
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[nodes.host]
parts = ["server", "hv1", "hv2", "pool", "disks"]
fits = ["slot"]
[nodes.bare]
parts = ["server", "vm"]
[nodes.service]
one_of = ["bare", "host"]
chosen = "host"
[parameters]
R_M = { value = 0.95, values = [0.95, 0.97, 0.99] }
n   = { count = 3, range = [1, 16] }
d   = 3
R_B = 0.999
[rules.diverse]
title = "two vendors"
different = ["hv1", "hv2"]
by = "vendor"
[rules.voting]
when = { service = "host" }
then = { hv1 = ["B", "C"] }
[rules.small]
never = { server = "S1", n = { from = 14, to = 16 }, disks = { D1 = 3 } }
[choices.cheap]
root = "service"
set = { n = 4, service = "host", disks = { D1 = 1, D2 = 2 }, R_M = 0.97 }
[choices.free]
root = "service"
"""


def test_a_file_is_what_it_says() -> None:
    design = parse(RICH).design
    hypervisor = design.nodes["hv1"]
    assert isinstance(hypervisor, Bought)
    assert (hypervisor.catalogue, hypervisor.chosen) == ("hypervisors", "B")
    assert isinstance(design.nodes["service"], Structure)
    assert design.catalogues["hypervisors"].items["C"].uses["watt"] == Decimal("20.5")
    assert dict(design.choices["cheap"].options) == {
        "service": "host",
        "disks": Mix({"D1": 1, "D2": 2}),
    }
    assert design.choices["cheap"].set["n"] == 4
    assert parse(RICH).notes == ()


def test_what_is_written_afresh_reads_back() -> None:
    design = parse(RICH).design
    assert parse(render(design)).design == design


EDITS: dict[str, tuple[Callable[[Design], Design], tuple[str, str] | None]] = {
    "option": (lambda d: edits.set_option(d, "hv1", "C"), ('chosen = "B"', 'chosen = "C"')),
    "option of a choice": (
        lambda d: edits.set_option(d, "service", "bare", "cheap"),
        ('service = "host", disks', 'service = "bare", disks'),
    ),
    "settled": (lambda d: edits.settle(d, "free", "hv2", "C"), None),
    "no longer settled": (lambda d: edits.unsettle(d, "cheap", "service"), None),
    "mix": (
        lambda d: edits.set_option(d, "disks", Mix({"D2": 3})),
        ("chosen = { D1 = 2, D2 = 1 }", "chosen = { D2 = 3 }"),
    ),
    "values": (lambda d: edits.set_values(d, "R_M", ()), None),
    "renamed item's parameter": (lambda d: edits.rename_parameter(d, "R_B", "R_b"), None),
    "renamed decision": (lambda d: edits.rename_node(d, "hv1", "first"), None),
    "renamed option": (lambda d: edits.rename_node(d, "host", "virtual"), None),
    "alternative gone": (
        lambda d: edits.delete(d, edits.Position("free", (0,))).design,
        None,
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_lines_and_undo_gives_the_same_bytes(name: str) -> None:
    edit, expected = EDITS[name]
    document = parse(RICH)
    design = edit(document.design)
    changed = rewrite(document, design)
    assert changed.design == design
    assert parse(changed.text).design == design
    if expected is not None:
        assert changed.text == RICH.replace(*expected)
    assert "# bought" in changed.text
    assert rewrite(changed, document.design).text == RICH


BAD = {
    "unknown resource": ("slot = 1, euro", "slod = 1, euro", "slod", '"slot"'),
    "unknown fits": ('fits = ["slot"]', 'fits = ["slots"]', "slots", '"slot"'),
    "unknown catalogue": ('from = "servers"', 'from = "server"', "not a catalogue", '"servers"'),
    "unknown item": ('chosen = "B"', 'chosen = "D"', "hv1", "no item"),
    "unknown item in set": ("D1 = 1, D2 = 2 }", "D1 = 1, D3 = 2 }", "D3", "no item"),
    "unknown tag": ('by = "vendor"', 'by = "vendr"', "vendr", '"vendor"'),
    "unknown option": ('then = { hv1 = ["B", "C"] }', 'then = { hv1 = ["B", "X"] }', "X", "voting"),
    "unknown decision": ("when = { service", "when = { servce", "servce", '"service"'),
    "no decision": ('server = "S1", n', 'server = "S1", d = 3, n', "d", "given"),
    "no option of a structure": (
        'service = "host", disks',
        'service = "vm", disks',
        "vm",
        "service",
    ),
    "empty one_of": ('one_of = ["bare", "host"]', "one_of = []", "one_of", "list"),
    "twice in one_of": ('["bare", "host"]', '["bare", "bare"]', "bare", "twice"),
    "chosen outside": ('chosen = "host"', 'chosen = "vm"', "service", "vm"),
    "negative amount": ("euro = 3500", "euro = -3500", "euro", "at least 0"),
    "nan amount": ("euro = 3500", "euro = nan", "euro", "finite"),
    "infinite limit": ("limit = 60000", "limit = inf", "limit", "finite"),
    "from with reliability": (
        'from = "servers"',
        'from = "servers"\nreliability = 1',
        "server",
        "both",
    ),
    "cycle": ('parts = ["server", "vm"]', 'parts = ["service", "vm"]', "service", "->"),
    "values beside range": ("0.97, 0.99] }", "0.97, 0.99], range = [0.9, 1] }", "R_M", "both"),
    "value not among values": ("values = [0.95,", "values = [0.96,", "R_M", "values"),
    "value twice": ("[0.95, 0.97, 0.99]", "[0.95, 0.97, 0.970]", "R_M", "twice"),
    "set outside values": ("R_M = 0.97", "R_M = 0.98", "R_M", "values"),
    "sum of a mix": ("chosen = { D1 = 2, D2 = 1 }", "chosen = { D1 = 2 }", "disks", "3 copies"),
    "sum of a set mix": ("{ D1 = 1, D2 = 2 }", "{ D1 = 1, D2 = 4 }", "disks", "3"),
    "mix without copies": ('copies = "d"\n', "", "disks", "copies"),
    "a mix compared": (
        'different = ["hv1", "hv2"]',
        'different = ["hv1", "disks"]',
        "disks",
        "mix",
    ),
    "too many mixes": (
        'copies = "d"\nmix = true',
        "copies = 2000\nmix = true",
        "disks",
        "copies",
    ),
    "when without then": ('then = { hv1 = ["B", "C"] }\n', "", "voting", "then"),
    "rule of two sorts": ('by = "vendor"', 'same = ["hv1", "hv2"]', "diverse", "both"),
    "rule of nothing": ('different = ["hv1", "hv2"]\nby = "vendor"', "", "diverse", "no decision"),
    "name of both": ("R_B = 0.999", "R_B = 0.999\nhv2 = 0.9", "hv2", "name"),
    "unknown key": ('unit = "W"', 'unit = "W", limits = 3', "limits", '"limit"'),
    "price is not known yet": ("R_B = 0.999", "R_B = { value = 0.999, price = 3 }", "price", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_no_sense_is_refused(name: str) -> None:
    old, new, *words = BAD[name]
    assert old in RICH
    with pytest.raises(FileError) as caught:
        parse(RICH.replace(old, new, 1), "web.toml")
    message = caught.value.lines()[0]
    assert re.match(r"web\.toml:\d+: ", message), message
    for word in words:
        assert word in message


def test_an_empty_catalogue_is_refused() -> None:
    with pytest.raises(FileError, match="catalogue none is empty"):
        parse(RICH + "[catalogues.none]\n")


def test_faults_of_a_decision_bring_no_others_with_them() -> None:
    with pytest.raises(FileError) as caught:
        parse(RICH.replace('from = "hypervisors"          # bought', 'from = "hypervsors"'))
    assert len(caught.value.lines()) == 1


def test_what_has_to_fit_and_nothing_provides_is_noted() -> None:
    text = RICH.replace(", provides = { slot = 64 }", "")
    (note,) = parse(text).notes
    assert "slot" in note.what
    assert "provides" in note.what


def test_files_without_any_of_it_keep_their_bytes(tmp_path: Path) -> None:
    text = 'vreltui = 1\n[nodes.a]\nreliability = 0.9\n[choices.c]\nroot = "a"\n'
    assert render(parse(text).design).count("\n\n") == 2


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("5", "the number 5"), ('"x"', 'the text "x"'), ("[1]", "a list"), ("true", "true"),
    ],
)  # fmt: skip
def test_an_item_that_is_no_table_is_named(value: str, said: str) -> None:
    text = f"vreltui = 1\n[catalogues.s]\nb = {{ reliability = 0.9 }}\na = {value}\n"
    text += '[nodes.n]\nfrom = "s"\n[choices.c]\nroot = "n"\n'
    with pytest.raises(FileError) as error:
        parse(text)
    assert error.value.line == 4
    assert f"a of catalogue s is {said}" in str(error.value)
    assert "a table such as { reliability = 0.99 } is right" in str(error.value)


def test_an_item_without_a_mean_life_is_named_once_however_many_nodes_may_be_it() -> None:
    text = 'vreltui = 1\ngoal = { mttf = "100 d" }\n[catalogues.s]\nA = { reliability = 0.9 }\n'
    text += 'B = { mttf = "9 d" }\n[nodes.n]\nfrom = "s"\n[nodes.m]\nfrom = "s"\n'
    text += '[nodes.all]\nparts = ["n", "m"]\n[choices.c]\nroot = "all"\n'
    with pytest.raises(FileError) as error:
        parse(text)
    assert error.value.line == 4
    assert "A of catalogue s of choice c is a constant, and has no mean life" in str(error.value)
    assert error.value.others == ()
