"""Pictures: what is wrong with them, in Chinese clauses, and the same picture as JPG or PNG with nothing beside it."""

import io
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL import Image, ImageFile, ImageOps
from PIL.JpegImagePlugin import get_sampling

# Unpacked, a pixel takes as many bytes as its mode says: a scan in black and white one, a photo four.
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
BYTES_OF_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2}
BYTES_OF_ANY_PIXEL = 4
TOO_MANY_PIXELS = (
    f"展开后超过 {MAX_UNPACKED_BYTES // 1024 // 1024} MB 的上限，请把图片缩小，或者用 300 dpi 重新扫描后再上传"
)
Image.MAX_IMAGE_PIXELS = MAX_UNPACKED_BYTES
SEVERAL_PICTURES = "有好几页，请另存或打印成 PDF 后再上传"
SMALLEST_DRAFT = (1, 1)
HEAD_BYTES = 16

FINE = {"quality": 90}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")}
# How the picture is to be drawn; everything else that a file may tell about itself is left behind.
DRAWN_BY = ("transparency", "dpi")

# A picture of the largest size takes a quarter of a gigabyte while it is unpacked: one at a time in a process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class PictureFormat:
    """How a picture is written: Pillow's word for it, its first bytes, and the kind it is kept as."""

    pillow: str
    begins: re.Pattern[bytes]
    kept_as: str


JPEG = PictureFormat("JPEG", re.compile(rb"\xff\xd8\xff"), "jpg")
PNG = PictureFormat("PNG", re.compile(rb"\x89PNG\r\n\x1a\n"), "png")
WEBP = PictureFormat("WEBP", re.compile(rb"RIFF....WEBP", re.DOTALL), "jpg")
TIFF = PictureFormat("TIFF", re.compile(rb"II\*\0|MM\0\*"), "png")
FORMATS = (JPEG, PNG, WEBP, TIFF)


def picture_format(head: bytes) -> PictureFormat | None:
    """The way in which a picture is written that begins so; None if it is no picture that is understood."""
    return next((each for each in FORMATS if each.begins.match(head)), None)


def picture_problems(stream: BinaryIO, written_as: PictureFormat) -> Iterator[str]:
    """Name what forbids to take a picture, without ever holding all its pixels if its format allows that."""
    try:
        image = Image.open(stream, formats=[written_as.pillow])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        yield TOO_MANY_PIXELS
        return
    with image:
        if image.width * image.height * BYTES_OF_PIXEL.get(image.mode, BYTES_OF_ANY_PIXEL) > MAX_UNPACKED_BYTES:
            yield TOO_MANY_PIXELS
            return
        # Whatever WeasyPrint, once imported, lets Pillow take everywhere: no truncated picture is taken here.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        if written_as is PNG:
            image.verify()
        elif written_as is JPEG:
            # It has no checksums, so it is decoded, at an eighth of its size to spare memory.
            image.draft(None, SMALLEST_DRAFT)
            image.load()
        elif getattr(image, "n_frames", 1) > 1:
            yield SEVERAL_PICTURES
        else:
            image.load()


def drawn_anew(stream: BinaryIO) -> bytes:
    """A picture, upright, in a file that holds its pixels and no place, device, comment or second file."""
    stream.seek(0)
    written_as = picture_format(stream.read(HEAD_BYTES))
    assert written_as is not None, "only a picture that was examined is drawn"
    stream.seek(0)
    with _one_at_a_time, Image.open(stream, formats=[written_as.pillow]) as image:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        image.load()
        image_format = {"jpg": "JPEG", "png": "PNG"}[written_as.kept_as]
        drawn_by: dict[str | tuple[int, int], Any] = {key: image.info[key] for key in DRAWN_BY if key in image.info}
        keywords = {"dpi": drawn_by["dpi"]} if "dpi" in drawn_by else {}
        as_fine = _tables(image) if written_as is JPEG else FINE if image_format == "JPEG" else {}
        upright = ImageOps.exif_transpose(image)
        upright.info = drawn_by
        if upright.mode not in MODES[image_format]:
            upright, as_fine = _flat(upright), FINE if image_format == "JPEG" else {}
        written = io.BytesIO()
        upright.save(written, image_format, **keywords, **as_fine)
        return written.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    """In plain colours; what one could look through becomes white, as on paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _tables(image: Image.Image) -> dict[str, Any]:
    """What a JPG was made with, so that making it again neither loses nor adds what can be seen."""
    return {"qtables": getattr(image, "quantization", None), "subsampling": get_sampling(image)}


def picture_size(stream: BinaryIO) -> tuple[int, int]:
    """Width and height of a picture in dots."""
    stream.seek(0)
    with Image.open(stream) as image:
        return image.size
