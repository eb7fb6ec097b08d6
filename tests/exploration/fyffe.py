"""The series-parallel system of Fyffe, Hines and Lee 1968, with components mixed at will."""

from __future__ import annotations

SUBSYSTEMS = (
    ((".90", 1, 3), (".93", 1, 4), (".91", 2, 2), (".95", 2, 5)),
    ((".95", 2, 8), (".94", 1, 10), (".93", 1, 9)),
    ((".85", 2, 7), (".90", 3, 5), (".87", 1, 6), (".92", 4, 4)),
    ((".83", 3, 5), (".87", 4, 6), (".85", 5, 4)),
    ((".94", 2, 4), (".93", 2, 3), (".95", 3, 5)),
    ((".99", 3, 5), (".98", 3, 4), (".97", 2, 5), (".96", 2, 4)),
    ((".91", 4, 7), (".92", 4, 8), (".94", 5, 9)),
    ((".81", 3, 4), (".90", 5, 7), (".91", 6, 6)),
    ((".97", 2, 8), (".99", 3, 9), (".96", 4, 7), (".91", 3, 8)),
    ((".83", 4, 6), (".85", 4, 5), (".90", 5, 6)),
    ((".94", 3, 5), (".95", 4, 6), (".96", 5, 6)),
    ((".79", 2, 4), (".82", 3, 5), (".85", 4, 6), (".90", 5, 7)),
    ((".98", 2, 5), (".99", 3, 5), (".97", 2, 6)),
    ((".90", 4, 6), (".92", 4, 7), (".95", 5, 6), (".99", 6, 9)),
)
"""By subsystem, the reliability, cost and weight of each kind of component."""

PROVEN = {
    159: ".954565", 160: ".955714", 161: ".958035", 162: ".959188", 163: ".960642", 164: ".962422",
    165: ".963712", 166: ".965042", 167: ".966335", 168: ".968125", 169: ".969291", 170: ".970760",
    171: ".971929", 172: ".973027", 173: ".973827", 174: ".974926", 175: ".975708", 176: ".976690",
    177: ".977596", 178: ".978400", 179: ".979505", 180: ".980290", 181: ".981027", 182: ".981518",
    183: ".982256", 184: ".982994", 185: ".983505", 186: ".984176", 187: ".984688", 188: ".985378",
    189: ".985922", 190: ".986416", 191: ".986811",
}  # fmt: skip
"""The proven optima of the 33 instances of Nakagawa and Miyazaki 1981, by their weight."""

MOST = 8
"""The most components of a subsystem."""


def fyffe(subsystems: int, weight: int, cost: int = 130) -> str:
    """A design file with the first so many subsystems."""
    lines = ["vreltui = 1", "[resources]"]
    lines += [f"cost = {{ limit = {cost} }}", f"weight = {{ limit = {weight} }}", "[parameters]"]
    lines += [f"n{i} = {{ count = 1, range = [1, {MOST}] }}" for i in range(subsystems)]
    for i, kinds in enumerate(SUBSYSTEMS[:subsystems]):
        lines.append(f"[catalogues.s{i}]")
        for number, (r, c, w) in enumerate(kinds, 1):
            uses = f"uses = {{ cost = {c}, weight = {w} }}"
            lines.append(f"T{number} = {{ reliability = 0{r}, {uses} }}")
        lines += [f"[nodes.x{i}]", f'from = "s{i}"', f'copies = "n{i}"', "mix = true"]
        lines.append('needs = "any"')
    parts = ", ".join(f'"x{i}"' for i in range(subsystems))
    return "\n".join(
        [*lines, "[nodes.system]", f"parts = [{parts}]", '[choices.c]\nroot = "system"\n']
    )
