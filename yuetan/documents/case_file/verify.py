"""核验卷宗: goes into each of them, and is run where it is unpacked, with nothing but Python 3.7 or later.

It compares every file with SHA256SUMS, every file of manifest.json with it, and computes the seals of the record anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from operator import xor
from pathlib import Path

SUMS, MANIFEST, EVENTS, SEALS = "SHA256SUMS", "manifest.json", "record/events.jsonl", "record/seals.jsonl"
CHUNK = 1024 * 1024
WORD = 0xFFFFFFFF


def verify(folder: Path) -> list[str]:
    """Everything in the folder that is not as it was put in, a sentence each; none if all is well."""
    return [*file_faults(folder), *manifest_faults(folder), *record_faults(folder)]


def listed(folder: Path) -> dict[str, str]:
    """The digest of each file by its path, as SHA256SUMS says it."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def file_faults(folder: Path) -> Iterator[str]:
    """Files that are missing, changed, or were not put in."""
    sums = listed(folder)
    for path, digest in sums.items():
        if not (folder / path).is_file():
            yield f"缺少文件：{path}"
        elif sha256_of(folder / path) != digest:
            yield f"文件被改动：{path}"
    there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    yield from (f"多出文件：{path}" for path in sorted(there - set(sums) - {SUMS}))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


def manifest_faults(folder: Path) -> Iterator[str]:
    """Files of the pieces that SHA256SUMS does not list with the digest of the manifest."""
    if not (folder / MANIFEST).is_file():
        return
    sums = listed(folder)
    for piece in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["pieces"]:
        for file in piece["files"]:
            if sums.get(file["path"]) != file["sha256"]:
                yield f"第 {piece['number']} 件的文件与清单不符：{file['path']}"


def record_faults(folder: Path) -> Iterator[str]:
    """The first entry of the chain that does not follow from the one before it, and events unlike their seals."""
    if not (folder / SEALS).is_file() or not (folder / EVENTS).is_file():
        return
    previous, last = "", {}
    for place, seal in enumerate(lines_of(folder / SEALS), start=1):
        row = (seal["table"], seal["key"], seal["row_digest"])
        text = "\n".join(map(str, (previous, seal["chain"], place, *row, seal["sealed_at"])))
        if seal["number"] != place or sm3(text) != seal["digest"]:
            yield f"记录封存链在第 {place} 条断开"
            return
        previous, last[seal["table"], seal["key"]] = seal["digest"], seal["row_digest"]
    for event in lines_of(folder / EVENTS):
        sealed = str(event["sealed_text"])
        table, key, _ = sealed.split("\n", 2)
        if last.pop((table, key), None) != sm3(sealed):
            yield f"办理记录与封存值不符：{event['label']}（{event['at']}）"
    yield from (f"缺少办理记录：编号 {key}" for (table, key), digest in last.items() if table == "event" and digest)


def lines_of(path: Path) -> list[dict[str, object]]:
    """A file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def sm3(text: str) -> str:
    """SM3 (GB/T 32905) of a text: by the OpenSSL of Python, or where that is without it, computed here."""
    try:
        return hashlib.new("sm3", text.encode()).hexdigest()
    except ValueError:
        return sm3_computed(text.encode())


def sm3_computed(message: bytes) -> str:
    """SM3 (GB/T 32905) of bytes as hexadecimal digits, computed here."""
    values = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = message + b"\x80" + b"\0" * ((55 - len(message)) % 64) + (8 * len(message)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        block = padded[start : start + 64]
        mixed = _mixed(_expanded(block), values)
        values = list(map(xor, values, mixed))
    return "".join(f"{value:08x}" for value in values)


def _turned(value: int, places: int) -> int:
    places %= 32
    return (value << places | value >> (32 - places)) & WORD if places else value


def _expanded(block: bytes) -> list[int]:
    words = [int.from_bytes(block[place : place + 4], "big") for place in range(0, 64, 4)]
    for place in range(16, 68):
        mixed = words[place - 16] ^ words[place - 9] ^ _turned(words[place - 3], 15)
        mixed = mixed ^ _turned(mixed, 15) ^ _turned(mixed, 23)
        words.append(mixed ^ _turned(words[place - 13], 7) ^ words[place - 6])
    return words


def _mixed(words: list[int], values: list[int]) -> list[int]:
    a, b, c, d, e, f, g, h = values
    for turn in range(64):
        constant = 0x79CC4519 if turn < 16 else 0x7A879D8A
        first = _turned((_turned(a, 12) + e + _turned(constant, turn)) & WORD, 7)
        second = first ^ _turned(a, 12)
        chosen = a ^ b ^ c if turn < 16 else (a & b) | (a & c) | (b & c)
        other = e ^ f ^ g if turn < 16 else (e & f) | (~e & g & WORD)
        upper = (chosen + d + second + (words[turn] ^ words[turn + 4])) & WORD
        lower = (other + h + first + words[turn]) & WORD
        a, b, c, d = upper, a, _turned(b, 9), c
        e, f, g, h = lower ^ _turned(lower, 9) ^ _turned(lower, 17), e, _turned(f, 19), g
    return [a, b, c, d, e, f, g, h]


def say(line: str) -> None:
    """One line to whoever runs it."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Say what is wrong, or that all is well; 1 if anything is."""
    folder = Path(__file__).resolve().parent
    if not (folder / SUMS).is_file():
        say(f"没有 {SUMS}，无法核验。")
        return 1
    faults = verify(folder)
    for fault in faults:
        say(fault)
    count = len(listed(folder))
    say(f"不符 {len(faults)} 处。" if faults else f"核验通过：{count} 个文件与装入时一致，办理记录与封存值一致。")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
