"""Files that a page hands over."""

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"


def download(data: bytes | str, name: str, content_type: str = CSV) -> HttpResponse:
    """The file under the name, to be saved rather than shown."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
