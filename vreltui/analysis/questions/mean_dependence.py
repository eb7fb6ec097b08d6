"""What a common beta would do to a mean life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vreltui.analysis.questions.thresholds import bounded
from vreltui.analysis.results import BETAS, FigureKey, Measure, OpenInterval
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.mean_contest import INFINITE, MeanContest, MeanLives, as_ball, compared
from vreltui.engine.mean_life import Mean
from vreltui.engine.program import Source
from vreltui.engine.regions import EVERYWHERE, Region, intersect
from vreltui.model import Probability
from vreltui.model.goals import MeanLife


@dataclass(frozen=True, slots=True)
class MeanDependence:
    """Means with a common beta in the place of independence."""

    study: Study
    choice: str
    evaluation: Evaluation

    @property
    def key(self) -> FigureKey:
        """The mean life in seconds."""
        return "mttf_s"

    def figures(self, source: Source) -> tuple[float, ...]:
        """The mean life at each beta. Raises :class:`Undecided` where one is infinite."""
        return tuple(float(mean) for mean in self._means(source, BETAS))

    def kept(self, source: Source, betas: Sequence[Probability]) -> tuple[float, ...] | None:
        """From the differences to the mean where all is common."""
        ends = {BETAS[0]: 1.0, BETAS[-1]: 0.0}
        inside = [beta for beta in betas if beta not in ends]
        first, *between, end = self._means(source, [BETAS[0], *inside, BETAS[-1]])
        if compared(first, end) <= 0:
            return None
        with precision(WORKING_BITS):
            none, last = as_ball(first), as_ball(end)
            shares = [float((as_ball(each) - last) / (none - last)) for each in between]
        found = {**ends, **dict(zip(inside, shares, strict=True))}
        return tuple(found[beta] for beta in betas)

    def most(self, source: Source) -> tuple[OpenInterval, ...]:
        """Where the choice meets goal and baseline."""
        study, design = self.study, self.study.design
        rivals: list[tuple[Measure, MeanLives | Fraction]] = []
        if isinstance(design.goal, MeanLife):
            rivals.append(("goal", design.goal.time.seconds))
        if study.is_rival(self.choice) and design.baseline is not None:
            rival = MeanLives(study.evaluation(design.baseline), study.budget)
            rivals.append(("baseline", rival))
        own = MeanLives(self.evaluation, study.budget)
        regions: list[tuple[Measure, Region]] = []
        whole = EVERYWHERE
        for measure, each in rivals:
            contest = MeanContest(own, each, study.budget)
            region = contest.winning_shares(source, (True, False))
            regions.append((measure, region))
            whole = intersect(whole, region)
        return bounded(whole, regions, None)

    def _means(self, source: Source, betas: Sequence[Probability]) -> list[Mean]:
        own = MeanLives(self.evaluation, self.study.budget)
        means = [own.changed({source: beta}).mean() for beta in betas]
        if any(mean is INFINITE for mean in means):
            raise Undecided("a mean life is infinite")
        return means
