"""The children of a household: who they are, with plainly invented names, and the rows that say so."""

from functools import lru_cache

from plumbline.demo.children.days import birthday
from plumbline.demo.children.household import NEVER, Child, Household, choose
from plumbline.demo.children.rates import CHILDREN, DISABILITIES, ETHNICITIES, FIRST_AGES, HAS_DISABILITY
from plumbline.demo.names import FIRST, LAST

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@lru_cache(maxsize=1)
def _streets() -> tuple[str, ...]:
    return tuple(f"{plant} {kind}" for plant in LAST for kind in ("Road", "Close", "Lane"))


def make_children(household: Household, day: int, alone: bool) -> None:
    """Gives the household its children, the eldest first."""
    chance = household.chance
    many = 1 if alone else choose(chance, CHILDREN)
    low, high = (16, 17.3) if alone else choose(chance, FIRST_AGES)
    age = low + chance.random() * (high - low)
    ethnicity = chance.choice(("BOTH", "OOTH", "ABAN", "AOTH")) if alone else choose(chance, ETHNICITIES)
    for number in range(many):
        born = day - int(age * 365.25)
        has_disability = age > 1 and household.one_in(HAS_DISABILITY)
        kinds = (
            {choose(chance, DISABILITIES) for _ in range(chance.choice((1, 1, 2)))}
            if has_disability
            else set()
        )
        male = household.one_in(0.9 if alone else 0.525)
        household.children.append(
            Child(
                person_id=f"{household.number}{number + 1}",
                sex="M" if male else "F",
                ethnicity=ethnicity,
                born=born,
                disabilities=tuple(sorted(kinds)),
                unaccompanied=alone,
            )
        )
        age -= 1.1 + chance.random() * 3.2
        if age < -0.4:
            break


def add_persons(household: Household) -> None:
    """Adds the rows that say who each child is. Only children somebody has made contact about are known."""
    known = [child for child in household.children if child.first_contact]
    for place, child in enumerate(known):
        day = child.first_contact
        _person(household, child, day, place)
        values = {"fami_table_id": household.new_id("F"), "fami_family_id": f"F{household.number}"}
        household.add("ssd_family", child, day, values | {"fami_person_id": child.person_id}, at=day)
        _address(household, child, day)
        for kind in child.disabilities:
            household.add(
                "ssd_disability",
                child,
                day,
                {
                    "disa_person_id": child.person_id,
                    "disa_table_id": household.new_id("D"),
                    "disa_disability_code": kind,
                },
                at=day,
            )
        if child.unaccompanied:
            household.add(
                "ssd_immigration_status",
                child,
                day,
                {
                    "immi_person_id": child.person_id,
                    "immi_immigration_status_id": household.new_id("I"),
                    "immi_immigration_status": "Unaccompanied asylum seeking child",
                    "immi_immigration_status_start_date": day,
                    "immi_immigration_status_end_date": birthday(child.born, 18),
                },
                at=day,
            )


def _person(household: Household, child: Child, day: int, place: int) -> None:
    number = int(child.person_id)
    unborn = child.born > day
    is_born = child.born <= household.world.as_at
    at_school = child.born + 4.6 * 365 < household.world.as_at
    digits = (number * 7_919) % 10**12
    upn = f"{UPN_LETTERS[number % 23]}{digits:012d}" if at_school else ""
    household.add(
        "ssd_person",
        child,
        day,
        {
            "pers_person_id": child.person_id,
            "pers_legacy_id": f"L{number % 10**7:07d}",
            "pers_upn": upn,
            "pers_upn_unknown": "" if at_school else "UN1",
            "pers_forename": FIRST[(number * 13 + place) % len(FIRST)],
            "pers_surname": LAST[int(household.number) * 31 % len(LAST)],
            "pers_sex": child.sex if is_born else "U",
            "pers_gender": child.sex if is_born else "",
            "pers_ethnicity": child.ethnicity,
            "pers_dob": child.born,
            "pers_expected_dob": child.born if unborn else None,
            "pers_death_date": None,
            "pers_send_flag": "Y" if child.disabilities else "N",
            "pers_is_mother": "N",
            "pers_nationality": "",
        },
        at=day,
    )


def _address(household: Household, child: Child, day: int) -> None:
    number = int(household.number)
    street = _streets()[number % len(_streets())]
    house = number % 180 + 1
    sector = f"FE{number % 9 + 1} {number % 7 + 1}"
    household.add(
        "ssd_address",
        child,
        day,
        {
            "addr_table_id": household.new_id("B"),
            "addr_address_json": f'{{"HOUSE": "{house}", "STREET": "{street}", "TOWN": "Fernshire"}}',
            "addr_person_id": child.person_id,
            "addr_address_type": "HOME",
            "addr_address_start_date": day,
            "addr_address_end_date": NEVER,
            "addr_address_postcode": home_postcode(household, sector),
        },
        at=day,
    )


def home_postcode(household: Household, sector: str = "") -> str:
    """The household's postcode, in an area that does not exist."""
    number = int(household.number)
    sector = sector or f"FE{number % 9 + 1} {number % 7 + 1}"
    return f"{sector}{'ABDEFGHJ'[number % 8]}{'LNPQRSTU'[number // 8 % 8]}"
