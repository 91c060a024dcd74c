"""How the record of who saw what names rounds, visits, findings and their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuetan.models import RoundFile, RoundFinding, RoundVisit, SupervisionRound

Words = dict[str, str]


def _of_rounds(keys: set[str]) -> Words:
    return {str(each.pk): each.title for each in SupervisionRound.objects.filter(pk__in=keys)}


def _of_round_visits(keys: set[str]) -> Words:
    return {str(each.pk): str(each) for each in RoundVisit.objects.filter(pk__in=keys).with_relations()}


def _of_round_findings(keys: set[str]) -> Words:
    related = RoundFinding.objects.select_related("visit__round", "visit__unit__parent")
    return {str(each.pk): str(each) for each in related.filter(pk__in=keys)}


def _of_round_files(keys: set[str]) -> Words:
    paths = ("visit", "finding__visit")
    related = [f"{path}__{name}" for path in paths for name in ("round", "unit__parent")]
    return {str(file.pk): file.used_for for file in RoundFile.objects.filter(pk__in=keys).select_related(*related)}


NAMES_OF_ROUNDS: Mapping[str, Callable[[set[str]], Words]] = {
    "/rounds/visits/": _of_round_visits,
    "/rounds/findings/": _of_round_findings,
    "/rounds/files/": _of_round_files,
    "/rounds/": _of_rounds,
}
