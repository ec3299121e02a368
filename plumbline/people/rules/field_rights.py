"""definitions/field_rights.csv: what a page shows only under a right beyond its own, and what stands there otherwise."""

import csv
from dataclasses import dataclass
from pathlib import Path

from plumbline.people.rules.permissions import PermissionsMistake, PermissionTable


@dataclass(frozen=True)
class FieldRight:
    """One field or group of fields, the action that lets somebody see it, and what others see in its place."""

    what: str
    action: str
    otherwise: str


def read_field_rights(path: Path, table: PermissionTable) -> list[FieldRight]:
    """What the file lists.

    Raises: PermissionsMistake naming the line where a cell is empty or the table of rights has no such action.
    """
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        found = []
        for line in reader:
            cells = [line.get(name) or "" for name in ("what", "action", "otherwise")]
            if not all(cells) or cells[1] not in table:
                raise PermissionsMistake(
                    f"{path.name}, line {reader.line_num}: write what is shown, an action of permissions.csv, "
                    "and what is shown otherwise."
                )
            found.append(FieldRight(*cells))
    return found
