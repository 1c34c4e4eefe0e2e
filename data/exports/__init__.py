"""Comparisons as files: the rows and numbers of the screen, with their sources, and who took them away when."""
