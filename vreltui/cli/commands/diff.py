"""`vreltui diff`: what changed in meaning between two designs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from vreltui.cli.arguments import JSON, USUAL_SECONDS
from vreltui.cli.budget import Answers, Budget
from vreltui.cli.output import Style, clean, colours, message, write
from vreltui.cli.table import MET, NOT_MET, UNUSABLE, Argument, Command
from vreltui.model import VreltuiError

if TYPE_CHECKING:
    from vreltui.storage import Document
    from vreltui.wording.differences import Compared

_ANSWER = "vreltui.analysis.comparing:answer"

_GIT_DIFF, _GIT_RENAME, _GIT_UNMERGED = 7, 9, 1
"""How many words git gives to an external diff: for a change, with a rename, for what is unmerged.
"""


def _run(arguments: argparse.Namespace) -> int:
    if arguments.git:
        return _run_for_git(arguments)
    if len(arguments.designs) != 2:
        message("diff takes two designs, OLD and NEW; see vreltui diff --help")
        return UNUSABLE
    documents = [_read(file) for file in arguments.designs]
    if None in documents:
        return UNUSABLE
    old, new = documents
    assert old is not None
    assert new is not None
    compared = compare(old, new)
    _write(compared, as_json=arguments.json)
    if arguments.gate:
        return NOT_MET if compared.worse else MET
    return MET if compared.difference.same_meaning else NOT_MET


def _read(file: str, name: str = "") -> Document | None:
    """The document in a file; None, with messages, where there is none to be had."""
    from dataclasses import replace

    from vreltui.storage import read

    try:
        document = read(file, once=True)
    except VreltuiError as error:
        for line in error.lines():
            message(line.replace(file, name, 1) if name else line)
        return None
    return replace(document, file=name) if name else document


def compare(old: Document, new: Document) -> Compared:
    """What differs between two documents, with the figures that can be had in a call's time."""
    from vreltui.analysis.comparing import Alone, ChoiceChange, questions_of
    from vreltui.analysis.difference import difference
    from vreltui.wording.differences import Compared

    found = difference(old.design, new.design)
    if found.same_meaning:
        return Compared(old.file, new.file, found)
    questions = questions_of(found)
    choices: dict[tuple[str | None, str | None], ChoiceChange] = {}
    alone: dict[tuple[str, str], Alone] = {}
    budget = Budget(USUAL_SECONDS)
    with closing(Answers[object](_ANSWER, found, budget, budget.end)) as answers:
        for number, about in enumerate(questions):
            answer = _answer(answers, found, about, len(questions) - number)
            if isinstance(answer, ChoiceChange):
                choices[about.old, about.new] = answer
            else:
                alone[about.table, about.entry] = answer  # type: ignore[assignment]
    return Compared(old.file, new.file, found, choices, alone)


def _answer(answers: Answers[object], found: object, about: object, left: int) -> object:
    from vreltui.analysis.comparing import About, undecided
    from vreltui.analysis.difference import Difference
    from vreltui.engine.limits import Undecided

    assert isinstance(about, About)
    assert isinstance(found, Difference)
    what = f"{about.table} {about.entry}" if about.table else f"choice {about.old or about.new}"
    try:
        return answers.ask(about, f"comparing {what}", left)
    except Undecided as reason:
        return undecided(found, about, str(reason))


def _write(compared: Compared, *, as_json: bool) -> None:
    from vreltui.wording.differences import as_json as json_of
    from vreltui.wording.differences_text import lines

    if as_json:
        write(json.dumps(json_of(compared), indent=1, allow_nan=False) + "\n")
    else:
        write("\n".join(lines(compared, Style(coloured=colours(sys.stdout)))) + "\n")


# As git calls it


def _run_for_git(arguments: argparse.Namespace) -> int:
    """The difference as an external diff of git, or as its difftool; never fatal to git."""
    words = arguments.designs
    if len(words) == _GIT_UNMERGED:
        write(f"{clean(words[0])}: unmerged\n")
        return MET
    if len(words) in (_GIT_DIFF, _GIT_RENAME):
        path, old, new = words[0], words[1], words[4]
        other = words[7] if len(words) == _GIT_RENAME else path
        sides = [(old, f"a/{path}"), (new, f"b/{other}")]
    elif len(words) == 2:
        sides = [(words[0], ""), (words[1], "")]
    else:
        message(f"git gives 1, 7 or 9 words to an external diff, and here are {len(words)}")
        return MET
    documents: list[Document | None] = []
    for file, name in sides:
        if file == os.devnull:
            documents.append(None)
            continue
        documents.append(_read(file, name))
        if documents[-1] is None:
            write(f"{clean(name or file)}: can't be used; git diff --no-ext-diff shows its text\n")
            return MET
    _say_sides(documents, sides)
    return MET


def _say_sides(documents: list[Document | None], sides: list[tuple[str, str]]) -> None:
    old, new = documents
    if old is not None and new is not None:
        _write(compare(old, new), as_json=False)
    elif new is not None:
        write(f"{clean(sides[1][1] or new.file)}: a new design, {_size(new)}\n")
    elif old is not None:
        write(f"{clean(sides[0][1] or old.file)}: the design is deleted, {_size(old)}\n")
    else:
        write("nothing on either side\n")


def _size(document: Document) -> str:
    design = document.design
    choices, nodes = len(design.choices), len(design.nodes)
    return f"{choices} choice{'s' * (choices != 1)}, {nodes} node{'s' * (nodes != 1)}"


COMMAND = Command(
    question="what changed in meaning between two designs",
    description="What changed in meaning from OLD to NEW: verdicts first, then what moved, then "
    "which change did it. Comments, order, layout and titles are no change of meaning.",
    arguments=(
        Argument(
            ("designs",),
            "two design files, of which one may be -; with --git the words that git gives",
            metavar="DESIGN",
            times="+",
            is_design=True,
        ),
        JSON,
        Argument(
            ("--gate",), "end with 1 only if a verdict got worse or a choice is gone", flag=True
        ),
        Argument(
            ("--git",),
            "take the words of git's external diff or difftool, and always end with 0",
            flag=True,
        ),
    ),
    statuses={
        MET: "nothing changed (with --gate: nothing got worse)",
        NOT_MET: "something changed (with --gate: something got worse)",
        UNUSABLE: "a file can't be used",
    },
    run=_run,
)
