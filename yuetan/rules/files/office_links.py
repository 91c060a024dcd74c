"""What an Office file would fetch or start by itself once it is opened; answers are Chinese clauses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element  # nosec B405 - the type only; defusedxml does the parsing
from xml.parsers import expat  # nosec B407 - no document type is let through, so there is no entity to expand
from zipfile import ZipFile

DDE = "含有会启动其他程序的域或公式（DDE），不能上传，请改成文字或数值后再上传"
HIDDEN_FIELD = "含有拼接而成的域代码，看不出用途，不能上传，请改成文字后再上传"
OUTSIDE_SOURCE = "引用了网络或其他电脑上的模板、图片或对象，请断开链接后再上传"
TOO_COMPLEX = "结构过于复杂，不能上传，请打印成 PDF 后再上传"
DATA_CONNECTION = "含有外部数据连接，请断开连接、只留数值后再上传"
EMBEDDED = "含有嵌入的对象或程序，不能上传，请删去对象或者打印成 PDF 后再上传"

# A hyperlink waits for a click; whatever else lies outside is fetched as soon as the file is opened.
WAITS_FOR_A_CLICK = "/hyperlink"
FOREIGN_TEXT = "/aFChunk"
# Paths of the writer's own disk: of Windows, of a Mac or Linux (in folders of which none leads to another machine by
# itself), of a Mac as it was written before (Macintosh HD:Users:…, what stands before the colon being no scheme), and
# those that begin nowhere.
ON_A_LOCAL_DRIVE = re.compile(
    r"""(file:/{0,3})?[a-z]:[\\/]
    |file:(//localhost|//)?/(?!.*(//|\\\\|/\.\.|%2f|%5c))
        (Users|Applications|Library|Volumes|System|private|home|root|usr|opt|var|tmp|data|media|mnt)/
    |(?![a-z][a-z0-9+.-]*:)[^/\\:\s][^/\\:]*:(?!.*([/\\]|%2f|%5c))
    |(?!.*:)(?![\\/]{2})""",
    re.IGNORECASE | re.VERBOSE,
)

STARTING_FIELDS = {"DDE", "DDEAUTO"}
FETCHING_FIELDS = {"INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DATABASE", "RD"}
PICTURE_FIELD = "INCLUDEPICTURE"

FORBIDDEN_ELEMENTS = {"ddeLink": DDE, "oleLink": EMBEDDED, "connection": DATA_CONNECTION}
FORMULAS = {"f", "definedName", "formula", "formula1", "formula2"}
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# Outside quotes a formula has | only between a program and its topic: cmd|'/c calc'!A1.
STARTING_FORMULA = re.compile(r"\||\b(DDE|RTD)\s*\(", re.IGNORECASE)
FETCHING_FORMULA = re.compile(r"\b(WEBSERVICE|IMAGE)\s*\(", re.IGNORECASE)

# Names of elements cannot be spelled otherwise; what stands in a formula can, as &#68;.
WORTH_READING = (b"instr", b"ddelink", b"olelink", b"connection", b"|", b"&#", b"<!")
# Looking for fixed words first is ten times faster: a workbook with borders on whole columns is 200 MB long.
FUNCTIONS = (b"dde", b"rtd", b"webservice", b"image")
FUNCTION_CALL = re.compile(rb"\b(dde|rtd|webservice|image)\s*\(")
OTHER_ENCODING = re.compile(rb"\0|encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])", re.IGNORECASE)
BEGINS_AS_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff|\0<")
HEAD_BYTES = 512
CHUNK_BYTES = 256 * 1024
MAX_WORD_LENGTH = 64
MAX_READ_BYTES = 100 * 1024 * 1024


def link_problems(archive: ZipFile) -> Iterator[str]:
    """Name what the fields of a document and the formulas and links of a workbook would do, in any part of it."""
    read = 0
    for member in archive.infolist():
        with archive.open(member) as content:
            worth_reading = _is_worth_reading(content)
        if worth_reading and (read := read + member.file_size) > MAX_READ_BYTES:
            yield TOO_COMPLEX
            return
        if worth_reading:
            with archive.open(member) as content:
                yield from _Reader().read(content)


def relation_problems(relations: Element) -> Iterator[str]:
    """Name what the relations of one part forbid."""
    for relation in relations:
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        outside = relation.get("TargetMode", "").casefold() == "external"
        if outside and not kind.endswith(WAITS_FOR_A_CLICK) and not ON_A_LOCAL_DRIVE.match(target):
            yield OUTSIDE_SOURCE
        if kind.endswith(FOREIGN_TEXT):
            yield EMBEDDED


def _is_worth_reading(content: IO[bytes]) -> bool:
    """Reading XML is slow, so that only parts in which something may be found are read."""
    chunk = content.read(CHUNK_BYTES)
    head = chunk[:HEAD_BYTES]
    if not BEGINS_AS_XML.match(head):
        return False
    if OTHER_ENCODING.search(head):
        return True
    kept = b""
    while chunk:
        if _holds_words(kept + chunk):
            return True
        kept, chunk = chunk[-MAX_WORD_LENGTH:], content.read(CHUNK_BYTES)
    return False


def _holds_words(content: bytes) -> bool:
    lowered = content.lower()
    if any(word in lowered for word in WORTH_READING):
        return True
    return any(word in lowered for word in FUNCTIONS) and FUNCTION_CALL.search(lowered) is not None


@dataclass
class _Field:
    """One field of Word's while its instruction is being read."""

    instruction: str = ""
    begins_with_another: bool = False
    holds_another: bool = False
    is_read: bool = False

    def problems(self) -> Iterator[str]:
        """What this field would do."""
        keyword, rest = [*self.instruction.split(None, 1), "", ""][:2]
        keyword = keyword.strip('"“”').upper()
        if self.begins_with_another:
            yield HIDDEN_FIELD
        if keyword in STARTING_FIELDS:
            yield DDE
        if keyword in FETCHING_FIELDS or (keyword == PICTURE_FIELD and not self._is_local(rest)):
            yield OUTSIDE_SOURCE

    def _is_local(self, rest: str) -> bool:
        target = rest.strip().lstrip('"“”')
        both = (target, target.replace("\\\\", "\\"))
        return not self.holds_another and all(ON_A_LOCAL_DRIVE.match(each) for each in both)


@dataclass
class _Reader:
    """Reads one part of a file and notes what it comes across."""

    problems: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    formula: str = ""

    def read(self, content: IO[bytes]) -> list[str]:
        """What the whole part holds."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._text, self._forbid
        parser.ParseFile(content)
        for unfinished in self.fields:
            self._judge(unfinished)
        return self.problems

    def _forbid(self, *declared: object) -> None:
        raise ValueError("no Office program writes a document type")

    def _begin(self, qualified: str, attributes: Mapping[str, str]) -> None:
        name = _local(qualified)
        self.path.append(name)
        if name in FORBIDDEN_ELEMENTS:
            self.problems.append(FORBIDDEN_ELEMENTS[name])
        elif name in FORMULAS:
            self.formula = ""
        elif name == "fldChar":
            self._mark({_local(key): value for key, value in attributes.items()}.get("fldCharType", ""))
        elif name == "fldSimple":
            self._nest()
            self._judge(_Field("".join(value for key, value in attributes.items() if _local(key) == "instr")))

    def _text(self, words: str) -> None:
        innermost = self.path[-1] if self.path else ""
        if innermost in ("instrText", "delInstrText"):
            if not self.fields:
                self.fields.append(_Field())
            self.fields[-1].instruction += words
        elif innermost in FORMULAS:
            self.formula += words

    def _end(self, qualified: str) -> None:
        if self.path.pop() in FORMULAS and self.formula:
            bare = QUOTED.sub("", self.formula)
            self.problems += [DDE] if STARTING_FORMULA.search(bare) else []
            self.problems += [OUTSIDE_SOURCE] if FETCHING_FORMULA.search(bare) else []
            self.formula = ""

    def _mark(self, kind: str) -> None:
        """A field begins, its result begins, or it ends."""
        if kind == "begin":
            self._nest()
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self._judge(self.fields[-1])
        elif kind == "end" and self.fields:
            self._judge(self.fields.pop())

    def _nest(self) -> None:
        if self.fields and not self.fields[-1].is_read:
            outer = self.fields[-1]
            outer.holds_another = True
            outer.begins_with_another |= not outer.instruction.strip()

    def _judge(self, one: _Field) -> None:
        if not one.is_read:
            one.is_read = True
            self.problems += one.problems()


def _local(qualified: str) -> str:
    return qualified.rpartition(":")[2]
