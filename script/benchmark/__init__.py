"""What script/bench measures: our pages and steps, and the same by hand on the same data in the same run."""
