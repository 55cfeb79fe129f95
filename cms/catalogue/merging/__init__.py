"""Merging a changed base into a variant: three ways, by block and by paragraph. Knows no framework.

Three versions meet: the *base* that a variant was written from, *theirs* (the variant), and the *new* base. Where only
one side changed, that side is taken; where both did, and not in the same way, somebody must choose.
"""
