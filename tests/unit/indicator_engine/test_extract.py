"""An extract is opened so that nothing beyond its own files can be reached."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from indicator_engine import Engine, Extract, ExtractFault, open_extract, open_records, periods
from indicator_engine.derived import all_derived, in_order
from indicator_engine.expressions import KIND_OF
from indicator_engine.extract import Duck, stored_as
from indicator_engine.loading import load_definitions
from indicator_engine.tables import load_tables

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"
TABLES = load_tables(DEFINITIONS / "record_tables")
pytestmark = pytest.mark.no_database_needed


def write_extract(folder: Path, referrals: int = 1) -> Path:
    """An extract with empty tables but for some referrals, and a secret file beside them."""
    folder.mkdir()
    quoted = str(folder).replace("'", "''")
    with duckdb.connect(":memory:") as connection:
        for name, table in TABLES.items():
            columns = ", ".join(f"{column} {kind}" for column, kind in stored_as(table).items())
            connection.execute(f"CREATE TABLE {name} ({columns})")
        for number in range(referrals):
            connection.execute(
                "INSERT INTO ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) "
                f"VALUES ('R{number}', 'C1', DATE '2025-03-{number + 1:02}')"
            )
        for name in TABLES:
            connection.execute(f"COPY {name} TO '{quoted}/{name}.parquet' (FORMAT parquet)")
        connection.execute(
            f"COPY (SELECT 1 AS secret) TO '{folder.parent / 'secret.parquet'}' (FORMAT parquet)"
        )
        connection.execute(f"COPY (SELECT 1 AS secret) TO '{quoted}/stray.parquet' (FORMAT parquet)")
    (folder / "manifest.json").write_text(json.dumps({"not_supplied": ["ssd_contacts"]}), encoding="utf-8")
    return folder


@pytest.fixture
def extract(tmp_path: Path) -> Iterator[Extract]:
    with open_extract(write_extract(tmp_path / "march", 3), TABLES) as opened:
        yield opened


def test_its_own_files_are_counted(extract: Extract) -> None:
    indicators = load_definitions(DEFINITIONS / "indicators" / "contacts_and_referrals")

    [count] = Engine(extract, indicators).counts(["referrals"], [periods.parse("2025-03")])

    assert (count.numerator, extract.name, extract.not_supplied) == (3, "march", {"ssd_contacts"})


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_parquet('{folder}/../secret.parquet')",
        "SELECT * FROM read_parquet('{folder}/stray.parquet')",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_text('{folder}/manifest.json')",
        "COPY (SELECT 1) TO '{folder}/ssd_contacts.parquet'",
        "COPY (SELECT 1) TO '{folder}/new.parquet'",
        "ATTACH '{folder}/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['/']",
        "RESET lock_configuration",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    ],
)
def test_nothing_else_can_be_read_written_or_fetched(
    extract: Extract, tmp_path: Path, statement: str
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    with pytest.raises(duckdb.Error):
        extract.database.run(statement.format(folder=tmp_path / "march"))

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "march")
    (folder / "ssd_contacts.parquet").unlink()

    with pytest.raises(ExtractFault, match="ssd_contacts"):
        open_extract(folder, TABLES)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    folder = write_extract(tmp_path / "march")
    duckdb.sql("SELECT 'K1' AS cont_contact_id").write_parquet(str(folder / "ssd_contacts.parquet"))

    with pytest.raises(ExtractFault, match="cont_contact_date"):
        open_extract(folder, TABLES)


def test_a_folder_with_a_quotation_mark_in_its_name_is_opened(tmp_path: Path) -> None:
    with open_extract(write_extract(tmp_path / "o'clock", 1), TABLES) as opened:
        assert opened.database.run("SELECT COUNT(*) FROM ssd_cin_episodes") == [(1,)]


def test_records_of_an_unknown_column_are_refused() -> None:
    with pytest.raises(ExtractFault, match="shoe_size"):
        open_records({"ssd_person": ({"pers_person_id": "C1", "shoe_size": 3},)}, TABLES)


def test_every_derived_table_has_the_columns_and_types_its_head_describes() -> None:
    stored = {"DATE": "date", "VARCHAR": "text", "BIGINT": "number", "INTEGER": "number", "DOUBLE": "number"}
    stored |= {"BOOLEAN": "truth", "HUGEINT": "number", "DECIMAL(38,0)": "number"}
    tables = all_derived()
    with open_records({}, TABLES) as extract:
        assert isinstance(extract.database, Duck)
        extract.database.run("CREATE TEMP TABLE as_at_dates (as_at DATE)")
        for table in in_order(set(tables)):
            extract.database.run(f"CREATE TEMP TABLE {table.name} AS {table.sql}")
            if table.kind == "part":
                continue
            found = {str(row[0]): str(row[1]) for row in extract.database.run(f"DESCRIBE {table.name}")}
            when = "as_at" if table.kind == "stock" else "event_date"
            common = {"record_id", "person_id", "team_id", "worker_id", when}
            assert set(found) == common | set(table.columns), table.name
            for column in table.columns.values():
                kind = "text" if KIND_OF[column.type] == "flags" else KIND_OF[column.type]
                assert stored[found[column.name]] == kind, f"{table.name}.{column.name}"
