"""script/mutants [N]: N random lines, on each one random change, each tried by the tests that reach it."""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing.connection
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mutation import trial as trials
from mutation.mutants import Mutant, mutants_of
from mutation.reach import Reach, rounds_in
from mutation.trial import Trial

VAR = Path(os.environ.get("YUETAN_VAR", "var")) / "mutants"
RECORD = VAR / "record"
SOURCE = Path("yuetan")
LAYERS = ("rules", "models", "actions", "documents", "permissions")
WANTED = "not browser and not clamd"
CONTROLS, CONTROL_TESTS = 3, 20
PATIENCE = 900  # seconds by the clock on the wall: one that waits for ever computes nothing


def main() -> int:
    """Exit 0 if enough mutants are killed, 1 if not, 2 if the tests fail without any mutant."""
    chosen = _arguments()
    bring_record_up_to_date(chosen)
    reach = Reach(RECORD, SOURCE)
    again = _survivors(chosen.seed) if chosen.again else None
    mutants = [mutant for mutant in sample(chosen) if again is None or _name(mutant) in again]
    pool = [_trial(mutant, reach, chosen.seconds) for mutant in mutants]
    trials.preload()
    controls = [Trial(None, one.tests[:CONTROL_TESTS]) for one in pool if one.tests][:CONTROLS]
    failed = [one.by for one in run(controls, chosen) if one.killed]
    if failed:
        _say("these fail without any change, see var/mutants:", *failed)
        return 2
    for done in run(pool, chosen):
        _say(_line(done))
    return report(pool, chosen)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/mutants", description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=30, help="how many mutants (30)")
    parser.add_argument("--seed", type=int, default=None, help="which ones; the same seed takes the same")
    parser.add_argument("--paths", nargs="+", type=Path, default=[SOURCE / layer for layer in LAYERS])
    parser.add_argument("--aim", type=float, default=90, help="how many of 100 must be killed (90)")
    parser.add_argument("--seconds", type=float, default=60, help="of tests that each is tried by at most (60)")
    parser.add_argument("--processes", type=int, default=1, help="how many are tried at the same time (1)")
    parser.add_argument("--tests", nargs="+", type=Path, default=[Path("tests")], help="record these only (tests)")
    parser.add_argument("--record", action="store_true", help="find out anew which test runs which line")
    parser.add_argument("--again", action="store_true", help="of these only what survived the last time; with --seed")
    chosen = parser.parse_args()
    chosen.seed = random.randrange(10**6) if chosen.seed is None else chosen.seed
    return chosen


def bring_record_up_to_date(chosen: argparse.Namespace) -> None:
    """Run once, watched, whatever tests are new or changed since the last round; with --record all of them."""
    if chosen.record:
        shutil.rmtree(RECORD, ignore_errors=True)
    known: dict[str, str] = {}
    for folder in rounds_in(RECORD):
        known |= json.loads((folder / "files.json").read_text(encoding="utf-8"))
    files = [path for path in Path("tests").rglob("test_*.py") if _is_below(path, chosen.tests)]
    digests = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    changed = {file: digest for file, digest in digests.items() if known.get(file) != digest}
    if changed:
        _record(RECORD / str(len(rounds_in(RECORD))), changed, chosen.processes)


def _is_below(path: Path, folders: Sequence[Path]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def _record(folder: Path, files: dict[str, str], processes: int) -> None:
    """Into a folder of another name first, so that a run that was cut off passes for none."""
    unfinished = folder.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(SOURCE, unfinished / "source", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {"RECORD_INTO": str(unfinished.resolve()), "RECORD_SOURCE": str(SOURCE.resolve())}
    workers = ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"] if processes > 1 else []
    command = [sys.executable, "-m", "pytest", "-q", "-p", "mutation.recorder", "-m", WANTED, *workers, *sorted(files)]
    subprocess.run(command, env=os.environ | environment, check=False)
    (unfinished / "files.json").write_text(json.dumps(files), encoding="utf-8")
    unfinished.rename(folder)


def sample(chosen: argparse.Namespace) -> list[Mutant]:
    """One random change on each of so many random lines."""
    chance, by_line = random.Random(chosen.seed), {}
    for path in _modules(chosen.paths):
        for mutant in mutants_of(path):
            by_line.setdefault((path, mutant.line), []).append(mutant)
    lines = sorted(by_line)
    chance.shuffle(lines)
    found: list[Mutant] = []
    for number, line in enumerate(lines):
        if len(found) < chosen.number:
            mutants = by_line[line]
            random.Random(f"{chosen.seed} {number}").shuffle(mutants)  # whatever is edited on the lines before it
            found += [each for each in mutants if each.is_a_change()][:1]
    return found


def _name(mutant: Mutant) -> tuple[str, str, str]:
    return str(mutant.path), mutant.kind, mutant.diff().partition("\n")[2]


def _survivors(seed: int) -> set[tuple[str, str, str]]:
    last = json.loads((VAR / f"{seed}.json").read_text(encoding="utf-8"))["mutants"]
    return {(one["path"], one["kind"], one["diff"].partition("\n")[2]) for one in last if not one["killed"]}


def _modules(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _trial(mutant: Mutant, reach: Reach, most_seconds: float) -> Trial:
    """With the tests that reach it, as many as that time allows."""
    reaching, spent = reach.tests_of(mutant), 0.0
    tests = []
    for test in reaching:
        spent += reach.seconds(test)
        if tests and spent > most_seconds:
            break
        tests.append(test)
    return Trial(mutant, tests, reached_by=len(reaching))


def run(pool: Sequence[Trial], chosen: argparse.Namespace) -> Iterator[Trial]:
    """Try each in a child of its own, some at the same time, and hand it back when it is done."""
    waiting, living = [one for one in pool if one.tests], []
    yield from (one for one in pool if not one.tests)
    while waiting or living:
        while waiting and len(living) < chosen.processes:
            living.append(waiting.pop(0))
            trials.start(living[-1], VAR / f"{chosen.seed}-{len(waiting)}.log", int(60 + 5 * chosen.seconds))
        multiprocessing.connection.wait([one.process.sentinel for one in living], timeout=PATIENCE)
        for one in [one for one in living if trials.has_ended(one, PATIENCE)]:
            living.remove(one)
            trials.conclude(one)
            yield one
    trials.drop_scratch_databases()


def _line(done: Trial) -> str:
    """One line for what is killed; for a survivor, what was changed and what did not notice."""
    what = f"{done.mutant.path}:{done.mutant.line}  {done.mutant.kind}"
    if done.killed:
        return f"killed    {what}  ← {done.by}"
    files = Counter(test.partition("::")[0] for test in done.tests)
    tried = ", ".join(f"{file} ({number})" for file, number in files.most_common())
    ran = f"{len(done.tests)} of {done.reached_by} tests that reach it: {tried}" if tried else "no test reaches it"
    return f"SURVIVED  {what}\n{done.mutant.diff()}\n    {ran}"


def report(pool: Sequence[Trial], chosen: argparse.Namespace) -> int:
    """Say how many were killed, keep it all in var/mutants; hands back the exit status."""
    killed = sum(one.killed for one in pool)
    percent = 100 * killed / len(pool)
    _say(f"\n{killed} of {len(pool)} killed: {percent:.1f} %, wanted {chosen.aim:g} %  (--seed {chosen.seed})")
    kept = [
        {"path": str(one.mutant.path), "line": one.mutant.line, "kind": one.mutant.kind, "killed": one.killed}
        | {"by": one.by, "tests": len(one.tests), "reached_by": one.reached_by, "diff": one.mutant.diff()}
        for one in pool
    ]
    text = json.dumps({"seed": chosen.seed, "mutants": kept}, ensure_ascii=False, indent=1)
    (VAR / f"{chosen.seed}.json").write_text(text, encoding="utf-8")
    return 0 if percent >= chosen.aim else 1


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
