from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("giay.css", views.paper_stylesheet, name="paper-css"),
    path("<int:pk>/ban-in/", views.plan_preview, name="plan-preview"),
    path("<int:pk>/ban-hanh/", views.plan_issue, name="plan-issue"),
    path(
        "<int:pk>/tai-ve/<str:file_format>/", views.plan_download, name="plan-download"
    ),
]
