"""A JSON document as fields that know their path, so that every fault names its place
in one line."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from qualityplan.strict_json import SourceError, read_json, shown
from qualityplan.text import control_characters

MAX_BYTES = 5 * 1024 * 1024


class CatalogueError(Exception):
    """A fault in a catalogue file, as one Vietnamese line."""


@dataclass(frozen=True)
class Field:
    value: Any
    file: str
    path: str = ""

    def fault(self, message):
        place = f"{self.file}: {self.path}" if self.path else self.file
        return CatalogueError(f"{place}: {message}")

    def __getitem__(self, key):
        member = Field(
            self.mapping().get(key), self.file, f"{self.path}.{key}".lstrip(".")
        )
        if key not in self.value:
            raise member.fault("thiếu mục này.")
        return member

    def __contains__(self, key):
        return key in self.mapping()

    def mapping(self):
        if not isinstance(self.value, dict):
            raise self.fault(
                f"phải là một đối tượng JSON, không phải {shown(self.value)}."
            )
        return self.value

    def only(self, *keys):
        """Refuse members besides `keys`: a misspelt name would go unnoticed."""
        for key in self.mapping():
            if key not in keys:
                raise self.fault(f"mục {shown(key)} không có trong lược đồ.")

    def items(self, *, allow_empty=False):
        if not isinstance(self.value, list):
            raise self.fault(f"phải là một danh sách, không phải {shown(self.value)}.")
        if not self.value and not allow_empty:
            raise self.fault("danh sách không được để trống.")
        return [
            Field(value, self.file, f"{self.path}[{n}]")
            for n, value in enumerate(self.value)
        ]

    def text(self, column=None):
        """The text of this field, which must fit the model's `column`."""
        text = self.value
        if not isinstance(text, str):
            raise self.fault(f"phải là một chuỗi, không phải {shown(text)}.")
        if found := control_characters(text):
            raise self.fault(f"có ký tự không được phép: {found[0]}.")
        if not unicodedata.is_normalized("NFC", text):
            raise self.fault("chữ có dấu phải ở dạng Unicode dựng sẵn (NFC).")
        if not text:
            raise self.fault("không được để trống.")
        if text != " ".join(text.split()):
            raise self.fault("thừa khoảng trắng hoặc có xuống dòng.")
        most = column.field.max_length if column else None
        if most and len(text) > most:
            raise self.fault(f"dài {len(text)} ký tự, tối đa {most}.")
        return text

    def text_or_blank(self, column):
        return "" if self.value is None else self.text(column)

    def texts(self):
        return [item.text() for item in self.items(allow_empty=True)]

    def integer(self, low, high):
        if type(self.value) is not int or not low <= self.value <= high:
            raise self.fault(
                f"phải là số nguyên từ {low} đến {high}, không phải {shown(self.value)}."
            )
        return self.value

    def boolean(self):
        if not isinstance(self.value, bool):
            raise self.fault(
                f"phải là true hoặc false, không phải {shown(self.value)}."
            )
        return self.value

    def date(self):
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.value, re.ASCII):
                raise ValueError
            return datetime.date.fromisoformat(self.value)
        except (TypeError, ValueError):
            raise self.fault(
                f"phải là ngày dạng YYYY-MM-DD, không phải {shown(self.value)}."
            ) from None

    def choice(self, values, what):
        if self.value not in values:
            raise self.fault(
                f"{what} không rõ: {shown(self.value)}; chọn một trong: "
                f"{', '.join(values)}."
            )
        return self.value

    def distinct(self, key, seen, what):
        """`key`, which must not be in `seen` yet; it is noted there."""
        if key in seen:
            raise self.fault(f"{what} bị trùng với {seen[key]}.")
        seen[key] = self.path
        return key


def read(path):
    """The root field of the JSON file at `path`."""
    name = repr(str(path))[1:-1]  # on one line, whatever the file is called
    try:
        return Field(read_json(path, max_bytes=MAX_BYTES), name)
    except SourceError as error:
        raise CatalogueError(f"{name}: {error}") from None
