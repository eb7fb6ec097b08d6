"""What a design file may say of what a choice sets: part of the table in `storage.fields`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from vreltui.model import Mix, Path, Problem, Value
from vreltui.model.options import UNIT_WORDS, VALUE_WORDS
from vreltui.model.uncertainty import Uncertain
from vreltui.storage.exploration_fields import MIX
from vreltui.storage.shapes import Given, Name, Schema, Shape
from vreltui.storage.tables import Key, Plain, Short
from vreltui.storage.uncertain_fields import UNCERTAIN

_TAKEN = Name("option")


class Doubtful(NamedTuple):
    """A value, and how well it is known."""

    value: Value
    uncertain: Uncertain


@dataclass(frozen=True)
class SetEntry(Shape):
    """What a choice sets: the value of a parameter, or the option of a decision node."""

    value: Short
    said: str = "a number, an option, or a table such as { value = 0.99 } or { D1 = 2 },"

    def _shape(self, raw: object) -> Shape:
        if isinstance(raw, str) and not self.value.fits(raw):
            return _TAKEN
        return MIX if isinstance(raw, dict) and _is_mix(raw) else self.value

    def fits(self, value: object) -> bool:
        """Whether ``value`` is one of these, on the outside."""
        return self._shape(value).fits(value)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        table = self.value.table
        widened = replace(table, keys=(*table.keys, UNCERTAIN))
        value = replace(self.value, shapes=(*self.value.shapes[:-1], widened)).schema()
        numbers = [{"required": [word]} for word in VALUE_WORDS]
        whole = {"additionalProperties": {"type": "integer"}}
        several = [{"minProperties": 2}, *({"required": [word]} for word in UNIT_WORDS)]
        return {
            "if": {
                "type": "object",
                "anyOf": [{"not": {"anyOf": numbers}}, {**whole, "anyOf": several}],
            },
            "then": MIX.schema(),
            "else": {
                "if": {"type": "string"},
                "then": {"anyOf": [value, _TAKEN.schema()]},
                "else": value,
            },
        }

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``."""
        shape = self._shape(value)
        if shape is self.value and isinstance(value, dict) and UNCERTAIN.name in value:
            bare, known = _parted(value)
            yield from shape.problems(path, bare)
            yield from UNCERTAIN.shape.problems((*path, UNCERTAIN.name), known)
        else:
            yield from shape.problems(path, value)

    def hint(self, value: object) -> str:
        """What to write instead of a number in another notation."""
        return self.value.hint(value)

    def states(self, value: object) -> bool:
        """Whether ``value`` can be set."""
        return isinstance(value, str | Mix | Doubtful) or self.value.states(value)

    def build(self, raw: Any, given: Given) -> Any:
        """The value or option; of a mix, items may have any names."""
        if isinstance(raw, dict) and given.name in given.mixes and MIX.fits(raw):
            return MIX.build(raw, given)
        if isinstance(raw, dict) and UNCERTAIN.name in raw:
            bare, known = _parted(raw)
            return Doubtful(self.value.build(bare, given), UNCERTAIN.shape.build(known, given))
        return self._shape(raw).build(raw, given)

    def plain(self, value: Any) -> Any:
        """As it is written."""
        if isinstance(value, Doubtful):
            known = UNCERTAIN.shape.plain(value.uncertain)
            return {**self.value.table.plain(value.value), UNCERTAIN.name: known}
        if isinstance(value, Mix):
            return MIX.plain(value)
        return value if isinstance(value, str) else self.value.plain(value)

    @property
    def bends(self) -> bool:
        """Whether values do."""
        return self.value.bends

    def normal(self, value: Any) -> Any:
        """The same in a form that can be written."""
        if isinstance(value, Doubtful):
            return Doubtful(self.value.normal(value.value), UNCERTAIN.shape.normal(value.uncertain))
        return value if isinstance(value, str | Mix) else self.value.normal(value)


def _is_mix(raw: Plain) -> bool:
    """Whether a table says how many of each item: items may be called as the keys of a value are.

    A value has one key, and a time or a rate its unit; how many of the one item ``count`` a mix
    has reads as a count, until it is known what is set.
    """
    if not MIX.fits(raw):
        return False
    return len(raw) > 1 or not raw.keys() & (set(VALUE_WORDS) - set(UNIT_WORDS))


def _parted(raw: Plain) -> tuple[Plain, Any]:
    """The keys of the value, and what is said of how well it is known."""
    return {k: v for k, v in raw.items() if k != UNCERTAIN.name}, raw[UNCERTAIN.name]


class SetKey(Key):
    """The one key that states values, how well these are known, and options that a choice sets."""

    def give(self, found: Plain, value: Mapping[str, Any]) -> None:
        """Three attributes come from one key."""
        doubtful = {k: v for k, v in value.items() if isinstance(v, Doubtful)}
        settled = {k: v for k, v in value.items() if isinstance(v, str | Mix)}
        found["set"] = {
            k: doubtful[k].value if k in doubtful else v
            for k, v in value.items()
            if k not in settled
        }
        found["uncertain"] = {k: v.uncertain for k, v in doubtful.items()}
        found["options"] = settled

    def held(self, record: Any) -> Any:
        """All three, options first."""
        known = record.uncertain
        values = {k: Doubtful(v, known[k]) if k in known else v for k, v in record.set.items()}
        return {**record.options, **values}
