"""When and where a photo was taken, as its camera wrote it down: a claim of the camera, kept as evidence."""

import re
from collections.abc import Sequence
from typing import Any, BinaryIO, NamedTuple

from PIL import Image

CAMERA, PLACE = 0x8769, 0x8825  # the tables within EXIF
EXPOSED, WRITTEN = 0x9003, 0x0132
NORTH_SOUTH, LATITUDE, EAST_WEST, LONGITUDE = 1, 2, 3, 4
MOMENT = re.compile(r"(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})")
HEMISPHERES = {"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"}
MAX_LATITUDE, MAX_LONGITUDE = 90, 180
FRACTIONS_OF_A_DEGREE = (1, 60, 3600)


class PhotoFacts(NamedTuple):
    """What a photo says of itself, in words; empty where it says nothing that can be read."""

    time: str = ""
    place: str = ""


def photo_facts(stream: BinaryIO) -> PhotoFacts:
    """What an examined picture says of itself; the stream is left at its beginning."""
    stream.seek(0)
    try:
        with Image.open(stream) as image:
            exif = image.getexif()
            camera, place = exif.get_ifd(CAMERA), exif.get_ifd(PLACE)
            return PhotoFacts(_moment(camera.get(EXPOSED) or exif.get(WRITTEN)), _place(place))
    except Exception:  # noqa: BLE001 - whatever is wrong with its notes, the picture is a picture
        return PhotoFacts()
    finally:
        stream.seek(0)


def _moment(written: object) -> str:
    parts = MOMENT.match(written) if isinstance(written, str) else None
    return "{}-{}-{} {}".format(*parts.groups()) if parts else ""


def _place(notes: dict[int, Any]) -> str:
    latitude = _degrees(notes.get(NORTH_SOUTH), notes.get(LATITUDE), MAX_LATITUDE)
    longitude = _degrees(notes.get(EAST_WEST), notes.get(LONGITUDE), MAX_LONGITUDE)
    return f"{latitude}，{longitude}" if latitude and longitude else ""


def _degrees(hemisphere: object, parts: Sequence[Any] | None, most: int) -> str:
    if parts is None or not isinstance(hemisphere, str) or hemisphere.strip("\0 ") not in HEMISPHERES:
        return ""
    degrees = sum(float(part) / whole for part, whole in zip(parts, FRACTIONS_OF_A_DEGREE, strict=True))
    return f"{HEMISPHERES[hemisphere.strip(chr(0) + ' ')]} {degrees:.5f}°" if 0 <= degrees <= most else ""
