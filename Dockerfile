# One image for the web, the workers and the release job; see docs/operations/deployment.md.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
# The planner's kernel is compiled here; the compiler stays behind.
COPY recommender recommender
RUN /venv/bin/python -m recommender.engine.native.building && /venv/bin/pip uninstall --yes ziglang

FROM python:3.13-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin curriculum \
    && install -d -o curriculum /data/media /data/arrays /data/static
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py pyproject.toml LICENSE ./
COPY cms cms
COPY curriculum_graph curriculum_graph
COPY --from=build /app/recommender recommender
COPY exports exports
RUN find . -name '*.po' -exec sh -c '/venv/bin/pybabel compile -i "$1" -o "${1%.po}.mo" -l "$(basename "$(dirname "$(dirname "$1")")")"' _ {} \;
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cms.settings.production \
    MEDIA_ROOT=/data/media DATA_ROOT=/data/arrays STATIC_ROOT=/data/static
USER curriculum
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "cms.wsgi:application", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "4"]
