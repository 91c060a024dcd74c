"""跟踪督查: what a visit follows, and of what of it somebody must say whether it was put right (整改)."""

from __future__ import annotations

from typing import TypedDict

RIGHTED, NOT_RIGHTED = "已整改", "未整改"


class FollowedPoint(TypedDict):
    """An earlier problem, or a task that was open when the round was planned; `task` is the key of that, else empty."""

    words: str
    task: str


class Followed(TypedDict):
    """The paper that a visit follows, as it stood when the round was planned.

    It is named by its key without a foreign key: what it is of may be destroyed after its time, and the round stays.
    """

    paper: str
    number: str
    title: str
    points: list[FollowedPoint]


def outcome_words(*, is_problem: bool) -> str:
    """未整改 of a point that is a problem still."""
    return NOT_RIGHTED if is_problem else RIGHTED


def about_point(words: str, point: str, *, is_problem: bool) -> str:
    """What was seen of a point, with the point itself: 针对“……”，未整改：……."""
    return f"针对“{point.rstrip('。；;')}”，{outcome_words(is_problem=is_problem)}：{words}"
