"""THE table of permissions: who may do what. Groups, grants, buttons, pages and files all follow it."""

from typing import TYPE_CHECKING

from yuetan.permissions.cases import CASES
from yuetan.permissions.letters import LETTERS
from yuetan.permissions.measures import MEASURES
from yuetan.permissions.office import OFFICE
from yuetan.permissions.permission import (
    ACTING_DIRECTOR,
    ACTING_OFFICER,
    APP,
    DIRECTOR,
    HANDS_OUT_TASKS,
    HEAD,
    INNER,
    LEADERS,
    LIAISON,
    OFFICER,
    SIGNERS,
    SUPERVISOR,
    UNIT_SIDE,
    Permission,
)
from yuetan.permissions.rooms import ROOMS
from yuetan.vocabulary import Party, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "ACTING_DIRECTOR",
    "ACTING_OFFICER",
    "APP",
    "BY_CODENAME",
    "DIRECTOR",
    "HANDS_OUT_TASKS",
    "HEAD",
    "INNER",
    "LEADERS",
    "LIAISON",
    "OFFICER",
    "PERMISSIONS",
    "SIGNERS",
    "SUPERVISOR",
    "UNIT_SIDE",
    "Permission",
    "granted_to",
    "matrix",
    "name",
    "of_model",
    "roles_with",
]
PERMISSIONS: tuple[Permission, ...] = (*CASES, *LETTERS, *MEASURES, *ROOMS, *OFFICE)

BY_CODENAME = {permission.codename: permission for permission in PERMISSIONS}


def name(codename: str) -> str:
    """The full name of a permission that the table holds; raises KeyError for any other."""
    return BY_CODENAME[codename].name


def of_model(model: str) -> "list[tuple[str, StrOrPromise]]":
    """Codename and label of a model's permissions, as Django's `Meta.permissions` wants them."""
    return [(permission.codename, permission.label) for permission in PERMISSIONS if model in permission.models]


def roles_with(codename: str) -> tuple[Role, ...]:
    """The roles that hold a permission; none for a name that is not in the table."""
    return next((each.roles for each in PERMISSIONS if each.codename == codename), ())


def granted_to(party: Party, model: str) -> frozenset[str]:
    """Codenames that a party holds on its own object of this model."""
    return frozenset(p.codename for p in PERMISSIONS if model in p.models and party in p.parties)


def matrix() -> dict[str, dict[str, object]]:
    """The whole table as plain data: what `manage.py permissions` prints and the help page shows."""
    return {
        permission.codename: {
            "label": permission.label,
            "models": list(permission.models),
            "roles": [role.value for role in permission.roles],
            "parties": [party.value for party in permission.parties],
        }
        for permission in PERMISSIONS
    }
