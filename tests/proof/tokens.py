"""Which planted tokens an answer holds, which of them a role may read, and where its links lead."""

import io
import re
import zipfile
from typing import Any

from plumbline.people.rules.roles import Role
from tests.proof.oracle import Specimen, has, may, read_cells
from tests.proof.world import World

CELLS = read_cells()
TOKEN = re.compile(r"zq[a-z_]+\d{5}qz", re.IGNORECASE)
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
# The right that decides who may read the tokens of a kind.
RIGHT = {
    "person": "person.view",
    "role_grant": "role_grant.view",
    "tool": "audit_tool.view",
    "interest": "interest.view",
    "standard_set": "standard_set.view",
    "occurrence": "occurrence.view",
    "job": "job.view",
    "upload": "framework.import",
    "legal_hold": "legal_hold.view",
    "disposal": "disposal.view",
    "audit": "audit.view",
    "report": "report.view",
    "shareable_report": "shareable_report.view",
    "answer_draft": "audit.write",
    "audit_notice": "audit_notice.view",
    "audit_request": "audit_request.view",
    "allocation_exception": "allocation.change",
    "allocation_note": "allocation.change",
    "cover_sheet": "cover_sheet.view",
    "concern": "concern.view",
    "finding": "finding.view",
    "action": "action.view",
    "moderation": "moderation.view",
    "slot": "draw.view",
    "draw": "draw.view",
    "case_list": "case_list.view",
    "case_upload": "case_list.import",
    "moderation_draw": "moderation.assign",
    "extract": "extract.view",
    "oversight": "oversight.view",
    "self_audit": "self_audit.give",
    "practice": "practice.do",
    "briefing": "briefing.view",
    "extract_upload": "extract.load",
    "spelling": "extract.load",
    "indicator_exception": "exception.view",
}
# Rows that only the person who made them reaches, whatever anybody's role.
OWN_ONLY = ("upload", "answer_draft", "case_upload", "extract_upload", "self_audit", "practice")


def unpacked(response: Any) -> str:
    """All text of an answer: headers, page, and every member of a workbook or archive."""
    body = getattr(response, "content_read", None) or response.content
    parts = [str(response.headers)]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    else:
        parts.append(body.decode("utf-8", "replace"))
    return "\n".join(parts)


def tokens_in(response: Any) -> set[str]:
    """The tokens in an answer, in lower case."""
    return {word.lower() for word in TOKEN.findall(unpacked(response))}


def allowed_tokens(world: World, role: str) -> set[str]:
    """The tokens of the records that the role may see, by the table alone."""
    rows: dict[tuple[str, str], Specimen] = {}
    for one in list(RIGHT):
        for specimen in world.specimens(one, role):
            rows[one, specimen.public_id] = specimen
    for (kind, other), specimens in world.of_role.items():
        for specimen in specimens:
            # Other roles' own rows: their people are colleagues in team North, all else is somebody else's.
            relation = "team" if kind == "person" else "elsewhere"
            if other != role and kind not in OWN_ONLY:
                rows.setdefault(
                    (kind, specimen.public_id), Specimen(kind, specimen.public_id, relation, specimen.state)
                )
    allowed = set()
    for (kind, public_id), names in world.deciders.items():
        if may(CELLS, RIGHT[kind], role, rows[kind, public_id]):
            allowed |= names
    for word, (kind, public_id) in world.tokens.items():
        found = rows.get((kind, public_id))
        if kind in RIGHT and found is not None and may(CELLS, RIGHT[kind], role, found):
            allowed.add(word.lower())
    return allowed | handlers_offered(world, role) | names_that_go_with_records(world, role)


def handlers_offered(world: World, role: str) -> set[str]:
    """The names of those who may be asked to handle a concern, for whoever may raise one."""
    if not has(CELLS, "audit.concern", role):
        return set()
    offered = (Role.CONCERN_HANDLER, Role.QA_LEAD, Role.AUDITOR, Role.TEAM_MANAGER)
    return {world.people[one].name.lower() for one in offered}


def names_that_go_with_records(world: World, role: str) -> set[str]:
    """Names shown as part of another record the role may see, and one's own name."""
    return {
        word.lower()
        for word, (kind, public_id) in world.tokens.items()
        if kind == "person" and public_id == world.people[role].public_id
    }


def links_in(response: Any) -> set[str]:
    """The addresses that a page leads to."""
    is_page = response.status_code == 200 and "html" in response.headers.get("Content-Type", "")
    found = LINK.findall(unpacked(response)) if is_page else []
    return {link.replace("&amp;", "&") for link in found}
