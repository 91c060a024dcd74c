"""Bytes on their way into a backup and out of it: counted, hashed, and encrypted if there is a public key."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pyrage import decrypt_io, encrypt_io, x25519

from yuetan.file_storage import sync_to_disk

READ_AT_ONCE = 1024 * 1024
PART = ".part-"  # how the names of files begin that are still being written
Recipients = Sequence[x25519.Recipient]
Identities = Sequence[x25519.Identity]


class HashedFile:
    """Reads from another file or writes to it, and knows how many bytes went through and their SHA-256."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.size = file, hashlib.sha256(), 0

    def read(self, length: int = -1) -> bytes:
        """Read so many bytes, as of any file, but never all at once; they count into the digest."""
        return self._counted(self._file.read(READ_AT_ONCE if length < 0 else length))

    def write(self, part: bytes) -> int:
        """Write these bytes, as any file does, and count them into the digest; how many were written."""
        self._file.write(self._counted(bytes(part)))
        return len(part)

    def flush(self) -> None:
        """Send on what is held back, as any file does."""
        self._file.flush()

    def _counted(self, part: bytes) -> bytes:
        self._digest.update(part)
        self.size += len(part)
        return part

    @property
    def sha256(self) -> str:
        """Of what went through so far."""
        return self._digest.hexdigest()


def encrypt(source: HashedFile, target: IO[bytes], recipients: Recipients) -> None:
    """Write all of the source, encrypted if it is to be for somebody alone; raises OSError if it cannot be written."""
    if recipients:
        encrypt_io(source, target, list(recipients))
    else:
        _copy(source, target)


def decrypt(source: IO[bytes], target: HashedFile, identities: Identities) -> None:
    """The other way; raises pyrage.DecryptError if it is for somebody else or was changed."""
    if identities:
        decrypt_io(source, target, list(identities))
    else:
        _copy(source, target)


def _copy(source: IO[bytes] | HashedFile, target: IO[bytes] | HashedFile) -> None:
    while part := source.read(READ_AT_ONCE):
        target.write(part)


@contextmanager
def new_file(folder: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file under a passing name, for whoever writes it to `keep`; it is gone afterwards if nobody did."""
    make_folder(folder)
    path = folder / f"{PART}{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)


def keep(file: IO[bytes], path: Path, target: Path) -> None:
    """Give a written file its name once it is whole on the disk; raises OSError if that cannot be assured."""
    file.flush()
    os.fsync(file.fileno())
    make_folder(target.parent)
    path.rename(target)
    sync_to_disk(target.parent)


def make_folder(folder: Path) -> None:
    """That folder and those above it, for nobody else to look into; raises OSError."""
    for each in [*reversed(folder.parents), folder]:
        each.mkdir(mode=0o700, exist_ok=True)
