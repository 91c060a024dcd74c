"""Where the flaws are planted."""

PLANTED = "/a-planted-flaw/"
