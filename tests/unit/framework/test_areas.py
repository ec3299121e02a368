"""Areas of national frameworks are read with what is wrong named, and criteria cite only those there are."""

import pytest

from plumbline.framework.files.areas import read_areas
from plumbline.framework.files.reading import read_file

GOOD = """
kind: judged-areas
key: ilacs
title: Inspection
version: "1"
effective_from: 2026-04-01
publisher: Ofsted
year: 2026
source: The framework
areas:
  - {key: ilacs-help, part: Help, title: Early help, meaning: Help comes soon.}
  - {key: ilacs-homes, part: Care, title: Homes, meaning: Homes last.}
"""
STANDARDS = """
kind: practice-standards
title: Ours
standards:
  - number: "1"
    title: First
    criteria:
      - {number: "1.1", text: We help., speaks_to: [ilacs-help, ilacs-hlep]}
"""


def test_a_framework_is_read_with_its_areas_in_order() -> None:
    read = read_areas(GOOD.encode(), {"ilacs"})
    assert read.problems == ()
    assert read.content is not None
    assert (read.content.year, [area.key for area in read.content.areas]) == (
        2026,
        ["ilacs-help", "ilacs-homes"],
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("judged-areas", "areas", "Write judged-areas"),
        ("key: ilacs\n", "key: ilasc\n", "No driver has the key “ilasc”. Add it, or write ilacs."),
        ("year: 2026", "year: soon", "“soon” is not a whole number"),
        ("publisher: Ofsted\n", "", "Write who published it."),
        ("source: The framework\n", "", "Write the document"),
        ("key: ilacs-homes", "key: ilacs-help", "The area ilacs-help is given twice"),
        ("key: ilacs-homes", "key: taken", "The area taken is given twice"),
        ("part: Care, ", "", "Write the part"),
        ("meaning: Homes last.", "why: x", "Write in one sentence"),
    ],
)
def test_what_is_wrong_with_a_framework_is_named(old: str, new: str, said: str) -> None:
    read = read_areas(GOOD.replace(old, new, 1).encode(), {"ilacs"}, {"taken"})
    assert read.content is None
    assert said in " ".join(map(str, read.errors))


def test_a_criterion_that_speaks_to_an_unknown_area_is_refused_with_what_may_be_meant() -> None:
    (fault,) = read_file(STANDARDS.encode(), areas={"ilacs-help", "nf-safe"}).errors
    assert str(fault).endswith(
        "No area of a framework has the key “ilacs-hlep”. Take it out, or write ilacs-help."
    ), str(fault)
