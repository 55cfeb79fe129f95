"""The address of a page, made from its code."""

import hashlib
import re

from curriculum_graph.folding import fold

LONGEST = 200
"""Characters of a slug; the field holds 255, and siblings with the same one are numbered."""


def slug_for(code: str) -> str:
    """Return the slug of the page with this code: the code itself where it can be one, else a readable, distinct form.
    Accents are stripped and đ is d: ``Đồng Nai`` gives ``dong-nai-`` and a hash.

    Codes may differ where slugs may not (``a.b`` and ``a/b``; databases that ignore case), so a changed code, or one
    that is cut off, carries a short hash of the original.
    """
    slug = re.sub(r"[^a-z0-9_-]+", "-", fold(code)).strip("-")[:LONGEST]
    if slug == code:
        return slug
    digest = hashlib.sha256(code.encode()).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest
