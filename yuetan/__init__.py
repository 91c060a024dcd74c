"""约谈: the interviews by which a leading group calls a unit's leader to account."""
