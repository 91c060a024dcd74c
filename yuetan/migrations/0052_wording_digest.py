"""An issued paper keeps the digest of its wording, which stands on it, and how many pages it has."""

from django.db import migrations, models

BEFORE = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code"),
    *("title", "addressee", "issued_by_id", "case_id", "letter_id"),
)


def keep_document(columns: tuple[str, ...], printed: str) -> str:
    """The function that refuses a change of an issued paper in these columns, or in its PDF once there is one."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"""
    CREATE OR REPLACE FUNCTION yuetan_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF ({new}) IS DISTINCT FROM ({old}) OR {printed}
        THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """


PRINTED_BEFORE = "(OLD.pdf_sha256 <> '' AND (NEW.pdf, NEW.pdf_sha256) IS DISTINCT FROM (OLD.pdf, OLD.pdf_sha256))"
# What was printed is known by its digest from then on, and its bytes may be stored later than that.
PRINTED = """
    (OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256)
    OR (NEW.page_count IS DISTINCT FROM OLD.page_count AND (OLD.pdf_sha256 <> '' OR NEW.pdf_sha256 = ''))
    OR (OLD.pdf <> '' AND NEW.pdf IS DISTINCT FROM OLD.pdf)
"""


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0051_wording")]
    operations = [
        migrations.AddField(
            "document", "wording_sha256", models.CharField(blank=True, default="", max_length=64), False
        ),
        migrations.AddField("document", "page_count", models.PositiveSmallIntegerField(null=True)),
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["issued_at"],
                condition=models.Q(("pdf", ""), models.Q(("wording_sha256", ""), _negated=True)),
                name="document_lacks_pdf",
            ),
        ),
        migrations.RunSQL(keep_document((*BEFORE, "wording_sha256"), PRINTED), keep_document(BEFORE, PRINTED_BEFORE)),
    ]
