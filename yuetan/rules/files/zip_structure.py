"""What is wrong with a zip archive as such, whoever wrote it; every answer is a Chinese clause about the file."""

import copy
import re
import stat
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MAX_MEMBERS = 5_000
MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
RATIO_COUNTS_FROM_BYTES = 10 * 1024 * 1024
MAX_RATIO = 100
CHUNK_BYTES = 256 * 1024

DAMAGED = "已损坏或结构异常，打不开，请用原来的软件重新导出或扫描后再上传"
ENCRYPTED = "已加密或设有密码，请解除后再上传"
TOO_MANY_MEMBERS = "内含的文件过多，不能上传，请拆成几份或者打印成 PDF 后再上传"
TOO_LARGE_UNPACKED = "解压后过大，不能上传，请删去多余的行列和图片后再上传"
DANGEROUS_MEMBER = "含有越出文件范围的路径，不能上传，请用 Office 或 WPS 打开后另存一份再上传"

END_RECORD = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\x05\x06"
ZIP64_LOCATOR = struct.Struct("<4sLQL")
ZIP64_LOCATOR_SIGNATURE = b"PK\x06\x07"
ZIP64_LOCATOR_BYTES = ZIP64_LOCATOR.size
# Libraries that write while they do not know yet how much it will be (POI, and EasyExcel upon it) end every zip so.
ZIP64_RECORD = struct.Struct("<4sQ2H2L4Q")
ZIP64_SIGNATURE, ZIP64_BYTES_THAT_FOLLOW = b"PK\x06\x06", ZIP64_RECORD.size - 12
ELSEWHERE_16, ELSEWHERE_32 = 0xFFFF, 0xFFFFFFFF
NOWHERE = -1
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
LOCAL_SIGNATURE = b"PK\x03\x04"
ENCRYPTING_FLAGS = 0x2041  # the members, strongly, the directory
SIZES_FOLLOW, SIZE_ELSEWHERE = 0x8, 0xFFFFFFFF
MAX_TAIL_LENGTH = END_RECORD.size + 0xFFFF
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0")


class EndRecord(NamedTuple):
    """The end of a zip's central directory: where it lies and what it claims, and where its directory must end."""

    position: int
    directory_end: int
    members: int
    zip64: bool
    directory_bytes: int
    directory_start: int
    comment_bytes: int

    def is_believable(self) -> bool:
        """Say whether a reader of zips would follow this record."""
        return self.zip64 or self.directory_start + self.directory_bytes <= self.position

    def is_exact(self, size: int) -> bool:
        """Say whether the archive is the whole file and nothing lies before, between or behind its parts."""
        ends_here = self.position + END_RECORD.size + self.comment_bytes == size
        return ends_here and self.directory_start + self.directory_bytes == self.directory_end


def carries_archive(stream: BinaryIO) -> bool:
    """Say whether a file of another kind can also be opened as a zip."""
    return any(record.is_believable() for record in _end_records(stream))


def archive_problems(stream: BinaryIO) -> Iterator[str]:
    """Name what forbids to open the archive; the directory is measured before it is read into memory."""
    size = stream.seek(0, 2)
    ends = [record for record in _end_records(stream) if record.is_exact(size)]
    if len(ends) != 1:
        yield DAMAGED
        return
    if ends[0].directory_bytes > MAX_DIRECTORY_BYTES:
        yield TOO_MANY_MEMBERS
        return
    with ZipFile(stream) as archive:
        if len(archive.infolist()) != ends[0].members:
            yield DAMAGED
        yield from _directory_problems(archive.infolist())
        yield from _layout_problems(stream, archive.infolist(), ends[0].directory_start)
        yield from _content_problems(archive)


def _end_records(stream: BinaryIO) -> Iterator[EndRecord]:
    size = stream.seek(0, 2)
    start = stream.seek(max(0, size - MAX_TAIL_LENGTH - ZIP64_LOCATOR_BYTES))
    tail = stream.read(size - start)
    for match in re.finditer(re.escape(END_SIGNATURE), tail):
        at = match.start()
        if at + END_RECORD.size <= len(tail):
            _, *plain, comment = END_RECORD.unpack_from(tail, at)
            zip64 = tail[max(0, at - ZIP64_LOCATOR_BYTES) : at].startswith(ZIP64_LOCATOR_SIGNATURE)
            end, numbers = _directory_in_64_bits(stream, start + at, plain) if zip64 else (start + at, plain[-3:])
            members, length, begin = numbers
            yield EndRecord(start + at, end, members, zip64, length, begin, comment)


def _directory_in_64_bits(stream: BinaryIO, end_record: int, plain: list[int]) -> tuple[int, list[int]]:
    """Where the directory ends, its members, length and beginning; nowhere if the two end records contradict."""
    locator = end_record - ZIP64_LOCATOR.size
    place = locator - ZIP64_RECORD.size
    if place < 0:
        return NOWHERE, [0, 0, 0]
    stream.seek(place)
    signature, following, _, _, *large = ZIP64_RECORD.unpack(stream.read(ZIP64_RECORD.size))
    _, disk, named, disks = ZIP64_LOCATOR.unpack(stream.read(ZIP64_LOCATOR.size))
    elsewhere = [ELSEWHERE_16] * 4 + [ELSEWHERE_32] * 2
    agrees = all(one in (other, marked) for one, other, marked in zip(plain, large, elsewhere, strict=True))
    is_here = (signature, following, disk, disks, named) == (ZIP64_SIGNATURE, ZIP64_BYTES_THAT_FOLLOW, 0, 1, place)
    one_disk = large[:2] == [0, 0] and large[2] == large[3]
    return place if agrees and is_here and one_disk else NOWHERE, large[-3:]


def _directory_problems(members: list[ZipInfo]) -> Iterator[str]:
    if len(members) > MAX_MEMBERS:
        yield TOO_MANY_MEMBERS
    if any(member.flag_bits & ENCRYPTING_FLAGS for member in members):
        yield ENCRYPTED
    if any(OUTSIDE.search(member.orig_filename) or _is_link(member) for member in members):
        yield DANGEROUS_MEMBER
    if len({member.filename.casefold() for member in members}) < len(members):
        yield DAMAGED
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        yield DAMAGED
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * packed):
        yield TOO_LARGE_UNPACKED


def _layout_problems(stream: BinaryIO, members: list[ZipInfo], directory_start: int) -> Iterator[str]:
    """Readers that go by the directory and readers that go from member to member must find the same members."""
    behind = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        stream.seek(member.header_offset)
        signature, _, flags, method, _, _, *sizes, name, extra = LOCAL_HEADER.unpack(stream.read(LOCAL_HEADER.size))
        if flags & ENCRYPTING_FLAGS:
            yield ENCRYPTED
        listed_twice = [member.CRC, member.compress_size, member.file_size]
        differs = not flags & SIZES_FOLLOW and SIZE_ELSEWHERE not in sizes and sizes != listed_twice
        if signature != LOCAL_SIGNATURE or method != member.compress_type or differs:
            yield DAMAGED
        if member.header_offset < behind or _hides_a_member(stream, behind, member.header_offset):
            yield DAMAGED
        behind = member.header_offset + LOCAL_HEADER.size + name + extra + member.compress_size
    if behind > directory_start or _hides_a_member(stream, behind, directory_start):
        yield DAMAGED


def _hides_a_member(stream: BinaryIO, start: int, end: int) -> bool:
    stream.seek(start)
    return LOCAL_SIGNATURE in stream.read(end - start)


def _is_link(member: ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _content_problems(archive: ZipFile) -> Iterator[str]:
    for member in archive.infolist():
        if _true_size(archive, member) != member.file_size:
            yield DAMAGED


def _true_size(archive: ZipFile, member: ZipInfo) -> int:
    # zipfile stops reading at the size the directory claims; one byte more shows a member that holds more than that.
    generous = copy.copy(member)
    generous.file_size += 1
    size = 0
    with archive.open(generous) as content:
        while chunk := content.read(CHUNK_BYTES):
            size += len(chunk)
    return size
