"""The child of `pdf_verify`: one file in, one verdict out, then gone."""

import pickle
import sys

from qualityplan.limited_child import limit_myself

CPU_SECONDS = 15


def main() -> None:
    limit_myself(CPU_SECONDS)
    # Only now: what they load counts as well.
    from reports.signatures.pdf_examine import examine_pdf  # noqa: PLC0415
    from reports.signatures.trust import TrustList  # noqa: PLC0415

    pdf, pems, issued, at = pickle.load(sys.stdin.buffer)  # noqa: S301 - of our parent
    verdict = examine_pdf(pdf, trust=TrustList(pems), issued=issued, at=at)
    sys.stdout.buffer.write(pickle.dumps(verdict))


if __name__ == "__main__":
    main()
