"""What branding offers to the shared pages."""

from plumbline.shared.area import Area, MenuItem

AREA = Area(key="branding", menu=(MenuItem("Branding", "branding", "branding.view", order=90),))
