"""How everything looks: the one place for templates, styles, icons, words, numbers, lists and exports."""
