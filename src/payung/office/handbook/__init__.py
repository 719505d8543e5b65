"""The handbook: one guide a role in Indonesian, read in the office itself; each page links to its chapter, and explains
its words of the field.

panduan/<guide>.md ──(a line says for which pages a chapter is)──▶ /bantuan/<guide>/#chapter
kata.yaml ──(a word says on which pages it is explained)──▶ below their titles, and all at /bantuan/kata/
"""
