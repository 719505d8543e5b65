"""The words of the domain: each vocabulary once, with both languages and a tone, one file a vocabulary.

Law, rosters, linkage, roles, office and papers read these. A code is text in files and databases, and a member
here: it says its own words (``text``) and how they look (``tone``), and it understands the spellings in common use
(:meth:`Code.read`).
"""

from payung.codes.agency import Agency
from payung.codes.category import Category
from payung.codes.code import Code, Tone
from payung.codes.field import Field
from payung.codes.language import Language
from payung.codes.level import Level
from payung.codes.life import Life
from payung.codes.occupation import Occupation
from payung.codes.reason import Reason
from payung.codes.relation import Relation
from payung.codes.result import Result
from payung.codes.sector import Sector
from payung.codes.segment import Segment
from payung.codes.sex import Sex
from payung.codes.source import Source
from payung.codes.verdict import Verdict

VOCABULARIES: tuple[type[Code], ...] = (
    *(
        Agency,
        Category,
        Field,
        Language,
        Level,
        Life,
        Occupation,
        Reason,
        Relation,
        Result,
        Sector,
        Segment,
        Sex,
    ),
    *(Source, Verdict),
)

__all__ = [
    "VOCABULARIES",
    "Agency",
    "Category",
    "Code",
    "Field",
    "Language",
    "Level",
    "Life",
    "Occupation",
    "Reason",
    "Relation",
    "Result",
    "Sector",
    "Segment",
    "Sex",
    "Source",
    "Tone",
    "Verdict",
]
