"""What ``import vreltui`` gives: the library, loaded when it is first asked for."""

from vreltui.library import (
    Check as Check,
)
from vreltui.library import (
    ChoiceCheck as ChoiceCheck,
)
from vreltui.library import (
    Comparison as Comparison,
)
from vreltui.library import (
    Condition as Condition,
)
from vreltui.library import (
    CutSets as CutSets,
)
from vreltui.library import (
    Design as Design,
)
from vreltui.library import (
    Exploration as Exploration,
)
from vreltui.library import (
    Formula as Formula,
)
from vreltui.library import (
    Importance as Importance,
)
from vreltui.library import (
    PlotPoints as PlotPoints,
)
from vreltui.library import (
    Threshold as Threshold,
)
from vreltui.library import (
    VreltuiError as VreltuiError,
)
from vreltui.library import (
    check as check,
)
from vreltui.library import (
    compare as compare,
)
from vreltui.library import (
    condition as condition,
)
from vreltui.library import (
    cut_sets as cut_sets,
)
from vreltui.library import (
    dumps as dumps,
)
from vreltui.library import (
    explore as explore,
)
from vreltui.library import (
    formula as formula,
)
from vreltui.library import (
    importance as importance,
)
from vreltui.library import (
    load as load,
)
from vreltui.library import (
    loads as loads,
)
from vreltui.library import (
    plot_points as plot_points,
)

__version__: str
__all__: list[str]
