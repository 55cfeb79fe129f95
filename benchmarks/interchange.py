"""What a bulk import costs, against Wagtail's own way of publishing one thing at a time.

    python benchmarks/interchange.py [--courses 512] [--sample 12]

Makes a document of courses with three modules of four variants each (some 1.5 kB of Markdown in each body), imports it
into an empty database of its own through ``manage.py import_catalogue``, imports it again, exports it, and publishes a
sample of the same courses with ``add_child`` and ``save_revision().publish()``. Prints CPU milliseconds a course, the
ratio, and peak memory. Set ``DATABASE_URL`` to an empty PostgreSQL database to measure there.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests" / "factories"))


def run(folder: Path, *arguments: str) -> tuple[float, int]:
    """Run a management command in a process of its own; return its CPU seconds and its peak memory in MiB."""
    environment = {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", **os.environ}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "MEDIA_ROOT": str(folder / "media"),
        "DATA_ROOT": str(folder / "data"),
    }
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def publish_one_by_one(document: Path, sample: int) -> None:
    """Publish the first courses of a document as Wagtail does it, and print CPU milliseconds a course."""
    import django

    django.setup()
    from wagtail.models import Page

    from cms.catalogue.interchange import values
    from cms.catalogue.models import CatalogueIndexPage, CoursePage, Module, OwnerPage, SubjectPage, Variant
    from curriculum_graph.api import read_catalogue

    courses = read_catalogue(document).courses[:sample]
    parent = Page.get_first_root_node()
    for page in (
        CatalogueIndexPage(title="a", slug="a"), OwnerPage(title="b", slug="b"), SubjectPage(title="c", slug="c"),
    ):  # fmt: skip
        parent = parent.add_child(instance=page)
    start = time.process_time()
    for course in courses:
        for module in course.modules:
            row = Module(**values.module_fields(module))
            row.save()
            row.save_revision().publish()
            for variant in module.variants:
                variant_row = Variant(module=row, **values.variant_fields(module.code, variant))
                variant_row.save()
                variant_row.save_revision().publish()
        page = CoursePage(**values.course_fields(course))
        parent.add_child(instance=page)
        page.save_revision().publish()
    print(f"{1000 * (time.process_time() - start) / len(courses):.1f}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--courses", type=int, default=512)
    parser.add_argument("--sample", type=int, default=12)
    parser.add_argument("--one-by-one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one_by_one:
        publish_one_by_one(options.one_by_one, options.sample)
        return
    from tests.factories.sized import sized_document

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = folder / "catalogue.json"
        with document.open("w") as file:
            file.writelines(sized_document(options.courses))
        print(f"{options.courses} courses, {document.stat().st_size / 1e6:.1f} MB")
        start_up = run(folder, "manage.py", "migrate", "-v0") and run(folder, "manage.py", "check")[0]
        empty = folder / "empty.json"
        empty.write_text('{"format": "curriculum-catalogue/1", "courses": []}')
        run(folder, "manage.py", "import_catalogue", str(empty))
        figures = {}
        for label, arguments in [
            ("import", ("import_catalogue", str(document))),
            ("import again", ("import_catalogue", str(document))),
            ("export", ("export_catalogue", str(folder / "out.json"))),
        ]:
            seconds, memory = run(folder, "manage.py", *arguments)
            figures[label] = 1000 * (seconds - start_up) / options.courses
            print(f"{label}: {figures[label]:.1f} ms of CPU a course, {memory} MiB at most")
        own = Path(folder / "one-by-one")
        own.mkdir()
        run(own, "manage.py", "migrate", "-v0")

        environment = os.environ | {"DATABASE_URL": f"sqlite:///{own / 'db.sqlite3'}"}
        environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
        done = subprocess.run(
            [sys.executable, __file__, "--one-by-one", str(document), "--sample", str(options.sample)],
            cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        single = float(done.stderr.strip().splitlines()[-1])
        print(f"Wagtail, one by one: {single:.1f} ms of CPU a course; {single / figures['import']:.1f} times as much")


if __name__ == "__main__":
    main()
