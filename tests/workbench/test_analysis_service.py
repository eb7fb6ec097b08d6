"""Reports that are computed beside the screen are those that are computed here."""

from __future__ import annotations

from tests.workbench.conftest import DESIGNS
from vreltui.analysis import examine
from vreltui.model import Probability, edits
from vreltui.storage import read
from vreltui.workbench import Analysis, AnalysisService

LONG = 60.0  # seconds within which everything here ends, on any machine


def test_a_report_is_the_one_that_is_computed_here() -> None:
    service = AnalysisService()
    design = read(DESIGNS / "web-node.toml").design
    try:
        for value in ("0.995", "0.9985", "0.9999"):
            design = edits.set_value(design, "R_V", Probability.of(value))
            found = service.submit(design, "vms") or service.wait(LONG)
            assert isinstance(found, Analysis)
            assert found.design is design
            assert found.report == examine(design)
            assert service.state == "current"
    finally:
        service.close()


def test_own_numbers_of_the_choice_in_hand_have_thresholds() -> None:
    service = AnalysisService()
    design = read(DESIGNS / "web-node.toml").design
    design = edits.rename_parameter(design, "R_H", "R_X")
    design = edits.delete_parameter(design, "R_X")
    try:
        found = service.submit(design, "vms") or service.wait(LONG)
        assert found is not None
        assert set(found.own) == {"hardware"}
        (interval,) = found.own["hardware"].intervals
        assert 0.99 < interval.low.figure.reliability < 0.99999
        found = service.submit(design, None) or service.wait(LONG)
        assert found is not None
        assert found.own == {}
    finally:
        service.close()
