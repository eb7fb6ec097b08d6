"""An open design without a terminal: edits, history, selection, journal, analysis, commands."""

from vreltui.model.edits import Position
from vreltui.storage.keep.journal import Recovered
from vreltui.storage.keep.recent import Recent
from vreltui.storage.templates import Template, patterns, templates
from vreltui.workbench.commands.action_list import ACTIONS, COPY, LOOK, action, groups
from vreltui.workbench.commands.actions import Action, Option, Question
from vreltui.workbench.commands.configuration import Configuration, configuration
from vreltui.workbench.commands.paper_moves import MOVES
from vreltui.workbench.open.analysis import Analysis
from vreltui.workbench.open.analysis_service import AnalysisService
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.folder_listing import designs_nearby
from vreltui.workbench.open.open_design import Workbench
from vreltui.workbench.open.opening import (
    new_design,
    open_design,
    recent_files,
    recover_unsaved,
    unsaved_designs,
)
from vreltui.workbench.view.rows import Row, Rows, tree_rows
from vreltui.workbench.view.summary import (
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
    "patterns",
    "recent_files",
    "recover_unsaved",
    "summary",
    "templates",
    "tree_rows",
    "unsaved_designs",
]
