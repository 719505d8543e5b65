"""Are these two one person? Pairs found by the machine, decided by people, remembered and undone."""
