"""The child of `reports.incoming_reading`: the bytes of one file in, what was read out,
then gone. It has neither the database nor the secrets of the site."""

import json
import sys

from qualityplan.limited_child import limit_myself

CPU_SECONDS = 30


def main() -> None:
    limit_myself(CPU_SECONDS)
    # Only now: what they load counts as well.
    from plans.reading import DocumentRefused  # noqa: PLC0415
    from reports.incoming_sources import read_with_source  # noqa: PLC0415

    try:
        answer = read_with_source(sys.stdin.buffer.read())
    except DocumentRefused as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
