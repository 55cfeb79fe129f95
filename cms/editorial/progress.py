"""Progress for people at a terminal."""

from collections.abc import Callable

from django.utils.translation import gettext, gettext_lazy

STAGES = {
    "reading": gettext_lazy("Reading what is live"),
    "checking": gettext_lazy("Checking the whole"),
    "building": gettext_lazy("Finding what is new"),
    "rendering": gettext_lazy("Rendering texts"),
    "compiling": gettext_lazy("Compiling the graph"),
    "switching": gettext_lazy("Making it current"),
}
"""What each stage of a publication is called."""


class Printed:
    """Writes each stage once, and the share of long ones each time another tenth is done."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write
        self.told = ("", -1)

    def __call__(self, stage: str, done: int, total: int) -> None:
        tenth = done * 10 // total if total else 0
        if (stage, tenth) != self.told:
            self.told = (stage, tenth)
            share = gettext(" (%(done)s of %(total)s)") % {"done": done, "total": total} if total > 1 else ""
            self.write(f"{STAGES.get(stage, stage)}{share} …")
