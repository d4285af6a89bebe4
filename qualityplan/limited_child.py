"""Work on a file that may have been made to break its reader: done by a child process
that has none of the site's secrets, little memory and little time, and then is gone.

`answer_of` is the parent's side; the child calls `limit_myself` before it loads anything
else, reads the task from its standard input and writes the answer to its output.
"""

import logging
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MEGABYTES = 512
_ROOT = Path(__file__).resolve().parent.parent
logger = logging.getLogger(__name__)


class NoAnswerError(Exception):
    """The child ended without an answer. `is_spent`: at one of its limits, and not for a
    fault of the file."""

    def __init__(self, is_spent: bool) -> None:
        self.is_spent = is_spent
        super().__init__("a limit" if is_spent else "a fault")


def answer_of(
    module: str,
    task: bytes,
    *,
    seconds: float,
    settings: Mapping[str, str] | None = None,
) -> bytes:
    """What `module`, run as a program, answers to `task` within `seconds` of the clock.

    `settings`: all that it gets of the environment. Raises `NoAnswerError`; that the
    child failed is logged.
    """
    try:
        child = subprocess.run(  # noqa: S603 - our own words only
            [sys.executable, "-m", module],
            input=task,
            capture_output=True,
            timeout=seconds,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, **(settings or {})},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoAnswerError(is_spent=True) from None
    if child.returncode == 0:
        return child.stdout
    reason = child.stderr.decode(errors="replace").strip().splitlines()[-1:]
    logger.warning("%s ended with %s %s", module, child.returncode, reason)
    # A negative code: the kernel ended it at a limit.
    spent = child.returncode < 0 or any("MemoryError" in each for each in reason)
    raise NoAnswerError(is_spent=spent)


def limit_myself(cpu_seconds: int) -> None:
    """Limit this process: memory, time to reckon, and no file written but the answer."""
    memory = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
