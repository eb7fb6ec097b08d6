"""What a file may say of goals and of the mission."""

from __future__ import annotations

from vreltui.model.design import Mission
from vreltui.model.goals import GOAL_KEYS, MEASURES
from vreltui.storage.number_shapes import Complement, Number
from vreltui.storage.shapes import Word
from vreltui.storage.tables import Key, Single, Table
from vreltui.storage.time_shapes import Aimed, Down, Mean, a_time

ONE_SIDE = ("reliability", "unreliability")

GOAL = Single(
    (
        Key("reliability", Number(), "A choice meets the goal when it is more reliable than this."),
        Key("unreliability", Complement(), "The same from the other side: 1 - reliability."),
        Key(
            "availability",
            Aimed("availability", Number()),
            "The share of time up, in the long run, that a choice must exceed.",
        ),
        Key(
            "unavailability",
            Aimed("availability", Complement()),
            "The same from the other side: 1 - availability.",
        ),
        Key(
            "downtime",
            Down(),
            'The same as a time down that a choice must stay under: "5 min/y", per d, w, mo or y.',
        ),
        Key(
            "safety",
            Aimed("safety", Number()),
            "The chance that nothing unsafe happens during the mission, which a choice must "
            "exceed.",
        ),
        Key(
            "unsafety",
            Aimed("safety", Complement()),
            "The same from the other side: 1 - safety.",
        ),
        Key("mttf", Mean(), "The mean time to the first failure that a choice must exceed."),
    ),
    exactly_one=tuple(GOAL_KEYS),
    said="a table such as [goal] with reliability = 0.999",
)

MISSION = Table(
    (
        Key(
            "time",
            a_time(),
            'How long a choice must run without failing: a time such as "30 d", or the name of a '
            "time parameter.",
        ),
        Key(
            "measure",
            Word(MEASURES),
            "What figures are figures of where there is no goal to say so; reliability when left "
            "out.",
        ),
    ),
    said='a table such as [mission] with time = "30 d"',
    makes=Mission,
)
