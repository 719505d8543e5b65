"""What is owed and what is due, by month, with the article. Pure Python: no tables, no network, no clock."""
