"""The list of actions, group by group."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from vreltui.model import KINDS
from vreltui.workbench.commands import causes, choices, decisions, resources, tree, values
from vreltui.workbench.commands.actions import GLOBAL, PANE, SEARCH, Action, Option, Question
from vreltui.workbench.commands.paper_moves import PAPER
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

_KIND_WORDS = {
    "host": "a whole machine",
    "hardware": "the machine under everything",
    "hypervisor": "shares a machine among virtual ones",
    "vm": "a virtual machine",
    "os": "an operating system",
    "application": "what does the work",
    "function": "one function, such as a packet filter",
    "network": "a link or a switch",
    "storage": "a disk or a store",
    "power": "a power supply",
    "software": "any other program",
    "component": "anything else",
}


def _kind_options(kinds: tuple[str, ...]) -> Callable[[Workbench], list[Option]]:
    return lambda _: [Option(kind, _KIND_WORDS.get(kind, "")) for kind in kinds]


def _node_options(bench: Workbench) -> list[Option]:
    design = bench.design
    return [Option(name, node.title) for name, node in design.nodes.items() if name != bench.node]


def _needs_options(_: Workbench) -> list[Option]:
    words = {"all": "every one", "any": "at least one", "majority": "more than half", "2": "two"}
    return [Option(text, label) for text, label in words.items()]


def _field(field: str, *, lines: bool = False) -> Question:
    def change(bench: Workbench, text: str) -> Change:
        return tree.set_text(bench, field, text)

    def initial(bench: Workbench) -> str:
        return tree.text_of(bench, field)

    return Question(f"{field.capitalize()} of the node", change, initial, lines=lines)


def _choice_title(bench: Workbench) -> str:
    return bench.design.choices[bench.choice].title


def _set_choice_title(bench: Workbench, text: str) -> Change:
    return tree.changed_text(bench, ("choices", bench.choice, "title"), text)


def _set_design_title(bench: Workbench, text: str) -> Change:
    return tree.changed_text(bench, ("title",), text)


def _nothing_to(word: str, label: Callable[[Workbench], str | None]) -> Callable[..., str | None]:
    return lambda bench: None if label(bench) else f"there is nothing to {word}"


_WHAT_IF = "What if"
_BUILD = "Build"
_CHOICES = "Choices"
LOOK = "Look"
"""The group of what opens panes and other views."""

COPY = "Copy"
"""The group of what the clipboard can take."""

_GO = "Move about"
_FILE = "File"
_A = Action
_G = partial(Action, scope=GLOBAL)

_VALUES = (
    _A("nudge_up", "Nudge up", ("plus", "equals_sign"), _WHAT_IF,
       "One step up: 0.99, 0.991, ..., 0.999, 0.9991; or one copy more",
       partial(values.nudge, up=True), reason=values.has_value, on_marked="number"),
    _A("nudge_down", "Nudge down", ("minus", "underscore"), _WHAT_IF,
       "One step down; or one copy less", partial(values.nudge, up=False),
       reason=values.has_value, on_marked="number"),
    _A("nudge_up_fine", "Nudge up a little", ("full_stop", "greater_than_sign"), _WHAT_IF,
       "A tenth of a step up", partial(values.nudge, up=True, fine=True), reason=values.has_value,
       on_marked="number"),
    _A("nudge_down_fine", "Nudge down a little", ("comma", "less_than_sign"), _WHAT_IF,
       "A tenth of a step down", partial(values.nudge, up=False, fine=True),
       reason=values.has_value, on_marked="number"),
    _A("hold_threshold", "Set to what is needed", ("t",), _WHAT_IF,
       "The least value with which the choice meets, rounded to the safe side", values.hold,
       reason=values.has_bound, on_marked="number"),
    _A("edit_value", "Edit the value", ("e", "enter"), _WHAT_IF,
       "A number, 1-1e-5, 99.9%, or a parameter: R_V, or R_V = 0.99; for a group what it needs",
       question=Question("Value", values.edit_value, values.value_initial, decisions.options,
                         free=True), on_marked="number"),
    _A("edit_range", "Open a range", ("r",), _WHAT_IF,
       "Within which values the architect may still choose, or which: 0.95, 0.97; "
       "nothing typed makes it given",
       question=Question("Range, from low to high, or values with commas", values.edit_range,
                         values.range_initial),
       reason=values.has_number, on_marked="number"),
    _A("edit_here", "Set in this choice alone", ("i",), _WHAT_IF,
       "A value, or what is taken, of this choice alone; nothing typed takes the common one",
       question=Question("Value in this choice", values.edit_here, values.here_initial),
       reason=values.has_own, on_marked="number"),
    _G("edit_goal", "Set the goal", ("ctrl+g",), _WHAT_IF,
       "The reliability that every choice must exceed",
       question=Question("Goal", values.edit_goal, values.goal_initial)),
    _G("edit_limit", "Limit the copies", ("f3",), _WHAT_IF,
       "The most copies that a host can hold",
       question=Question("Most copies", choices.edit_limit, choices.limit_initial)),
    _G("edit_limits", "Limit resources", (), _WHAT_IF,
       "The most that a variant may use: euro 60000, watt 900; what is left out has no limit",
       question=Question("Limits", resources.edit_limits, resources.limits_initial)),
    _A("edit_uses", "What it uses", (), _WHAT_IF, "Of resources: euro 3500, watt 20",
       question=Question("Uses", partial(resources.edit_lots, key="uses"),
                         partial(resources.lots_initial, key="uses")),
       reason=resources.has_resources, on_marked="each"),
    _A("edit_provides", "What it provides", (), _WHAT_IF, "Of resources: slot 64",
       question=Question("Provides", partial(resources.edit_lots, key="provides"),
                         partial(resources.lots_initial, key="provides")),
       reason=resources.has_resources, on_marked="each"),
    _G("add_rule", "Add a rule", (), _WHAT_IF,
       "never server=S1 n=40..64, or when service=voted then hypervisor=B, or same a b by vendor",
       question=Question("Rule", resources.add_rule)),
    _G("delete_rule", "Delete a rule", (), _WHAT_IF, "One of those that stand",
       question=Question("Which rule", resources.delete_rule, options=resources.rule_options),
       reason=resources.has_rules, removes=True),
)  # fmt: skip

_TREE = (
    _A("add", "Add a component", ("a", "insert"), _BUILD,
       "Into the selected group, else behind: a kind, and if you like a name and a number",
       question=Question("Add", tree.add, options=_kind_options(tree.COMPONENT_KINDS), free=True)),
    _A("add_existing", "Use a node once more", ("A",), _BUILD,
       "Name a node that is there already in one more place: it is the same thing",
       question=Question("Which node", tree.add_existing, options=_node_options)),
    _A("delete", "Delete", ("x", "delete"), _BUILD,
       "What is selected, with what only it used", tree.delete,
       reason=tree.is_no_root, removes=True, on_marked="each"),
    _A("wrap", "Wrap in a group", ("w",), _BUILD, "A new group around it", tree.wrap,
       on_marked="together"),
    _A("dissolve", "Dissolve the group", ("W",), _BUILD,
       "Its parts take its place", tree.dissolve, on_marked="each"),
    _A("make_pool", "Make a pool", ("o",), _BUILD,
       "Copies of it, of which one suffices", tree.make_pool, on_marked="each"),
    _A("edit_needs", "Change what is needed", ("n",), _BUILD,
       "How many parts or copies must work",
       question=Question("Needs", values.change_needs, values.value_initial, _needs_options,
                         free=True), reason=tree.is_group_or_pool, on_marked="each"),
    _A("strike", "A common cause", ("J",), _BUILD,
       "Failures of it, or of what it is made of, that come all at once: 0.05, or b_os = 0.05",
       question=Question("Share of failures in common", causes.strike, causes.usual_beta),
       on_marked="together"),
    _A("delete_cause", "Delete a common cause", (), _BUILD, "One of those that stand",
       question=Question("Which cause", causes.delete, options=causes.options),
       reason=causes.has_causes, removes=True),
    _A("share", "Share, or not", ("s",), _BUILD,
       "One instance serves all copies of the pools above it", tree.share, on_marked="each"),
    _A("extract", "Make a parameter of the number", ("v",), _BUILD,
       "A named number, which several nodes can use and plots can vary",
       question=Question("Name of the parameter", values.extract, values.suggested_parameter),
       reason=values.has_number),
    _A("rename", "Rename", ("f2", "R"), _BUILD, "The name, wherever it is used",
       question=Question("Name", tree.rename, lambda bench: bench.node)),
    _A("edit_title", "Title", ("T",), _BUILD, "What it is called on the screen",
       question=_field("title")),
    _A("edit_kind", "Kind", ("K",), _BUILD, "What sort of thing it is; changes no figure",
       question=Question("Kind", tree.set_kind, options=_kind_options(KINDS)), on_marked="each"),
    _A("edit_note", "Note", ("N",), _BUILD, "Free text", question=_field("note", lines=True),
       on_marked="each"),
    _A("edit_source", "Source", ("S",), _BUILD, "Where the figure comes from",
       question=_field("source"), on_marked="each"),
    _A("move_up", "Move up", ("shift+up",), _BUILD, "Before the part above it", tree.move_up,
       on_marked="in order"),
    _A("move_down", "Move down", ("shift+down",), _BUILD, "Behind the part below it",
       tree.move_down, on_marked="each"),
    _A("move_in", "Move in", ("shift+right",), _BUILD, "Into the neighbouring group",
       tree.move_in, on_marked="each"),
    _A("move_out", "Move out", ("shift+left",), _BUILD, "Out of its group", tree.move_out,
       on_marked="each"),
    _A("copy", "Copy", ("y", "ctrl+c"), _BUILD, "Keep the subtree for pasting"),
    _A("cut", "Cut", ("ctrl+x",), _BUILD, "Delete, and keep for pasting", tree.cut,
       removes=True),
    _A("paste", "Paste", ("P", "ctrl+v"), _BUILD, "Under fresh names; shared nodes stay the same",
       tree.paste),
    _A("delete_unused", "Drop what nothing uses", (), _BUILD,
       "Nodes that no choice uses, and parameters that then nothing names",
       choices.delete_unused, removes=True),
    _A("design_title", "Title of the design", (), _BUILD, "The name of the whole",
       question=Question("Title", _set_design_title, lambda bench: bench.design.title)),
)  # fmt: skip

CHOICE_NUMBERS = {f"choice_{number}": number for number in range(1, 10)}
"""The commands that take a choice in hand by its place, and which place that is."""

_CHOICE = (
    _G("next_choice", "Next choice", ("tab", "right_square_bracket"), _CHOICES),
    _G("previous_choice", "Previous choice", ("shift+tab", "left_square_bracket"), _CHOICES),
    *(_G(name, f"Choice {number}", (f"g {number}",), _CHOICES)
      for name, number in CHOICE_NUMBERS.items()),
    _G("toggle_baseline", "Make it the baseline", ("B",), _CHOICES,
       "The choice that the others must beat; again for none", choices.toggle_baseline),
    _G("duplicate_choice", "Duplicate the choice", ("D",), _CHOICES,
       "Its own structure over the same components",
       question=Question("Name", choices.duplicate, choices.suggested_name)),
    _G("another_setting", "Another setting of the choice", ("I",), _CHOICES,
       "The very same tree, to set other values in",
       question=Question("Name", choices.another_setting, choices.suggested_name)),
    _G("add_choice", "Add a choice", ("C",), _CHOICES, "With a tree of its own",
       question=Question("Name", choices.add, choices.suggested_name)),
    _G("rename_choice", "Rename the choice", ("f4",), _CHOICES,
       question=Question("Name", choices.rename, lambda bench: bench.choice)),
    _G("choice_title", "Title of the choice", (), _CHOICES,
       question=Question("Title", _set_choice_title, _choice_title)),
    _G("choice_left", "Move the choice left", ("left_curly_bracket",), _CHOICES, "",
       choices.move_left),
    _G("choice_right", "Move the choice right", ("right_curly_bracket",), _CHOICES, "",
       choices.move_right),
    _G("delete_choice", "Delete the choice", ("X",), _CHOICES,
       "With what it alone used", choices.delete, removes=True),
)  # fmt: skip

_SCREEN = (
    _G("moves", "Moves of the paper", ("m",), LOOK,
       "A list, of which one letter takes one: virtualize, replicate, vote, patch, diversify, ..."),
    _G("copy_out", "Copy to the clipboard", ("E",), COPY,
       "Figure, formula, table or points, to the clipboard of your terminal"),
    _G("copy_value", "Copy the figure", (), COPY, "R of the selected node"),
    _G("copy_table", "Copy the table", (), COPY, "Choices and tree, separated by tabs"),
    _G("cancel", "Close the pane", ("escape",), LOOK, "And stop what is being computed"),
    _A("pane_up", "Scroll the pane up", ("ctrl+u",), LOOK, "Half of what is seen", scope=PANE),
    _A("pane_down", "Scroll the pane down", ("ctrl+d",), LOOK, scope=PANE),
    _G("focus_pane", "Tree or pane", ("semicolon", "ctrl+w"), LOOK,
       "Gives the other one the focus: a pane's own keys hold while it has it"),
    _G("zoom", "Enlarge the pane", ("z",), LOOK, "It takes the whole screen, or gives it back"),
    _G("redraw", "Draw everything again", ("ctrl+l",), LOOK, "And compute what was given up"),
    _G("palette", "Find a command", ("ctrl+p", "colon"), LOOK),
    _G("help", "Help", ("question_mark", "f1"), LOOK),
)  # fmt: skip

_FILES = (
    _G("undo", "Undo", ("u",), _FILE,
       reason=_nothing_to("undo", lambda bench: bench.undo_label)),
    _G("redo", "Redo", ("U", "ctrl+y"), _FILE,
       reason=_nothing_to("redo", lambda bench: bench.redo_label)),
    _G("save", "Save", ("ctrl+s",), _FILE, reason=lambda bench: bench.read_only or None),
    _G("save_as", "Save as", ("f12",), _FILE),
    _G("open", "Open", ("ctrl+o",), _FILE, "A design, or a fault tree in Open-PSA or Galileo"),
    _G("recent", "Recent designs", ("f9",), _FILE),
    _G("new", "New design", ("ctrl+n",), _FILE),
    _G("reload", "Reload from disk", ("ctrl+r",), _FILE,
       reason=lambda bench: None if bench.path is not None else "it has no file yet"),
    _G("edit_file", "Edit the file in $EDITOR", ("ctrl+e",), _FILE,
       "At the line of what is selected; what it writes is an edit, which undo takes back"),
    _G("compare_saved", "Compare with the file", (), _FILE,
       "What is on the screen means otherwise than what is on the disk",
       reason=lambda bench: None if bench.path is not None else "it has no file yet"),
    _G("compare_revision", "Compare with a revision", (), _FILE,
       "What it means otherwise than what git keeps",
       reason=lambda bench: None if bench.path is not None else "it has no file yet"),
    _G("declined", "Edits set aside", (), _FILE,
       "Those that a crash left, and that were not taken when they were offered"),
    _G("suspend", "Suspend", ("ctrl+z",), _FILE, "To the shell; fg comes back to all as it was"),
    _G("quit", "Quit", ("q", "ctrl+q"), _FILE),
)  # fmt: skip

_ABOUT = (
    _A("cursor_up", "Up", ("up", "k"), _GO, "The row above"),
    _A("cursor_down", "Down", ("down", "j"), _GO, "The row below"),
    _A("page_up", "Page up", ("pageup", "ctrl+b"), _GO),
    _A("page_down", "Page down", ("pagedown", "ctrl+f"), _GO),
    _A("half_page_up", "Half a page up", ("ctrl+u",), _GO),
    _A("half_page_down", "Half a page down", ("ctrl+d",), _GO),
    _A("first", "First row", ("home", "g g"), _GO),
    _A("last", "Last row", ("end", "G"), _GO),
    _A("expand", "Expand", ("right", "l"), _GO),
    _A("collapse", "Collapse", ("left", "h"), _GO),
    _A("fold", "Fold or unfold", ("Z",), _GO),
    _A("mark", "Mark", ("space",), _GO,
       "Then go down: an edit is of all that is marked, as one; esc unmarks"),
    _A("search", "Search", ("slash",), _GO, "A name or a title in the tree, as it is typed"),
    _A("search_next", "Next match", ("n",), _GO, "While the search is on; esc ends it",
       scope=SEARCH),
    _A("search_previous", "Match before", ("N",), _GO, scope=SEARCH),
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    *_VALUES,
    *_TREE,
    *PAPER,
    *_CHOICE,
    *_SCREEN,
    *_ABOUT,
    *_FILES,
)
"""Every action, in the order of the help."""

_BY_ID = {entry.id: entry for entry in ACTIONS}


def action(name: str) -> Action:
    """The action of that id. Raises :class:`KeyError` when there is none."""
    return _BY_ID[name]


def groups() -> dict[str, list[Action]]:
    """The actions by group, in the order of the help."""
    found: dict[str, list[Action]] = {}
    for entry in ACTIONS:
        found.setdefault(entry.group, []).append(entry)
    return found
