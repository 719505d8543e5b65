"""Who may do what, and where: permissions, roles, the rules of pages, the filter of every query."""
