"""Any number of cases to measure with: some dozen made by real actions, multiplied by SQL."""
