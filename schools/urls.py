from django.urls import path

from schools import views

app_name = "schools"
urlpatterns = [
    path("", views.SchoolList.as_view(), name="list"),
    path("<int:pk>/", views.school_detail, name="detail"),
    path("<int:pk>/sua/", views.school_edit, name="edit"),
]
