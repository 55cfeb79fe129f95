"""Compiles the kernel: ``python -m recommender.engine.native.building`` (part of ``make setup``).

The compiler comes as a package (``ziglang``), so that a machine needs none of its own. The library's name holds the
digest of its sources: a stale one is never loaded.
"""

import hashlib
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

SOURCES = Path(__file__).parent
FLAGS = (
    "-std=c11",
    "-O3",
    "-mcpu=baseline",
    "-ffp-contract=off",
    "-fno-sanitize=all",
    "-fPIC",
    "-shared",
    "-Wall",
    "-Wextra",
    *(("-flto",) if sys.platform == "linux" else ()),
)
"""No instructions that another machine may lack, and no fused multiplications: the same numbers everywhere.

Optimised as one program where the linker can: small functions of other files are called a million times.
"""


class NotBuilt(RuntimeError):
    """The kernel could not be compiled; the message says why."""


def library_path() -> Path:
    """Return where the kernel of these sources lies, or will."""
    digest = hashlib.sha256(" ".join(FLAGS).encode())
    for source in sorted([*SOURCES.glob("*.c"), *SOURCES.glob("*.h")]):
        digest.update(source.read_bytes())
    suffix = sysconfig.get_config_var("SHLIB_SUFFIX") or ".so"
    return SOURCES / f"planner-{sysconfig.get_platform()}-{digest.hexdigest()[:16]}{suffix}"


def build(*, flags: tuple[str, ...] = FLAGS, target: Path | None = None) -> Path:
    """Return the compiled kernel, made where it is missing. Two processes may do so at once.

    Raises
    ------
    NotBuilt
        If the compiler is missing or fails, or the folder cannot be written.
    """
    path = target or library_path()
    if path.exists():
        return path
    sources = [str(source) for source in sorted(SOURCES.glob("*.c"))]
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            command = [sys.executable, "-m", "ziglang", "cc", *flags, *sources, "-lm", "-o", str(made)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own sources)
            if done.returncode:
                raise NotBuilt(f"the planner's kernel does not compile:\n{done.stderr}")
            made.replace(path)
    except OSError as error:
        raise NotBuilt(
            f"the planner's kernel cannot be written to {path.parent}: {error}. Run 'make setup'."
        ) from error
    for old in path.parent.glob("planner-*"):
        if target is None and old != path:
            old.unlink(missing_ok=True)
    return path


if __name__ == "__main__":
    os.umask(0o022)
    print(build().name)  # noqa: T201  (a command)
