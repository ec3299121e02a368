"""Adds fields that are not yet in definitions/privacy_register.csv, with a class to be thought about, and drops those gone."""

import csv
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("PLUMBLINE_DEMO", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.config.settings")
REGISTER = ROOT / "definitions" / "privacy_register.csv"


def proposed(field: object) -> str:
    """A first guess: text and links to people need a thought, the rest is safe."""
    related = getattr(field, "related_model", None)
    if related is not None:
        return "identifies-adult" if related._meta.label in ("people.Person", "people.User") else "safe"
    kind = type(field).__name__
    return "sensitive" if kind in ("TextField", "JSONField", "BinaryField") else "safe"


def main() -> None:
    import django

    django.setup()
    from django.apps import apps

    known = {}
    if REGISTER.exists():
        with open(REGISTER, newline="", encoding="utf-8") as file:
            known = {(row["model"], row["field"]): row["class"] for row in csv.DictReader(file)}
    rows = []
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        for field in model._meta.local_fields:
            key = (model._meta.label, field.name)
            if key not in known:
                print(f"New: {key[0]}.{key[1]} as {proposed(field)}: is that right?")
            rows.append([*key, known.get(key, proposed(field))])
    with open(REGISTER, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "field", "class"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
