"""The words for what standards are made of: kinds, children, states, versions."""

import re

from plumbline.framework.files.content import AppliesTo, CriterionKind
from plumbline.framework.models import SetState

KINDS = {
    CriterionKind.COMPLIANCE: "Compliance",
    CriterionKind.QUALITY: "Quality",
    CriterionKind.IMPACT: "Impact",
    CriterionKind.VOICE: "Child's voice",
    CriterionKind.SUPERVISION: "Supervision",
    CriterionKind.EQUALITY: "Equality",
}
KIND_HINTS = {
    CriterionKind.COMPLIANCE: "was it done",
    CriterionKind.QUALITY: "how well it was done",
    CriterionKind.IMPACT: "what changed for the child",
    CriterionKind.VOICE: "the child was heard",
    CriterionKind.SUPERVISION: "managers and reflection",
    CriterionKind.EQUALITY: "identity and fairness",
}
APPLIES_TO = {
    AppliesTo.ALL: "All children",
    AppliesTo.ASSESSMENT: "Children being assessed",
    AppliesTo.CHILD_IN_NEED: "Children in need",
    AppliesTo.CHILD_PROTECTION: "Children with a protection plan",
    AppliesTo.CHILD_IN_CARE: "Children in care",
    AppliesTo.CARE_LEAVER: "Care leavers",
    AppliesTo.DISABLED_CHILDREN: "Disabled children",
    AppliesTo.FOSTERING_ADOPTION: "Fostering and adoption",
}
STATE_TAGS = {
    SetState.DRAFT: ("Draft", "govuk-tag--yellow"),
    SetState.PUBLISHED: ("In force", "govuk-tag--green"),
    SetState.RETIRED: ("Replaced", "govuk-tag--grey"),
}


def counted(number: int, one: str, many: str) -> str:
    """The number with its noun: "1 error", "3 errors"."""
    return f"{number} {one if number == 1 else many}"


def version_words(version: str) -> str:
    """The version named once: "version 2", also where it calls itself "Version 2"."""
    named = re.sub(r"^version\s+", "", version, flags=re.IGNORECASE)
    return f"version {named}"


def listed(words: list[str]) -> str:
    """The words as a list in a sentence: "a, b and c"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def version_title(version: str) -> str:
    """The version as it begins a line: "Version 2"."""
    return f"V{version_words(version)[1:]}"


def applies_words(keys: list[str]) -> str:
    """Whom a criterion is about: "For children in care and care leavers"; empty where it is every child."""
    if not keys or AppliesTo.ALL in keys:
        return ""
    labels = [APPLIES_TO[AppliesTo(key)] for key in keys]
    return f"For {listed([label[0].lower() + label[1:] for label in labels])}"


def tag(state: str) -> dict[str, str]:
    """The state of a version as a tag."""
    text, classes = STATE_TAGS[SetState(state)]
    return {"text": text, "classes": classes}
