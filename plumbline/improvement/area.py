"""What improvement offers to menu, My work, search, periodic jobs and retention."""

from plumbline.shared.area import Area

AREA = Area(key="improvement")
