"""Between two extracts it is told how many rows of which month were added, are gone or say something else."""

from pathlib import Path

import pytest

from plumbline.indicators.files.restatements import Restated, restatements
from tests.unit.indicators.returns import loaded, person, referral, ssd


def extract(folder: Path, name: str, *referrals: dict[str, str]) -> Path:
    loaded(ssd(folder / f"{name}-given", ssd_person=[person()], ssd_cin_episodes=referrals), folder / name)
    return folder / name


def test_added_gone_and_changed_rows_are_counted_by_table_and_month(tmp_path: Path) -> None:
    march = extract(
        tmp_path,
        "march",
        referral("R1", cine_referral_date="2026-01-05"),
        referral("R2", cine_referral_date="2026-01-06"),
        referral("R3", cine_referral_date="2026-02-07"),
    )
    april = extract(
        tmp_path,
        "april",
        referral("R1", cine_referral_date="2026-01-05"),
        referral("R2", cine_referral_date="2026-01-06", cine_referral_nfa="Y"),
        referral("R4", cine_referral_date="2026-03-08"),
        referral("R5", cine_referral_date="2026-01-31"),
    )

    assert restatements(march, april) == (
        Restated("ssd_cin_episodes", "2026-01-01", added=1, gone=0, changed=1),
        Restated("ssd_cin_episodes", "2026-02-01", added=0, gone=1, changed=0),
        Restated("ssd_cin_episodes", "2026-03-01", added=1, gone=0, changed=0),
    )


def test_an_extract_differs_in_nothing_from_itself(tmp_path: Path) -> None:
    march = extract(tmp_path, "march", referral(), referral("R2"))

    assert restatements(march, march) == ()


def test_two_rows_of_one_identifier_are_two(tmp_path: Path) -> None:
    once = extract(tmp_path, "once", referral(cine_referral_date="2026-01-05"))
    twice = extract(tmp_path, "twice", *[referral(cine_referral_date="2026-01-05")] * 2)

    assert restatements(once, twice) == (
        Restated("ssd_cin_episodes", "2026-01-01", added=1, gone=0, changed=0),
    )


def test_a_table_that_one_of_the_two_was_not_given_is_left_out(tmp_path: Path) -> None:
    with_referrals = extract(tmp_path, "with", referral())
    loaded(ssd(tmp_path / "people", ssd_person=[person()]), tmp_path / "without")

    assert restatements(tmp_path / "without", with_referrals) == ()


def test_what_is_no_extract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        restatements(tmp_path, tmp_path)
