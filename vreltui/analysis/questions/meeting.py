"""Does a choice meet as it stands? The verdict without what else a report says."""

from __future__ import annotations

from vreltui.analysis.questions.within import is_explored, keeping
from vreltui.analysis.study import Study


def meets(study: Study, choice: str) -> bool:
    """Whether a choice exceeds the goal, beats the baseline and keeps what a space asks of it.

    As it stands: other values of what is open are not looked at. True where nothing is asked.
    Raises :class:`~vreltui.engine.limits.Undecided` where that cannot be told within the limits.
    """
    if is_explored(study.design) and keeping(study.design, choice).broken:
        return False
    if study.design.measure == "mttf":
        # Imported where a design asks for it: the others start without it.
        from vreltui.analysis.mean_report import Means

        return all(contest.sign() > 0 for _, contest in Means(study, choice).contests())
    return all(contest.sign() > 0 for contest in study.contests(choice))
