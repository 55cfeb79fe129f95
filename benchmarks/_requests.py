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
    from recommender.programs.models import ProgramVersion

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


def graph_ready() -> dict[str, float]:
    """Return how long the compiled graph of the current release, kept on disk, takes to be ready in a new process."""
    from curriculum_graph.releases.api import find_current_release, get_graph

    release = find_current_release()
    if release is None:
        raise RuntimeError("nothing is published")
    start, cpu = time.perf_counter(), time.process_time()
    get_graph(release.id)
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}


def prepare() -> dict[str, Any]:
    """Return what a client of the service needs: a session of the admin, a token, and addresses of every kind."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from cms.catalogue.models import CoursePage, Module, Variant
    from curriculum_graph.releases.api import find_current_release
    from recommender.learners.api import get_learner
    from recommender.programs.links import issue_token

    learners = forget_programs()
    client = Client()
    client.force_login(get_user_model().objects.get_or_create(username="bench", is_superuser=True, is_staff=True)[0])
    course, module, variant = (model.objects.order_by("pk").first() for model in (CoursePage, Module, Variant))
    release = find_current_release()
    if course is None or module is None or variant is None or release is None:
        raise RuntimeError("nothing is published")
    lists = [f"wagtailsnippets_catalogue_{name}:list" for name in ("module", "variant", "testitem")]
    lists += [f"wagtailsnippets_taxonomy_{name}:list" for name in ("region", "audience", "competence", "programme")]
    names = ["wagtailadmin_home", "courses:index", "editorial_releases", "editorial_publish", "training_versions"]
    links = [issue_token(get_learner(learner).id) for learner in learners[:5]]
    return {
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "token": token("worker"),
        "learners": learners,
        "pages": [
            *(reverse(name) for name in (*names, *lists)),
            reverse("courses:index") + "?q=an+toan",
            reverse("wagtailadmin_pages:edit", args=[course.pk]),
            reverse("wagtailsnippets_catalogue_module:edit", args=[module.pk]),
            reverse("wagtailsnippets_catalogue_variant:edit", args=[variant.pk]),
            reverse("editorial_release", args=[release.id]),
            reverse("taxonomy_codes", args=["course"]) + "?q=mat+khau",
        ],
        "addresses": [
            "/api/v1/courses?limit=500",
            f"/api/v1/courses/{course.code}",
            *(f"/api/v1/learners/{learner}/program" for learner in learners[:5]),
            *(reverse("programs:path", args=[link]) for link in links),
        ],
    }


def programs(count: int) -> dict[str, Any]:
    """Return the CPU milliseconds of programs planned anew, and of the same asked for again."""
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
    return {"cold": cold, "warm": warm, "statuses": statuses, "model": model}


def main() -> None:
    get_wsgi_application()
    what = sys.argv[1]
    print(json.dumps(prepare() if what == "prepare" else graph_ready() if what == "graph" else programs(int(what))))


if __name__ == "__main__":
    main()
