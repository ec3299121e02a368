"""Rules that the pages on percentages, rates, funnels, agreement, comparing and themes keep."""

from types import ModuleType
from xml.etree import ElementTree

import pytest

from scripts.explain import agreement, comparing, funnel, proportions, rates, themes

PAGES = [proportions, rates, funnel, agreement, comparing, themes]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.__name__.rpartition(".")[2]))
def test_a_page_and_its_picture_say_what_the_code_says_today(page: ModuleType) -> None:
    files = page.pages()
    name = page.__name__.rpartition(".")[2]
    assert set(files) == {f"{name}.md", f"{name}.svg"}
    for file, text in files.items():
        assert (page.FOLDER / file).read_bytes() == text.encode(), f"run python -m scripts.explain.{name}"
    assert f"]({name}.svg)" in files[f"{name}.md"]
    picture = ElementTree.fromstring(files[f"{name}.svg"])  # noqa: S314 - made a line above, not received
    tags = [element.tag.rpartition("}")[2] for element in picture]
    assert tags[:2] == ["title", "desc"]
    assert "script" not in tags
    assert (picture[0].text or "") in files[f"{name}.md"]
