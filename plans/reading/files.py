"""The one door: a file's bytes in, the year file it would become out."""

from plans.reading import packages, refusals
from plans.reading.assemble import Reading
from plans.reading.conversion import converted
from plans.reading.refusals import DocumentRefused
from plans.reading.sheet import read_sheets
from plans.reading.word import read_word

_READERS = {".docx": read_word, ".xlsx": read_sheets}


def read_blocks(content):
    """The texts of the Word or Excel file in `content`, in order. The bytes tell what it
    is, never its name."""
    kind = packages.family(content)
    if kind not in _READERS:
        if kind.startswith(".od"):
            packages.open_package(content).close()
        content = converted(content, kind)
        kind = packages.family(content)
    try:
        return _READERS[kind](content)
    except RecursionError:
        raise DocumentRefused(refusals.BROKEN) from None


def read_content(content):
    """What an import of the bytes `content` would take, as `qualityplan/1` with
    `report`. Raises DocumentRefused."""
    return Reading(read_blocks(content)).as_json()


def read_path(path):
    """`read_content` of the file at `path`."""
    try:
        packages.check_size(path.stat().st_size)
        content = path.read_bytes()
    except OSError as error:
        raise DocumentRefused(f"Không đọc được tệp ({error.strerror}).") from None
    return read_content(content)
