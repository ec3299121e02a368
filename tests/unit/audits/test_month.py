"""What a report lacks, in sentences."""

from dataclasses import replace

import pytest

from plumbline.audits.rules.month import Stand, lacks_sentence, report_lacks

pytestmark = pytest.mark.no_database_needed
READY = Stand(done=20, of=20, report="r", report_state="draft", parts_written=5)


def test_a_report_names_each_thing_it_lacks() -> None:
    stand = Stand(done=14, of=22, waiting=1, ratings_open=2)
    assert lacks_sentence(report_lacks("auditing", stand)) == (
        "1 case has no auditor, 8 audits are not submitted, 2 second ratings are open and the analysis is not written."
    )


@pytest.mark.parametrize("stage", ["planned", "cohort", "drawn", "allocated"])
def test_before_there_are_audits_nothing_is_said_of_a_report(stage: str) -> None:
    assert report_lacks(stage, Stand(of=20)) == []


def test_a_written_report_waits_to_be_put_forward_and_then_to_be_issued() -> None:
    assert report_lacks("drafted", READY) == ["it is not put forward"]
    assert report_lacks("drafted", replace(READY, report_state="checked")) == ["it is not issued"]
    assert report_lacks("finalised", replace(READY, report_state="issued")) == []


def test_nothing_lacking_is_no_sentence() -> None:
    assert lacks_sentence([]) == ""
