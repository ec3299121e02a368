"""Dates as people in England live them and as Plumbline writes them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The date in London now."""
    return datetime.now(LONDON).date()


def in_words(day: date | None) -> str:
    """The date as "9 January 2018"; nothing for no date."""
    return "" if day is None else f"{day.day} {day:%B %Y}"


def short(day: date | None) -> str:
    """The date as "9 Jan 2018", for tables."""
    return "" if day is None else f"{day.day} {day:%b %Y}"


def month_in_words(day: date) -> str:
    """The month as "January 2018"."""
    return f"{day:%B %Y}"


def time_in_words(moment: datetime) -> str:
    """The moment as "9 January 2018 at 3:05pm", in London time."""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    minutes = f":{local:%M}" if local.minute else ""
    return f"{in_words(local.date())} at {hour}{minutes}{'am' if local.hour < 12 else 'pm'}"


def first_of_month(day: date, months_on: int = 0) -> date:
    """The first day of the month that lies `months_on` months after the day's own."""
    index = day.year * 12 + day.month - 1 + months_on
    return date(index // 12, index % 12 + 1, 1)


def last_of_month(day: date) -> date:
    """The last day of the day's month."""
    return first_of_month(day, 1) - timedelta(days=1)


def days_in_words(days: int) -> str:
    """The number of days as "1 day" or "6 days"."""
    return f"{days} day" if days == 1 else f"{days} days"


def day_of(moment: datetime) -> date:
    """The day of the moment in London."""
    return moment.astimezone(LONDON).date()
