"""The handbook: one guide a role in Indonesian, read in the office itself; each page links to its chapter.

panduan/<guide>.md ──(a line says for which pages a chapter is)──▶ /bantuan/<guide>/#chapter
"""
