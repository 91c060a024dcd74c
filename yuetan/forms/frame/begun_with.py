"""What stood when a form was opened, so that the second of two persons at once overwrites nothing unseen."""

from __future__ import annotations

from yuetan.forms.frame.fields import SeenField


class BegunWithField(SeenField):
    """What stood when the form was opened. It stays so while the form is shown again for rows or for what is missing;
    once the person has heard that another was first, it is what stands now."""

    is_refused = False

    def bound_data(self, data: object, initial: object) -> object:
        """What was sent, until it was refused as no longer so."""
        return initial if self.is_refused else data
