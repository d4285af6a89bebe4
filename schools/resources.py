"""The lists of an office for django-import-export: schools here, people and roles in
`resource_people`. Whatever a row says about somebody else's school is an error of that
row."""

from django.utils import timezone

from qualityplan.text import fold, spelling_key
from schools.enums import SchoolType
from schools.list_resource import ListResource, looked_up
from schools.models import School, Supervision
from schools.resource_fields import (
    EMPTY,
    ChoiceWidget,
    LevelsWidget,
    ListField,
    Names,
    TextWidget,
)
from schools.resource_people import MembershipResource, PersonResource

NAME = "Tên trường"


class SchoolResource(ListResource):
    label, file_name = "Các trường", "Danh sach truong"
    hint = (
        "Trường được nhận ra theo tên. Trường mới trực thuộc cơ quan ghi ở cột cuối kể từ "
        "hôm nay. Nhiều cấp học thì cách nhau bằng dấu chấm phẩy."
    )

    name = ListField(
        "name",
        NAME,
        TextWidget(200),
        example="Trường Tiểu học Hoa Sen",
        width=40,
    )
    education_levels = ListField(
        "education_levels",
        "Cấp học",
        LevelsWidget(),
        is_required=True,
        example="Tiểu học; Trung học cơ sở",
    )
    school_type = ListField(
        "school_type", "Loại hình", ChoiceWidget(SchoolType.choices), example="Công lập"
    )
    address = ListField(
        "address", "Địa chỉ", TextWidget(300), example="12 Đường Hoa Sen"
    )
    place = ListField("place", "Địa danh", TextWidget(100), example="Phường An Phước")
    symbol = ListField("symbol", "Ký hiệu", TextWidget(15), example="HS", width=12)
    office = ListField("office", "Cơ quan quản lý", TextWidget(200), width=40)

    class Meta:
        model = School
        fields = (
            "name",
            "education_levels",
            "school_type",
            "address",
            "place",
            "symbol",
            "office",
        )
        import_id_fields = ("name",)
        skip_unchanged = report_skipped = store_instance = True
        skip_diff = clean_model_instances = True

    columns_written = ("school_type", "address", "place", "symbol")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.offices = list(self.reach.offices())
        today = timezone.localdate()
        mine = self.reach.schools.prefetch_related(
            "education_levels", "supervisions__authority"
        )
        for school in mine:
            supervision = school.supervision_on(today)
            school.office = str(supervision.authority) if supervision else ""
            self.stored[(school,)] = school
        self.mine = Names((school.name, school) for school in self.stored.values())
        others = School.objects.exclude(pk__in=[s.pk for s in self.stored.values()])
        self.others = Names(others.values_list("name", "pk"))

    def exported(self):
        return sorted(self.stored.values(), key=lambda school: school.search_name)

    def row_key(self, row):
        name = row[NAME]
        return (looked_up(self.mine, name, "name") or spelling_key(name),)

    def more_errors(self, instance, new, row):
        """A school is under one's own office; a list does not move it to another."""
        named = row["Cơ quan quản lý"]
        if new and looked_up(self.others, row[NAME], "name"):
            return {
                "name": "Trường này không thuộc cơ quan của bạn nên không sửa được. Nếu "
                "trường vừa được chuyển về, hãy báo người quản trị hệ thống."
            }
        if not new:
            if fold(named) != fold(instance.office):
                return {
                    "office": "Chuyển trường sang cơ quan khác do người quản trị hệ "
                    "thống làm. Hãy để trống ô này."
                }
            row["Cơ quan quản lý"] = instance.office
            row[NAME] = instance.name  # found by another spelling, it keeps its own
            return {}
        office = self._office(named)
        if office is None:
            names = ", ".join(f"“{office}”" for office in self.offices)
            told = f"Không có cơ quan “{named}”." if named else EMPTY
            return {"office": f"{told} Hãy ghi một trong: {names}."}
        instance.first_office = office
        row["Cơ quan quản lý"] = str(office)
        return {}

    def _office(self, named):
        if not named:
            return self.offices[0] if len(self.offices) == 1 else None
        wanted = fold(named)
        both = (
            (office, {fold(office.name), fold(str(office))}) for office in self.offices
        )
        return next((office for office, names in both if wanted in names), None)

    def write(self):
        super().write()
        today = timezone.localdate()
        Supervision.objects.bulk_create(
            Supervision(school=school, authority=school.first_office, starts_on=today)
            for school in self.created
        )
        self._write_levels()

    def _write_levels(self):
        name, links = "education_levels", School.education_levels.through
        told = {
            school: school.texts_after[name]
            for school in (*self.created, *self.updated)
            if school.texts_after[name] != school.texts_before.get(name)
        }
        links.objects.filter(school__in=[school.pk for school in told]).delete()
        widget = self.fields[name].widget
        links.objects.bulk_create(
            links(school=school, educationlevel=level)
            for school, text in told.items()
            for level in widget.clean(text)
        )


RESOURCES = {
    "truong": SchoolResource,
    "nguoi-dung": PersonResource,
    "vai-tro": MembershipResource,
}
