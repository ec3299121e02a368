"""Habits that keep the code one thing: who may import what, and what never stands in a page."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CODE = [path for path in (ROOT / "plumbline").rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list((ROOT / "plumbline").rglob("templates/**/*.html"))
VIEWS = [path for path in CODE if path.stem == "views" or "views" in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", VIEWS, ids=named)
def test_a_view_imports_no_model_and_reads_no_manager(path: Path) -> None:
    # Kind is an enum of the event log; everything stored is reached through queries and actions.
    models = {name for name in imports(path) if ".models" in name and name != "plumbline.event_log.models"}
    assert models == set()
    assert ".objects" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in CODE if path.name != "__init__.py"], ids=named)
def test_a_module_says_what_it_is_in_its_first_line(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", CODE, ids=named)
def test_nothing_is_marked_safe_outside_the_component_module(path: Path) -> None:
    if path.name == "components.py":
        return
    text = path.read_text(encoding="utf-8")
    assert "mark_safe" not in text
    assert "SafeString(" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|\|safe\b|autoescape off", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", text)


def test_a_form_that_writes_carries_its_token() -> None:
    for path in TEMPLATES:
        for form in re.findall(
            r"<form[^>]*method=\"post\".*?</form>", path.read_text(encoding="utf-8"), re.DOTALL
        ):
            assert "csrf_token" in form, named(path)


def test_what_belongs_to_gov_uk_alone_is_not_shipped() -> None:
    shipped = [
        *TEMPLATES,
        *(ROOT / "plumbline" / "govuk" / "static").rglob("*.css"),
        *(ROOT / "plumbline" / "govuk" / "static").rglob("*.svg"),
    ]
    for path in shipped:
        text = path.read_text(encoding="utf-8")
        for word in ("GDS Transport", "govuk-crest", "GOV.UK", "crown"):
            assert word not in text, f"{named(path)} has {word}"


def test_each_reason_for_an_unscoped_read_is_listed_and_each_listed_one_is_used() -> None:
    with open(ROOT / "definitions" / "system_reads.csv", newline="", encoding="utf-8") as file:
        listed = [row["reason"] for row in csv.DictReader(file)]
    used = {
        reason
        for path in CODE
        for reason in re.findall(r'as_system\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    indirect = {
        reason for reason in listed if any(f'"{reason}"' in path.read_text(encoding="utf-8") for path in CODE)
    }
    assert len(listed) == len(set(listed))
    assert used <= set(listed)
    assert set(listed) == indirect


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    for path in [
        *CODE,
        *(ROOT / "scripts").glob("*.py"),
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("*.md"),
        ROOT / "Makefile",
    ]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(root|home/[a-z]+|Users)/", text), named(path)
        assert "files.pythonhosted" not in text, named(path)


def test_every_test_that_security_md_points_to_is_there() -> None:
    named_there = re.findall(r"`(tests/[\w./]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert named_there
    assert [path for path in named_there if not (ROOT / path).exists()] == []


def test_security_md_says_of_single_sign_on_what_the_code_does() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "not asked again" not in text
    assert "confirm themselves there" in text
