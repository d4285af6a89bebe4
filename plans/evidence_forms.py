"""Input of evidence: files, a link or a shelf."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from plans.forms import PlainForm
from plans.models import Evidence
from plans.presenting import row_name
from qualityplan.fields import PlainTextField
from qualityplan.uploads import ALLOWED_NAMES, BY_EXTENSION, check_upload

MOST_FILES = 10


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class UploadsField(forms.FileField):
    """Up to ten files, each looked into; every message names its file."""

    def __init__(self, **kwargs):
        accept = ",".join(f".{extension}" for extension in BY_EXTENSION)
        super().__init__(
            widget=SeveralFilesInput(attrs={"multiple": True}),
            required=False,
            help_text=f"Nhận {ALLOWED_NAMES}; mỗi tệp tối đa "
            f"{settings.EVIDENCE_MAX_MB} MB, mỗi lần tối đa {MOST_FILES} tệp. Mỗi tệp "
            "được cấp một mã.",
            **kwargs,
        )
        self.widget.attrs["accept"] = accept

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if len(uploads) > MOST_FILES:
            raise ValidationError(
                f"Đã chọn {len(uploads)} tệp; mỗi lần tối đa {MOST_FILES} tệp."
            )
        errors = []
        for upload in uploads:
            try:
                check_upload(upload)
            except ValidationError as error:
                errors.append(f"“{upload.name[:80]}”: {error.message}")
        if errors:
            raise ValidationError(errors)
        return uploads


def _described():
    """The fields that tell about a piece, old or new."""
    return {
        "link": forms.URLField(
            label="Đường dẫn điện tử",
            required=False,
            max_length=500,
            assume_scheme="https",
            help_text="Khi minh chứng để ở kho dữ liệu của trường; người xem cần được "
            "cấp quyền mở.",
            error_messages={"invalid": "Đường dẫn chưa đúng, ví dụ: https://…"},
        ),
        "location": PlainTextField(
            label="Nơi lưu bản giấy",
            required=False,
            max_length=300,
            help_text="Ví dụ: tủ hồ sơ số 2, văn phòng.",
        ),
        "note": PlainTextField(label="Ghi chú", required=False, max_length=300),
    }


class _DescribedForm(PlainForm):
    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError("Đường dẫn phải bắt đầu bằng https:// hoặc http://.")
        return link


class NewEvidenceForm(_DescribedForm):
    """One piece, or several by their files. `criteria` maps the circular's criteria by
    code, in order."""

    def __init__(self, data=None, files=None, *, criteria, initial=None):
        self.by_pk = {str(c.pk): c for c in criteria.values()}
        super().__init__(data, files, initial=initial)
        self.fields["criterion"] = forms.ChoiceField(
            label="Tiêu chí cho mã",
            choices=_criterion_choices(self.by_pk),
            error_messages={"required": "Hãy chọn tiêu chí."},
            help_text="Mã lấy theo tiêu chí này; minh chứng dùng cho tiêu chí khác vẫn "
            "giữ nguyên mã.",
        )
        self.fields["files"] = UploadsField(label="Tệp")
        self.fields["name"] = PlainTextField(
            label="Tên minh chứng",
            required=False,
            max_length=300,
            help_text="Để trống thì lấy theo tên tệp. Khi chọn nhiều tệp, mỗi tệp lấy "
            "tên của mình.",
        )
        self.fields |= _described()

    def clean(self):
        cleaned = super().clean()
        if "files" not in cleaned:  # its own message tells
            return cleaned
        if not cleaned["files"] and not cleaned.get("name", "").strip():
            self.add_error("name", "Hãy ghi tên minh chứng.")
        return cleaned

    @property
    def criterion(self):
        return self.by_pk[self.cleaned_data["criterion"]]

    def told(self):
        """What `plans.evidencing.Piece` takes, one for each piece."""
        entered = self.cleaned_data
        same = {name: entered[name] for name in ("link", "location", "note")}
        uploads = entered["files"]
        if len(uploads) < 2:
            upload = uploads[0] if uploads else None
            name = entered["name"] or _stem(upload)
            return [{"name": name, "file": upload, **same}]
        return [{"name": _stem(upload), "file": upload, **same} for upload in uploads]


def _stem(upload):
    return upload.name.rpartition(".")[0].replace("_", " ").strip()


def _criterion_choices(by_pk):
    groups = {}
    for pk, criterion in by_pk.items():
        groups.setdefault(str(criterion.standard), []).append((pk, str(criterion)))
    return [("", "—"), *groups.items()]


class EvidenceForm(_DescribedForm):
    """What is told about a piece and what it is used for: `rows` of a plan that is
    carried out, `reviews` of an open self-assessment. Uses elsewhere stay as they are."""

    def __init__(self, data=None, *, evidence, rows=(), reviews=()):
        names = ("name", "link", "location", "note")
        initial = {name: getattr(evidence, name) for name in names}
        self.offered = {"rows": _by_pk(rows), "reviews": _by_pk(reviews)}
        self.attached = {
            name: set(_by_pk(getattr(evidence, name).all())) & set(offered)
            for name, offered in self.offered.items()
        }
        # Lists: crispy draws no tick for the members of a set.
        uses = {name: sorted(pks) for name, pks in self.attached.items()}
        super().__init__(data, initial=initial | uses)
        self.fields["name"] = PlainTextField(
            label="Tên minh chứng",
            max_length=300,
            error_messages={"required": "Hãy ghi tên minh chứng."},
        )
        self.fields |= _described()
        self._offer("rows", "Dùng cho các nội dung của kế hoạch", row_name)
        self._offer("reviews", "Dùng cho tự đánh giá các tiêu chí", review_name)

    def _offer(self, name, label, named):
        offered = self.offered[name]
        if offered:
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=[(pk, named(use)) for pk, use in offered.items()],
                widget=forms.CheckboxSelectMultiple,
            )

    def uses(self):
        """The uses to attach to and those to leave, as `update_evidence` takes them."""
        attach, detach = {}, {}
        for name, offered in self.offered.items():
            chosen = set(self.cleaned_data.get(name, ()))
            before = self.attached[name]
            attach[name] = [offered[pk] for pk in sorted(chosen - before)]
            detach[name] = [offered[pk] for pk in sorted(before - chosen)]
        return {"attach": attach, "detach": detach}


def _by_pk(uses):
    return {str(use.pk): use for use in uses}


def review_name(review):
    """A criterion in a list; with the level of schooling where there are several."""
    level = review.get_level_of_schooling_display()
    return f"{review.criterion} ({level.lower()})" if level else str(review.criterion)


class AttachForm(PlainForm):
    """A piece that is in the list already, for one row."""

    def __init__(self, data=None, *, evidence):
        super().__init__(data)
        self.fields["evidence"] = forms.ModelChoiceField(
            evidence,
            error_messages={
                "required": "Hãy chọn một minh chứng.",
                "invalid_choice": "Minh chứng này không thuộc danh mục của năm học.",
            },
        )


def attachable(plan, row):
    """The evidence of the plan's school and year that `row` does not use yet."""
    found = Evidence.objects.filter(school=plan.school, school_year=plan.school_year)
    return found.exclude(rows=row).order_by("criterion__standard__number", "pk")
