"""Lists of an office: taken as files, read from files. For its leader."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from qualityplan.downloads import attachment
from schools import importing, list_files
from schools.people import require_reach
from schools.resources import RESOURCES

_SHOWN = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITERS = {
    "xlsx": (
        _XLSX,
        lambda name, data: list_files.write_xlsx(
            data, RESOURCES[name].label, importing.widths(name)
        ),
    ),
    "csv": ("text/csv; charset=utf-8", lambda name, data: list_files.write_csv(data)),
}


class ListForm(forms.Form):
    file = forms.FileField(
        label="Tệp danh sách",
        help_text="Excel (.xlsx) hoặc CSV dạng UTF-8, tối đa 5 MB và 5.000 dòng.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "Hãy chọn tệp.",
            "empty": "Tệp rỗng (0 byte). Hãy chọn tệp khác.",
        },
    )


def _reach(request):
    """The reach of the leader of an office; 403 for everybody else."""
    found = require_reach(request.user)
    if not found.is_leader:
        raise PermissionDenied
    return found


def _known(name):
    if name not in RESOURCES:
        raise Http404
    return RESOURCES[name]


def lists(request):
    """The three lists: take, fill in, give back."""
    _reach(request)
    return render(request, "schools/people/lists.html", {"lists": RESOURCES.items()})


def list_download(request, name, file_format):
    reach = _reach(request)
    resource = _known(name)
    data = importing.exported(name, reach=reach, by=request.user)
    return _file(name, data, f"{resource.label}.{file_format}", file_format)


def list_template(request, name, file_format):
    _reach(request)
    resource = _known(name)
    file_name = f"Mẫu - {resource.label}.{file_format}"
    return _file(name, importing.template(name), file_name, file_format)


def _file(name, data, file_name, file_format):
    if file_format not in _WRITERS:
        raise Http404
    content_type, write = _WRITERS[file_format]
    headers = {
        "Content-Disposition": attachment(file_name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(write(name, data), content_type=content_type, headers=headers)


def list_import(request, name):
    """A file, then what it would change, then the change."""
    reach = _reach(request)
    resource = _known(name)
    context = {"name": name, "resource": resource, "form": ListForm(), "shown": _SHOWN}
    status = 200
    if request.method == "POST" and "reference" in request.POST:
        done = _confirmed(request, name, reach, context)
        if done:
            return redirect("schools:lists")
        status = 422
    elif request.method == "POST":
        status = _looked_at(request, name, reach, context)
    return render(request, "schools/people/list_import.html", context, status=status)


def _looked_at(request, name, reach, context):
    form = context["form"] = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return 422
    upload = form.cleaned_data["file"]
    outcome, reference = importing.preview(name, upload, reach=reach, by=request.user)
    context |= {"outcome": outcome, "reference": reference, "file_name": upload.name}
    return 422 if outcome.troubles else 200


def _confirmed(request, name, reach, context):
    """Whether the rows are written; otherwise `context` holds why not."""
    try:
        outcome, reference = importing.confirm(
            name, request.POST["reference"], reach=reach, by=request.user
        )
    except importing.ImportRefusedError as error:
        messages.error(request, str(error))
        return False
    if outcome.troubles or reference is not None:
        messages.warning(request, importing.CHANGED)
        context |= {"outcome": outcome, "reference": reference}
        return False
    messages.success(
        request, f"Đã nhập danh sách “{context['resource'].label}”: {outcome.words}."
    )
    return True
