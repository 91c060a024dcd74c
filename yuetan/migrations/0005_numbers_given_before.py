"""The numbers and the PDFs of papers issued before there was a book: entered, and their bytes hashed as they lie."""

import hashlib

from django.db import migrations


def enter(apps, schema_editor):
    papers, book = apps.get_model("yuetan", "Document").objects, apps.get_model("yuetan", "NumberEntry").objects
    for document in papers.defer("html").order_by("prefix", "year", "serial").iterator():
        document.entry = book.create(
            prefix=document.prefix,
            year=document.year,
            serial=document.serial,
            kind=document.kind,
            given_by_id=document.issued_by_id,
            given_at=document.issued_at,
        )
        document.pdf_sha256 = _stored(document)
        document.save(update_fields=["entry", "pdf_sha256"])


def forget(apps, schema_editor):
    """Going back there is no book: its table goes with the migration before."""
    apps.get_model("yuetan", "Document").objects.update(entry=None)
    apps.get_model("yuetan", "NumberEntry").objects.all().delete()


def _stored(document):
    # A file that is gone leaves no digest: it will be refused, as one that was changed.
    if not document.pdf or not document.pdf.storage.exists(document.pdf.name):
        return ""
    with document.pdf.open("rb") as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0004_number_book")]
    operations = [migrations.RunPython(enter, forget)]
