"""Rounds: people at work, something breaks at a random moment, everything recovers, all is counted."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from fault_rounds.people import Story
from fault_rounds.site import FILES, VAR, Site
from fault_rounds.verdict import judge

PEOPLE = 3
WARM_UP = (0.5, 6.0)  # seconds of work before something breaks
ROUND_SECONDS = 150
STOP_SECONDS, FULL_SECONDS, CLOCK_SECONDS = 20, 5, 6
HOUR = 3600

Fault = Callable[[Site, random.Random], bool]


def _clock(hours: int) -> Fault:
    def change(site: Site, chance: random.Random) -> bool:
        site.set_clock(hours * HOUR)
        time.sleep(CLOCK_SECONDS)
        return site.set_clock(0)

    return change


FAULTS: dict[str, Fault] = {
    "kill -9 of a web worker": lambda site, chance: site.kill_one(site.workers, chance),
    "kill -9 of the web master": lambda site, chance: site.kill_one(site.master, chance),
    "kill -9 of watch": lambda site, chance: site.kill_one(lambda: site.pids("manage.py watch"), chance),
    "kill -9 of the background worker": lambda site, chance: site.kill_one(
        lambda: site.pids("manage.py worker"), chance
    ),
    "kill -9 of a database backend": lambda site, chance: site.kill_one(site.backends, chance),
    "kill -9 of the postmaster": lambda site, chance: site.kill_one(site.postmaster, chance),
    "database stopped for 20 s": lambda site, chance: site.stop_for(
        lambda: site.postmaster() + site.backends(), STOP_SECONDS
    ),
    "web stopped for 20 s": lambda site, chance: site.stop_for(site.workers, STOP_SECONDS),
    "no room for files": lambda site, chance: site.fill(FILES, FULL_SECONDS),
    "no room for the database": lambda site, chance: site.fill(VAR, FULL_SECONDS),
    "clock a day ahead": _clock(24),
    "clock an hour back": _clock(-1),
}


def main() -> int:
    """Print one JSON line a round and a sum; 1 if anything was lost, half done or doubled, or the record is broken."""
    parser = argparse.ArgumentParser(prog="script/faults")
    parser.add_argument("rounds", type=int, nargs="?", default=50)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", action="append", help="part of the name of a fault")
    parser.add_argument("--left", type=int, default=0, help="the port of an installation that an earlier run has left")
    wanted = parser.parse_args()
    names = [name for name in FAULTS if not wanted.only or any(part in name for part in wanted.only)]
    seed = wanted.seed if wanted.seed is not None else random.randrange(10**6)
    chance = random.Random(seed)
    stories_so_far: list[Story] = []
    sums = {"seed": seed, "rounds": 0, "not injected": 0, "steps acknowledged": 0, "forms sent again": 0}
    left = Site(wanted.left)
    with left.left_running() if wanted.left else left.running() as site:
        for number in range(wanted.rounds):
            name = names[number % len(names)]
            done, stories, recovery = _round(site, FAULTS[name], chance)
            stories_so_far += stories
            verdict = judge(stories_so_far)
            line = _line(number + 1, name, stories, recovery, done)
            line |= {"lost": len(verdict.lost), "half": len(verdict.half), "doubled": len(verdict.doubled)}
            line |= {"numbers doubled": verdict.numbers, "events out of order": verdict.disorder}
            print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201
            for words in [*verdict.lost, *verdict.doubled, *verdict.half, *(each.problem for each in stories)]:
                if words:
                    print(f"    {words}", flush=True)  # noqa: T201
            sums["rounds"] += 1
            sums["not injected"] += not done
            sums["steps acknowledged"] = verdict.acknowledged
            sums["forms sent again"] += sum(story.resent for story in stories)
        checked, verified = site.manage("check_records"), site.manage("verify_record")
    sums |= {name: line[name] for name in ("lost", "half", "doubled", "numbers doubled", "events out of order")}
    sums |= {"stories broken off": sum(bool(story.problem) for story in stories_so_far)}
    sums |= {"check_records": _words(checked), "verify_record": _words(verified)}
    print(json.dumps(sums, ensure_ascii=False))  # noqa: T201
    return int(not verdict.is_clean or any(each.returncode for each in (checked, verified)))


def _words(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stdout.strip() or done.stderr.strip()).replace("\n", " ")


def _round(site: Site, fault: Fault, chance: random.Random) -> tuple[bool, list[Story], float]:
    """People work until something has been broken and all is well again, and then end what they have begun."""
    ended, recovered = threading.Event(), threading.Event()
    stories: list[Story] = []
    threads = [
        threading.Thread(target=_work, args=(site, stories, ended, recovered), daemon=True) for _ in range(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    time.sleep(chance.uniform(*WARM_UP))
    done = fault(site, chance)
    recovery = site.await_ready()
    recovered.set()
    until = time.monotonic() + ROUND_SECONDS
    for thread in threads:
        thread.join(max(0.1, until - time.monotonic()))
    ended.set()
    for thread in threads:
        thread.join(90)
    site.await_ready()
    return done, list(stories), recovery


def _work(site: Site, stories: list[Story], ended: threading.Event, recovered: threading.Event) -> None:
    while not (stories and recovered.is_set()):
        story = Story(site.port, ended)
        stories.append(story)
        story.tell()


def _line(number: int, name: str, stories: list[Story], recovery: float, done: bool) -> dict[str, object]:
    return {
        "round": number,
        "fault": name if done else f"{name} (not injected)",
        "steps": sum(len(story.acknowledged) for story in stories),
        "sent again": sum(story.resent for story in stories),
        "recovered in s": round(recovery, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
