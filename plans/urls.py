from django.urls import path, register_converter

from plans.tables import BY_SLUG
from plans.views import deeds, lines, plans


class TableSlug:
    """The tables of a plan, so that their URLs cannot be taken for other pages."""

    regex = "|".join(BY_SLUG)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(TableSlug, "table")

app_name = "plans"
urlpatterns = [
    path("", plans.PlanList.as_view(), name="list"),
    path("lap/", plans.plan_create, name="create"),
    path("<int:pk>/", plans.plan_detail, name="detail"),
    path("<int:pk>/con-thieu/", plans.plan_gaps, name="gaps"),
    path("<int:pk>/lich-su/", plans.plan_history, name="history"),
    path("<int:pk>/dau-cuoi/", plans.plan_header, name="header"),
    path("<int:pk>/muc/<int:section_pk>/", plans.plan_section, name="section"),
    path("<int:pk>/buoc/<slug:key>/", deeds.plan_deed, name="deed"),
    path("<int:pk>/yeu-cau/", lines.requirements, name="requirements"),
    path("<int:pk>/<table:slug>/them/", lines.line_add, name="line-add"),
    path("<int:pk>/<table:slug>/<int:line_pk>/", lines.line_edit, name="line-edit"),
    path(
        "<int:pk>/<table:slug>/<int:line_pk>/nhan-ban/",
        lines.line_duplicate,
        name="line-duplicate",
    ),
    path(
        "<int:pk>/<table:slug>/<int:line_pk>/chuyen/",
        lines.line_move,
        name="line-move",
    ),
    path(
        "<int:pk>/<table:slug>/<int:line_pk>/xoa/",
        lines.line_delete,
        name="line-delete",
    ),
]
