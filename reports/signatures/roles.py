"""In which role somebody signs a document."""

from enum import StrEnum


class Role(StrEnum):
    """What the picture beside the signature is, and where it goes."""

    PERSON = "person"
    ORGANISATION = "organisation"


# Names of the fields of a PDF; a further signature of the role gets a number.
FIELD_NAMES = {Role.PERSON: "ChuKy", Role.ORGANISATION: "ConDau"}
