from django.urls import path

from criteria import views

app_name = "criteria"
urlpatterns = [
    path("", views.CircularList.as_view(), name="list"),
    path("tim/", views.search, name="search"),
    path("<slug:slug>/", views.CircularDetail.as_view(), name="circular"),
]
