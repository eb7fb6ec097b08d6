"""Random fault trees as MEF files: nested formulas, shared gates, negation."""

from __future__ import annotations

from hypothesis import strategies as st

COHERENT = ("and", "or", "atleast")
"""Connectives of which no part that works can do harm."""

ALL = (*COHERENT, "not", "nand", "nor", "xor", "iff", "imply", "cardinality")


@st.composite
def open_psa_files(draw: st.DrawFn, words: tuple[str, ...] = ALL) -> str:
    """A file with one to seven events and one to five gates, of which the last is at the top."""
    events = [f"e{index}" for index in range(draw(st.integers(1, 7)))]
    gates: list[str] = []
    lines = []
    for index in range(draw(st.integers(1, 5))):
        body = _formula(draw, words, events + gates, 2)
        lines.append(f'<define-gate name="g{index}">{body}</define-gate>')
        gates.append(f"g{index}")
    rest = "".join(f'<event name="{gate}"/>' for gate in gates)
    lines.append(f'<define-gate name="top"><or>{rest}</or></define-gate>')
    for event in events:
        q = draw(st.sampled_from(["0.1", "0.5", "1e-3", "0.999", "0.25", "0", "1"]))
        lines.append(
            f'<define-basic-event name="{event}"><float value="{q}"/></define-basic-event>'
        )
    body = "\n".join(lines)
    return f'<opsa-mef><define-fault-tree name="ft">\n{body}\n</define-fault-tree></opsa-mef>'


def _formula(draw: st.DrawFn, words: tuple[str, ...], names: list[str], depth: int) -> str:
    word = draw(st.sampled_from(words))
    exact = {"not": 1, "xor": 2, "iff": 2, "imply": 2}.get(word)
    count = exact if exact is not None else draw(st.integers(2, 4))
    arguments = ""
    for _ in range(count):
        if depth and draw(st.integers(0, 3)) == 0:
            arguments += _formula(draw, words, names, depth - 1)
        else:
            arguments += f'<event name="{draw(st.sampled_from(names))}"/>'
    numbers = ""
    if word == "atleast":
        numbers = f' min="{draw(st.integers(1, count))}"'
    if word == "cardinality":
        low = draw(st.integers(0, count))
        numbers = f' min="{low}" max="{draw(st.integers(low, count))}"'
    return f"<{word}{numbers}>{arguments}</{word}>"
