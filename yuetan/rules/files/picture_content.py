"""JPG and PNG files: what is wrong with them, in Chinese clauses, and the same picture with nothing beside it."""

import io
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import Image, ImageFile, ImageOps
from PIL.JpegImagePlugin import get_sampling

MAX_PIXELS = 60_000_000
TOO_MANY_PIXELS = f"超过 {MAX_PIXELS // 10_000} 万像素的上限"
SMALLEST_DRAFT = (1, 1)

FINE = {"quality": 90}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")}
# How the picture is to be drawn; everything else that a file may tell about itself is left behind.
DRAWN_BY = ("transparency", "dpi")

# A picture of the largest size takes a quarter of a gigabyte while it is unpacked: one at a time in a process.
_one_at_a_time = threading.Lock()


def picture_problems(stream: BinaryIO, image_format: str) -> Iterator[str]:
    """Name what forbids to take a picture of Pillow's `image_format`, without ever holding all its pixels."""
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


def drawn_anew(stream: BinaryIO, image_format: str) -> bytes:
    """The same picture, upright, in a file that holds its pixels and no place, device, comment or second file."""
    stream.seek(0)
    with _one_at_a_time, Image.open(stream, formats=[image_format]) as image:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        image.load()
        drawn_by: dict[str | tuple[int, int], Any] = {key: image.info[key] for key in DRAWN_BY if key in image.info}
        keywords = {"dpi": drawn_by["dpi"]} if "dpi" in drawn_by else {}
        as_fine = _tables(image) if image_format == "JPEG" else {}
        upright = ImageOps.exif_transpose(image)
        upright.info = drawn_by
        if upright.mode not in MODES[image_format]:
            upright, as_fine = upright.convert("RGB"), FINE
        written = io.BytesIO()
        upright.save(written, image_format, **keywords, **as_fine)
        return written.getvalue()


def _tables(image: Image.Image) -> dict[str, Any]:
    """What a JPG was made with, so that making it again neither loses nor adds what can be seen."""
    return {"qtables": getattr(image, "quantization", None), "subsampling": get_sampling(image)}


def picture_size(stream: BinaryIO) -> tuple[int, int]:
    """Width and height of a picture in dots; the stream is left at its beginning."""
    stream.seek(0)
    with Image.open(stream) as image:
        size = image.size
    stream.seek(0)
    return size
