"""Plots as text. Takes the points that ``analysis.plots`` finds and draws them for a terminal.

A room of its own above ``analysis``, because the command line and the application both draw, and
neither should know the other: here is no argument, no file, no Textual and no arithmetic on
reliabilities. plotext, which draws the curves, is imported at the first drawing.
"""

from vreltui.plotting.draw import Style, draw
from vreltui.plotting.picture import Colours, Picture, Span
from vreltui.plotting.points_csv import csv_text

__all__ = ["Colours", "Picture", "Span", "Style", "csv_text", "draw"]
