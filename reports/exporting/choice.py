"""What a person chose to take away, and which schools that is today."""

from dataclasses import asdict, dataclass

from reports.overview.scope import Filters, in_order, narrowed, office_schools

DOCUMENTS = {
    "plan": "Kế hoạch",
    "report": "Báo cáo kết quả",
    "inspection": "Biên bản kiểm tra",
}
FORMATS = {"pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True)
class Choice:
    """Schools by filter, kinds of documents and formats; kept in `Export.choice`."""

    filters: Filters
    documents: tuple[str, ...] = tuple(DOCUMENTS)
    formats: tuple[str, ...] = tuple(FORMATS)

    @classmethod
    def of(cls, export):
        held = export.choice
        return cls(
            Filters(**held["filters"]),
            tuple(held["documents"]),
            tuple(held["formats"]),
        )

    def stored(self):
        return asdict(self)

    @property
    def words(self):
        """What was chosen, in words, for the index of the package."""
        kinds = ", ".join(DOCUMENTS[kind].lower() for kind in self.documents)
        return f"{kinds} ({', '.join(FORMATS[name] for name in self.formats)})"


def chosen_schools(user, school_year, filters):
    """The schools that `user` may take away today, by name. Asked anew by the worker."""
    schools = office_schools(user, school_year)
    return in_order(narrowed(schools, filters.without_state()))
