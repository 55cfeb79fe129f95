"""Links that open one learner's pages for some days, without a password: signed, never stored."""

from datetime import timedelta

from django.core import signing

from curriculum_graph.errors import CurriculumError

SALT = "recommender.programs.link"
LIFETIME = timedelta(days=14)


class LinkInvalid(CurriculumError):
    """The link was not made here, or was cut."""

    code = "link_invalid"


class LinkExpired(CurriculumError):
    """The link was made here, too long ago."""

    code = "link_expired"


def issue_token(learner_id: int) -> str:
    """Return a token that stands for a learner's pages, by row id: the pseudonym does not show in addresses."""
    return signing.dumps(learner_id, salt=SALT)


def open_token(token: str) -> int:
    """Return the row id of the learner for whom a token was issued.

    Raises
    ------
    LinkInvalid, LinkExpired
    """
    try:
        learner_id = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkInvalid from error
    return int(learner_id)
