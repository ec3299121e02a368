"""Audit tools of the world: one in each state, with tokens in title, purpose and questions."""

from copy import deepcopy

from django.utils import timezone

from plumbline.audits.models import ToolState, ToolVersion
from plumbline.audits.rules.tool_data import digest_of
from tests.factories.audits import TOOL
from tests.proof.world import World


def add_tools(world: World) -> None:
    """Adds a draft, a version in use, a replaced one, and a draft of the version in use."""
    _tool(world, "world-draft", ToolState.DRAFT)
    _tool(world, "world-tool", ToolState.RETIRED, version="1")
    _tool(world, "world-tool", ToolState.PUBLISHED, version="2")
    _tool(world, "world-tool", ToolState.DRAFT, version="3")


def _tool(world: World, key: str, state: ToolState, version: str = "1") -> None:
    row = ToolVersion(key=key, version=version, state=state)
    content = deepcopy(TOOL) | {"key": key, "version": version}
    content["title"] = world.new_token("tool", row.public_id)
    content["purpose"] = world.new_token("tool", row.public_id)
    content["sections"][0]["questions"][0]["text"] = world.new_token("tool", row.public_id)
    row.title, row.content, row.digest = content["title"], content, digest_of(content)
    row.published_at = None if state == ToolState.DRAFT else timezone.now()
    row.save()
    world.add("tool", "elsewhere", row, state=state, token=row.title)
