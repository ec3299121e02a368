"""From SQLite to PostgreSQL: everything arrives, or nothing does."""

import pytest
from django.db import connections

from plumbline.keeping.extra_databases import opened_database
from plumbline.keeping.moving import CopyError, copy_everything, in_order_of_dependency
from plumbline.keeping.sums import differences, stored_models, sums_of_models
from plumbline.people.models import Person, UnitName, User
from tests.integration.keeping.conftest import State
from tests.postgres import Postgres


@pytest.fixture
def target(postgres: Postgres, migrated_on_postgres: str) -> str:
    """The address of a PostgreSQL database to which nothing but migrate was done."""
    return postgres.create("target", like=migrated_on_postgres)


def test_the_copy_on_postgresql_has_equal_checksums_and_goes_on_counting(state: State, target: str) -> None:
    done = state.manage("copy_to", target)
    assert done.returncode == 0, done.stderr
    assert "Counts and checksums are equal" in done.stdout
    with opened_database("a", state.url) as source, opened_database("b", target) as copy:
        assert differences(sums_of_models(source), sums_of_models(copy)) == []
        last = max(Person._base_manager.using(copy).values_list("pk", flat=True))
        added = Person._base_manager.using(copy).create(name="Added after the move")
        assert added.pk > last
    again = state.manage("copy_to", target)
    assert "The target is not empty" in again.stderr
    # Everything works there, from the commands' point of view: nothing to migrate, all checks pass.
    assert state.manage("migrate", "--check", url=target).returncode == 0


def test_a_text_that_does_not_fit_is_named_by_row_and_column_and_nothing_is_kept(
    state: State, target: str
) -> None:
    with opened_database("a", state.url) as source, opened_database("b", target) as copy:
        row = Person._base_manager.using(source).create(name="x" * 101)
        with pytest.raises(CopyError, match=f"people_person: row {row.pk}, column name: .*more than 100"):
            copy_everything(source, copy)
        assert not User.objects.using(copy).exists()
        assert not Person._base_manager.using(copy).exists()


def test_an_unmigrated_target_is_refused(state: State, postgres: Postgres) -> None:
    with (
        opened_database("a", state.url) as source,
        opened_database("b", postgres.create("bare")) as copy,
        pytest.raises(CopyError, match="same version"),
    ):
        copy_everything(source, copy)


def test_a_changed_value_makes_the_sums_differ(state: State, target: str) -> None:
    with opened_database("a", state.url) as source, opened_database("b", target) as copy:
        copy_everything(source, copy)
        with connections[copy].cursor() as cursor:
            cursor.execute("UPDATE people_person SET name = name || ' ' WHERE public_id = 'person000000'")
        assert differences(sums_of_models(source), sums_of_models(copy)) == [
            "Table people_person has other content in its 4 rows."
        ]


def test_tables_are_copied_after_those_they_point_to() -> None:
    order = in_order_of_dependency(stored_models())
    assert set(order) == set(stored_models())
    assert order.index(User) < order.index(Person)
    assert order.index(UnitName) > order.index(UnitName.unit.field.related_model)
