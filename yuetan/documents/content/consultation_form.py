"""商请函呈批表: who drafted the letter to the departments, who had read the text, and what it asks by when."""

from __future__ import annotations

from yuetan.documents.content.facts import PaperFacts, texts_of_body
from yuetan.documents.content.measure_form import consulted_words, head_of_form, rows_of_text
from yuetan.documents.content.office_forms import Opinion, Row, opinion_of
from yuetan.documents.content.paragraphs import sentence
from yuetan.models import AccountabilityMeasure, Document
from yuetan.rules import check_code
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import Verb


def consultation_form(letter: Document) -> PaperFacts:
    """One 商请函 with the text that it was about, whom it asks, and what each has answered so far."""
    measure = letter.measure_laid
    assert measure is not None
    asked = list(letter.consultations.all())
    rows = [
        *(rows_of_text(measure) if measure.digest in {one.sha256 for one in asked} else _text_of_then(letter)),
        Row("商请部门", [one.department for one in asked]),
        Row("答复期限", [chinese_date(one.due_on) for one in asked[:1] if one.due_on]),
        Row("部门意见", [consulted_words(one) for one in asked]),
        Row("内容校验", [check_code.shortened(one.sha256) for one in asked[:1]]),
    ]
    pairs = head_of_form(letter.number, "印发日期", letter.issued_at, letter.issued_by)
    return {"title": "商请函呈批表", "pairs": pairs, "opinions": _who_wrote(measure, letter), "rows": rows}


def _text_of_then(letter: Document) -> list[Row]:
    """The letter as it went out: the text has been changed since, and its check code is that of then."""
    remark = "商请时的文本此后有修改，以上照录商请函。"
    return [Row("商请函", [sentence(letter.title), *texts_of_body(letter.facts), remark])]


def _who_wrote(measure: AccountabilityMeasure, letter: Document) -> list[Opinion]:
    """What the director wrote on the text before the letter went out, and who drafted it."""
    before = measure.events.filter(created_at__lte=letter.issued_at).select_related("actor")
    endorsed = before.filter(verb=Verb.ENDORSE_MEASURE).newest_first().first()
    drafted = measure.events.filter(verb=Verb.ASK_CONSULTATION, data__document=letter.number).select_related("actor")
    return [opinion_of("核稿", endorsed), opinion_of("拟稿", drafted.first(), ["拟稿，印发商请函。"])]
