"""What rounds add to the world: places of the draw, its seed, its case list, and an upload of each role."""

from plumbline.audits.files.case_list import pack, read_case_list
from plumbline.audits.models import CaseListUpload, ColumnMapping, Seed, SlotState
from plumbline.people.rules.roles import Role
from plumbline.shared.tables import write_csv
from tests.factories.audits import make_case, make_slot
from tests.proof.world import World, token

FILE = write_csv([("Case ref", "Plan", "Team"), ("A1", "Edge", "north")])


def add_rounds(world: World) -> None:
    """Adds them to the round of the world."""
    made = world.round
    draw, case_list = made.draw, made.case_list
    Seed.objects.create(
        round=made,
        value="4 2 6 1",
        kind="people",
        how=world.new_token("draw", draw.public_id),
        recorded_by=world.people["elsewhere"],
    )
    world.add("draw", "elsewhere", draw)
    case_list.file_name = world.new_token("case_list", case_list.public_id)
    heading = world.new_token("draw", draw.public_id)
    case_list.reading = {"columns": {"reference": heading}, "on": "2026-01-01"}
    case_list.source = {"Indicator": world.new_token("draw", draw.public_id)}
    case_list.save()
    world.add("case_list", "elsewhere", case_list)
    for relation, unit in (("elsewhere", "fostering"), ("conflict", "west")):
        for state in SlotState:
            left_out = state in (SlotState.EXCLUDED, SlotState.REPLACED)
            note = token("slot")
            case = make_case(made, world.units[unit], reference=f"{token('slot')}1")
            slot = make_slot(case, state=state, reason="closed" if left_out else "", note=note)
            world.tokens[case.reference[:-1]] = ("slot", slot.public_id)
            world.add("slot", relation, slot, token=note)
    # What a spelling of an earlier list meant is shown to nobody.
    ColumnMapping.objects.create(
        kind="worker", given=world.new_token("mapping", ""), meaning=world.new_token("mapping", "")
    )
    table = pack(read_case_list(FILE))
    for role in Role:
        upload = CaseListUpload.objects.create(
            owner=world.people[role], round=made, name=token("case_upload"), data=table
        )
        spelling = world.new_token("case_upload", upload.public_id)
        upload.mapping = {"spellings": {"team": {spelling: spelling}}}
        upload.source = {"Indicator": world.new_token("case_upload", upload.public_id)}
        upload.save(update_fields=["mapping", "source"])
        world.add("case_upload", "own", upload, token=upload.name, role=role)
