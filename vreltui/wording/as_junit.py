"""Findings as JUnit's XML, which test runners of every CI show: a suite a file, a case a choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from vreltui.model import shown
from vreltui.wording.gates import Checked, is_failing
from vreltui.wording.reasons import WHY_NOTHING


def junit(files: Sequence[Checked]) -> str:
    """The whole document."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{_totals(files)}>"]
    for checked in files:
        lines += [f"  {line}" for line in _suite(checked)]
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _totals(files: Sequence[Checked]) -> str:
    errors = sum(bool(checked.faults) for checked in files)
    tests = sum(len(checked.reports) for checked in files) + errors
    failures = sum(is_failing(report) for checked in files for report in checked.reports)
    return f' tests="{tests}" failures="{failures}" errors="{errors}"'


def _suite(checked: Checked) -> Iterator[str]:
    # Only a suite may say so: the schema (Jenkins' junit-10.xsd) has no such attribute above it.
    skipped = sum(report.verdict is None for report in checked.reports)
    yield f'<testsuite name={_quoted(checked.name)}{_totals([checked])} skipped="{skipped}">'
    if checked.faults:
        yield f'  <testcase name="readable" classname={_quoted(checked.name)}>'
        said = "\n".join(
            text if line is None else f"line {line}: {text}" for line, text in checked.faults
        )
        first = checked.faults[0][1]
        yield f'    <error message={_quoted(first)} type="unusable">{_text(said)}</error>'
        yield "  </testcase>"
    for report in checked.reports:
        head = f"  <testcase name={_quoted(report.choice)} classname={_quoted(checked.name)}"
        if report.verdict == "meets":
            yield f"{head}/>"
            continue
        yield f"{head}>"
        if report.verdict is None:
            yield f"    <skipped message={_quoted(WHY_NOTHING)}/>"
        else:
            finding = checked.of_choice(report)
            kind = f" type={_quoted(finding.rule)}"
            said = _text(finding.sentence)
            yield f"    <failure message={_quoted(finding.sentence)}{kind}>{said}</failure>"
        yield "  </testcase>"
    yield "</testsuite>"


def _quoted(text: str) -> str:
    return quoteattr(shown(text, most=len(text) + 1))


def _text(text: str) -> str:
    return "\n".join(escape(shown(line, most=len(line) + 1)) for line in text.split("\n"))
