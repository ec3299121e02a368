"""Tests that share what is dear to make run in one process."""

import pytest

from tests.conftest import TogetherScheduling


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("tests/journeys/test_every_page.py::test_x[qa-lead]", "every page"),
        ("tests/journeys/test_lists.py::test_x", "journeys"),
        ("tests/proof/test_walk.py::test_x[qa-lead]", "walk of qa-lead"),
        ("tests/proof/test_canary.py::test_y[qa-lead]", "walk of qa-lead"),
        ("tests/integration/keeping/test_moving.py::test_x", "postgres"),
        ("tests/proof/test_lists.py::test_x[qa-lead]", "tests/proof/test_lists.py::test_x[qa-lead]"),
    ],
)
def test_each_test_has_its_group_or_stands_alone(name: str, group: str) -> None:
    assert TogetherScheduling._split_scope(None, name) == group  # type: ignore[arg-type]


def test_the_run_is_handed_out_by_these_groups(pytestconfig: pytest.Config) -> None:
    (made,) = pytestconfig.hook.pytest_xdist_make_scheduler.get_hookimpls()[-1:]
    assert made.plugin.__name__ == "tests.conftest"
