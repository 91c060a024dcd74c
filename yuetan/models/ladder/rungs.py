"""The rungs that are laid here as a measure: the paper of each with its title, and the steps that some alone have."""

from __future__ import annotations

from yuetan.models.ladder.listed_steps import LISTED_STEPS
from yuetan.models.ladder.steps import CONCLUDED_STEPS
from yuetan.vocabulary import DocumentKind, RungKind, Verb

# An interview is a case.
PAPER_OF_RUNG = {
    RungKind.CIRCULAR: DocumentKind.CIRCULAR,
    RungKind.LISTED_SUPERVISION: DocumentKind.LISTED_SUPERVISION,
    RungKind.VETO: DocumentKind.VETO_DECISION,
}
TITLES = {
    DocumentKind.CIRCULAR: "关于{matter}的通报",
    DocumentKind.LISTED_SUPERVISION: "关于{matter}的挂牌督办通知书",
    DocumentKind.VETO_DECISION: "关于{matter}的一票否决决定书",
    DocumentKind.VETO_PROPOSAL: "关于对{unit}实行一票否决权制的建议",  # what its superior is asked to decide
}
# A step that carries out other articles on these rungs; a text cites what it does there by this name.
CODE_ON_RUNG: dict[tuple[str, str], str] = {
    (Verb.SERVE_MEASURE, RungKind.LISTED_SUPERVISION): "serve_listing",
    (Verb.SERVE_MEASURE, RungKind.VETO): "serve_veto",
}
# A verb that is not named here is of every rung.
RUNGS_OF: dict[str, tuple[RungKind, ...]] = {
    **dict.fromkeys((step.verb for step in CONCLUDED_STEPS), tuple(set(RungKind) - {RungKind.LISTED_SUPERVISION})),
    **dict.fromkeys((step.verb for step in LISTED_STEPS), (RungKind.LISTED_SUPERVISION,)),
}


def is_of_rung(verb: str, kind: str) -> bool:
    """Whether a rung has this step."""
    return kind in RUNGS_OF.get(verb, (kind,))
