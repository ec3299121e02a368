"""How the versions of practice standards are shown: the list, what differs between two, publishing one."""

from typing import Any

from django.urls import reverse

from plumbline.framework.files.content import Criterion, StandardSet
from plumbline.framework.files.difference import Change, ChangeKind, Part
from plumbline.framework.models import SetState
from plumbline.framework.models import StandardSet as SetRow
from plumbline.framework.presenters.standards import crumbs
from plumbline.framework.presenters.words import counted, tag, version_title, version_words
from plumbline.framework.queries.standards import Compared
from plumbline.people.models import Person

_FIELDS = (
    ("text", "Criterion"),
    ("good", "What good looks like"),
    ("not_yet", "Not yet there"),
    ("evidence", "Where to look"),
    ("kind", "What it tests"),
    ("applies_to", "For which children"),
    ("number", "Number"),
    ("flag", "Remark"),
)


def versions_page(rows: list[SetRow]) -> dict[str, Any]:
    """What the list of versions needs, one table a set."""
    sets: dict[str, list[SetRow]] = {}
    for row in rows:
        sets.setdefault(row.key, []).append(row)
    return {
        "title": "Versions of the practice standards",
        "sentence": counted(len(rows), "version", "versions"),
        "sets": [
            {"title": listed[0].title, "rows": [_version(listed, at) for at in range(len(listed))]}
            for listed in sets.values()
        ],
        "crumbs": crumbs(),
    }


def _version(rows: list[SetRow], at: int) -> dict[str, Any]:
    row = rows[at]
    before = rows[at + 1] if at + 1 < len(rows) else None
    return {
        "version": version_title(row.version),
        "url": reverse("standard_set", args=[row.public_id]),
        "tag": tag(row.state),
        "effective_from": row.effective_from,
        "count": getattr(row, "criteria_count", 0),
        "made": (row.created_at, _name(row.created_by)),
        "published": (row.published_at, _name(row.published_by)),
        "retired": (row.retired_at, _name(row.retired_by)),
        "difference_url": difference_url(before, row) if before else "",
    }


def _name(person: Person | None) -> str:
    return person.name if person else "Plumbline"


def difference_url(old: SetRow, new: SetRow) -> str:
    """The address of what differs between two versions."""
    return reverse("standard_difference", args=[old.public_id, new.public_id])


def difference_page(compared: Compared) -> dict[str, Any]:
    """What the comparison of two versions needs: sentences, and both wordings of what changed."""
    old = {criterion.key: criterion for criterion in compared.old_content.criteria}
    new = {criterion.key: criterion for criterion in compared.new_content.criteria}
    changes = compared.difference.changes
    return {
        "title": "What differs between two versions",
        "old": _named(compared.old, compared.old_content),
        "new": _named(compared.new, compared.new_content),
        "sentence": _sentence(changes),
        "others": [change.words() for change in changes if change.part not in (Part.CRITERION,)],
        "criteria": [
            {
                "words": change.words(),
                "rows": _wordings(old.get(change.key), new.get(change.key)),
            }
            for change in changes
            if change.part is Part.CRITERION
        ],
        "crumbs": [*crumbs(), {"text": "Versions", "href": reverse("standard_versions")}],
    }


def _named(row: SetRow, content: StandardSet) -> dict[str, Any]:
    return {
        "title": f"{row.title}, {version_words(row.version)}",
        "heading": version_title(row.version),
        "url": reverse("standard_set", args=[row.public_id]),
        "tag": tag(row.state),
        "count": counted(len(content.criteria), "criterion", "criteria"),
    }


def _sentence(changes: tuple[Change, ...]) -> str:
    said = [
        f"{number} {kind.value}"
        for kind in ChangeKind
        if (number := sum(change.kind is kind and change.part is Part.CRITERION for change in changes))
    ]
    return f"Criteria: {', '.join(said)}." if said else "The criteria are the same."


def _wordings(old: Criterion | None, new: Criterion | None) -> list[dict[str, str]]:
    rows = []
    for name, label in _FIELDS:
        before, after = (_text(getattr(one, name, "")) for one in (old, new))
        if before != after:
            rows.append({"label": label, "before": before, "after": after})
    return rows


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def publish_page(row: SetRow, in_force: list[SetRow], form: Any) -> dict[str, Any]:
    """What the page that puts a draft in force needs."""
    before = next((other for other in in_force if other.key == row.key), None)
    lead = f"It becomes the council's practice standards{' in force' if before is None else ''}."
    if before:
        lead = f"It takes the place of {version_words(before.version)}, which is kept and stays readable."
    return {
        "title": f"Put {row.title}, {version_words(row.version)}, in force",
        "lead": lead,
        "gaps": [
            f"The draft does not say {what}. You can publish it, but say so in the file when you know."
            for what, said in (
                ("who was asked about it", row.consultation),
                ("whom it may affect differently", row.equality),
            )
            if not said
        ],
        "difference_url": difference_url(before, row) if before else "",
        "form": form,
        "submit": "Put in force",
        "back": reverse("standard_set", args=[row.public_id]),
        "crumbs": crumbs(row),
    }


def other_sets(row: SetRow, in_force: list[SetRow]) -> list[tuple[str, str]]:
    """The sets of other names in force, as choices."""
    return [
        (other.public_id, f"{other.title}, {version_words(other.version)}")
        for other in in_force
        if other.key != row.key and other.state == SetState.PUBLISHED
    ]


def discard_page(row: SetRow, form: Any) -> dict[str, Any]:
    """What the page that removes a draft needs."""
    return {
        "title": f"Remove the draft of {row.title}, {version_words(row.version)}",
        "lead": "It goes with everything in it. Versions in force and replaced stay as they are.",
        "form": form,
        "submit": "Remove the draft",
        "warn": True,
        "back": reverse("standard_set", args=[row.public_id]),
        "crumbs": crumbs(row),
    }
