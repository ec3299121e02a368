"""The charts of a report: grades beside those of rounds before, judgements by standard, and who was heard."""

from collections.abc import Mapping, Sequence
from typing import Any

from plumbline.audits.presenters.report_blocks import Block, Table
from plumbline.audits.presenters.report_charts import Bar, Chart
from plumbline.audits.presenters.report_progress import VOICES, WHO
from plumbline.audits.presenters.report_tables import months_in_words
from plumbline.audits.rules.report_shareable import HIDDEN
from plumbline.audits.rules.report_sums import judged_by_standard

MET = ("Met", "Partly met", "Not met")


def grades(figures: Mapping[str, Any]) -> list[Block]:
    """The overall grade, or the first section's, in this round and up to three before it."""
    now = next((one for one in figures["groups"]["random"]["grades"] if one["n"]), None)
    if now is None:
        return []
    names = tuple(grade["label"] for grade in now["grades"])
    about = figures["round"]
    bars = [_bar(about, tuple(grade["share"]["x"] for grade in now["grades"]))]
    for one in figures.get("grades_before", ()):
        then = one["grades"].get(now["title"])
        # Another scale cannot stand under the same names.
        if then and tuple(then) == names:
            bars.append(_bar(one, tuple(then.values())))
    better, of = now["better"], "Practice overall" if not now["section"] else f"“{now['title']}”"
    title = f"{of} was graded {better['label'].lower()} in {better['share']['x']} of {now['n']} random cases."
    chart = Chart(title, names, tuple(bars))
    if len(bars) == 1:
        return [chart]
    rows = tuple((bar.label, *map(str, bar.counts), str(sum(bar.counts))) for bar in bars)
    caption = f"{now['title']}: this round and rounds before it"
    return [chart, Table(caption, ("Round", *names, "Graded"), rows)]


def _bar(about: Mapping[str, Any], counts: tuple[int, ...]) -> Bar:
    return Bar(f"{about['title']}, {months_in_words(about['first_month'], about['last_month'])}", counts)


def criteria(figures: Mapping[str, Any]) -> list[Block]:
    """All judgements by standard, met, partly met and not met."""
    found = judged_by_standard(figures)
    if not found:
        return []
    met, number = sum(one.met for one in found), sum(one.number for one in found)
    chart = Chart(
        f"{met} of {number} judgements about the random cases were met.",
        MET,
        tuple(Bar(one.title, (one.met, one.partly_met, one.not_met)) for one in found),
    )
    rows = tuple(
        (one.title, f"{one.met} of {one.number}", str(one.partly_met), str(one.not_met)) for one in found
    )
    return [chart, Table("Judgements by standard", ("Standard", *MET), rows)]


def voice(figures: Mapping[str, Any]) -> list[Block]:
    """Who was heard, and who was not and why; the table of the part has the same figures."""
    group = figures["groups"]["random"]
    if not group["counted"]:
        return []
    found = group["voice"]
    bars = [Bar(WHO[who], (found[who]["heard"]["x"], *(found[who][key] for key in VOICES))) for who in WHO]
    child, family = (found[who]["heard"]["x"] for who in WHO)
    title = (
        f"The child was heard in {child} of {group['counted']} random cases, a parent or carer in {family}."
    )
    return [Chart(title, ("Heard", *VOICES.values()), tuple(bars))]


def of_shareable(table: Mapping[str, Any], counted: int) -> list[Block]:
    """A chart of a protected table; none where a count is hidden, for a bar would show how long it is."""
    counts = [row["count"] for row in table["rows"]]
    if table["refused"] or not _may_be_drawn(counts, counted):
        return []
    most = max(table["rows"], key=lambda row: int(row["count"]))
    title = f"{table['title']}: most often “{most['label']}”, in {most['count']} of {counted}."
    names = tuple(row["label"] for row in table["rows"])
    return [Chart(title, names, (Bar("Audits", tuple(int(count) for count in counts)),))]


def _may_be_drawn(counts: Sequence[str], counted: int) -> bool:
    if HIDDEN in counts or not all(count.isdigit() for count in counts):
        return False
    return bool(counts) and sum(int(count) for count in counts) == counted
