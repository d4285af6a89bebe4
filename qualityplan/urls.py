"""The roof: which app answers which address."""

from allauth.account import views as account
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from qualityplan import home
from qualityplan.api.site import urls as api_urls
from schools.views import api_tokens
from schools.views.invitations import invitation
from schools.views.mail_choice import mail_choice

# Of allauth's pages only those that this house uses.
account_urls = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("dang-ky/", account.signup, name="account_signup"),
    path("ngung-hoat-dong/", account.account_inactive, name="account_inactive"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("dat-mat-khau/", account.password_set, name="account_set_password"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path(
        "quen-mat-khau/da-gui/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "dat-lai/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("tai-khoan/thu-bao/", mail_choice, name="mail-choice"),
    path("tai-khoan/ma-truy-cap/", api_tokens.api_tokens, name="api-tokens"),
    path(
        "tai-khoan/ma-truy-cap/<int:pk>/xoa/",
        api_tokens.api_token_delete,
        name="api-token-delete",
    ),
    path("tai-khoan/loi-moi/<str:secret>/", invitation, name="invitation"),
    path("tai-khoan/", include(account_urls)),
    path("ke-hoach/", include("plans.urls")),
    path("kiem-tra/", include("inspections.urls")),
    path("", include("reports.urls")),
    path("truong/", include("schools.urls")),
    path("thong-tu/", include("criteria.urls")),
    path("api/v1/", api_urls()),
    path("quan-tri/", admin.site.urls),
    path("song/", login_not_required(home.alive), name="alive"),
]
