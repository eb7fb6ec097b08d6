"""docs/design-file.md says what the description of the keys says, and its examples can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vreltui.model import KINDS
from vreltui.storage import parse
from vreltui.storage.catalogue_fields import ITEM_KEYS
from vreltui.storage.cause_fields import CAUSE
from vreltui.storage.exploration_fields import RESOURCE
from vreltui.storage.fields import CHOICE, DESIGN, LIMITS, NODE, PARAMETER
from vreltui.storage.goal_fields import GOAL, MISSION
from vreltui.storage.plot_fields import PLOT
from vreltui.storage.rule_fields import RULE
from vreltui.storage.shapes import Either, ListOf
from vreltui.storage.tables import Entries, Key, Table

PAGE = (Path(__file__).parents[2] / "docs" / "design-file.md").read_text()


def section(title: str) -> str:
    """The text of the page under a heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found, title
    return found[1]


def rows(text: str) -> dict[str, str]:
    """The keys of the tables in a text, with what they mean."""
    return dict(re.findall(r"^\| `(\S+)` \| (.*?) \|$", text, re.M))


def nested(keys: tuple[Key, ...]) -> Iterator[Key]:
    """The keys with those of tables within, as the page writes them: x.from."""
    for key in keys:
        yield key
        shapes = key.shape.shapes if isinstance(key.shape, Either) else (key.shape,)
        for shape in shapes:
            shape = shape.shape if isinstance(shape, ListOf) else shape
            if isinstance(shape, Table):
                for inner in shape.keys:
                    yield Key(f"{key.name}.{inner.name}", inner.shape, inner.means)


def node_keys() -> tuple[Key, ...]:
    own = [key for variant in NODE.variants for key in variant.table.keys]
    return tuple({key.name: key for key in (*NODE.common, *own)}.values())


TOP = tuple(key for key in DESIGN.keys if not isinstance(key.shape, Table | Entries))

SECTIONS: dict[str, tuple[Key, ...]] = {
    "The file": TOP,
    "[goal]": GOAL.keys,
    "[mission]": MISSION.keys,
    "[limits]": LIMITS.keys,
    "[parameters]": PARAMETER.keys,
    "[nodes.NAME]": node_keys(),
    "[choices.NAME]": CHOICE.keys,
    "[plots.NAME]": PLOT.keys,
    "[resources]": RESOURCE.keys,
    "[catalogues.NAME]": ITEM_KEYS,
    "[rules.NAME]": RULE.keys,
    "[causes.NAME]": CAUSE.keys,
}


@pytest.mark.parametrize("title", SECTIONS)
def test_the_reference_has_every_key_and_no_other(title: str) -> None:
    keys = {key.name: key.means for key in nested(SECTIONS[title])}
    assert rows(section(title)) == keys


def test_every_kind_is_named() -> None:
    for kind in KINDS:
        assert f"`{kind}`" in section("[nodes.NAME]")


def test_examples_can_be_read() -> None:
    examples = re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.S)
    assert examples
    whole = [example for example in examples if "vreltui" in example]
    assert whole
    for example in whole:
        document = parse(example, "docs/design-file.md")
        assert document.notes == ()


def test_messages_that_are_quoted_are_given() -> None:
    from vreltui.storage import FileError

    quoted = re.findall(r"^```\n(web\.toml:.*?)\n```", PAGE, re.M | re.S)
    assert quoted
    example = re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.S)[0]
    for message in quoted:
        broken = example.replace('copies = "n" ', 'copys = "n" ')
        with pytest.raises(FileError) as caught:
            parse(broken, "web.toml")
        assert str(caught.value) == message
