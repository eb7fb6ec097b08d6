"""A plot of the choice: R, gain or a threshold against any parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from vreltui.model import Plot
from vreltui.model.own_numbers import named_numbers
from vreltui.model.plots import Drawn, PlotAxis
from vreltui.tui.lines import Line
from vreltui.tui.panes.common_lines import note_lines
from vreltui.tui.panes.first_picture import FirstPicture, known_thresholds
from vreltui.tui.panes.pane import Pane, PaneAction, PaneOwner
from vreltui.tui.panes.pictures import Pictures, table_lines
from vreltui.tui.screens.picker import Item
from vreltui.tui.widgets.pane import Drawing
from vreltui.wording.times import SYMBOLS
from vreltui.workbench import COPY, LOOK, Action
from vreltui.workbench.commands.actions import GLOBAL
from vreltui.workbench.open.left_view import Setting
from vreltui.workbench.view.plot_frame import Known
from vreltui.workbench.view.plot_view import (
    ACROSS_TIME,
    CLOSEST,
    GOAL,
    PlotView,
    drawable,
    plot_of,
    title_of_two,
    view_of,
)

_GROUP = "In the plot"


class PlotPane(Pane):
    """The plot of a view, or one that the design keeps; as a picture or as a table."""

    name = "plot"
    place = 2
    opens = Action(
        "plot", "Plot", ("p",), LOOK, "R, gain or a threshold against a parameter", scope=GLOBAL
    )

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self.view = PlotView()
        self.kept: str | None = None
        self.nines = False
        self.table = False
        self._frame: PlotAxis | None = None
        self._first = FirstPicture()
        self._is_taken = False
        self._pictures = Pictures(owner)

    def settings(self) -> dict[str, Setting]:
        """The view, which plot of the design's own, and how it is drawn."""
        return {**asdict(self.view), "kept": self.kept, "nines": self.nines, "table": self.table}

    def recall(self, settings: Mapping[str, Setting]) -> None:
        """The same view again; where something of it is strange, the usual one."""
        self.view = view_of(settings)
        kept = settings.get("kept")
        self.kept = kept if isinstance(kept, str) else None
        self.nines, self.table = settings.get("nines") is True, settings.get("table") is True

    # What is shown

    def plot(self) -> Plot | None:
        """The plot to draw now; None where there is nothing to draw against."""
        session = self.stage.session
        if self.kept is not None and self.kept in session.design.plots:
            return session.design.plots[self.kept]
        view = self.view
        if self.owner.as_it_fits:
            view = replace(view, across=self._first.name(session))
        known = Known(known_thresholds(session), self._frame)
        plot = plot_of(view, session.design, session.choice, self.stage.node, known)
        self._frame = None if plot is None else plot.x
        return plot

    @property
    def has_first(self) -> bool:
        """Whether there is something to see before somebody asks, as far as is known."""
        return self._first.exists(self.stage.session)

    def taken(self) -> None:
        """The first picture is wanted: it stays what it is until the pane is closed."""
        across = self._first.name(self.stage.session)
        self.view, self._is_taken = replace(self.view, across=across), True

    def closed(self) -> None:
        """What is drawn next is against what is selected then."""
        if self._is_taken:
            self.view, self._is_taken = replace(self.view, across=None), False

    def ask(self) -> bool:
        """Ask for a picture of the size of the pane."""
        plot = self.plot()
        if plot is not None:
            width, height = self.stage.pane.size
            session = self.stage.session
            choices = self._first.choices(session) if self.owner.as_it_fits else ()
            if choices:
                plot = replace(plot, title=title_of_two(session.design, plot, choices))
            self._pictures.ask(plot, width, height, nines=self.nines, choices=choices)
        return plot is not None

    def drawing(self) -> Drawing:
        """The picture, or the points as a table."""
        if self.plot() is None:
            return lambda width, height: note_lines("no number to draw against", width)
        answer, glyphs = self._pictures.answer, self.stage.glyphs
        if not self.table or answer is None:
            return self._pictures.lines

        def lines(width: int, _: int) -> list[Line]:
            return table_lines(answer.table, width, glyphs)

        return lines

    # Commands

    def next(self) -> None:
        """The next of the plots: that of the selection, then those that the design keeps."""
        self._cycle(1)

    def previous(self) -> None:
        """The one before."""
        self._cycle(-1)

    def _cycle(self, by: int) -> None:
        known: list[str | None] = [None, *self.stage.session.design.plots]
        at = known.index(self.kept) if self.kept in known else 0
        self.kept = known[(at + by) % len(known)]
        self.show()

    def look(self, view: PlotView) -> None:
        """Draw another view."""
        self.view, self.kept = view, None
        self.show()

    def pick_what(self) -> None:
        """What is drawn: reliability, gain, or a threshold."""
        design = self.stage.session.design
        symbol = SYMBOLS[design.measure]
        items = [Item(word, word, note) for word, note in drawable(self.view, design)]
        if design.baseline is not None:
            items.append(Item("gain", "gain", f"{symbol} minus that of the baseline"))
        items += [*self._parameters("bound on "), *self._own_numbers("bound on ")]
        words: dict[str, Drawn] = {word: word for word, _ in drawable(self.view, design)}
        words["gain"] = "gain"

        def take(value: str) -> None:
            if value in words:
                self.look(replace(self.view, y=words[value], threshold=None))
            else:
                self.look(replace(self.view, y="threshold", threshold=value[1:]))

        self.stage.pick("Draw", items, take)

    def pick_across(self) -> None:
        """Against which parameter."""
        items = [Item("", "that of the selected node", "")]
        if self.stage.session.design.knows_time:
            items.append(Item(f"={ACROSS_TIME}", "time", "R(t), A(t)"))
        items += [*self._parameters(""), *self._own_numbers("")]

        def take(value: str) -> None:
            self.look(replace(self.view, across=value[1:] or None, zoom=0))

        self.stage.pick("Against", items, take)

    def pick_family(self) -> None:
        """One curve for each of a few values of another parameter."""
        items = [Item("", "no family", "a single curve"), *self._parameters("")]
        items.insert(1, Item(f"={GOAL}", "the goal", "several goals"))

        def take(value: str) -> None:
            self.look(replace(self.view, family=value[1:] or None))

        self.stage.pick("A family over", items, take)

    def _parameters(self, before: str) -> list[Item]:
        design, choice = self.stage.session.design, self.stage.session.choice
        used = design.parameters_below(design.choices[choice].root)
        return [Item(f"={p}", f"{before}{p}", design.parameters[p].title) for p in used]

    def _own_numbers(self, before: str) -> list[Item]:
        design, choice = self.stage.session.design, self.stage.session.choice
        below = design.below(design.choices[choice].root)
        named = named_numbers(design, tuple(below))
        return [Item(f"={n}", f"{before}{n}", design.nodes[at].title) for n, at in named.items()]

    def closer(self) -> None:
        """Half the range around the present value."""
        self.look(replace(self.view, zoom=min(self.view.zoom + 1, CLOSEST)))

    def wider(self) -> None:
        """Twice the range."""
        self.look(replace(self.view, zoom=max(self.view.zoom - 1, -CLOSEST)))

    def toggle_nines(self) -> None:
        """A vertical axis of nines, or not."""
        self.nines = not self.nines
        self.stage.say("vertical axis: nines" if self.nines else "vertical axis: as it fits")
        self.show()

    def toggle_table(self) -> None:
        """The points as a table, or the picture."""
        self.table = not self.table
        self.show()

    def copy_points(self) -> None:
        """The points to the clipboard."""
        answer = self._pictures.answer
        if answer is None or not answer.csv:
            self.stage.say("the plot is not there yet: copy it once it is shown", "warning")
        else:
            self.stage.clip(answer.csv, "the points")

    actions = (
        PaneAction(
            Action("plot_closer", "Plot closer", ("asterisk",), _GROUP,
                   "Half the range, around the value", scope=name),
            closer, "closer",
        ),
        PaneAction(
            Action("plot_wider", "Plot wider", ("backslash",), _GROUP, "Twice the range",
                   scope=name),
            wider, "wider",
        ),
        PaneAction(
            Action("plot_what", "Plot what", ("Y",), _GROUP,
                   "What is measured, gain or a threshold", scope=name),
            pick_what, "what",
        ),
        PaneAction(
            Action("plot_across", "Plot against", ("H",), _GROUP,
                   "Which parameter, or the time, runs across", scope=name),
            pick_across, "against",
        ),
        PaneAction(
            Action("plot_family", "Plot a family", ("F",), _GROUP,
                   "A curve for each of a few values", scope=name),
            pick_family, "family",
        ),
        PaneAction(
            Action("plot_nines", "Plot in nines", ("number_sign",), _GROUP,
                   "A vertical axis of nines", scope=name),
            toggle_nines, "nines",
        ),
        PaneAction(
            Action("plot_table", "Points as a table", ("V",), _GROUP,
                   "Instead of the picture, or back", scope=name),
            toggle_table, "table",
        ),
        PaneAction(
            Action("next_plot", "Next plot", ("right_parenthesis",), _GROUP,
                   "Of the design's own", scope=name),
            next, "next plot",
        ),
        PaneAction(
            Action("previous_plot", "Previous plot", ("left_parenthesis",), _GROUP, scope=name),
            previous,
        ),
        PaneAction(
            Action("copy_csv", "Copy the points as CSV", (), COPY, "Of the plot", scope=name),
            copy_points,
        ),
    )  # fmt: skip
