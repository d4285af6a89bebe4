"""The filing package of a school year: everything a school has of it in one ZIP, which an
empty installation takes in again.

`papers` says what there is, `packing` writes it; `opening` checks a package before anything
of it is believed, `contents` reads what it says, `unpacking` and `storing` take it in."""

FORMAT = "qualityplan-package/1"

# Members of the ZIP.
PAPERS = "van-ban.json"
REGISTER = "so-van-ban.json"
MANIFEST = "manifest-sha256.txt"
REGISTER_BOOK = "so-van-ban.xlsx"
EVIDENCE_BOOK = "danh-muc-minh-chung.xlsx"
DOCUMENTS, YEARS, EVIDENCE = "van-ban/", "nam-hoc/", "minh-chung/"


class PackageError(Exception):
    """The package cannot be made or taken in; the message is one line and says why."""
