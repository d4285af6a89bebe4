"""What the reader has to say beside the data: doubts, and texts it found no place for."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """`form_texts` are the form's own words (labels, letterhead, captions): recognised,
    and stored nowhere because the form brings them along."""

    entries: list[dict] = field(default_factory=list)
    form_texts: list[str] = field(default_factory=list)

    def warn(self, place, message):
        entry = {"level": "warning", "place": place, "message": message}
        if entry not in self.entries:
            self.entries.append(entry)

    def unplaced(self, place, text):
        if text.strip():
            self.entries.append({"level": "unplaced", "place": place, "text": text})

    def form(self, text):
        if text.strip():
            self.form_texts.append(text)

    @property
    def warnings(self):
        return [entry for entry in self.entries if entry["level"] == "warning"]

    @property
    def leftovers(self):
        return [entry for entry in self.entries if entry["level"] == "unplaced"]
