"""The page on working days: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.working_days
"""

import datetime as dt
from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame
from stats.working_days import add, between, england, is_working_day

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "working-days.md"

# A strategy discussion before the long weekend of the Platinum Jubilee.
START, DAYS = dt.date(2022, 5, 27), 15
TITLE = "Fifteen working days from Friday 27 May 2022 end on Tuesday 21 June"


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    return {"working-days.svg": _picture(), "working-days.md": _words()}


def _picture() -> str:
    end = add(START, DAYS)
    monday = START - dt.timedelta(days=START.weekday())
    weeks = (end - monday).days // 7 + 1
    wide, high, left, top = 84, 44, 96, 72
    frame = Frame(0, 7, 0, weeks, width=left + 7 * wide + 16, height=top + weeks * high + 40)
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    pieces = [
        drawing.text_at(left + (place + 0.5) * wide, top - 10, name, anchor="middle", colour=drawing.QUIET)
        for place, name in enumerate(names)
    ]
    for week in range(weeks):
        y = top + week * high
        first = monday + dt.timedelta(weeks=week)
        pieces.append(drawing.text_at(8, y + 27, _date(first), colour=drawing.QUIET))
        for place in range(7):
            pieces += _day(first + dt.timedelta(days=place), end, left + place * wide, y, wide, high)
    foot = "Grey: not a working day. The number is the day's number in the count."
    pieces.append(drawing.text_at(left, top + weeks * high + 24, foot, colour=drawing.QUIET))
    off = ", ".join(_date(day) for day in _bank_holidays())
    told = f"A calendar. Day 0 is {_date(START)}, day {DAYS} is {_date(end)}. Bank holidays: {off}."
    return drawing.picture(frame, TITLE, told, pieces)


def _day(day: dt.date, end: dt.date, x: float, y: float, wide: float, high: float) -> list[str]:
    works = is_working_day(day)
    fill = "#ffffff" if works else "#e8eaea"
    border = drawing.TEAL if day in (START, end) else drawing.GRID
    box = (
        f'<rect x="{drawing.px(x)}" y="{drawing.px(y)}" width="{wide - 4}" height="{high - 4}" '
        f'fill="{fill}" stroke="{border}" stroke-width="{2.5 if day in (START, end) else 1}"/>'
    )
    words = ""
    if day == START:
        words = "day 0"
    elif not works:
        words = "holiday" if day in england().days_off else ""
    elif START < day <= end:
        words = f"{between(START, day)}"
    middle = x + (wide - 4) / 2
    return [box, drawing.text_at(middle, y + 25, words, anchor="middle", bold=day in (START, end))]


def _words() -> str:
    end = add(START, DAYS)
    plain = START
    counted = 0
    while counted < DAYS:
        plain += dt.timedelta(days=1)
        counted += plain.weekday() < 5
    holidays = england().days_off
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        start=_date(START),
        days=DAYS,
        end=_date(end),
        without=_date(plain),
        day_1=_date(add(START, DAYS, start_counts_as=1)),
        off="\n".join(f"- {_date(day)}: {holidays[day]}" for day in _bank_holidays()),
        first=england().first.year,
        last=england().last.year,
        count=len(holidays),
        year=between(dt.date(2022, 3, 31), dt.date(2023, 3, 31)),
        next_year=between(dt.date(2024, 3, 31), dt.date(2025, 3, 31)),
    )


def _bank_holidays() -> list[dt.date]:
    return [day for day in sorted(england().days_off) if START < day <= add(START, DAYS)]


def _date(day: dt.date) -> str:
    return f"{day.day} {day:%B}"


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["working-days.md"])


if __name__ == "__main__":
    main()
