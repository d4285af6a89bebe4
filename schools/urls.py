from django.urls import path

from schools.views import importing, invitations, people, schools, year_setting

app_name = "schools"
urlpatterns = [
    path("", schools.SchoolList.as_view(), name="list"),
    path("<int:pk>/", schools.school_detail, name="detail"),
    path("<int:pk>/sua/", schools.school_edit, name="edit"),
    path("nguoi-dung/", people.people_list, name="people"),
    path("nguoi-dung/<int:pk>/", people.person, name="person"),
    path("nguoi-dung/vai-tro/<int:pk>/ket-thuc/", people.role_end, name="role-end"),
    path("nguoi-dung/moi/", invitations.invite, name="invite"),
    path("nguoi-dung/loi-moi/", invitations.invitation_list, name="invitations"),
    path(
        "nguoi-dung/loi-moi/<int:pk>/huy/",
        invitations.invitation_cancel,
        name="invitation-cancel",
    ),
    path("nguoi-dung/danh-sach/", importing.lists, name="lists"),
    path(
        "nguoi-dung/danh-sach/<slug:name>/nhap/",
        importing.list_import,
        name="list-import",
    ),
    path(
        "nguoi-dung/danh-sach/<slug:name>/tai-ve/<str:file_format>/",
        importing.list_download,
        name="list-download",
    ),
    path(
        "nguoi-dung/danh-sach/<slug:name>/mau/<str:file_format>/",
        importing.list_template,
        name="list-template",
    ),
    path("han-nop/", year_setting.year_settings, name="year-settings"),
    path(
        "han-nop/<int:authority_pk>/<int:first_year>/",
        year_setting.year_setting,
        name="year-setting",
    ),
]
