"""An audit asks what is for a child on the plan of the case, and says what it does not ask and why."""

from typing import Any

from django.utils import timezone

from plumbline.audits.actions import allocating
from plumbline.audits.models import Audit, Slot
from plumbline.framework.models import Criterion, Standard, StandardSet
from plumbline.shared import dates
from tests.factories.audits import make_case, make_round, make_slot, make_tool
from tests.factories.cast import Cast
from tests.unit.audits.test_applicability import CONTENT

HEARD = "Were the child’s views sought in a way that suits them?"


def criterion(applies_to: list[str]) -> Criterion:
    standards = StandardSet.objects.create(
        key="s", title="S", version="1", state="published", digest="0" * 64, published_at=timezone.now()
    )
    standard = Standard.objects.create(set=standards, number="4", title="Voice", position=1)
    return Criterion.objects.create(
        set=standards,
        standard=standard,
        key="4.3",
        number="4.3",
        text="The child is heard",
        kind="voice",
        applies_to=applies_to,
        position=1,
    )


def given_out(cast: Cast, plan_type: str) -> Audit:
    of = make_round(cast, state="drawn", tool=make_tool(**CONTENT | {"version": "9"}))
    case = make_case(of, cast.units["north"], cast.sam, plan_type=plan_type)
    slot = Slot.objects.as_system("allocation").select_related("case").get(pk=make_slot(case).pk)
    done = allocating.allocate_cases(
        by=cast.qa_officer, round=of, choices=[allocating.Choice(slot, cast.amira)], due_on=dates.today()
    )
    return done.audits[0]


def test_an_audit_says_what_it_does_not_ask_and_does_not_ask_it(cast: Cast, client_of: Any) -> None:
    criterion(["child-in-care"])
    audit = given_out(cast, "child-in-need")
    client, address = client_of(cast.amira), f"/audits/{audit.public_id}/sections/life"
    page = client.get(address).content.decode()
    assert 'name="heard-judgement"' not in page
    assert HEARD in page
    assert "For children in care" in page
    # Nor is it taken from a page made up by hand.
    client.post(address, {"heard-version": "0", "heard-judgement": "met", "action": "later"})
    assert not audit.answers.exists()


def test_an_audit_of_a_child_the_criterion_is_for_asks_it(cast: Cast, client_of: Any) -> None:
    criterion(["child-in-care"])
    audit = given_out(cast, "child-in-care")
    page = client_of(cast.amira).get(f"/audits/{audit.public_id}/sections/life").content.decode()
    assert 'name="heard-judgement"' in page
    assert "Not asked" not in page


def test_a_later_version_of_the_standards_changes_nothing_in_an_audit_under_way(
    cast: Cast, client_of: Any
) -> None:
    row = criterion(["child-in-care"])
    audit = given_out(cast, "child-in-need")
    Criterion.objects.filter(pk=row.pk).update(applies_to=["all"])
    page = client_of(cast.amira).get(f"/audits/{audit.public_id}/sections/life").content.decode()
    assert 'name="heard-judgement"' not in page


def test_whoever_reads_the_audit_sees_what_was_not_asked(cast: Cast, client_of: Any) -> None:
    criterion(["child-in-care"])
    audit = given_out(cast, "child-in-need")
    Audit.objects.as_system("recording").filter(pk=audit.pk).update(
        state="submitted", submitted_at=timezone.now(), submitted_by=cast.amira
    )
    page = client_of(cast.qa_lead).get(f"/audits/{audit.public_id}").content.decode()
    assert "Not asked, as it is not for a child on this plan" in page
    assert HEARD in page
