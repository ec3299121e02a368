"""A file that waits for its import, as only its owner may read it."""

from plumbline.framework.models import FrameworkUpload
from plumbline.framework.queries.import_plan import Plan, plan_import
from plumbline.people.scope import Viewer


def upload_for(viewer: Viewer, public_id: str) -> FrameworkUpload | None:
    """The upload, if it is the viewer's own."""
    return FrameworkUpload.objects.filter(public_id=public_id, owner_id=viewer.person_id).first()


def plan_of(upload: FrameworkUpload) -> Plan:
    """What importing the upload would do now; standards would become a draft."""
    return plan_import(bytes(upload.data), publish=False)
