"""The read-only JSON API under /api/v1/: what a person may see on the pages, for programs
that carry that person's token. Described by OpenAPI at /api/v1/openapi.json."""

from qualityplan.api.site import api

__all__ = ["api"]
