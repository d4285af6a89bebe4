from django.urls import include, path

from reports.views import (
    checking,
    comments,
    documents,
    exports,
    incoming,
    inspection_papers,
    overview,
    overview_grid,
    package,
    papers,
    register,
    result_changes,
    result_deeds,
    result_papers,
    result_rows,
    results,
    roundtrip,
    signature_images,
    signing,
)

PLAN_URLS = [
    path("giay.css", papers.paper_stylesheet, name="paper-css"),
    path("<int:pk>/ban-in/", papers.plan_preview, name="plan-preview"),
    path("<int:pk>/ban-hanh/", papers.plan_issue, name="plan-issue"),
    path(
        "<int:pk>/tai-ve/<str:file_format>/", papers.plan_download, name="plan-download"
    ),
    path("<int:pk>/van-ban/", documents.plan_documents, name="plan-documents"),
    path(
        "van-ban/<int:pk>/<str:file_format>/",
        documents.document_download,
        name="document-download",
    ),
    path("<int:pk>/bao-cao/", results.plan_results, name="plan-results"),
    path("<int:pk>/gop-y/phu-luc/", comments.plan_comments_paper, name="plan-comments"),
    path(
        "<int:pk>/gop-y/phu-luc/<str:file_format>/",
        comments.plan_comments_download,
        name="plan-comments-download",
    ),
]

RESULT_URLS = [
    path("", results.ResultList.as_view(), name="results"),
    path("<int:pk>/", results.result_detail, name="result"),
    path("<int:pk>/con-thieu/", results.result_gaps, name="result-gaps"),
    path("<int:pk>/thay-doi/", result_changes.result_changes, name="result-changes"),
    path("<int:pk>/dau-cuoi/", results.result_header, name="result-header"),
    path("<int:pk>/nhan-xet/", results.result_remarks, name="result-remarks"),
    path("<int:pk>/cap-nhat/", results.result_update, name="result-update"),
    path("<int:pk>/dong/<int:row_pk>/", result_rows.result_row, name="result-row"),
    path(
        "<int:pk>/dong/<int:row_pk>/nguon/<slug:field>/",
        result_rows.result_source,
        name="result-source",
    ),
    path("<int:pk>/buoc/<slug:key>/", result_deeds.result_deed, name="result-deed"),
    path("<int:pk>/gop-y/", comments.result_comments, name="result-comments"),
    path(
        "<int:pk>/gop-y/them/", comments.result_comment_add, name="result-comment-add"
    ),
    path(
        "<int:pk>/gop-y/<int:comment_pk>/tra-loi/",
        comments.result_comment_reply,
        name="result-comment-reply",
    ),
    path(
        "<int:pk>/gop-y/<int:comment_pk>/xong/",
        comments.result_comment_resolve,
        name="result-comment-resolve",
    ),
    path(
        "<int:pk>/gop-y/<int:comment_pk>/mo-lai/",
        comments.result_comment_reopen,
        name="result-comment-reopen",
    ),
    path(
        "<int:pk>/gop-y/phu-luc/",
        comments.result_comments_paper,
        name="result-comments-paper",
    ),
    path(
        "<int:pk>/gop-y/phu-luc/<str:file_format>/",
        comments.result_comments_download,
        name="result-comments-download",
    ),
    path("<int:pk>/ban-in/", result_papers.result_preview, name="result-preview"),
    path("<int:pk>/ban-hanh/", result_papers.result_issue, name="result-issue"),
    path(
        "<int:pk>/tai-ve/<str:file_format>/",
        result_papers.result_download,
        name="result-download",
    ),
]

INSPECTION_URLS = [
    path(
        "<int:pk>/bien-ban/",
        inspection_papers.inspection_preview,
        name="inspection-preview",
    ),
    path(
        "<int:pk>/bien-ban/tai-ve/<str:file_format>/",
        inspection_papers.inspection_download,
        name="inspection-download",
    ),
    path(
        "<int:pk>/mau-trang/<str:file_format>/",
        inspection_papers.inspection_blank,
        name="inspection-blank",
    ),
    path(
        "<int:pk>/bien-ban/ban-hanh/",
        inspection_papers.inspection_issue,
        name="inspection-issue",
    ),
]

REGISTER_URLS = [
    path("", register.registers, name="registers"),
    path(
        "<slug:kind>/<int:pk>/<int:year>/",
        register.RegisterPage.as_view(),
        name="register",
    ),
    path("<slug:kind>/<int:pk>/ghi/", register.register_add, name="register-add"),
    path(
        "<slug:kind>/<int:pk>/<int:year>/<str:file_format>/",
        register.register_download,
        name="register-download",
    ),
    path("<int:pk>/thu-hoi/", register.register_withdraw, name="register-withdraw"),
]

OVERVIEW_URLS = [
    path("", overview.overview, name="overview"),
    path("tai-ve/", overview.overview_download, name="overview-download"),
    path("theo-tieu-chi/", overview_grid.overview_heat, name="overview-heat"),
    path(
        "theo-tieu-chi/tai-ve/",
        overview_grid.overview_heat_download,
        name="overview-heat-download",
    ),
    path(
        "theo-tieu-chi/<int:school_pk>/<int:criterion_pk>/",
        overview_grid.overview_criterion,
        name="overview-criterion",
    ),
    path(
        "theo-tieu-chuan/", overview_grid.overview_standards, name="overview-standards"
    ),
    path(
        "theo-tieu-chuan/tai-ve/",
        overview_grid.overview_standards_download,
        name="overview-standards-download",
    ),
    path("qua-cac-nam/", overview.overview_years, name="overview-years"),
    path(
        "qua-cac-nam/tai-ve/",
        overview.overview_years_download,
        name="overview-years-download",
    ),
]

SIGNING_URLS = [
    path("", signing.sign, name="signing"),
    path("tai-ve/<str:file_format>/", signing.signed_download, name="signed-download"),
    path(
        "tai-ve/<str:signed_by>/<str:file_format>/",
        signing.copy_download,
        name="signed-copy",
    ),
]

EXPORT_URLS = [
    path("", exports.exports, name="exports"),
    path("<int:pk>/", exports.export_page, name="export"),
    path("<int:pk>/tien-do/", exports.export_status, name="export-status"),
    path("<int:pk>/huy/", exports.export_cancel, name="export-cancel"),
    path("<int:pk>/tai-ve/", exports.export_download, name="export-download"),
]

INCOMING_URLS = [
    path("", incoming.incoming_start, name="incoming"),
    path("<int:pk>/", incoming.incoming_file, name="incoming-file"),
    path("<int:pk>/bo/", incoming.incoming_discard, name="incoming-discard"),
]


def workbook_urls(kind):
    """The pages of the workbook of a plan or of a result report."""
    own, key = {"kind": kind}, "<int:pk>/bang-excel/"
    return [
        path(key, roundtrip.workbook, own, name=f"{kind}-workbook"),
        path(
            f"{key}tai-ve/",
            roundtrip.workbook_download,
            own,
            name=f"{kind}-workbook-download",
        ),
        path(
            f"{key}nhan/", roundtrip.workbook_apply, own, name=f"{kind}-workbook-apply"
        ),
    ]


app_name = "reports"
urlpatterns = [
    path("tong-quan/", include(OVERVIEW_URLS)),
    path("xuat-du-lieu/", include(EXPORT_URLS)),
    path("ke-hoach/", include(PLAN_URLS + workbook_urls("plan"))),
    path("bao-cao/", include(RESULT_URLS + workbook_urls("result"))),
    path("kiem-tra/", include(INSPECTION_URLS)),
    path("so-van-ban/", include(REGISTER_URLS)),
    path(
        "goi-luu-tru/<int:pk>/<int:first_year>/",
        package.package,
        name="package",
    ),
    path(
        "goi-luu-tru/<int:pk>/<int:first_year>/tai-ve/",
        package.package_download,
        name="package-download",
    ),
    path("dua-tep-cu/", include(INCOMING_URLS)),
    path("van-ban/<int:pk>/ky/", include(SIGNING_URLS)),
    path("chu-ky/", signature_images.signature_image, name="signature-image"),
    path(
        "con-dau/<slug:kind>/<int:pk>/", signature_images.seal_image, name="seal-image"
    ),
    path("tra-cuu/", checking.check_start, name="check-start"),
    path("tra-cuu/<str:code>/", checking.check, name="check"),
    path("cong-khai/<int:pk>/", checking.PublicPage.as_view(), name="public-page"),
    path(
        "cong-khai/<int:pk>/<int:document_pk>/",
        checking.public_download,
        name="public-download",
    ),
    path(
        "van-ban/<int:pk>/cong-khai/",
        checking.document_publish,
        name="document-publish",
    ),
]
