"""Short remarks on a solved condition, in each notation."""

from __future__ import annotations

from vreltui.symbolic.results import Writing

HARM = "a part that works can do harm here, so that no one bound holds whatever the others are"


def no_value(unknown: Writing, end: str, when: Writing) -> Writing:
    r"""No value of the unknown will do.

    >>> n, goal = Writing("n", "n", "n"), Writing("R >= R_H", "R ≥ R_H", "Ge(R, R_H)")
    >>> no_value(n, "", goal).text
    'no n when R >= R_H'
    """
    text = f"{unknown.text} {end}".rstrip()
    latex = rf"{unknown.latex}\text{{ {end}}}" if end else unknown.latex
    return Writing(
        f"no {text} when {when.text}",
        rf"\text{{no }} {latex} \text{{ when }} {when.latex}",
        when.sympy,
    )


def every_value(unknown: Writing, when: Writing) -> Writing:
    """Every value of the unknown will do."""
    return Writing(
        f"every {unknown.text} when {when.text}",
        rf"\text{{every }} {unknown.latex} \text{{ when }} {when.latex}",
        when.sympy,
    )


def in_case(statement: Writing, when: Writing) -> Writing:
    """A solution that applies under a condition."""
    return Writing(
        f"{statement.text} where {when.text}",
        rf"{statement.latex} \text{{ where }} {when.latex}",
        f"And({statement.sympy}, {when.sympy})",
    )


def tie(when: Writing) -> Writing:
    """Where the two sides are equal."""
    return Writing(f"a tie when {when.text}", rf"\text{{a tie when }} {when.latex}", when.sympy)
