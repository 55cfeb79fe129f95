"""What is measured against peers. Each module is one measurement: ``python -m benchmarks.NAME`` runs it alone."""

import os

# Those that generate the national curriculum import the site, which reads its settings.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
