"""Reading a JSON file strictly: what two readers could take differently is refused."""

import json


class SourceError(Exception):
    """The file is no JSON text at all; the message says why."""


def read_json(path, *, max_bytes):
    """The JSON value in the file at `path`. Raises SourceError for a file that cannot be
    read, is too large, is not UTF-8, not JSON, or repeats a key."""
    try:
        return json.loads(
            _text(path, max_bytes),
            object_pairs_hook=_without_repeats,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise SourceError(
            f"JSON hỏng ở dòng {error.lineno}, cột {error.colno}; tệp có thể bị cắt cụt "
            "hoặc thiếu dấu phẩy, dấu ngoặc."
        ) from None
    except (RecursionError, ValueError):
        # ValueError: an integer of more than 4,300 digits.
        raise SourceError("JSON có số quá dài hoặc lồng nhau quá sâu.") from None


def _text(path, max_bytes):
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise SourceError(f"không đọc được tệp ({error.strerror}).") from None
    if len(content) > max_bytes:
        raise SourceError(
            f"tệp lớn hơn {max_bytes // 1024**2} MB; hãy chia thành nhiều tệp."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"tệp không phải UTF-8 (byte thứ {error.start + 1}); hãy lưu lại bằng UTF-8."
        ) from None


def _without_repeats(pairs):
    """An object's members; of a key typed twice one value would be lost."""
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise SourceError(f"khóa {shown(twice)} bị lặp trong cùng một đối tượng JSON.")
    return members


def _refuse_constant(name):
    raise SourceError(f"giá trị {name} không phải JSON hợp lệ.")


def shown(value):
    """`value` for a message: short and on one line."""
    if isinstance(value, list | dict):
        return "một danh sách" if isinstance(value, list) else "một đối tượng"
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= 60 else f"{text[:57]}…"


def printable(text):
    """`text` without anything that a terminal would refuse or obey."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
