"""What is refused of causes, policies, containment and processes, with what would be right."""

from __future__ import annotations

import pytest

from vreltui.storage import FileError, parse

MISSION = '[mission]\ntime = "30 d"\n'
AVAILABLE = "[goal]\navailability = 0.9\n"
CONSTANT = "reliability = 0.9"
LIVING = 'mttf = "10 d"'
REPAIRED = 'mttf = "10 d"\nmttr = "1 h"'


def pool(keys: str, policy: str, needs: str = '"any"') -> str:
    """A pool of three, over a component with some keys."""
    return f"""[nodes.vm]
{keys}
[nodes.p]
of = "vm"
copies = 3
needs = {needs}
{policy}
[choices.c]
root = "p"
"""


def struck(letters: str, keys: str = CONSTANT, strikes: str = '"vm"') -> str:
    """The same with a cause."""
    return f"{pool(keys, '')}[causes.k]\nstrikes = [{strikes}]\n{letters}\n"


def process(moves: str, more: str = 'up = ["a"]') -> str:
    """A process by itself."""
    return f'[nodes.m]\n{more}\nmoves = [ {moves} ]\n[choices.c]\nroot = "m"\n'


MOVE = '{ from = "a", to = "b", rate = "1 /d" }'
OTHER = "[causes.l]\nstrikes = ['vm']\nbeta = 0.6\n"
MANY = ", ".join(f'{{ from = "s{i}", to = "s{i + 1}", rate = "1 /d" }}' for i in range(60))

REFUSED = {
    "a group is struck": (struck("beta = 0.1", strikes='"p"'), "which is a pool; a component such"),
    "struck twice": (struck("beta = 0.1", strikes='"vm", "vm"'), "strikes vm twice"),
    "nothing there": (struck("beta = 0.1", strikes='"wm"'), '"wm", which is not a node'),
    "letters": (struck("mgl = [0.1]"), "mgl has 1 letter; 2 are right for 3"),
    "phi": (struck("phi = [0.1, 0.2, 0.3]"), "0.6 in sum"),
    "betas": (struck("beta = 0.6") + OTHER, "1.2 in sum"),
    "alpha": (struck("alpha = [0, 0, 0]"), "is 0 throughout"),
    "two models": (struck("beta = 0.1\nmgl = [0.1, 0.1]"), "both beta and mgl"),
    "no model": (struck(""), "has no beta or mgl"),
    "unlike causes": (struck("mgl = [0.1, 0.1]") + OTHER, "all have beta"),
    "split": (AVAILABLE + struck('beta = 0.1\nsplit = "open-psa"', REPAIRED), "leave split out"),
    "a struck process": (
        MISSION + process(MOVE) + '[causes.k]\nstrikes = ["m"]\nbeta = 0.1\n',
        "which is a process; a component is right",
    ),
    "policy over a constant": (pool(CONSTANT, "dormancy = 0"), "which is a constant"),
    "policy over ageing": (
        MISSION + pool('mttf = "1 d"\nshape = 2', "dormancy = 0"),
        "does not fail at a constant rate",
    ),
    "shared": (MISSION + pool(f"{LIVING}\nshared = true", "dormancy = 0"), "leave shared out"),
    "struck by a cause": (
        MISSION + pool(LIVING, "dormancy = 0") + '[causes.k]\nstrikes = ["vm"]\nbeta = 0.1\n',
        "which pool p has a policy for",
    ),
    "switch of hot spares": (MISSION + pool(LIVING, "switch = 0.9"), "use contained"),
    "switch at 1": (MISSION + pool(LIVING, "switch = 0.9\ndormancy = 1"), "use contained"),
    "no repair": (MISSION + pool(LIVING, "repairers = 1"), "vm has no mttr"),
    "load": (MISSION + pool(LIVING, "load = 1\ndormancy = 0.5"), "carry no load"),
    "contained": (MISSION + pool(LIVING, "contained = 0.9\ndormancy = 0.5"), "both contained and"),
    "all needed": (pool(CONSTANT, "contained = 0.9", '"all"'), "nothing to contain"),
    "unknown state": (MISSION + process(MOVE, 'up = ["ab"]'), "names ab, which no move does"),
    "to itself": (MISSION + process(MOVE.replace('"b"', '"a"')), "goes from a to a"),
    "two speeds": (MISSION + process(MOVE.replace(" }", ', after = "1 d" }')), "after and rate"),
    "no speed": (MISSION + process('{ from = "a", to = "b" }'), "neither after nor rate"),
    "both shares": (
        MISSION + process(MOVE.replace(" }", ", with = 0.5, without = 0.5 }")),
        "both with and without",
    ),
    "start": (MISSION + process(MOVE, 'up = ["a"]\nstart = "b"'), "is b, which is not up"),
    "no up": (MISSION + process(MOVE, "up = []"), "up of node m"),
    "safe": (MISSION + process(MOVE, 'up = ["a"]\nsafe = ["x"]'), "names x, which no move does"),
    "too many": (MISSION + process(MANY, 'up = ["s0"]'), "61 states; at most 60"),
    "never left": (AVAILABLE + process(MOVE), "never leaves the state b"),
    "no mission": (process(MOVE), '[mission] time = "30 d"'),
}


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(FileError) as refused:
        parse("vreltui = 1\n" + text)
    assert says in str(refused.value)
