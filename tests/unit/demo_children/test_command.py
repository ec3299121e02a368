"""The command says what it wrote and refuses what cannot be."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

SMALL = {"scale": 0.01, "years": 1, "until": "2026-03-31", "seed": 3}


def _synthesise(out: Path, *flags: str, **options: object) -> str:
    said = StringIO()
    words = [f"--{name.replace('_', '-')}={value}" for name, value in (SMALL | options).items()]
    call_command("synthesise", f"--out={out}", *words, *flags, stdout=said)
    return said.getvalue()


def test_it_says_how_many_rows_it_wrote(tmp_path: Path) -> None:
    assert "rows in" in _synthesise(tmp_path)
    assert (tmp_path / "ssd_person.csv").is_file()


def test_it_prints_the_figures_beside_the_published_ones(tmp_path: Path) -> None:
    said = _synthesise(tmp_path, "--measure")

    assert "Re-referrals within 12 months" in said
    assert "23.5 ± 2.5" in said


@pytest.mark.parametrize(
    ("flags", "options", "words"),
    [
        ((), {"as_at": "2026-05-01"}, "must not be after"),
        ((), {"scale": 0}, "above 0"),
        (("--faults",), {"shape": "903"}, "ssd only"),
        (("--measure",), {"shape": "cin"}, "every figure"),
    ],
)
def test_it_refuses_what_cannot_be(
    tmp_path: Path, flags: tuple[str, ...], options: dict[str, object], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        _synthesise(tmp_path, *flags, **options)

    assert list(tmp_path.iterdir()) == []
