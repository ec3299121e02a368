"""Loads the audit tools that Plumbline ships, without touching what a council made of them."""

from django.conf import settings

from plumbline.audits.actions.tools import import_tool, publish_tool
from plumbline.audits.files.reading import read_tool_file
from plumbline.audits.models import ToolVersion
from plumbline.audits.queries.tool_import import plan_tool
from plumbline.audits.queries.tools import criteria_in_force


def load_shipped_tools() -> list[str]:
    """What was taken in, in words; empty when all of it was here already.

    A tool that is not known yet is put in use. A newer shipped version of a known one becomes a draft.
    """
    taken = []
    criteria = criteria_in_force()
    for path in sorted((settings.DEFINITIONS_DIR / "audit_tools").glob("*.yaml")):
        reading = read_tool_file(path.read_bytes(), criteria)
        if reading.content is None:
            raise ValueError(f"{path.name} cannot be loaded: {'; '.join(map(str, reading.errors))}")
        is_known = ToolVersion.objects.as_system("audit-tools").filter(key=reading.content["key"]).exists()
        if not plan_tool(reading.content).would_change:
            continue
        row = import_tool(by=None, content=reading.content)
        if not is_known:
            publish_tool(by=None, row=row)
        taken.append(f"{row.title}, version {row.version}")
    return taken
