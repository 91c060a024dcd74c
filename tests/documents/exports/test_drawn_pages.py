"""Pages of uploaded PDFs: drawn once, failures too, few at once, and never all threads for one reader."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest

from yuetan.documents.exports import drawn_pages
from yuetan.documents.exports.drawn_pages import RendererBusy, drawn_count, drawn_page, purge_drawn_pages
from yuetan.documents.exports.page_images import NotDrawable
from yuetan.rules.dates import clock


class Kept:
    """A stored file, as far as it is opened."""

    @staticmethod
    def open(mode):
        return BytesIO(b"%PDF-")


@pytest.fixture
def drawn(settings, tmp_path, monkeypatch):
    """The numbers of the pages that were really drawn; the hundredth cannot be."""
    settings.VAR = tmp_path
    numbers = []

    def draw(pdf, number):
        numbers.append(number)
        if number == 100:
            raise NotDrawable("too hard")
        return b"JPEG %d" % number

    monkeypatch.setattr(drawn_pages, "page_image", draw)
    monkeypatch.setattr(drawn_pages, "page_count", lambda pdf: numbers.append(0) or 3)
    return numbers


def test_a_page_is_drawn_once_for_all_readers(drawn):
    assert [drawn_page(Kept, "ab" * 32, 2, reader) for reader in "12"] == [b"JPEG 2"] * 2
    assert drawn_page(Kept, "cd" * 32, 2, "1") == b"JPEG 2"  # of another file
    assert [drawn_count(Kept, "ab" * 32, reader) for reader in "12"] == [3, 3]
    assert drawn == [2, 2, 0]


def test_what_cannot_be_drawn_is_not_tried_again(drawn):
    for _ in range(3):
        with pytest.raises(NotDrawable):
            drawn_page(Kept, "ab" * 32, 100, "1")
    assert drawn == [100]


def test_thirty_at_once_wait_for_each_other_and_leave_threads_to_others(drawn, monkeypatch):
    inside, go_on = threading.Semaphore(0), threading.Event()

    def slow(pdf, number):
        inside.release()
        assert go_on.wait(30)
        return b"JPEG"

    monkeypatch.setattr(drawn_pages, "page_image", slow)
    monkeypatch.setattr(drawn_pages, "WAIT_SECONDS", 0.2)

    def start(number, reader):
        thread = threading.Thread(target=lambda: drawn_page(Kept, "ab" * 32, number, reader))
        thread.start()
        assert inside.acquire(timeout=30)
        return thread

    threads = [start(1, "1"), start(2, "1")]
    with pytest.raises(RendererBusy):  # both places of the installation are held
        drawn_page(Kept, "ab" * 32, 3, "2")
    with pytest.raises(RendererBusy):  # and both of this reader, which is known without waiting
        drawn_page(Kept, "ab" * 32, 4, "1")
    go_on.set()
    for thread in threads:
        thread.join()
    assert drawn_page(Kept, "ab" * 32, 3, "2") == b"JPEG"


def test_pictures_are_removed_after_some_days(drawn):
    drawn_page(Kept, "ab" * 32, 2, "1")
    assert purge_drawn_pages(clock.today()) == {"删除": 0}
    assert purge_drawn_pages(clock.today() + timedelta(days=9)) == {"删除": 1}
    drawn_page(Kept, "ab" * 32, 2, "1")
    assert drawn == [2, 2]
