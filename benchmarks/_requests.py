"""Answers requests for programs through the whole web application, in this process, and counts the CPU of each.

Runs in a process of its own, with the environment of the service that it measures (``benchmarks.service``): prints one
JSON document. Every program is planned anew: those that were there are forgotten first.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

Application = Callable[..., Any]
HEADERS = {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_ACCEPT": "application/json"}


def forget_programs() -> list[str]:
    """Delete every program and return the pseudonyms of all learners."""
    from recommender.learners.models import Learner
    from recommender.programs.models import CurrentProgram, ProgramVersion

    CurrentProgram.objects.all().delete()
    ProgramVersion.objects.all().delete()
    return list(Learner.objects.order_by("id").values_list("pseudonym", flat=True))


def token(name: str) -> str:
    """Return a new access token that may do everything."""
    from exports.delivery.api import Scope
    from exports.delivery.tokens import create_token

    at = datetime.now(UTC)
    return create_token(f"{name} {at.isoformat()}", list(Scope), actor="benchmark", at=at)


def answered(application: Application, path: str, **more: str) -> tuple[float, bytes]:
    """Return the milliseconds of CPU that an answer takes, and the answer.

    Raises :class:`RuntimeError` where the status is not 200.
    """
    environ: dict[str, Any] = {"PATH_INFO": path, **HEADERS, **more}
    setup_testing_defaults(environ)
    status: list[str] = []
    start = time.process_time()
    response = application(environ, lambda line, headers, error=None: status.append(line))
    body = b"".join(response)
    response.close()
    spent = 1000 * (time.process_time() - start)
    if not status[0].startswith("200"):
        raise RuntimeError(f"{path}: {status[0]}: {body[:200]!r}")
    return spent, body


def main() -> None:
    count = int(sys.argv[1])
    application = get_wsgi_application()
    authorization = f"Bearer {token('requests')}"
    everyone = forget_programs()
    step = max(1, len(everyone) // count)
    some = everyone[::step][:count]
    answered(application, f"/api/v1/learners/{everyone[-1]}/program", HTTP_AUTHORIZATION=authorization)
    cold, statuses, warm = [], [], []
    for learner in some:
        spent, body = answered(application, f"/api/v1/learners/{learner}/program", HTTP_AUTHORIZATION=authorization)
        cold.append(spent)
        statuses.append(json.loads(body)["status"])
        again, _ = answered(application, f"/api/v1/learners/{learner}/program", HTTP_AUTHORIZATION=authorization)
        warm.append(again)
    model = json.loads(body)["model"]
    print(json.dumps({"cold": cold, "warm": warm, "statuses": statuses, "model": model}))


if __name__ == "__main__":
    main()
