"""Roles of the council's own: made out of another, proposed and agreed by two people, and counted everywhere."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from plumbline.audits.queries.allocation import eligible_people
from plumbline.audits.queries.concerns import possible_handlers
from plumbline.audits.queries.raters import raters_on
from plumbline.event_log.models import Event
from plumbline.people.actions.local_roles import make_local_role, retire_local_role
from plumbline.people.actions.merging import merge_units
from plumbline.people.actions.roles import decide_role, propose_role
from plumbline.people.models import LocalRole, RoleGrant
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.roles import Role
from plumbline.people.scope import keeping
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.integration.people.test_pages import boxes

GIVEN = {
    "name": "Learning lead",
    "reason": "To learn from findings",
    "left_out": ["cover_sheet.view", "concern.view"],
}


def made(cast: Cast, base: Role = Role.AUDITOR, left_out: tuple[str, ...] = ("audit.write",)) -> LocalRole:
    return make_local_role(
        by=cast.system_administrator, name="Reading auditor", base=base, left_out=left_out, reason="To read"
    )


def give(cast: Cast, local: LocalRole, **more: Any) -> RoleGrant:
    given = {
        "person": cast.sam,
        "role": Role(local.base),
        "unit": cast.units["safeguarding"],
        "reason": "Needed",
    }
    return propose_role(
        by=cast.system_administrator, local_role=local, starts_on=dates.today(), **given | more
    )


def test_a_role_is_made_on_the_page_of_its_base_proposed_and_agreed_by_a_second_person(
    cast: Cast, client_of: Any
) -> None:
    admin = client_of(cast.system_administrator).confirmed()
    answer = admin.post("/roles/narrower/qa-lead", GIVEN)
    local = LocalRole.objects.get()
    assert answer["Location"] == f"/permissions?role={local.public_id}"
    # Who cannot see a concern can do nothing about one.
    assert local.actions_left_out >= {"cover_sheet.change", "concern.handle"}
    page = admin.get(answer["Location"]).content.decode()
    assert "no, left out" in page
    assert "made from Head of safeguarding" in page
    proposal = {"person": cast.sam.public_id, "role": local.public_id, "reason": "To learn"}
    proposal |= boxes("starts_on", dates.today())
    assert admin.post("/roles/propose", proposal).status_code == 302
    grant = RoleGrant.objects.as_system("sign-in").get(person=cast.sam, local_role=local)
    decider = client_of(cast.director).confirmed()
    shown = decider.get(f"/roles/{grant.public_id}/decide").content.decode()
    assert "Learning lead" in shown
    assert "Concern: handle, view" in shown
    assert not cast.viewer(cast.sam).has("round.change")
    decider.post(f"/roles/{grant.public_id}/decide", {"decision": "agree"})
    viewer = cast.viewer(cast.sam)
    assert viewer.has("round.change")
    assert not viewer.has("cover_sheet.view")
    assert "Learning lead" in viewer.role_names


def test_only_an_administrator_makes_one_and_nobody_gives_it_to_themselves(
    cast: Cast, client_of: Any
) -> None:
    assert client_of(cast.qa_lead).confirmed().post("/roles/narrower/qa-lead", GIVEN).status_code == 404
    assert not LocalRole.objects.exists()
    local = made(cast)
    with pytest.raises(Refused) as refused:
        give(cast, local, person=cast.system_administrator)
    assert refused.value.reason is Reason.OWN_RIGHT
    grant = give(cast, local)
    with pytest.raises(Refused) as refused:
        decide_role(by=cast.system_administrator, grant=grant, agree=True)
    assert refused.value.reason is Reason.OWN_PROPOSAL


def test_it_is_never_proposed_as_another_role_than_the_one_it_was_made_from(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        give(cast, made(cast), role=Role.QA_LEAD, unit=None)
    assert refused.value.reason is Reason.NO_LONGER_OFFERED


def test_whoever_holds_the_whole_role_there_is_not_given_a_narrower_one_beside_it(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        give(cast, made(cast), person=cast.amira)
    assert refused.value.reason is Reason.ALREADY_HELD


def test_a_name_in_use_is_refused_and_free_again_once_the_role_is_no_longer_offered(
    cast: Cast, client_of: Any
) -> None:
    local = made(cast)
    with pytest.raises(Refused) as refused:
        made(cast)
    assert refused.value.reason is Reason.ROLE_NAME_TAKEN
    held = give(cast, local)
    decide_role(by=cast.director, grant=held, agree=True)
    admin = client_of(cast.system_administrator).confirmed()
    admin.post(f"/roles/narrower/{local.public_id}/retire")
    local.refresh_from_db()
    assert local.retired_by == cast.system_administrator
    assert local.public_id not in admin.get("/roles/propose").content.decode()
    with pytest.raises(Refused):
        give(cast, local, person=cast.ben)
    with pytest.raises(Refused):
        retire_local_role(by=cast.system_administrator, local_role=local)
    assert cast.viewer(cast.sam).role_names == ["Social worker", "Reading auditor"]
    assert made(cast).name == local.name
    logged = set(Event._base_manager.values_list("action", flat=True))
    assert {"local_role.make", "local_role.retire"} <= logged


def test_an_auditor_who_may_not_write_audits_is_offered_none(cast: Cast) -> None:
    grant = give(cast, made(cast))
    decide_role(by=cast.director, grant=grant, agree=True)
    assert cast.sam not in eligible_people(cast.viewer(cast.qa_lead))
    RoleGrant.objects.as_system("sign-in").filter(pk=grant.pk).update(local_role=None)
    assert cast.sam in eligible_people(cast.viewer(cast.qa_lead))


def test_a_moderator_who_may_not_rate_and_a_lead_who_handles_no_concern_are_offered_neither(
    cast: Cast,
) -> None:
    today = dates.today()
    for base, left_out in ((Role.MODERATOR, "moderation.rate"), (Role.QA_LEAD, "concern.handle")):
        local = make_local_role(
            by=cast.system_administrator, name=f"No {left_out}", base=base, left_out=[left_out], reason="x"
        )
        grant = give(cast, local, person=cast.analyst, unit=None)
        decide_role(by=cast.director, grant=grant, agree=True)
    # The quality lead still rates, so only the moderator's own rating is gone.
    held = RoleGrant.objects.as_system("sign-in").filter(person=cast.analyst)
    assert set(held.filter(keeping("moderation.rate")).values_list("role", flat=True)) == {
        "analyst",
        "qa-lead",
    }
    assert not raters_on(today, today)[cast.analyst.pk].is_moderator
    unit = cast.units["north"]
    concern = SimpleNamespace(unit_id=unit.pk, worker_id=None)
    handlers = possible_handlers(cast.viewer(cast.ben), concern)  # type: ignore[arg-type]
    assert cast.analyst not in handlers
    assert cast.qa_lead in handlers


def test_a_right_whose_name_holds_another_is_not_taken_for_it(cast: Cast) -> None:
    local = made(cast, left_out=("shareable_report.view",))
    grant = give(cast, local)
    rows = RoleGrant.objects.as_system("sign-in").filter(pk=grant.pk)
    assert rows.filter(keeping("report.view")).exists()
    assert not rows.filter(keeping("shareable_report.view")).exists()


def test_the_page_of_rights_tells_who_made_it_only_to_those_who_may_see_everybody(
    cast: Cast, client_of: Any
) -> None:
    address = f"/permissions?role={made(cast).public_id}"
    name = cast.system_administrator.name
    assert f"by {name}" in client_of(cast.qa_lead).get(address).content.decode()
    assert f"by {name}" not in client_of(cast.sam).get(address).content.decode()


def test_a_merge_of_teams_keeps_a_narrower_role_narrow(cast: Cast) -> None:
    grant = give(cast, made(cast), unit=cast.units["north"])
    decide_role(by=cast.director, grant=grant, agree=True)
    units = [cast.units["north"]]
    tomorrow = dates.today() + timedelta(days=1)
    merge_units(by=cast.system_administrator, units=units, on=tomorrow, into=cast.units["south"])
    moved = RoleGrant.objects.as_system("sign-in").get(role="auditor", unit=cast.units["south"])
    assert moved.local_role == grant.local_role
