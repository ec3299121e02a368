"""The looked-after return (a CSV a table) of the children in an extract, for the year that ends on a day."""

import csv
import re
from datetime import date
from pathlib import Path

from plumbline.demo.children.reading import opened

SQL = Path(__file__).with_suffix(".sql")


def write_903(extract: Path, on: date, out: Path) -> dict[str, int]:
    """Rows by file."""
    connection = opened(extract)
    connection.execute(f"set variable on_day = date '{on}'")
    out.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    for part in re.split(r";\s*\n", SQL.read_text(encoding="utf-8")):
        if not part.strip():
            continue
        answer = connection.execute(part)
        named = re.search(r"^-- (\w+\.csv)$", part, re.MULTILINE)
        if named is None:
            continue
        with (out / named.group(1)).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(column[0] for column in answer.description)
            rows[named.group(1)] = 0
            while some := answer.fetchmany(5_000):
                writer.writerows(some)
                rows[named.group(1)] += len(some)
    connection.close()
    return rows
