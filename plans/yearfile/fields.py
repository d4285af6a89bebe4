"""Typed access to the values of a year file. Each value knows its JSON path, so that
every fault names its place; reading goes on after a fault, so that one run names all."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from qualityplan.strict_json import shown
from qualityplan.text import MAX_TEXT, control_characters

_MISSING = object()
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@dataclass
class Report:
    """What reading one file brought to light."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    composed: int = 0  # texts that were not in NFC

    def fault(self, path, message):
        self.faults.append(f"{path}: {message}" if path else message)


@dataclass(frozen=True)
class Value:
    """One value of the file. Every question is answered with something usable; what is
    wrong goes into the report."""

    value: Any
    path: str
    report: Report

    @property
    def is_blank(self):
        return self.value is _MISSING or self.value is None

    def fault(self, message):
        self.report.fault(self.path, message)

    def wrong(self, wanted):
        self.fault(f"phải là {wanted}, không phải {shown(self.value)}.")

    def required(self):
        if self.value is _MISSING:
            self.fault("thiếu mục này.")
        return self

    def members(self):
        """This value as an object."""
        if self.value is not _MISSING and not isinstance(self.value, dict):
            self.wrong("một đối tượng JSON")
        return Members(self)

    def items(self):
        """The values of this list; a missing one is empty."""
        if self.value is _MISSING:
            return []
        if not isinstance(self.value, list):
            self.wrong("một danh sách")
            return []
        return [
            Value(value, f"{self.path}[{index}]", self.report)
            for index, value in enumerate(self.value)
        ]

    def text(self, limit=None, *, nullable=False):
        """The text in NFC with LF line ends; empty where missing (or null)."""
        if self.value is _MISSING or (nullable and self.value is None):
            return ""
        if not isinstance(self.value, str):
            self.wrong("một chuỗi")
            return ""
        text = self.value.replace("\r\n", "\n").replace("\r", "\n")
        if found := control_characters(text):
            more = f" và {len(found) - 1} ký tự khác" if len(found) > 1 else ""
            self.fault(f"có ký tự điều khiển {found[0]}{more}; hãy xóa rồi nạp lại.")
            return ""
        return self._within(self._composed(text), limit or MAX_TEXT)

    def line(self, limit=None, *, nullable=False):
        """A text without line breaks."""
        text = self.text(limit, nullable=nullable)
        if "\n" in text:
            self.fault("có xuống dòng; phải là một dòng.")
        return text

    def lines(self):
        """A list of one-line texts as one text, a line each."""
        items = self.items()
        text = "\n".join(item._list_line() for item in items)
        return self._within(text, MAX_TEXT)

    def _list_line(self):
        text = self.text()
        if "\n" in text:
            self.fault("có xuống dòng; hãy tách thành nhiều mục của danh sách.")
        return text

    def _composed(self, text):
        composed = unicodedata.normalize("NFC", text)
        if composed != text:
            self.report.composed += 1
        return composed

    def _within(self, text, limit):
        if len(text) > limit:
            self.fault(f"dài {len(text)} ký tự, tối đa {limit}.")
            return ""
        return text

    def integer(self, low, high):
        """The whole number, or None where it is missing or null."""
        if self.is_blank:
            return None
        if type(self.value) is not int:
            self.wrong("số nguyên")
        elif not low <= self.value <= high:
            self.fault(f"phải từ {low} đến {high}, không phải {shown(self.value)}.")
        else:
            return self.value
        return None

    def day(self):
        """The date, or None where it is missing or null."""
        if self.is_blank:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", self.value, re.ASCII):
                raise ValueError
            return date.fromisoformat(self.value)
        except (TypeError, ValueError):
            self.wrong("ngày có thật dạng NĂM-THÁNG-NGÀY (2026-09-15)")
            return None

    def moment(self, *, to_the_minute=False):
        """The aware time, or None where it is missing or null. One without an offset is
        that of the clock on the wall here."""
        if self.is_blank:
            return None
        try:
            found = datetime.fromisoformat(self.value)
            if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
                raise ValueError
        except (TypeError, ValueError):
            self.wrong(
                "ngày giờ có thật dạng NĂM-THÁNG-NGÀYTGIỜ:PHÚT (2026-09-15T08:30)"
            )
            return None
        if timezone.is_naive(found):
            found = timezone.make_aware(found)
        return found.replace(second=0, microsecond=0) if to_the_minute else found

    def flag(self, *, default=False):
        """True or false; `default` where it is missing."""
        if self.value is _MISSING:
            return default
        if not isinstance(self.value, bool):
            self.wrong("true hoặc false")
            return default
        return self.value

    def choice(self, values, default=""):
        """One of `values`; `default` for a missing one."""
        if self.value is _MISSING and default:
            return default
        if not isinstance(self.value, str) or self.value not in values:
            known = ", ".join(values)
            if self.value is _MISSING:
                self.required()
            else:
                self.fault(f"không rõ {shown(self.value)}; phải là một trong: {known}.")
            return default
        return self.value


class Members:
    """The members of an object. `close` refuses whatever was not asked for: what
    somebody typed must not be dropped in silence."""

    def __init__(self, node):
        self.node = node
        self.value = node.value if isinstance(node.value, dict) else {}
        self.asked = set()

    def __getitem__(self, key):
        self.asked.add(key)
        path = f"{self.node.path}.{key}" if self.node.path else key
        return Value(self.value.get(key, _MISSING), path, self.node.report)

    def __contains__(self, key):
        return key in self.value

    def allow(self, *keys):
        """Keys that are known but not read."""
        self.asked.update(keys)

    def close(self):
        for key in self.value:
            if key not in self.asked:
                self.node.fault(f"khóa {shown(key)} không có trong lược đồ.")


def limit_of(model, name):
    """How long a text the field `name` of `model` takes; None for no limit."""
    return model._meta.get_field(name).max_length


def read_matching(node, pattern, example):
    """The line, where it fits `pattern`; empty where it is missing."""
    text = node.line(nullable=True)
    if text and not pattern.fullmatch(text):
        node.wrong(f"dạng {example}")
        return ""
    return text
