"""What improvement offers to menu, My work, search, periodic jobs and retention."""

from plumbline.improvement.kinds import KINDS
from plumbline.improvement.presenters.evidence import evidence
from plumbline.improvement.presenters.waiting import action_work, found_in_improvement
from plumbline.shared.area import Area, MenuItem

AREA = Area(
    key="improvement",
    menu=(
        MenuItem("Findings", "findings", "finding.view", order=14),
        MenuItem("Actions", "actions", "action.view", order=16),
    ),
    work_items=action_work,
    search=found_in_improvement,
    kinds=KINDS,
    evidence=evidence,
)
