"""An open design without a terminal: edits, history, selection, journal, analysis, commands."""

from vreltui.model.edits import Position
from vreltui.storage.journal import Recovered
from vreltui.storage.recent import Recent
from vreltui.storage.templates import Template, templates
from vreltui.workbench.action_list import ACTIONS, COPY, LOOK, MOVES, action, groups
from vreltui.workbench.actions import Action, Option, Question
from vreltui.workbench.analysis import Analysis
from vreltui.workbench.bench import Workbench
from vreltui.workbench.change import Change
from vreltui.workbench.configuration import Configuration, configuration
from vreltui.workbench.nearby import designs_nearby
from vreltui.workbench.opening import (
    new_design,
    open_design,
    recent_files,
    recover_unsaved,
    unsaved_designs,
)
from vreltui.workbench.rows import Row, Rows, tree_rows
from vreltui.workbench.service import AnalysisService
from vreltui.workbench.summary import (
    ChoiceLine,
    Header,
    Summary,
    choice_lines,
    details,
    header,
    summary,
)

__all__ = [
    "ACTIONS",
    "COPY",
    "LOOK",
    "MOVES",
    "Action",
    "Analysis",
    "AnalysisService",
    "Change",
    "ChoiceLine",
    "Configuration",
    "Header",
    "Option",
    "Position",
    "Question",
    "Recent",
    "Recovered",
    "Row",
    "Rows",
    "Summary",
    "Template",
    "Workbench",
    "action",
    "choice_lines",
    "configuration",
    "designs_nearby",
    "details",
    "groups",
    "header",
    "new_design",
    "open_design",
    "recent_files",
    "recover_unsaved",
    "summary",
    "templates",
    "tree_rows",
    "unsaved_designs",
]
