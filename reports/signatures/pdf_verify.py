"""Verification of a PDF that somebody uploaded.

The file may have been made to break parsers: it is examined in a child process that has
no secrets, little memory and little time. Whatever happens to the child, the answer is
a verdict.
"""

import pickle
from datetime import UTC, datetime

from qualityplan.limited_child import NoAnswerError, answer_of
from reports.signatures.trust import TrustList
from reports.signatures.verdict import FileVerdict, Problem

LARGEST_BYTES = 30 * 1024 * 1024
SECONDS = 20

_CHILD = "reports.signatures.pdf_child"
_HEADER, _HEADER_WITHIN = b"%PDF-", 1024


def verify_pdf(
    pdf: bytes,
    *,
    trust: TrustList,
    issued: bytes | None = None,
    at: datetime | None = None,
) -> FileVerdict:
    """What the signatures of `pdf` are worth.

    `issued`: the PDF that was to be signed; without it nothing is compared. `at`
    (aware, default now): when the file arrived. Certificates must have been in force
    then, or at the moment a trusted time stamp proves, and at the time the signer
    claims; so a file that is examined again years later gets the moment of its arrival.
    """
    is_issued = None if issued is None else pdf.startswith(issued)
    if len(pdf) > LARGEST_BYTES:
        return FileVerdict((), is_issued, (Problem.TOO_LARGE,))
    if _HEADER not in pdf[:_HEADER_WITHIN]:
        return FileVerdict((), is_issued, (Problem.NOT_PDF,))
    task = (pdf, trust.pems(), issued, at or datetime.now(UTC))
    try:
        answer = answer_of(_CHILD, pickle.dumps(task), seconds=SECONDS)
    except NoAnswerError as error:
        problem = Problem.TOO_COMPLEX if error.is_spent else Problem.DAMAGED
        return FileVerdict((), is_issued, (problem,))
    return pickle.loads(answer)  # noqa: S301 - of our own child
