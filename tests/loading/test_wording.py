"""The built-in standard paragraphs: loaded once, never over what the office kept, and always lawful."""

import json
import shutil

import pytest
from django.conf import settings as site
from django.db import DatabaseError, transaction

from yuetan.errors import Refused
from yuetan.loading.fixtures import load_fixtures
from yuetan.models import StandardParagraph
from yuetan.models.papers.wording import standard_paragraph
from yuetan.vocabulary import SLOTS, DocumentKind


@pytest.fixture
def wording(office, settings, tmp_path):
    settings.FIXTURES = shutil.copytree(site.FIXTURES, tmp_path / "fixtures")
    return settings.FIXTURES / "wording.json"


def test_every_place_has_its_built_in_paragraph(office):
    rows = StandardParagraph.objects.all()
    assert {(row.kind, row.key) for row in rows} == {(slot.kind, slot.key) for slot in SLOTS}
    assert {(row.version, row.kept_by) for row in rows} == {(1, None)}


def test_a_second_run_leaves_what_the_office_kept(office, director):
    StandardParagraph.objects.create(
        kind=DocumentKind.REMINDER_LETTER, key="closing", version=2, text="专此函告。", kept_by=director
    )
    assert load_fixtures().written == {}
    assert standard_paragraph(DocumentKind.REMINDER_LETTER, "closing") == "专此函告。"


@pytest.mark.parametrize("change", ["missing", "unknown"])
def test_a_file_that_does_not_fit_the_papers_is_refused(wording, change):
    rows = json.loads(wording.read_text())
    odd = rows.pop() if change == "missing" else {"kind": "minutes", "key": "nonsense", "text": "文字"}
    wording.write_text(json.dumps(rows if change == "missing" else [*rows, odd]))
    with pytest.raises(Refused, match=f"{odd['kind']}/{odd['key']}"):
        load_fixtures()


def test_a_built_in_paragraph_obeys_the_rules_of_all(wording):
    rows = json.loads(wording.read_text())
    rows[0]["text"] = "请{姓名}参加"
    wording.write_text(json.dumps(rows))
    with pytest.raises(Refused, match=r"约谈通知书：开头：变量\{姓名\}不能用在这里"):
        load_fixtures()


def test_a_version_is_never_rewritten(office):
    row = StandardParagraph.objects.first()
    for change in (lambda: StandardParagraph.objects.filter(pk=row.pk).update(text="另文"), row.delete):
        with pytest.raises(DatabaseError, match=r"kept as written|permission denied"), transaction.atomic():
            change()


def test_a_paragraph_nobody_listed_is_a_fault(office):
    with pytest.raises(KeyError):
        standard_paragraph(DocumentKind.MINUTES, "nonsense")


def test_a_better_built_in_text_is_a_new_version_where_the_office_kept_none(wording, director):
    own, built_in = "专此通知。", "特此通知，请遵照执行。"
    StandardParagraph.objects.create(
        kind=DocumentKind.CANCELLATION, key="effect", version=2, text=own, kept_by=director
    )
    rows = json.loads(wording.read_text())
    for row in rows:
        if row["kind"] == "cancellation":
            row["text"] = built_in if row["key"] != "opening" else row["text"]
    wording.write_text(json.dumps(rows))
    assert load_fixtures().written == {"标准段落": 1}
    assert load_fixtures().written == {}
    assert standard_paragraph(DocumentKind.CANCELLATION, "closing") == built_in
    assert standard_paragraph(DocumentKind.CANCELLATION, "effect") == own
    new = StandardParagraph.objects.get(kind=DocumentKind.CANCELLATION, key="closing", version=2)
    assert new.kept_by is None
