"""Posts (jabatan) of villages and sub-districts, and who holds them."""
