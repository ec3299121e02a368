"""Episodes of an SSDA903 return as periods of care, placements and legal statuses, which it does not name itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.people import People, day_of
from plumbline.indicators.files.pseudonyms import Ready
from plumbline.indicators.files.staging import Stage
from plumbline.indicators.files.values import Remark, tidy

_EPISODE = (
    "clae_cla_episode_id",
    "clae_person_id",
    "clae_cla_episode_start_date",
    "clae_cla_episode_start_reason",
    "clae_cla_primary_need_code",
    "clae_cla_episode_ceased_date",
    "clae_cla_episode_ceased_reason",
    "clae_cla_id",
    "clae_cla_placement_id",
    "clae_entered_care_date",
)
_PLACEMENT = (
    "clap_cla_placement_id",
    "clap_person_id",
    "clap_cla_id",
    "clap_cla_placement_start_date",
    "clap_cla_placement_end_date",
    "clap_cla_placement_type",
    "clap_cla_placement_provider",
    "clap_cla_placement_urn",
    "clap_cla_placement_postcode",
    "clap_cla_placement_distance",
    "clap_cla_placement_change_reason",
)
_LEGAL = (
    "lega_legal_status_id",
    "lega_person_id",
    "lega_legal_status",
    "lega_legal_status_start_date",
    "lega_legal_status_end_date",
)
_REVIEW = (
    "clar_cla_review_id",
    "clar_cla_person_id",
    "clar_cla_id",
    "clar_cla_review_date",
    "clar_cla_review_participation",
)


@dataclass(frozen=True)
class _Episode:
    """One row of the list, with the days and codes that its place among the others hangs on."""

    values: Mapping[str, str]
    at: Row
    start: str
    end: str | None
    why: str
    legal: str


class Care:
    """Gathers episodes and reviews child by child, and puts them on the stage when all were seen.

    A period of care is a run of episodes without a gap. A change of legal status alone (RNE L) leaves the placement as
    it was. The day care began is known only where the return reaches back to it (RNE S).
    Source: Department for Education, SSDA903 guide.
    """

    def __init__(self, stage: Stage, people: People) -> None:
        self._stage, self._people = stage, people
        self._episodes: dict[Ready, list[_Episode]] = {}
        self._last_day: date | None = None
        self._reviews: list[tuple[Ready, Mapping[str, str], Row]] = []
        self._periods: dict[Ready, list[tuple[str, str | None, Ready]]] = {}

    def take_episode(self, child: Ready, values: Mapping[str, str], at: Row) -> None:
        """Take in one episode."""
        start, end = day_of(values.get("DECOM")), day_of(values.get("DEC"))
        why, legal = tidy(values.get("RNE")).upper(), tidy(values.get("LS")).upper()
        episode = _Episode(values, at, start or "", end, why, legal)
        self._episodes.setdefault(child, []).append(episode)

    def take_review(self, child: Ready, values: Mapping[str, str], at: Row) -> None:
        """Take in one review."""
        self._reviews.append((child, values, at))

    def last_day(self, as_at: date) -> date:
        """The 31 March that ends the year of the return, seen from its latest episode or review; never after `as_at`."""
        if self._last_day is None:
            episodes = [episode for history in self._episodes.values() for episode in history]
            told = [day for episode in episodes for day in (episode.start, episode.end)]
            told += [day_of(values.get("REVIEW")) for _, values, _ in self._reviews]
            known = [day for day in told if day and day <= as_at.isoformat()]
            latest = date.fromisoformat(max(known)) if known else as_at
            self._last_day = min(date(latest.year + (latest.month > 3), 3, 31), as_at)
        return self._last_day

    def write(self) -> None:
        """Put everything on the stage."""
        for child, episodes in self._episodes.items():
            episodes.sort(key=lambda episode: (episode.start, episode.end or "9999"))
            for period in _runs_of_care(episodes):
                self._write_period(child, period)
        for child, values, at in self._reviews:
            day = day_of(values.get("REVIEW"))
            row_id = self._people.row_id("RV", child, day)
            given = [
                row_id,
                child,
                self._period_on(child, day),
                values.get("REVIEW"),
                values.get("REVIEW_CODE"),
            ]
            self._stage.writer("ssd_cla_reviews", _REVIEW, at.source).add(given, at.line)

    def _write_period(self, child: Ready, period: list[_Episode]) -> None:
        first, last = period[0], period[-1]
        cla_id = self._people.row_id("CARE", child, first.start)
        self._periods.setdefault(child, []).append((first.start, last.end, cla_id))
        entered = first.values.get("DECOM") if first.why == "S" else None
        self._tell_what_began_before(first)
        for placement in _runs(period, lambda before, after: after.why == "L"):
            placed, moved = placement[0], placement[-1]
            placement_id = self._people.row_id("PLACE", child, placed.start)
            given = [
                placement_id,
                child,
                cla_id,
                placed.values.get("DECOM"),
                moved.values.get("DEC"),
                *(
                    placed.values.get(name)
                    for name in ("PLACE", "PLACE_PROVIDER", "URN", "PL_POST", "PL_DISTANCE")
                ),
                moved.values.get("REASON_PLACE_CHANGE"),
            ]
            self._stage.writer("ssd_cla_placement", _PLACEMENT, placed.at.source).add(given, placed.at.line)
            for episode in placement:
                self._write_episode(child, episode, cla_id, placement_id, entered)
        for legal in _runs(period, lambda before, after: before.legal == after.legal):
            row_id = self._people.row_id("LEGAL", child, legal[0].start)
            dates = [legal[0].values.get("DECOM"), legal[-1].values.get("DEC")]
            self._stage.writer("ssd_legal_status", _LEGAL, legal[0].at.source).add(
                [row_id, child, legal[0].legal, *dates], legal[0].at.line
            )

    def _tell_what_began_before(self, first: _Episode) -> None:
        """Tell that a return begins amid a placement or a legal status: the day it began is not in it."""
        findings = self._stage.findings
        if first.why == "L":
            findings.remark(
                "ssd_cla_placement", "clap_cla_placement_start_date", Remark.BEGAN_BEFORE, first.at
            )
        elif first.why in ("P", "T"):
            findings.remark("ssd_legal_status", "lega_legal_status_start_date", Remark.BEGAN_BEFORE, first.at)

    def _write_episode(
        self, child: Ready, episode: _Episode, cla_id: Ready, placement_id: Ready, entered: str | None
    ) -> None:
        row_id = self._people.row_id("EP", child, episode.start)
        named = (episode.values.get(name) for name in ("DECOM", "RNE", "CIN", "DEC", "REC"))
        self._stage.writer("ssd_cla_episodes", _EPISODE, episode.at.source).add(
            [row_id, child, *named, cla_id, placement_id, entered], episode.at.line
        )

    def _period_on(self, child: Ready, day: str | None) -> Ready | None:
        for start, end, cla_id in self._periods.get(child, []):
            if day and start <= day and (end is None or day <= end):
                return cla_id
        return None


def _runs_of_care(episodes: list[_Episode]) -> Iterator[list[_Episode]]:
    def goes_on(before: _Episode, after: _Episode) -> bool:
        return after.why != "S" and (before.end is None or before.end >= after.start)

    return _runs(episodes, goes_on)


def _runs(
    episodes: list[_Episode], goes_on: Callable[[_Episode, _Episode], bool]
) -> Iterator[list[_Episode]]:
    """The episodes cut where one does not go on from the one before."""
    run: list[_Episode] = []
    for episode in episodes:
        if run and not goes_on(run[-1], episode):
            yield run
            run = []
        run.append(episode)
    if run:
        yield run
