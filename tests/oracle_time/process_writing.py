"""Random designs of nodes with moves, as texts."""

from __future__ import annotations

from random import Random

SCALES = ("s", "min", "h", "d", "mo")


def _time(chance: Random) -> str:
    return f"{chance.choice([1, 1.5, 2, 3, 5, 7, 20])} {chance.choice(SCALES)}"


def _factors(chance: Random) -> str:
    named = chance.random() < 0.5
    if chance.random() < 0.7:
        clock = f'after = "{chance.choice(["T", "S"]) if named else _time(chance)}"'
    else:
        clock = "rate = " + ('"L"' if named else f'"{chance.choice([0.5, 1, 3])} /d"')
    share = chance.choice(["", "", ', with = "c"', ', without = "c"', ", with = 0.25"])
    times = chance.choice(["", "", "", ", times = 3", ', times = "k"', ', times = "n"'])
    return clock + share + times


def process(name: str, chance: Random, most: int, *, safe: bool) -> str:
    """A node of up to ``most`` states, each of which leads to every other in the end."""
    states = [f"s{number}" for number in range(chance.randint(2, most))]
    pairs = [(states[i - 1], states[i]) for i in range(len(states))]
    pairs += [(chance.choice(states), chance.choice(states)) for _ in range(len(states))]
    moves = [f'  {{ from = "{a}", to = "{b}", {_factors(chance)} }},' for a, b in pairs if a != b]
    up = states[: chance.randint(1, len(states) - 1)]
    down = [state for state in states if state not in up]
    lines = [f"[nodes.{name}]", f"up = {up}".replace("'", '"'), "moves = [", *moves, "]"]
    if safe:
        some = [state for state in down if chance.random() < 0.6]
        lines.append(f"safe = {some}".replace("'", '"'))
    if chance.random() < 0.3:
        lines.append(f'start = "{chance.choice(up)}"')
    return "\n".join(lines)


def design(chance: Random, measure: str) -> str:
    """A design with one choice: a large process alone, or a small tree of small ones."""
    alone = chance.random() < 0.4
    most = 12 if alone else 4
    nodes = [process("a", chance, most, safe=True)]
    root = "a"
    if not alone:
        nodes.append(process("b", chance, most, safe=chance.random() < 0.5))
        copies = chance.choice([2, 3]) if measure != "mttf" else 2
        needs = chance.choice(['"all"', '"any"', '"majority"', "2"])
        nodes.append(f'[nodes.pool]\nof = "a"\ncopies = {copies}\nneeds = {needs}')
        nodes.append(
            f'[nodes.top]\nparts = ["pool", "b"]\nneeds = "{chance.choice(["all", "any"])}"'
        )
        root = "top"
    return f"""vreltui = 1
[mission]
time = "{_time(chance)}"
measure = "{measure}"
[parameters]
T = {{ time = "{_time(chance)}" }}
S = {{ time = "{_time(chance)}" }}
L = {{ rate = "2 /d" }}
c = {{ value = {chance.choice([0.1, 0.5, 0.9, 0.99])} }}
k = {{ number = 2.5 }}
n = {{ count = 2 }}
{chr(10).join(nodes)}
[choices.only]
root = "{root}"
"""
