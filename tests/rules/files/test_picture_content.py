"""Pictures that are broken or too large, measured before any pixel is unpacked."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import get_sampling

from tests.rules.files.small_files import kind, refusal
from yuetan.rules.files.picture_content import drawn_anew

TOO_LARGE = "文件“a.png”超过 6000 万像素的上限"


def saved(image: Image.Image, image_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, image_format, **options)
    return file.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind_of_chunk: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">L", zlib.crc32(kind_of_chunk + content))
        return struct.pack(">L", len(content)) + kind_of_chunk + content + checksum

    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    content = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + content + chunk(b"IEND", b"")


# 60.01, 100 and 400 million pixels: below, at and above the sizes at which the library itself warns and refuses.
@pytest.mark.parametrize(("width", "height"), [(6001, 10_000), (10_000, 10_000), (20_000, 20_000), (2**31 - 1, 1)])
def test_more_pixels_than_allowed(width: int, height: int) -> None:
    assert refusal("a.png", png_claiming(width, height)) == TOO_LARGE


def test_a_phone_with_fifty_million_pixels_is_welcome() -> None:
    assert kind("a.jpg", saved(Image.new("L", (8160, 6144)), "JPEG")) == "jpg"


def test_too_many_pixels_in_a_jpg() -> None:
    assert refusal("a.jpg", saved(Image.new("L", (10_000, 6001)), "JPEG")) == "文件“a.jpg”超过 6000 万像素的上限"


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_every_usual_jpg(mode: str, progressive: bool) -> None:
    assert kind("a.jpg", saved(Image.new(mode, (40, 30)), "JPEG", progressive=progressive)) == "jpg"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_usual_png(mode: str) -> None:
    assert kind("a.png", saved(Image.new(mode, (40, 30)), "PNG")) == "png"


def test_a_phones_picture_with_a_second_one_inside() -> None:
    picture = Image.new("RGB", (40, 30))
    assert kind("a.jpg", saved(picture, "MPO", save_all=True, append_images=[picture])) == "jpg"


def test_one_flipped_bit_in_a_png() -> None:
    content = bytearray(saved(Image.effect_noise((64, 64), 50), "PNG"))
    content[len(content) // 2] ^= 1
    assert refusal("a.png", bytes(content)) == "文件“a.png”已损坏或结构异常，打不开"


def test_a_jpg_that_stops_early() -> None:
    content = saved(Image.effect_noise((200, 200), 50), "JPEG")
    assert refusal("a.jpg", content[:-500]) == "文件“a.jpg”已损坏或结构异常，打不开"


def test_a_header_and_nothing_else() -> None:
    assert refusal("a.jpg", b"\xff\xd8\xff") == "文件“a.jpg”已损坏或结构异常，打不开"


def test_what_weasyprint_allows_everywhere_is_not_allowed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = saved(Image.effect_noise((200, 200), 50), "JPEG")
    assert refusal("a.jpg", content[:-500]) == "文件“a.jpg”已损坏或结构异常，打不开"


def test_a_jpg_is_made_again_as_fine_as_it_was() -> None:
    picture = Image.effect_noise((64, 48), 60).convert("RGB")
    before = saved(picture, "JPEG", quality=97, subsampling=0)
    again = drawn_anew(io.BytesIO(before), "JPEG")
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(again)) as new:
        assert new.quantization == old.quantization
        assert get_sampling(new) == get_sampling(old) == 0


def test_colours_that_a_page_cannot_show_are_turned_into_those_it_can() -> None:
    again = drawn_anew(io.BytesIO(saved(Image.new("CMYK", (64, 48), (0, 90, 90, 10)), "JPEG")), "JPEG")
    usual = saved(Image.new("RGB", (64, 48)), "JPEG", quality=90)
    with Image.open(io.BytesIO(again)) as new, Image.open(io.BytesIO(usual)) as fine:
        assert (new.mode, new.size, new.quantization) == ("RGB", (64, 48), fine.quantization)


def test_half_a_picture_is_not_made_again_whatever_weasyprint_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = saved(Image.effect_noise((400, 400), 60).convert("RGB"), "JPEG")
    with pytest.raises(OSError, match="truncated"):
        drawn_anew(io.BytesIO(whole[: len(whole) // 2]), "JPEG")
