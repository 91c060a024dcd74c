"""Pages of a PDF as pictures, drawn by a process that may do nothing else."""

import io

import pytest
from PIL import Image
from pypdf import PdfWriter

from yuetan.documents.exports.page_images import NotDrawable, page_count, page_image


def pdf_of(*sizes: tuple[float, float]) -> io.BytesIO:
    writer, content = PdfWriter(), io.BytesIO()
    for width, height in sizes:
        writer.add_blank_page(width, height)
    writer.write(content)
    content.seek(0)
    return content


def test_each_page_is_as_wide_as_a_screen_and_no_higher_than_three_of_them() -> None:
    upright, strip = (595, 842), (100, 2000)
    assert page_count(pdf_of(upright, strip)) == 2
    for number, width, height in ((1, 1240, 1755), (2, 186, 3720)):
        with Image.open(io.BytesIO(page_image(pdf_of(upright, strip), number))) as picture:
            assert (picture.format, picture.size) == ("JPEG", pytest.approx((width, height), abs=1))


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_page_that_is_not_there(number: int) -> None:
    with pytest.raises(NotDrawable):
        page_image(pdf_of((595, 842), (595, 842)), number)


def test_what_is_no_pdf_has_no_pages() -> None:
    with pytest.raises(NotDrawable):
        page_count(io.BytesIO(b"no paper at all"))
