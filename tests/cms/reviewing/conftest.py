"""The small catalogue of the catalogue's own tests."""

from tests.cms.catalogue.conftest import make_course, make_variant, module, subject

__all__ = ["make_course", "make_variant", "module", "subject"]
