"""Whatever the site stands on, read out of fixtures: beside actions, for nobody takes a step here."""
