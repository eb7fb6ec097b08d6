"""An edited design back into the text it came from."""

from __future__ import annotations

from vreltui.model import Design, Problem
from vreltui.model.rules import check
from vreltui.storage.document import Document, parse
from vreltui.storage.errors import ReadOnlyError
from vreltui.storage.plain import normal
from vreltui.storage.render import render


def rewrite(document: Document, design: Design) -> Document:
    """The text of ``document`` edited so that it states ``design``.

    Raises:
        DesignError: ``design`` breaks a rule.
        ReadOnlyError: the document is of a newer format.
    """
    if document.read_only:
        problem = Problem(("vreltui",), "the file is of a newer format", "it can't be changed")
        raise ReadOnlyError(document.file, document.source.line(("vreltui",)), problem)
    design = normal(design)
    check(design)
    if design == document.design:
        return document
    return parse(render(design), document.file)
