"""Reading a file of unknown make: looked at before it is kept, and read in a process of
its own whose memory and time are limited."""

import json

from django.core.exceptions import ValidationError

from plans.reading import DocumentRefused, packages, refusals
from plans.reading.conversion import converted
from qualityplan.limited_child import NoAnswerError, answer_of
from qualityplan.uploads import max_bytes

SECONDS = 40  # of the clock, for one file
# The child needs Django's forms and models, and neither a database nor a secret.
_SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "qualityplan.settings",
    "DEBUG": "1",
    "DATABASE_URL": "sqlite://:memory:",
}
_OLDER = (".doc", ".xls", ".odt", ".ods")


def largest():
    """The most bytes that a file may have."""
    return min(max_bytes(), packages.MAX_BYTES)


def checked_content(upload):
    """The bytes of `upload`, after everything was looked at that costs no parsing: size,
    kind, parts, macros, links, embedded objects. Raises ValidationError."""
    limit = largest()
    try:
        if upload.size > limit:
            raise DocumentRefused(refusals.TOO_LARGE.format(limit=limit // 1024**2))
        packages.check_size(upload.size)
        upload.seek(0)
        content = upload.read()
        if packages.family(content) not in (".doc", ".xls"):
            packages.open_package(content).close()
    except DocumentRefused as error:
        raise ValidationError(str(error)) from None
    return content


def read_apart(content):
    """What `reports.incoming_sources.read_with_source` makes of `content`, done by a child
    process. Raises DocumentRefused, also for a file that the child could not finish."""
    kind = packages.family(content)
    if kind in _OLDER:
        if kind.startswith(".od"):
            packages.open_package(content).close()
        content = converted(content, kind)
    answer = _from_child(content)
    if "refused" in answer:
        raise DocumentRefused(answer["refused"])
    return answer


def _from_child(content):
    try:
        answer = answer_of(
            "reports.incoming_child", content, seconds=SECONDS, settings=_SETTINGS
        )
    except NoAnswerError as error:
        reason = refusals.TOO_LONG if error.is_spent else refusals.BROKEN
        raise DocumentRefused(reason) from None
    return json.loads(answer)
