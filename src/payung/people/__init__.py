"""One person as written: NIK, name, birth date, place. Pure functions, no files, no clock."""
