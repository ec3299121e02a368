"""The database itself refuses to change or remove an event."""

from typing import Any

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event_log_event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event_log_event BEGIN SELECT RAISE(ABORT, 'events are never removed'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are never changed or removed'; END $$",
    "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event_log_event FOR EACH ROW EXECUTE FUNCTION event_refuse()",
]


def forwards(apps: Any, schema_editor: Any) -> None:
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def backwards(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER event_no_update")
            cursor.execute("DROP TRIGGER event_no_delete")
        else:
            cursor.execute("DROP TRIGGER event_no_change ON event_log_event")
            cursor.execute("DROP FUNCTION event_refuse")


class Migration(migrations.Migration):
    dependencies = [("event_log", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
