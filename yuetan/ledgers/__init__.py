"""What each ledger (台账) lists: its rows, its filters, its columns; pages and exports read the same."""
