"""The lines of an inspection record around the plan that it copies."""

import datetime
import re

from qualityplan.text import fold

_PERSON = re.compile(r"^(?:\d{1,2}\s*[.)]\s*|[-–•·]\s*)?((?:Ông|Bà|Cô|Thầy)\b.*)$")
_DUTY = re.compile(r"^(.*?)\s*[-–]\s*((?:tổ|trưởng|phó|thư|thành)\s.*)$", re.IGNORECASE)
_POSITION = re.compile(r"^chức\s+vụ\s*:?\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,2}\s*[.)]\s*")
_MOMENT = re.compile(
    r"(\d{1,2})\s*(?:gio|h|:)\s*(\d{0,2})\D*?ngay\s*(\d{1,2})\D+(\d{1,2})\D+(\d{4})"
)
_DEFAULT_DUTY = "Thành viên"


class InspectionLines:
    def __init__(self, report):
        self.report = report
        self.starts_at = self.place = None
        self.team, self.school_side, self.basis, self.remarks = [], [], [], []
        self.side = None

    def take(self, narrative, text):
        """Whether `text` is a line of the record itself."""
        folded = fold(text)
        if (
            re.match(r"nhan xet(?: cua| chung|\s*:|$)", folded)
            and narrative.phase != "opening"
        ):
            narrative.phase = "remarks"
            self.report.form(text)
            return True
        if narrative.phase not in ("subject", "opening"):
            return False
        taken = (
            self._time_or_place(text, folded)
            or self._heading(folded, text)
            or self._person(text)
        )
        if not taken and folded.startswith("can cu"):
            self.basis.append(text)
            taken = True
        if taken:
            narrative.phase = "opening"
        return taken

    def _time_or_place(self, text, folded):
        if folded.startswith(("vao luc", "thoi gian", "hom nay")):
            self.starts_at = _moment(folded)
            self.report.form(text)
            return True
        found = re.match(r"^(?:tại|địa điểm)\s*:?\s*(.+)$", text, re.IGNORECASE)
        if found is None:
            return False
        place = found[1].strip(" .…_")
        named = place and fold(place) != "truong"
        self.place = place[:1].upper() + place[1:] if named else None
        self.report.form(text)
        return True

    def _heading(self, folded, text):
        bare = _NUMBERED.sub("", folded).rstrip(" :")
        if bare.startswith("thanh phan") or bare in ("to kiem tra", "doan kiem tra"):
            self.side = self.team
        elif bare in ("phia nha truong", "dai dien nha truong", "phia truong"):
            self.side = self.school_side
        else:
            return False
        self.report.form(text)
        return True

    def _person(self, text):
        found = _PERSON.match(text)
        if found is None or self.side is None:
            return False
        name, _, rest = found[1].rstrip(" ;.,").partition(",")
        rest = rest.strip()
        person = {"name": name.strip(), "position": _POSITION.sub("", rest)}
        if self.side is self.team:
            duty = _DUTY.match(rest)
            person["position"] = duty[1].strip(" ,") if duty else person["position"]
            person["duty"] = duty[2].strip().capitalize() if duty else _DEFAULT_DUTY
        self.side.append(person)
        self.report.form(text)
        return True

    def as_json(self, office):
        return {
            "office": office,
            "starts_at": self.starts_at,
            "place": self.place,
            "team": self.team,
            "school_side": self.school_side,
            "basis": "\n".join(self.basis),
            "remarks": "\n".join(self.remarks),
        }


def _moment(folded):
    found = _MOMENT.search(folded)
    if found is None:
        return None
    hour, minute, day, month, year = (int(part or 0) for part in found.groups())
    try:
        moment = datetime.datetime(year, month, day, hour, minute)  # noqa: DTZ001 - as written
    except ValueError:
        return None
    return moment.isoformat(timespec="minutes")
