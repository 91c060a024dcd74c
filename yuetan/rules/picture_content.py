"""What is wrong with a JPG or PNG file, found without ever holding all its pixels; answers are Chinese clauses."""

from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageFile

MAX_PIXELS = 60_000_000
TOO_MANY_PIXELS = f"超过 {MAX_PIXELS // 10_000} 万像素的上限"
SMALLEST_DRAFT = (1, 1)


def picture_problems(stream: BinaryIO, image_format: str) -> Iterator[str]:
    """Name what forbids to take a picture of Pillow's `image_format`."""
    try:
        image = Image.open(stream, formats=[image_format])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        yield TOO_MANY_PIXELS
        return
    with image:
        if image.width * image.height > MAX_PIXELS:
            yield TOO_MANY_PIXELS
            return
        if image_format == "PNG":
            image.verify()
        else:
            # A JPG has no checksums, so it is decoded, at an eighth of its size to spare memory. WeasyPrint, once
            # imported, lets Pillow take truncated pictures everywhere: not here.
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            image.draft(None, SMALLEST_DRAFT)
            image.load()
