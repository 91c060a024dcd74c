"""Pages go out compressed to who asks for it; files and tables as they are kept."""

import gzip

from tests.factories import case_in
from tests.web import browser
from yuetan.vocabulary import CaseState

ASKED = {"accept-encoding": "gzip, deflate, br"}


def test_a_page_goes_out_compressed_and_says_so(office):
    case_in(CaseState.RECTIFYING)
    plain, packed = browser("officer").get("/cases/"), browser("officer").get("/cases/", headers=ASKED)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert "约谈台账" in gzip.decompress(packed.content).decode()
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 3
    assert packed["Cache-Control"] == "private, no-store"


def test_who_does_not_ask_gets_it_plain(office):
    assert "Content-Encoding" not in browser("officer").get("/cases/", headers={"accept-encoding": ""})


def test_files_and_papers_go_out_as_they_are(office):
    paper = case_in(CaseState.RECTIFYING).documents.first()
    for answer in (
        browser("officer").post("/statistics/file/", headers=ASKED),
        browser("officer").post(f"/documents/{paper.pk}/take/download/", headers=ASKED),
    ):
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer
