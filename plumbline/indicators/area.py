"""What indicators offer to the menu and the periodic jobs."""

from plumbline.indicators.actions.loading import purge_what_is_due
from plumbline.shared.area import Area, MenuItem, PeriodicJob

AREA = Area(
    key="indicators",
    menu=(MenuItem("Indicators", "indicators", "indicator.view", order=24),),
    jobs=(PeriodicJob("extracts.purge", 24 * 60, purge_what_is_due),),
)
