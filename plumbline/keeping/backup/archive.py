"""One file that holds a backup: written whole or not at all, and trusted only when every byte agrees."""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
MOST_MANIFEST_BYTES = 50_000_000
PIECE = 1 << 20
_NAME = re.compile(r"database\.sqlite3|database\.dump|secret-key|uploads/[^\\\0]+")


class ArchiveError(Exception):
    """An archive that must not be used; the message says what is wrong with it."""


class ArchiveWriter:
    """Adds members and remembers their hashes; `seal` writes them down last."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        """Adds a file under the name. One that grows meanwhile is taken as long as it was at the start."""
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            hashed = _Hashed(file, size)
            self._tar.addfile(_member(name, size), hashed)
        self.members[name] = {"bytes": size, "sha256": hashed.digest.hexdigest()}

    def seal(self, facts: dict[str, Any]) -> None:
        """Writes the manifest: the facts, every member's size and hash; and the manifest's own hash."""
        manifest = json.dumps({**facts, "members": self.members}, indent=1, sort_keys=True).encode()
        for name, content in (
            (MANIFEST, manifest),
            (SEAL, hashlib.sha256(manifest).hexdigest().encode() + b"\n"),
        ):
            self._tar.addfile(_member(name, len(content)), io.BytesIO(content))


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """A writer whose file appears under its name only when the block ended well; only its owner may read it."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with (
                gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, filename="", mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield ArchiveWriter(tar)
            raw.flush()
            os.fsync(raw.fileno())
        os.rename(partial, path)
        fsync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def checked_manifest(path: Path) -> dict[str, Any]:
    """The manifest, after every member was read and found as the manifest says. Nothing is written.

    Raises: ArchiveError for a damaged, cut, hand-edited or dangerous archive.
    """
    found: dict[str, dict[str, Any]] = {}
    small: dict[str, bytes] = {}
    for name, size, pieces in _members(path):
        digest, kept = hashlib.sha256(), []
        for piece in pieces:
            digest.update(piece)
            if name in (MANIFEST, SEAL):
                kept.append(piece)
        if name in (MANIFEST, SEAL):
            small[name] = b"".join(kept)
        else:
            found[name] = {"bytes": size, "sha256": digest.hexdigest()}
    manifest = _sealed(small)
    if manifest.get("members") != found:
        listed = manifest.get("members")
        listed = listed if isinstance(listed, dict) else {}
        wrong = sorted(set(listed) ^ set(found)) or sorted(n for n in found if listed[n] != found[n])
        raise ArchiveError(
            f"The archive was changed after it was made: {wrong[0]} is not as the manifest says. Use another backup."
        )
    return manifest


def unpack(path: Path, folder: Path) -> None:
    """Writes the members into the folder. Call it only after `checked_manifest`."""
    for name, _, pieces in _members(path):
        if name in (MANIFEST, SEAL):
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as 64 hex digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fsync_folder(folder: Path) -> None:
    """Returns when the names in the folder are safe on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _sealed(small: dict[str, bytes]) -> dict[str, Any]:
    if set(small) != {MANIFEST, SEAL}:
        raise ArchiveError("The archive has no manifest. It is not a backup that Plumbline made.")
    if hashlib.sha256(small[MANIFEST]).hexdigest().encode() != small[SEAL].strip():
        raise ArchiveError("The manifest was changed after the backup was made. Use another backup.")
    try:
        manifest = json.loads(small[MANIFEST])
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict):
        raise ArchiveError("The manifest cannot be read. It is not a backup that Plumbline made.")
    return manifest


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as fault:
        raise ArchiveError(f"The archive is damaged or cut short ({fault}). Use another backup.") from fault


def _members(path: Path) -> Iterator[tuple[str, int, Iterator[bytes]]]:
    """Each member's name, size and content, after a look at whether it may be there at all."""
    if not path.is_file():
        raise ArchiveError(f"There is no file {path}.")
    seen: set[str] = set()
    with _damage_told(), tarfile.open(path, mode="r:gz") as tar:
        for member in tar:
            _refuse_dangerous(member, seen)
            seen.add(member.name)
            file = tar.extractfile(member)
            assert file is not None
            yield member.name, member.size, _pieces(file, member)
        # What follows the last member still belongs to the file and its checksum.
        while tar.fileobj is not None and tar.fileobj.read(PIECE):
            pass


def _pieces(file: IO[bytes], member: tarfile.TarInfo) -> Iterator[bytes]:
    left = member.size
    while left:
        with _damage_told():
            piece = file.read(min(PIECE, left))
        if not piece:
            raise ArchiveError(f"The archive is cut short in {member.name}. Use another backup.")
        left -= len(piece)
        yield piece


def _refuse_dangerous(member: tarfile.TarInfo, seen: set[str]) -> None:
    name = member.name
    shown = name[:60].encode("ascii", "replace").decode()
    # Not isfile(): that also takes sparse files, whose size on disk has nothing to do with their size here.
    if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
        raise ArchiveError(f"The archive holds {shown}, which is not a plain file. It is not used.")
    is_ours = name in (MANIFEST, SEAL) or _NAME.fullmatch(name)
    if not is_ours or any(part in ("", ".", "..") for part in name.split("/")):
        raise ArchiveError(f"The archive holds {shown}, which does not belong in a backup. It is not used.")
    if name in seen:
        raise ArchiveError(f"The archive holds {shown} twice. It is not used.")
    if name in (MANIFEST, SEAL) and member.size > MOST_MANIFEST_BYTES:
        raise ArchiveError("The manifest is far too large. It is not used.")


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read, and ends where it ended at the start."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._left = file, size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        self.digest.update(piece)
        return piece
