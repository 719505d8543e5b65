"""Who may see and do what, and where: users, roles, dated grants, the scope of every query."""
