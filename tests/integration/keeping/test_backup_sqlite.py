"""Backups on SQLite: all of it comes back, and nothing but a whole and unchanged archive is taken."""

import gzip
import io
import json
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from plumbline.event_log.queries import head_now
from plumbline.keeping.backup.archive import ArchiveError, checked_manifest
from plumbline.keeping.backup.restoring import Restored, RestoreError, restore_backup, state_in
from plumbline.keeping.backup.taking import make_backup
from plumbline.keeping.extra_databases import opened_database, sqlite_url
from plumbline.keeping.sums import differences, sums_of_tables
from tests.integration.keeping.conftest import State

Members = dict[str, bytes]


def backup_of(state: State, folder: Path) -> Path:
    with opened_database("kept", state.url) as alias:
        return make_backup(folder, var=state.var, using=alias).path


def restore_into(archive: Path, var: Path, *, replace: bool = False) -> Restored:
    with opened_database("fresh", sqlite_url(var / "plumbline.sqlite3")) as alias:
        return restore_backup(archive, var=var, using=alias, replace=replace)


def everything_under(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def edited(archive: Path, change: Callable[[Members], None]) -> Path:
    """The archive with its members changed by hand, packed again as it was."""
    with tarfile.open(archive) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    change(members)
    target = archive.with_name("edited.tar.gz")
    with tarfile.open(target, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return target


def test_a_restored_backup_equals_what_was_backed_up(state: State, tmp_path: Path) -> None:
    archive = backup_of(state, tmp_path / "backups")
    restored = restore_into(archive, tmp_path / "new")
    with (
        opened_database("a", state.url) as before,
        opened_database("b", sqlite_url(tmp_path / "new" / "plumbline.sqlite3")) as after,
    ):
        assert differences(sums_of_tables(before), sums_of_tables(after)) == []
        assert sums_of_tables(after)["people_person"].rows == 4
    assert restored.uploads == 2
    assert not restored.needs_migrating
    for name in ("uploads/notes/one.txt", "uploads/two.bin", "secret-key"):
        assert (tmp_path / "new" / name).read_bytes() == (state.var / name).read_bytes()


def test_the_manifest_notes_the_head_of_the_event_log_that_the_copy_ends_with(
    state: State, tmp_path: Path
) -> None:
    with opened_database("kept", state.url) as alias:
        made = make_backup(tmp_path / "backups", var=state.var, using=alias)
        assert made.event_log == str(head_now(alias))
    assert checked_manifest(made.path)["event_log"] == made.event_log


def test_an_archive_is_for_its_owner_only_and_nothing_else_is_left_in_the_folder(
    state: State, tmp_path: Path
) -> None:
    archive = backup_of(state, tmp_path / "backups")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [archive.name]


def test_two_backups_in_one_second_get_two_names(state: State, tmp_path: Path) -> None:
    assert len({backup_of(state, tmp_path / "backups") for _ in range(3)}) == 3


def test_a_backup_that_fails_half_way_leaves_nothing(
    state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("plumbline.keeping.backup.archive.ArchiveWriter.seal", full)
    with pytest.raises(OSError, match="No space"):
        backup_of(state, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_link_among_the_uploads_is_not_followed(state: State, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("not the council's")
    (state.var / "uploads" / "link").symlink_to(tmp_path / "outside")
    manifest = checked_manifest(backup_of(state, tmp_path / "backups"))
    assert "uploads/link" not in manifest["members"]


@pytest.mark.parametrize("share", [0.001, 0.3, 0.6, 0.9, 0.99, 0.9999])
def test_an_archive_cut_short_is_refused(state: State, tmp_path: Path, share: float) -> None:
    archive = backup_of(state, tmp_path / "backups")
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ArchiveError):
        restore_into(archive, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("share", [0.0005, 0.2, 0.5, 0.8, 0.9999])
def test_an_archive_with_one_changed_byte_is_refused(state: State, tmp_path: Path, share: float) -> None:
    archive = backup_of(state, tmp_path / "backups")
    content = bytearray(archive.read_bytes())
    # Past the ten bytes of gzip's header, of which the time and the system's name mean nothing.
    content[10 + int((len(content) - 11) * share)] ^= 0x41
    archive.write_bytes(content)
    with pytest.raises(ArchiveError):
        restore_into(archive, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def change_upload(members: Members) -> None:
    members["uploads/notes/one.txt"] = b"forged"


def change_manifest(members: Members) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["tables"]["people_person"]["rows"] = 3
    members["manifest.json"] = json.dumps(manifest).encode()


def drop_upload(members: Members) -> None:
    del members["uploads/two.bin"]


def add_upload(members: Members) -> None:
    members["uploads/three.txt"] = b"new"


def drop_manifest(members: Members) -> None:
    del members["manifest.json"]


def climb_out(members: Members) -> None:
    members["uploads/../../evil"] = b"out"


def start_at_the_root(members: Members) -> None:
    members["/tmp/evil"] = b"out"  # noqa: S108


@pytest.mark.parametrize(
    "change",
    [
        change_upload,
        change_manifest,
        drop_upload,
        add_upload,
        drop_manifest,
        climb_out,
        start_at_the_root,
    ],
)
def test_an_archive_edited_by_hand_is_refused(
    state: State, tmp_path: Path, change: Callable[[Members], None]
) -> None:
    archive = edited(backup_of(state, tmp_path / "backups"), change)
    with pytest.raises(ArchiveError):
        restore_into(archive, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_an_archive_with_anything_but_plain_files_is_refused(
    state: State, tmp_path: Path, kind: bytes
) -> None:
    archive = backup_of(state, tmp_path / "backups")
    plain = gzip.decompress(archive.read_bytes())
    link = tarfile.TarInfo("uploads/link")
    link.type, link.linkname = kind, "/etc/passwd"
    archive.write_bytes(gzip.compress(link.tobuf() + plain))
    with pytest.raises(ArchiveError, match="not a plain file"):
        restore_into(archive, tmp_path / "new")


def test_what_is_no_archive_is_refused_with_a_sentence(state: State, tmp_path: Path) -> None:
    (tmp_path / "text.tar.gz").write_text("hello")
    for name in ("text.tar.gz", "nothing.tar.gz"):
        with pytest.raises(ArchiveError):
            restore_into(tmp_path / name, tmp_path / "new")


def test_nothing_is_restored_over_what_is_there(state: State, tmp_path: Path) -> None:
    archive = backup_of(state, tmp_path / "backups")
    before = everything_under(state.var)
    with opened_database("kept", state.url) as alias, pytest.raises(RestoreError, match="already"):
        restore_backup(archive, var=state.var, using=alias)
    assert everything_under(state.var) == before


def test_replace_puts_the_backup_in_the_place_of_what_is_there(state: State, tmp_path: Path) -> None:
    archive = backup_of(state, tmp_path / "backups")
    (state.var / "uploads" / "later.txt").write_text("later")
    with opened_database("kept", state.url) as alias:
        restore_backup(archive, var=state.var, using=alias, replace=True)
    assert sorted(everything_under(state.var / "uploads")) == ["notes/one.txt", "two.bin"]


def test_a_backup_of_a_newer_version_is_refused(
    state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = backup_of(state, tmp_path / "backups")
    monkeypatch.setattr(
        "plumbline.keeping.backup.restoring._known_migrations", lambda: {"people.0001_initial"}
    )
    with pytest.raises(RestoreError, match="newer"):
        restore_into(archive, tmp_path / "new")


def test_the_commands_back_up_and_restore_in_a_new_place(state: State, tmp_path: Path) -> None:
    done = state.manage("backup", str(tmp_path / "backups"))
    assert done.returncode == 0, done.stderr
    (archive,) = (tmp_path / "backups").iterdir()
    sha256 = done.stdout.split("SHA-256 ")[1].strip()
    new = State(tmp_path / "new")
    done = new.manage("restore", str(archive), f"--sha256={sha256}")
    assert done.returncode == 0, done.stderr
    assert "2 uploads" in done.stdout
    again = new.manage("restore", str(archive))
    assert again.returncode != 0
    assert "--replace" in again.stderr
    refused = new.manage("restore", str(archive), "--replace", typed="yes\n")
    assert "Nothing was changed" in refused.stderr
    done = new.manage("restore", str(archive), "--replace", typed=f"{archive.name}\n")
    assert done.returncode == 0, done.stderr


def test_an_empty_state_folder_holds_nothing_to_lose(tmp_path: Path, own_databases: None) -> None:
    with opened_database("fresh", sqlite_url(tmp_path / "plumbline.sqlite3")) as alias:
        assert state_in(tmp_path, alias) == []
