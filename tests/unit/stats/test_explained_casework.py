"""The pages on working days, choosing cases, rolling up grades and small numbers are as the code makes them."""

from types import ModuleType
from xml.etree import ElementTree

import pytest

from scripts.explain import choosing_cases, protecting_small_numbers, rolling_up_grades, working_days

SCRIPTS = [working_days, choosing_cases, rolling_up_grades, protecting_small_numbers]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.__name__.rsplit(".", 1)[-1])
def test_making_the_page_again_gives_the_same_bytes(script: ModuleType) -> None:
    made = script.pages()

    assert len(made) == 2
    for name, words in made.items():
        assert (script.FOLDER / name).read_bytes() == words.encode(), f"run python -m {script.__name__}"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.__name__.rsplit(".", 1)[-1])
def test_pictures_have_a_title_a_description_and_no_script(script: ModuleType) -> None:
    (picture,) = (words for name, words in script.pages().items() if name.endswith(".svg"))
    root = ElementTree.fromstring(picture)  # noqa: S314 our own picture

    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    assert not root.findall(f".//{SVG}script")
    assert root.get("font-family") == "Liberation Sans, Arial, sans-serif"


def test_the_page_on_small_numbers_holds_no_hidden_count() -> None:
    words = protecting_small_numbers.pages()["protecting-small-numbers.md"]
    after = words.split("(protecting-small-numbers.svg)")[1].split("Now several")[0]

    assert after.count("| c |") == 4
    assert "| 3 |" not in words
