"""Which tests reach a spot: by a recorded run of the suite; what is run at import by the names it binds."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from coverage import CoverageData

from mutation.mutants import Mutant
from mutation.spots import spots_in

Lines = dict[int, set[str]]


@dataclass(frozen=True)
class Use:
    """A place where a name is read: a line of a function, or what is bound by it at import."""

    path: Path
    line: int
    binds: tuple[str, ...]


def _in_turns(tests: Sequence[str]) -> list[str]:
    """One test of each file, then a second of each: what is run at import is held by a few literals among thousands."""
    turns: Counter[str] = Counter()
    placed = []
    for place, test in enumerate(tests):
        file = test.partition("::")[0]
        placed.append((turns[file], place, test))
        turns[file] += 1
    return [test for _, _, test in sorted(placed)]


class Round:
    """One run of tests that `mutation.recorder` watched: a folder with its lines, its tests and the source of then."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, dict[str, object]] = self._parts("tests")
        self.standing_on: dict[str, set[str]] = defaultdict(set)
        for context, histories in self._parts("histories").items():
            for history in histories:
                self.standing_on[history].add(context)

    def _parts(self, name: str) -> dict[str, Any]:
        paths = sorted(self.folder.glob(f"{name}.*.json"))
        return {key: value for path in paths for key, value in json.loads(path.read_text(encoding="utf-8")).items()}

    def lines_of(self, path: Path, source: Path) -> Lines:
        """Its lines as they stand now with the tests that ran them: where it has changed, by what stands unchanged."""
        before, recorded = self.folder / "source" / path.relative_to(source), self._recorded.get(path.resolve())
        if not before.exists() or not recorded:
            return {}
        old, new = (each.read_text(encoding="utf-8").splitlines() for each in (before, path))
        same = (
            SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if old != new else [(0, 0, len(old))]
        )
        moved = {first + step: after + step for first, after, size in same for step in range(size)}
        return {moved[line - 1] + 1: tests for line, tests in recorded.items() if line - 1 in moved}

    @cached_property
    def _recorded(self) -> dict[Path, Lines]:
        found: dict[Path, Lines] = defaultdict(lambda: defaultdict(set))
        for part in self.folder.glob("lines.*"):
            data = CoverageData(basename=str(part))
            data.read()
            for name in data.measured_files():
                for line, contexts in data.contexts_by_lineno(name).items():
                    found[Path(name)][line] |= self._tests_in(contexts)
        return found

    def _tests_in(self, contexts: Iterable[str]) -> set[str]:
        """The tests among these contexts, and those that stand on the histories among them."""
        ahead, seen = list(contexts), set()
        while ahead:
            context = ahead.pop()
            if context not in seen:
                seen.add(context)
                ahead += self.standing_on.get(context, ())
        return seen & self.tests.keys()


class Reach:
    """All rounds together, read for the source as it is now; of a test that ran in several the last one counts."""

    def __init__(self, record: Path, source: Path) -> None:
        self.source = source
        self.rounds = [Round(folder) for folder in rounds_in(record)]
        self.newest = {test: one for one in self.rounds for test in one.tests}
        self.tests = {
            test: one.tests[test] for test, one in self.newest.items() if one.tests[test]["passed"] and _is_there(test)
        }
        self.lines = {path: self._lines_of(path) for path in sorted(source.rglob("*.py"))}

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that reach a mutant, those first that are likeliest to notice it."""
        found = self._at(mutant.path, *mutant.spot.lines)
        if mutant.spot.function is None:
            for name in mutant.spot.names or (mutant.path.stem,):
                found |= self._reading(name, set()) | self._naming(name)
            found = self._asking_for(mutant) or found
        found = found or {test for tests in self.lines[mutant.path].values() for test in tests}
        ranked = sorted(found, key=lambda test: self._rank(test, mutant))
        return ranked if mutant.spot.function is not None else _in_turns(ranked)

    def seconds(self, test: str) -> float:
        """How long it took when it was recorded."""
        return self.tests[test]["seconds"]

    def _rank(self, test: str, mutant: Mutant) -> tuple[bool, float]:
        words = set(Path(test.partition("::")[0]).stem.removeprefix("test_").rstrip("s").split("_"))
        near = not words.isdisjoint(mutant.path.stem.rstrip("s").split("_"))
        return not near, (self.seconds(test) + 0.05) * (self._breadth[test] + 100)

    @cached_property
    def _breadth(self) -> Counter[str]:
        """How many lines each test runs: one that runs few is about these."""
        return Counter(test for lines in self.lines.values() for tests in lines.values() for test in tests)

    def _at(self, path: Path, first: int, last: int) -> set[str]:
        return {test for line in range(first, last + 1) for test in self.lines[path].get(line, ())}

    def _naming(self, name: str) -> set[str]:
        """The tests of every file of tests that names it."""
        files = {file for file, words in self._words.items() if name in words}
        return {test for test in self.tests if test.partition("::")[0] in files}

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        files = {test.partition("::")[0] for test in self.tests}
        return {file: set(re.findall(r"\w+", Path(file).read_text(encoding="utf-8"))) for file in files}

    def _asking_for(self, mutant: Mutant) -> set[str]:
        """Where an entry of a table is left out: the tests that run a line on which its key is written."""
        named = [key for key in getattr(mutant.spot.node, "keys", ()) if key is not None]  # of **others it is None
        keys = [key for key in named if mutant.spot.span(key)[0] == mutant.start]
        lines = [line for key in keys for line in self._texts.get(getattr(key, "value", None), ())]
        return {test for path, line in lines for test in self._at(path, line, line)}

    @cached_property
    def _texts(self) -> dict[str, list[tuple[Path, int]]]:
        """Each text with the lines of functions on which it is written."""
        lines = defaultdict(list)
        for path in self.lines:
            for spot in spots_in(path):
                if spot.function and isinstance(getattr(spot.node, "value", None), str):
                    lines[spot.node.value].append((path, spot.node.lineno))
        return lines

    def _reading(self, name: str, seen: set[str]) -> set[str]:
        """The tests that run any line that reads this name, or a name that is bound by it at import."""
        if name in seen:
            return set()
        seen.add(name)
        found: set[str] = set()
        for use in self._uses[name]:
            found |= self._at(use.path, use.line, use.line)
            for other in use.binds:
                found |= self._reading(other, seen)
        return found

    @cached_property
    def _uses(self) -> dict[str, list[Use]]:
        uses = defaultdict(list)
        for path in self.lines:
            for spot in spots_in(path):
                name = getattr(spot.node, "id", None) or getattr(spot.node, "attr", None)
                if name and isinstance(spot.node.ctx, ast.Load):
                    uses[name].append(Use(path, spot.node.lineno, () if spot.function else spot.names))
        return uses

    def _lines_of(self, path: Path) -> Lines:
        lines: Lines = defaultdict(set)
        for one in self.rounds:
            for line, tests in one.lines_of(path, self.source).items():
                lines[line] |= {test for test in tests if test in self.tests and self.newest[test] is one}
        return lines


def rounds_in(record: Path) -> list[Path]:
    """The folders of all rounds, oldest first."""
    return sorted(record.glob("[0-9]*"), key=lambda folder: int(folder.name))


def _is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    function = name.partition("[")[0].rpartition("::")[2]
    return Path(path).exists() and f"def {function}(" in Path(path).read_text(encoding="utf-8")
