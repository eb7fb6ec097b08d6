"""Edits of the tree: positions, additions, deletions, moves, pools, cut and paste."""

from __future__ import annotations

import pytest

from tests.model.examples import P, example, reliability
from vreltui.model import Choice, Component, Design, DesignError, Group, Parameter, Pool, edits
from vreltui.model.edits import Position, node_at
from vreltui.model.rules import check

VMS = Position("vms")


def test_positions_lead_through_groups_and_pools() -> None:
    design = example()
    assert node_at(design, VMS) == "virtualized"
    assert node_at(design, Position("vms", (2, 0))) == "vm"
    assert edits.trail(design, Position("vms", (2, 0))) == ("virtualized", "pool", "vm")
    with pytest.raises(DesignError, match="no part number 4"):
        node_at(design, Position("vms", (3,)))
    with pytest.raises(DesignError, match="no choice other"):
        node_at(design, Position("other"))


def test_a_position_that_is_gone_leads_to_the_nearest() -> None:
    design = example()
    assert edits.nearest_position(design, Position("vms", (7, 3))) == Position("vms", (2, 0))
    assert edits.nearest_position(design, Position("gone", (1,))) == Position("nv")


def test_a_node_is_added_into_a_group_or_behind_a_component() -> None:
    disk = Component(name="disk", reliability=P("0.98"), kind="storage")
    inside = edits.add_node(example(), VMS, disk)
    assert inside.position == Position("vms", (3,))
    assert inside.design.nodes["virtualized"].children[-1] == "disk"
    assert reliability(inside.design, "vms") == pytest.approx(
        reliability(example(), "vms") * 0.98, rel=1e-14
    )
    behind = edits.add_node(example(), VMS.child(0), disk)
    assert behind.design.nodes["virtualized"].children[:2] == ("hardware", "disk")
    assert behind.position == VMS.child(1)
    with pytest.raises(DesignError, match="there is a node vm already"):
        edits.add_node(example(), VMS, Component(name="vm", reliability=P("0.5")))


def test_what_no_group_holds_gets_one_when_something_is_added() -> None:
    os = Component(name="os", reliability=P("0.99"), kind="os")
    edited = edits.add_node(example(), Position("vms", (2, 0)), os)
    assert edited.design.nodes["vm-group"].children == ("vm", "os")
    assert edited.design.nodes["pool"].children == ("vm-group",)
    assert node_at(edited.design, edited.position) == "os"
    root = edits.add_node(edits.set_root(example(), "nv", "vm"), Position("nv"), os)
    assert root.design.choices["nv"].root == "vm-group"
    assert node_at(root.design, root.position) == "os"


def test_an_existing_node_in_a_second_place_is_the_same_thing() -> None:
    edited = edits.add_existing(example(), VMS, "hardware")
    assert reliability(edited.design, "vms") == reliability(example(), "vms")
    with pytest.raises(DesignError, match="contain each other"):
        edits.add_existing(example(), VMS.child(2), "virtualized")


def test_deleting_drops_what_nothing_else_uses() -> None:
    edited = edits.delete(example(), VMS.child(2))
    assert "pool" not in edited.design.nodes
    assert "vm" in edited.design.nodes
    assert edited.position == VMS.child(1)
    assert reliability(edited.design, "vms") == pytest.approx(0.9999 * 0.999, rel=1e-14)
    with pytest.raises(DesignError, match="root of choice vms"):
        edits.delete(example(), VMS)
    with pytest.raises(DesignError, match="what pool pool copies; delete the pool"):
        edits.delete(example(), VMS.child(2).child(0))


def test_the_last_part_takes_its_group_along() -> None:
    wrapped = edits.wrap(example(), VMS.child(1)).design
    edited = edits.delete(wrapped, Position("vms", (1, 0)))
    assert edited.design.nodes["virtualized"].children == ("hardware", "pool")
    assert "hypervisor-group" not in edited.design.nodes


def test_an_unused_node_keeps_what_it_names() -> None:
    design = edits.set_root(example(), "nv", "vm")
    check(design)
    edited = edits.delete(design, VMS.child(0))
    # bare is used by no choice and still names the hardware.
    assert "hardware" in edited.design.nodes


def test_parts_move_up_and_down() -> None:
    edited = edits.move_up(example(), VMS.child(1))
    assert edited.design.nodes["virtualized"].children[:2] == ("hypervisor", "hardware")
    assert edited.position == VMS.child(0)
    back = edits.move_down(edited.design, edited.position)
    assert back.design == example()
    with pytest.raises(DesignError, match="it is the first part"):
        edits.move_up(example(), VMS.child(0))
    with pytest.raises(DesignError, match="it is the last part"):
        edits.move_down(example(), VMS.child(2))
    with pytest.raises(DesignError, match="vm is all that pool pool copies"):
        edits.move_up(example(), Position("vms", (2, 0)))
    with pytest.raises(DesignError, match="root of choice vms"):
        edits.move_up(example(), VMS)


def test_parts_move_into_a_group_and_out_again() -> None:
    wrapped = edits.wrap(example(), VMS.child(1)).design
    inside = edits.move_in(wrapped, VMS.child(0))
    assert inside.design.nodes["hypervisor-group"].children == ("hypervisor", "hardware")
    assert node_at(inside.design, inside.position) == "hardware"
    assert reliability(inside.design, "vms") == reliability(example(), "vms")
    out = edits.move_out(inside.design, inside.position)
    assert out.design.nodes["virtualized"].children == ("hypervisor-group", "hardware", "pool")
    assert node_at(out.design, out.position) == "hardware"
    with pytest.raises(DesignError, match="only part of hypervisor-group"):
        edits.move_out(out.design, Position("vms", (0, 0)))
    with pytest.raises(DesignError, match="neither neighbour of hypervisor is a group"):
        edits.move_in(example(), VMS.child(1))


def test_wrap_pool_and_dissolve() -> None:
    pooled = edits.make_pool(example(), VMS.child(1), copies=2, needs="any")
    assert reliability(pooled.design, "vms") == pytest.approx(
        0.9999 * (1 - 0.001**2) * (1 - 0.1**3), rel=1e-14
    )
    assert edits.dissolve(pooled.design, VMS.child(1)).design == example()
    wrapped = edits.wrap(example(), VMS)
    assert wrapped.design.choices["vms"].root == "virtualized-group"
    assert wrapped.design.choices["five"].root == "virtualized"
    grown = edits.add_node(
        edits.wrap(example(), VMS.child(1)).design,
        VMS.child(1),
        Component(name="tools", reliability=P("0.9")),
    )
    flat = edits.dissolve(grown.design, VMS.child(1))
    assert flat.design.nodes["virtualized"].children == (
        "hardware", "hypervisor", "tools", "pool",
    )  # fmt: skip
    with pytest.raises(DesignError, match="is a component and holds nothing"):
        edits.dissolve(example(), VMS.child(0))


def test_cut_and_paste_keep_names_and_copies_get_fresh_ones() -> None:
    clipping, cut = edits.cut(example(), VMS.child(2))
    pasted = edits.paste(cut.design, VMS, clipping)
    assert reliability(pasted.design, "vms") == reliability(example(), "vms")
    assert "pool" in pasted.design.nodes
    copied = edits.paste(example(), VMS, edits.copy(example(), VMS.child(2)))
    assert node_at(copied.design, copied.position) == "pool-2"
    assert copied.design.nodes["pool-2"].children == ("vm-2",)
    assert reliability(copied.design, "vms") == pytest.approx(
        0.9999 * 0.999 * (1 - 0.1**3) ** 2, rel=1e-14
    )


def test_what_is_pasted_twice_stands_side_by_side() -> None:
    design = edits.wrap(example(), VMS.child(1)).design
    clipping = edits.copy(design, VMS.child(1))
    count = len(design.nodes[design.choices["vms"].root].children)
    first = edits.paste(design, VMS, clipping)
    second = edits.paste(first.design, first.position, clipping)
    root = second.design.nodes[design.choices["vms"].root]
    assert first.position == VMS.child(count)
    assert second.position == VMS.child(count + 1)
    assert len(root.children) == count + 2
    group = second.design.nodes[root.children[count]]
    assert len(group.children) == 1


def test_a_pasted_shared_node_is_the_same_one() -> None:
    design = edits.set_shared(example(), "vm", True)
    pasted = edits.paste(design, VMS, edits.copy(design, VMS.child(2)))
    assert pasted.design.nodes["pool-2"].children == ("vm",)
    assert reliability(pasted.design, "vms") == reliability(design, "vms")


def test_what_is_below_a_pasted_shared_node_is_not_copied_for_nobody() -> None:
    design = edits.wrap(example(), Position("vms", (2, 0))).design
    design = edits.set_shared(design, "vm-group", True)
    pasted = edits.paste(design, VMS, edits.copy(design, VMS.child(2)))
    assert set(pasted.design.nodes) == {*design.nodes, "pool-2"}


def test_pasting_into_another_design_brings_the_parameters() -> None:
    other = Design(
        nodes={"x": Component(name="x", reliability=P("0.5"))}, choices={"c": Choice("c", "x")}
    )
    pasted = edits.paste(other, Position("c"), edits.copy(example(), VMS.child(2)))
    assert set(pasted.design.parameters) == {"R_M", "n"}
    clash = edits.add_parameter(other, Parameter("n", P("0.5")))
    with pytest.raises(DesignError, match="parameter n is a probability here"):
        edits.paste(clash, Position("c"), edits.copy(example(), VMS.child(2)))


def test_fresh_names_are_names() -> None:
    long = "x" * 64
    name = edits.fresh_name(long, {long})
    assert len(name) == 64
    assert name.endswith("-2")
    assert edits.fresh_name("a-9", {"a-9", "a-10"}) == "a-11"


def test_a_fresh_name_that_had_to_be_cut_is_fresh_too() -> None:
    """Else a wrapped node of a long name would take the place of another."""
    taken = "x" * 60 + "-gro"
    assert edits.fresh_name("x" * 60 + "-group", {taken}) not in {taken}
    design = edits.rename_node(example(), "vm", "x" * 60)
    once = edits.wrap(design, Position("vms", (2, 0)))
    twice = edits.wrap(once.design, Position("vms", (2, 0, 0)))
    assert reliability(twice.design, "vms") == reliability(example(), "vms")
    assert len(twice.design.nodes) == len(example().nodes) + 2


def test_everything_under_a_pool_can_be_a_group() -> None:
    design = edits.wrap(example(), Position("vms", (2, 0))).design
    pool = design.nodes["pool"]
    assert isinstance(pool, Pool)
    assert isinstance(design.nodes[pool.of], Group)
