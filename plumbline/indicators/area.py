"""What indicators offer to the menu and the periodic jobs."""

from django.urls import reverse

from plumbline.indicators.actions.exceptions import look_again
from plumbline.indicators.actions.loading import purge_what_is_due
from plumbline.indicators.actions.upload_work import check_files, load_files
from plumbline.indicators.actions.uploads import CHECK, LOAD, remove_old_uploads
from plumbline.indicators.kinds import KINDS
from plumbline.indicators.presenters.exceptions import exception_work, sources
from plumbline.shared.area import Area, LongWork, MenuItem, PeriodicJob


def _page(upload_id: str) -> str:
    return reverse("extract_upload", args=[upload_id])


AREA = Area(
    key="indicators",
    kinds=KINDS,
    work_items=exception_work,
    sources=sources,
    menu=(
        MenuItem("Indicators", "indicators", "indicator.view", order=24),
        MenuItem("Team figures", "team_figures", "team_figure.view", order=24),
    ),
    jobs=(
        PeriodicJob("extracts.purge", 24 * 60, purge_what_is_due),
        PeriodicJob("extracts.uploads", 60, remove_old_uploads),
        PeriodicJob("indicators.exceptions", 24 * 60, look_again),
    ),
    long_work=(
        LongWork(CHECK, "extract.load", check_files, page=_page),
        LongWork(LOAD, "extract.load", load_files, page=_page),
    ),
)
