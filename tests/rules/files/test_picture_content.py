"""Pictures that are broken or too large, measured before any pixel is unpacked."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import get_sampling

from tests.rules.files.small_files import kind, refusal
from yuetan.rules.files.picture_content import drawn_anew

TOO_LARGE = "文件“a.png”展开后超过 300 MB 的上限，请把图片缩小，或者用 300 dpi 重新扫描后再上传"


def saved(image: Image.Image, image_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, image_format, **options)
    return file.getvalue()


def png_claiming(width: int, height: int, colours: int) -> bytes:
    def chunk(kind_of_chunk: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">L", zlib.crc32(kind_of_chunk + content))
        return struct.pack(">L", len(content)) + kind_of_chunk + content + checksum

    header = struct.pack(">LLBBBBB", width, height, 8, colours, 0, 0, 0)
    content = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + content + chunk(b"IEND", b"")


# In grey a pixel takes a byte, in colours four: 315 million and 78.7 million of them, and far above.
@pytest.mark.parametrize(
    ("width", "height", "colours"), [(17_737, 17_737, 0), (8_869, 8_869, 2), (30_000, 30_000, 0), (2**31 - 1, 1, 0)]
)
def test_more_than_can_be_unpacked(width: int, height: int, colours: int) -> None:
    assert refusal("a.png", png_claiming(width, height, colours)) == TOO_LARGE


def test_a_large_scan_in_black_and_white_is_welcome() -> None:
    assert kind("a.png", saved(Image.new("1", (9921, 7016)), "PNG")) == "png"


def test_a_phone_with_fifty_million_pixels_is_welcome() -> None:
    assert kind("a.jpg", saved(Image.new("L", (8160, 6144)), "JPEG")) == "jpg"


def test_too_many_pixels_in_a_jpg() -> None:
    assert refusal("a.jpg", saved(Image.new("L", (17_737, 17_737)), "JPEG")) == TOO_LARGE.replace("png", "jpg")


@pytest.mark.parametrize("name", ["a.webp", "a.jpg", "a.png"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_that_a_browser_or_phone_saved_as_webp_is_kept_as_jpg(name: str, mode: str) -> None:
    clear = Image.new(mode, (40, 30), (255, 0, 0, 0)[: len(mode)])
    content = saved(clear, "WEBP", lossless=True)
    assert kind(name, content) == "jpg"
    with Image.open(io.BytesIO(drawn_anew(io.BytesIO(content)))) as kept:
        assert (kept.format, kept.size) == ("JPEG", (40, 30))
        assert kept.getpixel((5, 5))[1] > 250 if mode == "RGBA" else kept.getpixel((5, 5))[1] < 5


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK"])
def test_a_scan_of_one_page_in_a_tiff_is_kept_as_png(mode: str) -> None:
    content = saved(Image.new(mode, (40, 30)), "TIFF", compression="group4" if mode == "1" else "tiff_lzw")
    assert kind("a.tif", content) == "png"
    with Image.open(io.BytesIO(drawn_anew(io.BytesIO(content)))) as kept:
        assert (kept.format, kept.mode) == ("PNG", "RGB" if mode == "CMYK" else mode)


@pytest.mark.parametrize("image_format", ["TIFF", "WEBP"])
def test_several_pictures_in_one_file_are_not_kept_in_part(image_format: str) -> None:
    pages = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    content = saved(pages[0], image_format, save_all=True, append_images=pages[1:])
    assert refusal("a.tif", content) == "文件“a.tif”有好几页，请另存或打印成 PDF 后再上传"


@pytest.mark.parametrize("image_format", ["TIFF", "WEBP"])
def test_half_a_picture_of_another_format_is_damaged(image_format: str) -> None:
    content = saved(Image.effect_noise((200, 200), 50).convert("RGB"), image_format)
    assert refusal("a.jpg", content[: len(content) // 2]).startswith("文件“a.jpg”已损坏")


@pytest.mark.parametrize("name", ["IMG_1.HEIC", "IMG_1.jpg"])
def test_a_phones_own_format_is_answered_how_to_get_another(name: str) -> None:
    words = refusal(name, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200))
    assert words.startswith(f"文件“{name}”是手机的 HEIC 格式，请把照片另存为 JPG")


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
    assert (
        refusal("a.png", bytes(content)) == "文件“a.png”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )


def test_a_jpg_that_stops_early() -> None:
    content = saved(Image.effect_noise((200, 200), 50), "JPEG")
    assert (
        refusal("a.jpg", content[:-500]) == "文件“a.jpg”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )


def test_a_header_and_nothing_else() -> None:
    assert (
        refusal("a.jpg", b"\xff\xd8\xff") == "文件“a.jpg”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )


def test_what_weasyprint_allows_everywhere_is_not_allowed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = saved(Image.effect_noise((200, 200), 50), "JPEG")
    assert (
        refusal("a.jpg", content[:-500]) == "文件“a.jpg”已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
    )


def test_a_jpg_is_made_again_as_fine_as_it_was() -> None:
    picture = Image.effect_noise((64, 48), 60).convert("RGB")
    before = saved(picture, "JPEG", quality=97, subsampling=0)
    again = drawn_anew(io.BytesIO(before))
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(again)) as new:
        assert new.quantization == old.quantization
        assert get_sampling(new) == get_sampling(old) == 0


def test_colours_that_a_page_cannot_show_are_turned_into_those_it_can() -> None:
    again = drawn_anew(io.BytesIO(saved(Image.new("CMYK", (64, 48), (0, 90, 90, 10)), "JPEG")))
    usual = saved(Image.new("RGB", (64, 48)), "JPEG", quality=90)
    with Image.open(io.BytesIO(again)) as new, Image.open(io.BytesIO(usual)) as fine:
        assert (new.mode, new.size, new.quantization) == ("RGB", (64, 48), fine.quantization)


def test_half_a_picture_is_not_made_again_whatever_weasyprint_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = saved(Image.effect_noise((400, 400), 60).convert("RGB"), "JPEG")
    with pytest.raises(OSError, match="truncated"):
        drawn_anew(io.BytesIO(whole[: len(whole) // 2]))
