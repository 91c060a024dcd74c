"""PDF/A-3u by our own means, clause by clause of ISO 19005-3; and by veraPDF where a machine has it.

No registry that this project reaches has veraPDF (docs/decisions/0056): where it is missing, the last test says so.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, PdfObject, StreamObject

from tests.documents.paper_measures import sample_pdf

SAMPLES = ("interview_notice-hard", "minutes-normal", "approval_form-normal", "task_list-normal")
FORBIDDEN = ("/JS", "/AA", "/OpenAction", "/XFA", "/PS", "/Launch", "/Ref", "/OPI", "/EmbeddedFiles", "/TR", "/HTP")
IDENTIFIER = "{http://www.aiim.org/pdfa/ns/id/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
MAY_FILTER = {"/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/DCTDecode", "/CCITTFaxDecode"}
VERAPDF = shutil.which("verapdf")


@cache
def reader(name: str) -> PdfReader:
    return PdfReader(BytesIO(sample_pdf(name)))


def objects(part: PdfObject, seen: set[int]) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached, streams too, each once."""
    if isinstance(part, IndirectObject):
        if part.idnum in seen:
            return
        seen.add(part.idnum)
        part = part.get_object()
    if isinstance(part, DictionaryObject):
        yield part
        for value in part.values():
            yield from objects(value, seen)
    elif isinstance(part, ArrayObject):
        for value in part:
            yield from objects(value, seen)


@cache
def all_of(name: str) -> list[DictionaryObject]:
    return list(objects(reader(name).trailer, set()))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_file_is_whole_plain_and_closed(name: str) -> None:
    pdf = sample_pdf(name)
    assert re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4,}\s", pdf)  # 6.1.2
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(reader(name).trailer["/ID"]) == 2  # 6.1.3
    assert "/Encrypt" not in reader(name).trailer
    for part in all_of(name):
        assert not part.keys() & set(FORBIDDEN), part  # 6.1.6, 6.5, 6.6.1
        filters = part.get("/Filter", []) if isinstance(part, StreamObject) else []
        assert {str(each) for each in (filters if isinstance(filters, list) else [filters])} <= MAY_FILTER  # 6.1.7
        assert not part.keys() & {"/F", "/FFilter"} or part.get("/Type") == "/Annot"  # 6.1.7.1


@pytest.mark.parametrize("name", SAMPLES)
def test_the_metadata_say_what_it_is_and_nothing_else_than_the_file(name: str) -> None:
    root = reader(name).trailer["/Root"]
    xmp = etree.fromstring(root["/Metadata"].get_data())  # 6.6.2.1
    given = {attribute: value for each in xmp.iter() for attribute, value in each.attrib.items()}
    assert (given[f"{IDENTIFIER}part"], given[f"{IDENTIFIER}conformance"]) == ("3", "U")  # 6.6.4
    assert "".join(xmp.find(f".//{DUBLIN_CORE}title").itertext()).strip() == reader(name).metadata.title
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"


@pytest.mark.parametrize("name", SAMPLES)
def test_colours_are_those_of_the_one_output_intent(name: str) -> None:
    intents = reader(name).trailer["/Root"]["/OutputIntents"]
    assert [intent["/S"] for intent in intents] == ["/GTS_PDFA1"]  # 6.2.3
    profile = intents[0].get_object()["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    assert profile.get_data()[16:20] == b"RGB "
    for page in reader(name).pages:
        operators = {operator for _, operator in ContentStream(page.get_contents(), reader(name)).operations}
        assert not operators & {b"k", b"K"}  # 6.2.4.3: no CMYK under an intent of RGB
    for part in all_of(name):
        if part.get("/Subtype") == "/Image":
            assert part.get("/ColorSpace", "/DeviceGray") in ("/DeviceRGB", "/DeviceGray")
            assert not part.get("/Interpolate")  # 6.2.8


def _shown(name: str) -> dict[tuple[str, int], DictionaryObject]:
    """Every font and code that a page draws, with the font."""
    shown: dict[tuple[str, int], DictionaryObject] = {}
    for page in reader(name).pages:
        font = DictionaryObject()
        for operands, operator in ContentStream(page.get_contents(), reader(name)).operations:
            if operator == b"Tf":
                font = page["/Resources"]["/Font"][operands[0]].get_object()
            elif operator in {b"Tj", b"TJ"}:
                pieces = operands[0] if isinstance(operands[0], list) else [operands[0]]
                for piece in pieces:
                    codes = getattr(piece, "original_bytes", b"")
                    for place in range(0, len(codes), 2):
                        shown[font["/BaseFont"], int.from_bytes(codes[place : place + 2], "big")] = font
    return shown


def _widths(font: DictionaryObject) -> dict[int, float]:
    """By code, as the file says them: [first, [width, …], …]."""
    named = list(font["/DescendantFonts"][0].get_object()["/W"])
    return {
        first + place: float(width)
        for first, widths in zip(named[::2], named[1::2], strict=True)
        for place, width in enumerate(widths)
    }


@cache
def _face(data: bytes) -> tuple[list[str], dict[str, float]]:
    """The glyphs of an embedded font by their code, and how wide each is in thousandths."""
    with TTFont(BytesIO(data)) as face:
        unit = face["head"].unitsPerEm
        names = face["CFF "].cff[0].charset if "CFF " in face else face.getGlyphOrder()
        return names, {name: 1000 * wide / unit for name, (wide, _) in face["hmtx"].metrics.items()}


def _embedded(font: DictionaryObject) -> bytes:
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    return next(descriptor[key].get_object().get_data() for key in ("/FontFile2", "/FontFile3") if key in descriptor)


def _characters(font: DictionaryObject) -> dict[int, str]:
    """What each code can be copied as, by the table of its font."""
    table = font["/ToUnicode"].get_object().get_data().decode()
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_drawn_is_embedded_as_wide_as_said_and_can_be_copied(name: str) -> None:
    shown = _shown(name)
    assert len(shown) > 50
    for (family, code), font in shown.items():
        assert re.match("/[A-Z]{6}[+]", family)  # a subset by name
        glyphs, wide = _face(_embedded(font))  # 6.2.11.4.1
        assert 0 < code < len(glyphs), (family, code)  # 6.2.11.8: no .notdef
        assert abs(_widths(font)[code] - wide[glyphs[code]]) <= 1, (family, code)  # 6.2.11.5
        copied = _characters(font)[code]
        assert copied, (family, code)
        assert not set(copied) & {"\0", "\ufeff", "\ufffe"}  # 6.2.11.7.2


def test_glyphs_are_named_by_their_own_codes() -> None:
    """A font keyed by CID draws the glyph of that CID, whichever place it has: both must be one."""
    for font in {str(font["/BaseFont"]): font for font in _shown("interview_notice-hard").values()}.values():
        with TTFont(BytesIO(_embedded(font))) as face:
            top = face["CFF "].cff[0] if "CFF " in face else None
            if top is not None and hasattr(top, "ROS"):
                drawn = [code for family, code in _shown("interview_notice-hard") if family == font["/BaseFont"]]
                assert [code for code in drawn if top.charset[code] != f"cid{code:05}"] == []


@pytest.mark.skipif(not VERAPDF, reason="没有 veraPDF：PDF/A-3u 只按 ISO 19005-3 自行核对，未经验证程序检验")
def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    for name in SAMPLES:
        (tmp_path / f"{name}.pdf").write_bytes(sample_pdf(name))
    found = subprocess.run(
        [str(VERAPDF), "--flavour", "3u", "--format", "text", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "FAIL" not in found.stdout
    assert found.stdout.count("PASS") == len(SAMPLES), found.stderr
