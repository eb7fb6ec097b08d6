"""A design file as tomllib gives it, and what each value in it is for a choice."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.oracle_time.amounts import amount_of, rate_of, share_of, time_of
from tests.oracle_time.leaves import Constant, Leaf, Living
from tests.oracle_time.lives import Exponential, Life, Lognormal, Stages, Weibull

Setting = Mapping[str, Fraction]
"""Values in place of those of the file: a parameter's by its name, a number's by ``node.key``."""

PLAIN_KEYS = (
    "mttf", "rate", "scale", "shape", "median", "sigma",
    "mttr", "planned", "every", "rejuvenate", "takes", "reliability",
)  # fmt: skip
"""The keys of a component that hold one amount each."""

LIVES = ("mttf", "rate", "scale", "median", "stages")


class Design:
    """One file."""

    def __init__(self, text: str) -> None:
        self.file: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
        self.nodes: dict[str, dict[str, Any]] = self.file["nodes"]
        self.choices: dict[str, dict[str, Any]] = self.file["choices"]
        self.baseline: str | None = self.file.get("baseline")

    @cached_property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """Every parameter in its long form, by its name."""
        return {name: _long(said) for name, said in self.file.get("parameters", {}).items()}

    def kind(self, parameter: str) -> str:
        """Probability, count, time, rate or number."""
        said = self.parameters[parameter]
        (found,) = {"value", "unreliability", "count", "time", "rate", "number"} & set(said)
        return "probability" if found in ("value", "unreliability") else found

    def parameter(self, name: str, choice: str, setting: Setting) -> Fraction:
        """The value of a parameter in a choice: a time in seconds, a rate per second."""
        if name in setting:
            return setting[name]
        own = self.choices[choice].get("set", {})
        if name in own:
            return amount_of(own[name])
        said = self.parameters[name]
        if "unreliability" in said:
            return 1 - Fraction(said["unreliability"])
        (written,) = (
            said[key] for key in ("value", "count", "time", "rate", "number") if key in said
        )
        return amount_of(written)

    @property
    def causes(self) -> dict[str, dict[str, Any]]:
        """What strikes several components at once."""
        found: dict[str, dict[str, Any]] = self.file.get("causes", {})
        return found

    def amount_in(self, written: Any, choice: str, setting: Setting) -> Fraction:
        """A number or the name of a parameter, as a choice sees it."""
        if isinstance(written, str) and written in self.parameters:
            return self.parameter(written, choice, setting)
        return amount_of(written)

    def amount(self, node: str, key: str, choice: str, setting: Setting) -> Fraction | None:
        """The value of a key of a component; None where it does not stand there."""
        if f"{node}.{key}" in setting:
            return setting[f"{node}.{key}"]
        written = self.nodes[node].get(key)
        return None if written is None else self.amount_in(written, choice, setting)

    def copies(self, pool: str, choice: str, setting: Setting) -> int:
        """How many copies a pool has."""
        return int(self.amount_in(self.nodes[pool]["copies"], choice, setting))

    def is_component(self, node: str) -> bool:
        """Whether a node has no parts."""
        return not {"parts", "of"} & set(self.nodes[node])

    def leaf(self, node: str, choice: str, setting: Setting) -> Leaf:
        """What a component says in a choice."""
        values = {key: self.amount(node, key, choice, setting) for key in PLAIN_KEYS}
        if values["reliability"] is not None:
            return Constant(values["reliability"])
        if "unreliability" in self.nodes[node]:
            return Constant(1 - Fraction(self.nodes[node]["unreliability"]))
        return Living(
            self._life(node, values, choice, setting),
            mttr=values["mttr"],
            planned=values["planned"],
            every=values["every"],
            rejuvenate=values["rejuvenate"],
            takes=values["takes"] or Fraction(0),
        )

    def _life(
        self, node: str, values: dict[str, Fraction | None], choice: str, setting: Setting
    ) -> Life:
        shape, mean, scale = values["shape"], values["mttf"], values["scale"]
        if shape is not None:
            return Weibull(shape, scale=scale, mean=mean)
        if mean is not None:
            return Exponential(1 / mean)
        if values["rate"] is not None:
            return Exponential(values["rate"])
        if values["median"] is not None and values["sigma"] is not None:
            return Lognormal(values["median"], values["sigma"])
        stages = self.nodes[node]["stages"]
        return Stages(tuple(self.amount_in(stage, choice, setting) for stage in stages))

    def named(self, node: str) -> set[str]:
        """The parameters that a node names."""
        said = self.nodes[node]
        keys = (*PLAIN_KEYS, "copies")
        written = [said[key] for key in keys if key in said] + list(said.get("stages", ()))
        return {value for value in written if isinstance(value, str) and value in self.parameters}

    def below(self, node: str) -> set[str]:
        """A node and everything that it is made of."""
        said = self.nodes[node]
        parts = said.get("parts", [said["of"]] if "of" in said else [])
        return {node}.union(*(self.below(part) for part in parts))

    @property
    def mission(self) -> Any:
        """What stands as the mission time."""
        return self.file.get("mission", {}).get("time")

    def mission_time(self, choice: str, setting: Setting) -> Fraction | None:
        """The mission time in seconds."""
        return None if self.mission is None else self.amount_in(self.mission, choice, setting)

    @cached_property
    def measure(self) -> str:
        """What the design measures."""
        for key in self.file.get("goal", {}):
            if key in ("availability", "unavailability", "downtime"):
                return "availability"
            return "mttf" if key == "mttf" else "reliability"
        said: str = self.file.get("mission", {}).get("measure", "reliability")
        return said

    @cached_property
    def goal(self) -> Fraction | None:
        """What the probability, or the MTTF in seconds, has to exceed."""
        for key, said in self.file.get("goal", {}).items():
            if key == "mttf":
                return time_of(said)
            if key == "downtime":
                return 1 - share_of(said)
            return 1 - Fraction(said) if key.startswith("un") else Fraction(said)
        return None


def _long(said: Any) -> dict[str, Any]:
    """A parameter's short form made long."""
    if isinstance(said, dict):
        return said
    if not isinstance(said, str):
        return {"value": said}
    try:
        time_of(said)
    except AssertionError:
        rate_of(said)
        return {"rate": said}
    return {"time": said}
