"""What an heir is to the member, in the order of the law (PP 44/2015 Ps 37(5), 40(2))."""

from __future__ import annotations

from payung.codes.code import Code


class Relation(Code):
    """The relations that the law lets inherit; which comes first is a parameter of the law (``heir_order``)."""

    SPOUSE = "spouse", "janda atau duda", "widow or widower"
    CHILD = "child", "anak", "child"
    PARENT = "parent", "orang tua", "parent"
    GRANDPARENT = "grandparent", "kakek atau nenek", "grandparent"
    GRANDCHILD = "grandchild", "cucu", "grandchild"
    SIBLING = "sibling", "saudara kandung", "sibling"
    PARENT_IN_LAW = "parent-in-law", "mertua", "parent-in-law"
    WILL = "will", "ditunjuk dalam wasiat", "named in a will"
