"""One row of the table of permissions, and who is named in it."""

from dataclasses import dataclass

from yuetan.vocabulary import Party, Role

APP = "yuetan"


@dataclass(frozen=True)
class Permission:
    """One thing that may be done: a role may do it on every object of these models, a party on its own."""

    codename: str
    label: str
    models: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    parties: tuple[Party, ...] = ()

    @property
    def name(self) -> str:
        """The full name Django's `has_perm` asks for."""
        return f"{APP}.{self.codename}"


OFFICER, DIRECTOR, LEADERS, SUPERVISOR = (
    Role.CASE_OFFICER,
    Role.OFFICE_DIRECTOR,
    Role.LEADING_GROUP,
    Role.SUPERVISOR,
)
SIGNERS = (OFFICER, DIRECTOR, SUPERVISOR)  # of the office, who may go to inspect, and keep 三书一函
INNER = (OFFICER, DIRECTOR, LEADERS, SUPERVISOR)
HEAD, LIAISON = Party.UNIT_HEAD, Party.UNIT_LIAISON
UNIT_SIDE = (HEAD, LIAISON)
ACTING_DIRECTOR, ACTING_OFFICER = Party.ACTING_DIRECTOR, Party.ACTING_OFFICER
ACTING_SUPERVISOR = Party.ACTING_SUPERVISOR
# Models of what hands tasks over: what is done about a task is a permission of each.
HANDS_OUT_TASKS = ("case", "accountabilitymeasure", "assignment")
