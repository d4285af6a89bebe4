from django.urls import include, path

from reports.views import documents, papers, result_papers, result_rows, results

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
]

RESULT_URLS = [
    path("", results.ResultList.as_view(), name="results"),
    path("<int:pk>/", results.result_detail, name="result"),
    path("<int:pk>/con-thieu/", results.result_gaps, name="result-gaps"),
    path("<int:pk>/dau-cuoi/", results.result_header, name="result-header"),
    path("<int:pk>/nhan-xet/", results.result_remarks, name="result-remarks"),
    path("<int:pk>/cap-nhat/", results.result_update, name="result-update"),
    path("<int:pk>/dong/<int:row_pk>/", result_rows.result_row, name="result-row"),
    path(
        "<int:pk>/dong/<int:row_pk>/nguon/<slug:field>/",
        result_rows.result_source,
        name="result-source",
    ),
    path("<int:pk>/ban-in/", result_papers.result_preview, name="result-preview"),
    path("<int:pk>/ban-hanh/", result_papers.result_issue, name="result-issue"),
    path(
        "<int:pk>/tai-ve/<str:file_format>/",
        result_papers.result_download,
        name="result-download",
    ),
]

app_name = "reports"
urlpatterns = [
    path("ke-hoach/", include(PLAN_URLS)),
    path("bao-cao/", include(RESULT_URLS)),
]
