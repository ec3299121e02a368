"""What rounds add to My work and to search."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from plumbline.audits.models import RoundState
from plumbline.audits.queries.draws import waiting_to_agree
from plumbline.audits.queries.excusals import unfinished_after_issue
from plumbline.audits.queries.rounds import rounds_for
from plumbline.audits.rules.rounds import months_in_words
from plumbline.people.scope import Viewer
from plumbline.shared.area import Found, WorkItem
from plumbline.shared.dates import first_of_month

MOST_FOUND = 10
STEPS = {
    RoundState.PROPOSED: ("round_plan", "A theme is proposed and waits to be agreed: {title}."),
    RoundState.PLANNED: ("case_list_upload", "{title} waits for its case list."),
    RoundState.COHORT: ("draw", "{title} waits for its sample to be drawn."),
    RoundState.FINALISED: ("round_agreed", "{title} waits for a forum to agree its plan."),
}


def rounds_work(viewer: Viewer, day: date) -> Iterator[WorkItem]:
    """Rounds that wait for the quality assurance team, and drawn cases that wait for a second person."""
    if viewer.has("round.change"):
        rows = rounds_for(viewer).filter(
            state__in=list(STEPS), is_historic=False, first_month__lte=first_of_month(day, 1)
        )
        for row in rows:
            page, words = STEPS[RoundState(row.state)]
            url = reverse(page, args=[row.public_id])
            yield WorkItem(words.format(title=row.title), url, max(row.first_month, day))
        for row in unfinished_after_issue(viewer):
            words = f"{row.title} is not finished: its report was issued while audits were missing."
            yield WorkItem(words, f"{reverse('round', args=[row.public_id])}#finishing", day)
    if viewer.has("draw.approve"):
        asked: dict[str, tuple[str, int]] = {}
        for slot in waiting_to_agree(viewer):
            row = slot.draw.round
            asked[row.public_id] = (row.title, asked.get(row.public_id, ("", 0))[1] + 1)
        for key, (title, number) in asked.items():
            cases = "1 drawn case waits" if number == 1 else f"{number} drawn cases wait"
            url = f"{reverse('draw', args=[key])}?show=asked"
            yield WorkItem(f"{cases} for a second person to agree that it is left out of {title}.", url)


def found_rounds(viewer: Viewer, asked: str) -> Iterator[Found]:
    """The rounds whose title or theme holds the words."""
    if not viewer.has("round.view"):
        return
    rows = rounds_for(viewer).filter(title__icontains=asked) | rounds_for(viewer).filter(
        theme__icontains=asked
    )
    for row in rows.distinct()[:MOST_FOUND]:
        url = reverse("round", args=[row.public_id])
        yield Found(row.title, url, "Round of audits", months_in_words(row.first_month, row.last_month))
