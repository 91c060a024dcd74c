"""What tests of the 卷宗 of meetings, rounds and measures do: take one, unpack it, read its manifest, verify it."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from django.db import connection
from django.db.models import Model
from pypdf import PdfReader

from tests import cast
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.record.case_file import request_case_file
from yuetan.ledgers.export import BUILDERS
from yuetan.models import PreparedFile
from yuetan.sealing import seal_transaction
from yuetan.vocabulary import PreparedKind

PACKAGE, BOUND = PreparedKind.CASE_FILE, PreparedKind.BOUND_CASE_FILE


def sealed() -> None:
    """Seal every changed row, as a commit does it."""
    with connection.cursor() as cursor:
        seal_transaction(cursor.cursor)


def made(subject: Model, form: PreparedKind = PACKAGE, by: str = "officer") -> PreparedFile:
    """Its 卷宗, asked for and made."""
    request_case_file(subject, by=cast.person(by), form=form)
    prepared = prepare_next(BUILDERS)
    assert prepared is not None
    return prepared


def unpacked(prepared: PreparedFile, folder: Path) -> Path:
    """The folder inside the package."""
    with prepared.file.open("rb") as kept, zipfile.ZipFile(io.BytesIO(kept.read())) as archive:
        archive.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def manifest(folder: Path) -> dict[str, object]:
    """What the package says of itself as data."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def titles(folder: Path) -> list[str]:
    """The pieces in their order."""
    return [piece["title"] for piece in manifest(folder)["pieces"]]


def verified(folder: Path) -> tuple[int, str]:
    """What the program inside says, run as its reader runs it: alone, with nothing of ours."""
    done = subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def words_of(path: Path) -> str:
    """What a printed sheet says, without spaces and line ends."""
    return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
