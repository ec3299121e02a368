"""The standards beside national frameworks: what speaks to each area, what nothing speaks to, and a council's own."""

import re
from typing import Any

import pytest

from plumbline.framework.actions.building import begin_version
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.models import Criterion, SetState, StandardSet
from plumbline.framework.queries.import_plan import plan_import
from tests.factories.cast import Cast
from tests.integration.framework.definition_files import criterion, standards_file

SPEAKING = criterion("1.1", speaks_to=["ilacs-help-voice", "nf-safe"])


@pytest.fixture
def ours(cast: Cast) -> StandardSet:
    import_framework(by=None, data=standards_file(SPEAKING, criterion("1.2")), publish=True)
    row: StandardSet = StandardSet.objects.as_system("framework-publish").get()
    return row


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_page_of_a_framework_lists_first_the_areas_that_no_criterion_speaks_to(
    ours: StandardSet, cast: Cast, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(cast.ben)
    client.get("/standards")
    with django_assert_max_num_queries(20):
        said = text_of(client.get(f"/standards/sets/{ours.public_id}/areas/ilacs"))
    assert "Criteria speak to 1 of 22 areas." in said
    order = [said.index(one) for one in ("No criterion speaks to", "Exploited, missing", "Direct work")]
    assert order == sorted(order)
    assert "1.1 under Direct work and the child" in said
    assert "1 criterion speaks to no area of it" in said
    assert client.get(f"/standards/sets/{ours.public_id}/areas/other").status_code == 404


def test_a_criterion_shows_what_it_speaks_to_and_one_without_shows_nothing(
    ours: StandardSet, cast: Cast, client_of: Any
) -> None:
    first, second = Criterion.objects.filter(set=ours).order_by("key")
    page = client_of(cast.ben).get(f"/standards/criteria/{first.public_id}").content.decode()
    assert f"/standards/sets/{ours.public_id}/areas/national-framework-2023#nf-safe" in page
    assert "Speaks to" not in text_of(client_of(cast.ben).get(f"/standards/criteria/{second.public_id}"))


def test_the_file_of_a_framework_has_a_line_for_each_area_and_criterion(
    ours: StandardSet, cast: Cast, client_of: Any
) -> None:
    client = client_of(cast.qa_lead).confirmed()
    lines = client.get(f"/standards/sets/{ours.public_id}/areas/ilacs/csv").content.decode().splitlines()
    assert len(lines) == 23
    assert [line for line in lines if "1.1,Words of criterion 1.1." in line]
    assert sum(line.endswith(",,") for line in lines) == 21


def test_an_unknown_area_in_a_councils_file_is_named_with_its_place_and_nothing_is_taken_in() -> None:
    plan = plan_import(standards_file(criterion("1.1", speaks_to=["nf-saef"])), publish=True)
    (fault,) = plan.errors
    assert "“nf-saef”" in str(fault)
    assert "nf-safe" in str(fault)


def test_what_a_criterion_speaks_to_is_chosen_in_a_draft_and_never_in_a_version_in_force(
    ours: StandardSet, cast: Cast, client_of: Any
) -> None:
    draft = begin_version(by=cast.qa_lead, row=ours)
    changed = Criterion.objects.get(set=draft, key="1.1")
    assert changed.speaks_to == ["ilacs-help-voice", "nf-safe"]
    given = {"text": changed.text, "good": changed.good, "not_yet": changed.not_yet, "evidence": "The plan"}
    client = client_of(cast.qa_lead)
    address = f"/standards/criteria/{changed.public_id}/wording"
    assert client.post(address, given | {"speaks_to": ["nf-leaders"]}).status_code == 302
    changed.refresh_from_db()
    assert changed.speaks_to == ["nf-leaders"]
    in_force = StandardSet.objects.as_system("framework-publish").get(state=SetState.PUBLISHED)
    assert Criterion.objects.get(set=in_force, key="1.1").speaks_to == ["ilacs-help-voice", "nf-safe"]
