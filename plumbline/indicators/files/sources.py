"""The files given: a folder, a ZIP archive or one file, opened under limits that stop a hostile one early."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from plumbline.shared.given import FileError, Place

MOST_FILES = 200
# Text of children's records packs to a tenth or a twentieth of its size. What packs much better was made to burst.
MOST_TIMES_PACKED = 80
MOST_BYTES_BEFORE_RATIO = 1024 * 1024
MOST_BYTES_UNPACKED = 8 * 1024**3
_CHUNK = 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Member:
    """One file of what was given: its name without folders, its size, and how to open it."""

    name: str
    size: int
    path: Path
    inside: str = ""

    @property
    def stem(self) -> str:
        """The name without its ending, in small letters."""
        return self.name.rpartition(".")[0].strip().casefold()

    @property
    def ending(self) -> str:
        """The ending of the name, in small letters: csv, xlsx, xml."""
        return self.name.rpartition(".")[2].strip().casefold()

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The bytes of the file, as a stream.

        Raises: FileError where an archive turns out damaged while it is read.
        """
        if not self.inside:
            with self.path.open("rb") as plain:
                yield plain
            return
        damaged = FileError(f"{self.name} in the archive is damaged. Pack it again.")
        with ExitStack() as stack:
            try:
                archive = stack.enter_context(zipfile.ZipFile(self.path))
                packed = stack.enter_context(archive.open(self.inside))
            except (*_DAMAGED, OSError, ValueError, KeyError) as fault:
                raise damaged from fault
            try:
                yield packed
            except _DAMAGED as fault:
                raise damaged from fault

    def checksum(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        digest = hashlib.sha256()
        with self.opened() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()


def members(path: Path) -> tuple[Member, ...]:
    """The files in the folder or archive, or the one file, in the order of their names.

    Raises: FileError for what is not there, is no archive, or would unpack to far more than it is.
    """
    if path.is_dir():
        inside = sorted(part for part in path.iterdir() if part.is_file() and not part.name.startswith("."))
        _check_count(len(inside))
        return tuple(Member(part.name, part.stat().st_size, part) for part in inside)
    if not path.is_file():
        raise FileError("The file or folder is not there.")
    with path.open("rb") as stream:
        starts_as_archive = stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    if starts_as_archive and not is_workbook(path):
        return _packed_members(path)
    return (Member(path.name, path.stat().st_size, path),)


def is_workbook(path: Path) -> bool:
    """Whether the file is an archive of the kind that Excel writes."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (*_DAMAGED, OSError, ValueError):
        return False


def _packed_members(path: Path) -> tuple[Member, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (*_DAMAGED, OSError, ValueError) as fault:
        raise FileError("The archive is damaged. Pack the files again as a .zip.") from fault
    _check_count(len(entries))
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED:
        raise FileError("The archive unpacks to more than 8 GB. Split it.")
    kept = [
        Member(entry.filename.rpartition("/")[2], entry.file_size, path, entry.filename)
        for entry in entries
        if not entry.filename.startswith("__MACOSX/")
        and not entry.filename.rpartition("/")[2].startswith(".")
    ]
    names = [member.name.casefold() for member in kept]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise FileError(f"The archive holds {twice[0]} twice. Keep one of them.")
    return tuple(sorted(kept, key=lambda member: member.name))


def _check_count(count: int) -> None:
    if count > MOST_FILES:
        raise FileError(f"There are more than {MOST_FILES} files. Keep only those of one return.")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise FileError("The archive has a password. Pack the files again without one.")
    if entry.filename.casefold().endswith(".zip"):
        raise FileError("The archive holds another archive. Pack the files themselves.")
    if (
        entry.file_size > MOST_BYTES_BEFORE_RATIO
        and entry.file_size > max(entry.compress_size, 1) * MOST_TIMES_PACKED
    ):
        raise FileError(
            f"{entry.filename.rpartition('/')[2][:60]} would unpack to more than {MOST_TIMES_PACKED} times its size, "
            "which lists of children never do. It is refused unread."
        )


def first_bytes(member: Member, count: int = 4096) -> bytes:
    """The beginning of the file."""
    with member.opened() as stream:
        return stream.read(count)


def place_of(member: Member, line: int | None = None) -> Place:
    """A place in the file, for problems."""
    return Place(path=(member.name,), line=line)
