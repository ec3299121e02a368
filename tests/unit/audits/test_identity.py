"""What free text gives away: names in every dress, birth dates, postcodes, numbers, addresses."""

from datetime import date

import pytest

from plumbline.audits.rules.identity import IdentityKind, find, is_health_number, name_parts

pytestmark = pytest.mark.no_database_needed
SHEET = ["Grace Will-Okafor", "Zoë O’Neill (mother)", "Will May", "Jo Ng", "James Bell"]
BORN = date(2016, 5, 3)


def words(text: str, kind: IdentityKind | None = None) -> list[str]:
    return [one.words for one in find(text, names=SHEET, born_on=BORN) if kind is None or one.kind is kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan for Okafor was late.", ["Okafor"]),
        ("the plan for OKAFOR was late", ["OKAFOR"]),
        ("Zoe told us.", ["Zoe"]),
        ("Zoë’s views are clear.", ["Zoë"]),
        ("Ms O'Neill and Ms O’Neill", ["O'Neill", "O’Neill"]),
        ("oneill is not how it is written", []),
        ("Grace Will-Okafor said so.", ["Grace Will-Okafor"]),
        ("We asked Grace Okafor-Will.", ["Grace Okafor-Will"]),
        ("We saw James' room and James’s bed.", ["James", "James"]),
        ("We asked Will what he wanted.", ["Will"]),
        ("Will said he was afraid.", ["Will"]),
        ("Will the plan be reviewed?", []),
        ("The team will act with grace.", []),
        ("Grace was seen at home.", ["Grace"]),
        ("Will was seen at home. Will they come?", ["Will"]),
        ("When Grace was seen at home she smiled.", ["Grace"]),
        ("Grace’s plan is clear.", ["Grace"]),
        ("May be too late.", []),
        ("It was agreed in May and again on 3 May.", []),
        ("May 2026 was the last visit.", []),
        ("We asked May about school.", ["May"]),
        ("They met Jo at school, and no job was offered.", ["Jo"]),
        ("jo is not written so", []),
        ("Mother told her mother.", []),
        ("The bell rang.", []),
        ("Mr Bell came.", ["Bell"]),
    ],
)
def test_a_name_of_the_cover_sheet_is_found_where_it_is_written_as_a_name(
    text: str, expected: list[str]
) -> None:
    assert words(text, IdentityKind.NAME) == expected


def test_a_name_inside_another_word_is_not_found() -> None:
    assert words("Willing helpers, jovial bellows, maybe graceful") == []


def test_relations_written_beside_names_are_not_looked_for() -> None:
    assert name_parts(["Ann Lee (mother)", "Baby of Ann"]) == {"ann", "lee"}


@pytest.mark.parametrize(
    "text",
    [
        "3 May 2016",
        "3rd of May 2016",
        "03/05/2016",
        "3.5.16",
        "2016-05-03",
        "May 3, 2016",
        "3 - 5 - 2016",
    ],
)
def test_the_childs_birth_date_is_found_however_it_is_written(text: str) -> None:
    assert words(f"Seen on {text} at home", IdentityKind.BIRTH_DATE) == [text]


def test_another_day_is_no_birth_date_unless_it_is_called_one() -> None:
    assert words("Visited on 3 May 2017 and 4/5/2018.") == []
    assert words("DOB: 4/5/2018. Born on 1 June 2010.") == ["4/5/2018", "1 June 2010"]
    assert words("Her date of birth is 31/02/2018") == ["31/02/2018"]


@pytest.mark.parametrize("text", ["S70 2TT", "s702tt", "SW1A 1AA", "EC1A 1BB", "M1 1AE", "B33 8TH"])
def test_a_postcode_is_found(text: str) -> None:
    assert words(f"They moved to {text} in spring", IdentityKind.POSTCODE) == [text]


@pytest.mark.parametrize("text", ["KS2 3rd term", "section 47", "LC-20418", "Q1 2PP", "A12 3bc", "Year 5"])
def test_what_only_looks_like_a_postcode_is_not(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "01226 770770",
        "07700 900123",
        "+44 7700 900123",
        "0044 (0)1226 770770",
        "(01226) 770-770",
        "02079460000",
    ],
)
def test_a_phone_number_is_found(text: str) -> None:
    assert words(f"Ring {text} after four", IdentityKind.PHONE) == [text]


@pytest.mark.parametrize(
    "text", ["12 of 20", "01/02/2018", "2016-05-04", "0.05 to 0.12", "reference 100234567890"]
)
def test_other_numbers_are_not_phone_numbers(text: str) -> None:
    assert words(text) == []


def test_a_health_number_is_known_by_its_check_digit() -> None:
    assert is_health_number("9434765919")
    assert not is_health_number("9434765918")
    assert not is_health_number("943476591")
    assert words("Number 943 476 5919, then 943 476 5918") == ["943 476 5919"]


def test_an_address_for_mail_is_found_once_even_when_it_holds_a_name() -> None:
    assert [(one.kind, one.words) for one in find("Write to okafor@home.example please", names=SHEET)] == [
        (IdentityKind.EMAIL, "okafor@home.example")
    ]


def test_without_a_cover_sheet_everything_but_names_is_still_found() -> None:
    assert [one.kind for one in find("Okafor, 07700 900123")] == [IdentityKind.PHONE]


def test_the_same_words_in_another_dress_have_the_same_fingerprint() -> None:
    first, second = find("Zoë, and zoe’s cat", names=SHEET)
    assert first.fingerprint == second.fingerprint == "zoe"


def test_places_are_those_of_the_text_itself() -> None:
    text = "Before Zoë O’Neill spoke, ﬁve rang 07700 900123."
    for one in find(text, names=SHEET):
        assert text[one.start : one.end] == one.words
