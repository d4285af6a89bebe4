"""How the JSON endpoints of the editor listen and answer. A refusal is a status and a
sentence that can be shown as it is; never a redirect, which a script would follow."""

import json
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from plans.cell_lines import LineRefusedError
from plans.cell_undo import LineRecordedError, UndoError
from plans.cells import CellsChangedError, CellsRefusedError, LinesGoneError
from plans.editing import PlanLockedError
from plans.grid_rows import token
from plans.models import ImprovementPlan

_SIGNED_OUT = (
    "Bạn đã được đăng xuất nên chưa lưu được. Phần vừa gõ vẫn còn trên máy này; hãy đăng "
    "nhập lại."
)
_SOMEBODY_ELSE = (
    "Trình duyệt này đang đăng nhập bằng tài khoản khác nên chưa lưu. Hãy đăng nhập lại "
    "bằng tài khoản đã gõ phần chữ này."
)


class BadRequestError(Exception):
    """The body is not of the shape agreed upon."""


class SomebodyElseError(Exception):
    """The page was opened by another person than is signed in now."""


def answers(method):
    """The view answers `method` alone, to people who are signed in, in JSON."""

    def decorate(view):
        @login_not_required  # a redirect to the sign-in page would be followed
        @require_http_methods([method])
        @wraps(view)
        def answered(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return told(401, _SIGNED_OUT)
            try:
                return view(request, *args, **kwargs)
            except tuple(_REFUSALS) as error:
                refusal = next(
                    r for kind, r in _REFUSALS.items() if isinstance(error, kind)
                )
                return refusal(error)

        return answered

    return decorate


def told(status, message, **more):
    return JsonResponse({"message": str(message), **more}, status=status)


def posted(request, **shape):
    """The members of the JSON object in the body that `shape` names, each of its type; a
    type in a tuple with None may be missing."""
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadRequestError from None
    members(data)
    if data.get("user", request.user.pk) != request.user.pk:
        raise SomebodyElseError
    return members(data, **shape)


def members(data, **shape):
    """The values of `data`, an object, in the order of `shape`."""
    if not isinstance(data, dict):
        raise BadRequestError
    values = [data.get(name) for name in shape]
    for value, kind in zip(values, shape.values(), strict=True):
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if type(value) not in kinds or (type(value) is int and abs(value) >= 2**63):
            raise BadRequestError
    return values


def _changed(error):
    conflicts = [
        {
            **conflict.edit.place,
            "theirs": conflict.theirs,
            "seen": token(conflict.theirs),
            "who": str(conflict.change.actor or "") if conflict.change else "",
            "at": clock(conflict.change.at) if conflict.change else "",
        }
        for conflict in error.conflicts
    ]
    return told(409, error, conflicts=conflicts)


def clock(at):
    """ "14:05"; of another day with the date."""
    at = timezone.localtime(at)
    is_today = at.date() == timezone.localdate()
    return f"{at:%H:%M}" if is_today else f"{at:%H:%M %d/%m/%Y}"


def _wrong(error):
    errors = [{**edit.place, "message": message} for edit, message in error.errors]
    return told(422, error, errors=errors)


def _gone(error):
    gone = [{"table": table, "line": line} for table, line in error.gone]
    return told(410, error, gone=gone)


def _not_found(error):
    return told(404, "Không tìm thấy kế hoạch hoặc dòng này.")


_REFUSALS = {
    BadRequestError: lambda error: told(
        400, "Yêu cầu không đúng dạng; hãy tải lại trang."
    ),
    SomebodyElseError: lambda error: told(401, _SOMEBODY_ELSE),
    PermissionDenied: lambda error: told(
        403, "Vai trò của bạn không được làm việc này; chưa có gì thay đổi."
    ),
    Http404: _not_found,
    ImprovementPlan.DoesNotExist: _not_found,
    CellsChangedError: _changed,
    LinesGoneError: _gone,
    RequestDataTooBig: lambda error: told(
        413, "Phần gửi đi quá lớn; hãy dán làm nhiều lần."
    ),
    CellsRefusedError: _wrong,
    LineRefusedError: lambda error: told(422, error),
    LineRecordedError: lambda error: told(422, error, url=error.url),
    UndoError: lambda error: told(422, error),
    PlanLockedError: lambda error: told(423, error),
}
