"""What commands have in common: faults in one line, files whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError


@contextlib.contextmanager
def database_faults_in_one_line():
    try:
        yield
    except DatabaseError as error:
        raise CommandError(
            f"Cơ sở dữ liệu báo lỗi: {' '.join(str(error).split())} (nếu là cơ sở dữ liệu "
            "mới, hãy chạy migrate trước)."
        ) from None


def write_file(path, content):
    """Write the bytes `content` to `path`; until all are there, an older file stays."""
    path = Path(path)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(
            prefix=f".{path.name[:40]}.", dir=path.parent
        )
        with open(handle, "wb") as file:  # noqa: PTH123 - it is a descriptor
            file.write(content)
        # mkstemp makes it private; the result is a file like any other.
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise CommandError(f"Không ghi được tệp {path} ({error.strerror}).") from None


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
