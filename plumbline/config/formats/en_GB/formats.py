"""Dates and times as Plumbline writes them: 9 January 2018, 3pm."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "P"
DATETIME_FORMAT = "j F Y, P"
