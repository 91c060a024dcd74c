"""Random people of the cast playing random steps, and what must hold whatever they do."""
