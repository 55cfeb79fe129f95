"""What a code and a language tag look like, in the contract's words."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 128
validate_code = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._:/-]*\Z",
    _("A code starts with a Latin letter or a digit and goes on with those and . _ : / - only."),
)
validate_language = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z",
    _("A language is written as a BCP 47 tag: vi, en, km, zh-Hant."),
)


def check_code(code: str, max_length: int = CODE_LENGTH) -> None:
    """Raise a ``ValidationError`` that names the code when it cannot be one."""
    try:
        validate_code(code)
    except ValidationError as error:
        raise ValidationError(
            _("“%(code)s” is not a code. %(rule)s"), params={"code": code, "rule": error.messages[0]}
        ) from error
    if len(code) > max_length:
        raise ValidationError(
            _("“%(code)s” is too long for a code: %(limit)d characters at most."),
            params={"code": code, "limit": max_length},
        )
