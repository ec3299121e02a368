"""Every route of the product as requests: each route with parameters is mapped to the specimens that fill it."""

import re
from dataclasses import dataclass
from typing import Any

from plumbline.people.checks import every_pattern, public_routes
from tests.proof.oracle import Specimen
from tests.proof.world import World

PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z0-9_]+)>")
# Which kind of row fills which part of an address.
KIND_OF: dict[str, str] = {
    "person_id": "person",
    "unit_id": "unit",
    "tool_id": "tool",
    "grant_id": "role_grant",
    "interest_id": "interest",
    "set_id": "standard_set",
    "job_id": "job",
    "occurrence_id": "occurrence",
    "activity_id": "activity",
    "forum_id": "forum",
    "schedule_id": "schedule",
    "criterion_id": "criterion",
    "old_id": "standard_set",
    "new_id": "standard_set",
    "upload_id": "upload",
    "hold_id": "legal_hold",
    "disposal_id": "disposal",
    "audit_id": "audit",
    "request_id": "audit_request",
    "exception_id": "allocation_exception",
    "round_id": "round",
    "slot_id": "slot",
    "case_upload_id": "case_upload",
    "contact_id": "voice",
    "sheet_id": "cover_sheet",
    "concern_id": "concern",
    "report_id": "report",
    "theme_id": "report_theme",
    "quotation_id": "quotation",
    "finding_id": "finding",
    "action_id": "action",
    "moderation_id": "moderation",
    "self_audit_id": "self_audit",
    "practice_id": "practice",
    "extract_id": "extract",
    "oversight_id": "oversight",
    "briefing_id": "briefing",
    "indicator_exception_id": "indicator_exception",
    "extract_upload_id": "extract_upload",
}


@dataclass(frozen=True)
class Route:
    """One route with what its view declares."""

    route: str
    needs: Any

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.route)

    def address(self, values: dict[str, str]) -> str:
        """The address with its parameters filled in."""
        return "/" + PARAMETER.sub(lambda found: values[found.group(1)], self.route)

    def requests(self, world: World, role: str) -> list[tuple[str, Specimen | None]]:
        """The addresses to ask for, each with the row it is about; the row is none where every viewer of the page sees it."""
        subject = next((name for name in self.parameters if name in KIND_OF), None)
        literals = {name: world.literals[name] for name in self.parameters if name not in KIND_OF}
        others = {
            name: anyone_sees(world.specimens(KIND_OF[name], role))
            for name in self.parameters
            if name in KIND_OF and name != subject
        }
        if subject is None:
            return [(self.address(literals), None)]
        return [
            (self.address(literals | others | {subject: specimen.public_id}), specimen)
            for specimen in world.specimens(KIND_OF[subject], role)
        ]


def guarded_routes() -> list[Route]:
    """The routes that declare a right."""
    return [
        Route(route, pattern.callback.access)
        for route, pattern in every_pattern()
        if hasattr(pattern.callback, "access")
    ]


def open_routes() -> list[str]:
    """The routes that need none."""
    return sorted(public_routes())


def anyone_sees(specimens: list[Specimen]) -> str:
    """The id of a row that hides nothing, to fill the second place of an address."""
    return next(
        (one.public_id for one in specimens if one.state in ("published", "*")), specimens[0].public_id
    )
