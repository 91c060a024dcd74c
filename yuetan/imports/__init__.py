"""Tables of an office brought in: each row checked and taken by the actions of the pages, all of them or none."""
