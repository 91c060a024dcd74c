"""Everything that writes: read from top to bottom, these modules are the process."""
