"""Parts of a page that bear a name can be told apart by it: read in the templates, whatever a page shows."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
HEADING = re.compile(r'<h[1-6][^>]*\bid="([^"]+)"[^>]*>(.*?)</h[1-6]>', re.DOTALL)
LABELLED_BY = re.compile(r'(?:<(?:section|nav|aside)[^>]*\b|block list_label %})aria-labelledby="([^"]+)"')
LABEL = re.compile(r'role="region"\s+aria-label="([^"]+)"|{% block table_label %}([^{]+){% endblock %}')
MARKS = re.compile(r"<[^>]+>|{[%#].*?[%#]}")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_two_regions_of_a_template_bear_one_name(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    headings = {key: MARKS.sub("", words).strip() for key, words in HEADING.findall(text)}
    labels = [headings.get(key, key) for key in LABELLED_BY.findall(text)]
    labels += [one or other for one, other in LABEL.findall(text)]
    assert [label for label, number in Counter(labels).items() if number > 1] == []
