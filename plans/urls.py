from django.urls import include, path, register_converter

from plans.tables import BY_SLUG
from plans.views import (
    adjusting,
    assessments,
    carrying,
    cell_lines,
    cells,
    comments,
    deeds,
    evidence,
    grid,
    lines,
    office_review,
    plans,
    presence,
    progress,
    reviews,
    yearly,
)


class TableSlug:
    """The tables of a plan, so that their URLs cannot be taken for other pages."""

    regex = "|".join(BY_SLUG)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(TableSlug, "table")

ASSESSMENT_URLS = [
    path("", assessments.AssessmentList.as_view(), name="assessments"),
    path("bat-dau/", assessments.assessment_begin, name="assessment-begin"),
    path("<int:pk>/", assessments.assessment_detail, name="assessment"),
    path("<int:pk>/muc-4/", assessments.level_four, name="level-four"),
    path(
        "<int:pk>/phan-cong/", assessments.assessment_assign, name="assessment-assign"
    ),
    path(
        "<int:pk>/hoan-thanh/", assessments.assessment_finish, name="assessment-finish"
    ),
    path("<int:pk>/mo-lai/", assessments.assessment_reopen, name="assessment-reopen"),
    path("<int:pk>/han-che/", reviews.limitations, name="limitations"),
    path("<int:pk>/tieu-chi/<int:review_pk>/", reviews.review_edit, name="review"),
    path(
        "<int:pk>/tieu-chi/<int:review_pk>/dua-vao-ke-hoach/",
        reviews.review_take,
        name="review-take",
    ),
]

# What the editing grid calls; answers are JSON.
CELL_URLS = [
    path("o/", cells.cells, name="cells"),
    path("o/them/", cell_lines.cells_add, name="cells-add"),
    path("o/nhan-ban/", cell_lines.cells_duplicate, name="cells-duplicate"),
    path("o/chuyen/", cell_lines.cells_move, name="cells-move"),
    path("o/xoa/", cell_lines.cells_delete, name="cells-delete"),
    path("o/hoan-tac/", cell_lines.cells_undelete, name="cells-undelete"),
    path("o/gop/", cell_lines.cells_merge, name="cells-merge"),
    path("o/lich-su/", cells.cell_history, name="cell-history"),
    path("o/khoi-phuc/", cells.cell_restore, name="cell-restore"),
    path("con-thieu/o/", cells.cells_gaps, name="cells-gaps"),
    path("tro-giup/", cells.cell_help, name="cell-help"),
    path("dang-mo/", presence.presence, name="presence"),
]

app_name = "plans"
urlpatterns = [
    path("", plans.PlanList.as_view(), name="list"),
    path("lap/", plans.plan_create, name="create"),
    path("tu-danh-gia/", include(ASSESSMENT_URLS)),
    path("<int:pk>/", plans.plan_detail, name="detail"),
    path("<int:pk>/luoi/", grid.plan_grid, name="grid"),
    path("<int:pk>/", include(CELL_URLS)),
    path("<int:pk>/con-thieu/", plans.plan_gaps, name="gaps"),
    path("<int:pk>/lich-su/", plans.plan_history, name="history"),
    path("<int:pk>/dieu-chinh/", adjusting.plan_difference, name="difference"),
    path("<int:pk>/chuyen-tiep/", carrying.carry_over, name="carry-over"),
    path("<int:pk>/nam-hoc/", yearly.plan_year, name="year"),
    path(
        "truong/<int:school_pk>/ba-nam/",
        yearly.school_three_years,
        name="three-years",
    ),
    path("<int:pk>/dau-cuoi/", plans.plan_header, name="header"),
    path("<int:pk>/muc/<int:section_pk>/", plans.plan_section, name="section"),
    path("duyet/", office_review.office_approve, name="office-approve"),
    path("<int:pk>/xem-xet/", office_review.office_review, name="office-review"),
    path("<int:pk>/gop-y/", comments.plan_comments, name="comments"),
    path("<int:pk>/gop-y/them/", comments.plan_comment_add, name="comment-add"),
    path(
        "<int:pk>/gop-y/<int:comment_pk>/tra-loi/",
        comments.plan_comment_reply,
        name="comment-reply",
    ),
    path(
        "<int:pk>/gop-y/<int:comment_pk>/xong/",
        comments.plan_comment_resolve,
        name="comment-resolve",
    ),
    path(
        "<int:pk>/gop-y/<int:comment_pk>/mo-lai/",
        comments.plan_comment_reopen,
        name="comment-reopen",
    ),
    path("<int:pk>/buoc/<slug:key>/", deeds.plan_deed, name="deed"),
    path("<int:pk>/yeu-cau/", lines.requirements, name="requirements"),
    path("<int:pk>/thuc-hien/", progress.plan_progress, name="progress"),
    path(
        "<int:pk>/thuc-hien/<int:row_pk>/", progress.progress_row, name="progress-row"
    ),
    path(
        "<int:pk>/thuc-hien/<int:row_pk>/minh-chung/",
        progress.row_evidence,
        name="progress-evidence",
    ),
    path(
        "<int:pk>/thuc-hien/theo-doi/them/",
        progress.monitoring_add,
        name="monitoring-add",
    ),
    path(
        "<int:pk>/thuc-hien/theo-doi/<int:line_pk>/",
        progress.monitoring_edit,
        name="monitoring-edit",
    ),
    path("minh-chung/<int:pk>/", evidence.evidence, name="evidence"),
    path("minh-chung/<int:pk>/tep/", evidence.evidence_file, name="evidence-file"),
    path(
        "minh-chung/<int:school_pk>/<int:first_year>/",
        evidence.EvidenceList.as_view(),
        name="evidence-list",
    ),
    path(
        "minh-chung/<int:school_pk>/<int:first_year>/them/",
        evidence.evidence_add,
        name="evidence-add",
    ),
    path(
        "<int:pk>/<table:slug>/<int:line_pk>/lich-su/",
        progress.line_history,
        name="line-history",
    ),
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
