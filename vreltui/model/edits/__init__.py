"""Edits: pure functions from a design to the design after the edit.

Each checks what it makes, and raises :class:`vreltui.model.DesignError` with what is wrong and
what would be right; the design it was given never changes.
"""

from vreltui.model.edits.alternatives import branch
from vreltui.model.edits.bounds_and_rules import (
    add_rule,
    delete_rule,
    set_lots,
    set_resource_limit,
    set_resource_limits,
)
from vreltui.model.edits.causes import delete_cause, set_beta, strike
from vreltui.model.edits.choices import (
    add_choice,
    add_plot,
    add_tree,
    change_plot,
    delete_choice,
    delete_plot,
    duplicate_choice,
    move_choice,
    rename_choice,
    set_baseline,
    set_copies_limit,
    set_goal,
    set_root,
)
from vreltui.model.edits.clipboard import Clipping, copy, cut, paste
from vreltui.model.edits.common import fresh_name, refuse_taken
from vreltui.model.edits.consolidation import move_into_hypervisor
from vreltui.model.edits.containing import Container, contain
from vreltui.model.edits.decisions import (
    set_item_number,
    set_option,
    set_values,
    settle,
    settle_all,
    unsettle,
)
from vreltui.model.edits.diversity import diversify
from vreltui.model.edits.moves import replicate, second, virtualize, vote
from vreltui.model.edits.nodes import (
    rename_node,
    set_copies,
    set_kind,
    set_needs,
    set_number,
    set_reliability,
    set_shared,
    set_text,
)
from vreltui.model.edits.parameters import (
    add_parameter,
    clear_range,
    delete_parameter,
    extract_parameter,
    rename_parameter,
    set_in_choice,
    set_range,
    set_value,
    unset_in_choice,
    within_range,
)
from vreltui.model.edits.patching import patch_on_a_copy
from vreltui.model.edits.position import Edited, Position, nearest_position, node_at, trail
from vreltui.model.edits.process_moves import add_move, delete_move, set_move, set_states
from vreltui.model.edits.rejuvenation import rejuvenate
from vreltui.model.edits.repair import repair
from vreltui.model.edits.sparing import share_a_spare, share_the_load
from vreltui.model.edits.structure import (
    add_beside,
    add_existing,
    add_node,
    delete,
    delete_unused,
    dissolve,
    make_pool,
    move_down,
    move_in,
    move_out,
    move_up,
    wrap,
    wrap_together,
)
from vreltui.model.edits.uses import (
    back_up,
    migrate_under_load,
    watch_and_replay,
    watch_from_outside,
)

__all__ = [
    "Clipping",
    "Container",
    "Edited",
    "Position",
    "add_beside",
    "add_choice",
    "add_existing",
    "add_move",
    "add_node",
    "add_parameter",
    "add_plot",
    "add_rule",
    "add_tree",
    "back_up",
    "branch",
    "change_plot",
    "clear_range",
    "contain",
    "copy",
    "cut",
    "delete",
    "delete_cause",
    "delete_choice",
    "delete_move",
    "delete_parameter",
    "delete_plot",
    "delete_rule",
    "delete_unused",
    "dissolve",
    "diversify",
    "duplicate_choice",
    "extract_parameter",
    "fresh_name",
    "make_pool",
    "migrate_under_load",
    "move_choice",
    "move_down",
    "move_in",
    "move_into_hypervisor",
    "move_out",
    "move_up",
    "nearest_position",
    "node_at",
    "paste",
    "patch_on_a_copy",
    "refuse_taken",
    "rejuvenate",
    "rename_choice",
    "rename_node",
    "rename_parameter",
    "repair",
    "replicate",
    "second",
    "set_baseline",
    "set_beta",
    "set_copies",
    "set_copies_limit",
    "set_goal",
    "set_in_choice",
    "set_item_number",
    "set_kind",
    "set_lots",
    "set_move",
    "set_needs",
    "set_number",
    "set_option",
    "set_range",
    "set_reliability",
    "set_resource_limit",
    "set_resource_limits",
    "set_root",
    "set_shared",
    "set_states",
    "set_text",
    "set_value",
    "set_values",
    "settle",
    "settle_all",
    "share_a_spare",
    "share_the_load",
    "strike",
    "trail",
    "unset_in_choice",
    "unsettle",
    "virtualize",
    "vote",
    "watch_and_replay",
    "watch_from_outside",
    "within_range",
    "wrap",
    "wrap_together",
]
