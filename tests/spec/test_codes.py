"""Every flag and code that a definition or a derived table looks for is one that a record can hold."""

import re
from pathlib import Path

import pytest

from indicator_engine.codelists import load_codelists
from indicator_engine.derived import all_derived
from tests.spec.tables import record_tables
from tests.spec.test_worked_examples import FOLDER, shipped

pytestmark = pytest.mark.no_database_needed
# Words that SQL files compare with which are no codes: our own groups and bands, and yes and no.
OWN_WORDS = re.compile(r"[a-z0-9 ’,-]+|[YN]|\|+||White|Mixed|Asian|Black|Other")


def codes() -> set[str]:
    """Every code of every list, and every flag of every column."""
    lists = load_codelists(FOLDER.parent / "codelists")
    found = {code.code for codelist in lists.values() for code in codelist.codes}
    flags = {code for table in record_tables().values() for column in table.columns for code in column.codes}
    # UASC is a word of the Standard Safeguarding Dataset that stands in a text column.
    return found | flags | {"UASC"}


def compared(text: str) -> set[str]:
    """Words in single quotation marks, apart from those of our own."""
    words = {word.strip("|") for word in re.findall(r"'([^']*)'", text.replace("''", "’"))}
    return {word for word in words if not OWN_WORDS.fullmatch(word) and not re.fullmatch(r"[A-Z]%", word)}


@pytest.mark.parametrize("name", sorted(all_derived()))
def test_a_derived_table_looks_for_codes_that_there_are(name: str) -> None:
    sql = re.sub(r"INTERVAL '[^']*'|DATE '[^']*'", "", all_derived()[name].sql)

    assert compared(sql) - codes() == set()


@pytest.mark.parametrize("key", sorted(shipped()))
def test_a_definition_looks_for_codes_that_there_are(key: str) -> None:
    indicator = shipped()[key]
    texts = [
        indicator.where,
        indicator.met,
        indicator.too_recent,
        *(part.when for part in indicator.excluded),
    ]

    assert compared(" ".join(texts)) - codes() == set()


def test_a_wrong_code_would_be_noticed() -> None:
    assert compared("has(outcomes, 'NEW_REFERAL_FLAG') or reason in ('RC8', 'RC88')") - codes() == {
        "NEW_REFERAL_FLAG",
        "RC88",
    }


def test_the_folder_of_definitions_holds_nothing_else() -> None:
    assert {path.suffix for path in Path(FOLDER).rglob("*") if path.is_file()} == {".yaml"}
