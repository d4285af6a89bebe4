from django.urls import include, path

from inspections.views import (
    documents,
    following,
    inspections,
    overview,
    recommending,
    record,
    rounds,
    team,
)

ROUND_URLS = [
    path("lap/", rounds.round_create, name="round-create"),
    path("<int:pk>/", rounds.round_detail, name="round"),
    path("<int:pk>/sua/", rounds.round_edit, name="round-edit"),
    path("<int:pk>/truong/", rounds.round_schools, name="round-schools"),
    path("<int:pk>/xoa/", rounds.round_delete, name="round-delete"),
]
FOLLOW_UP_URLS = [
    path("", following.follow_up_list, name="follow-ups"),
    path("<int:pk>/", following.follow_up, name="follow-up"),
    path("<int:pk>/ket-luan/", following.follow_up_word, name="follow-up-word"),
    path(
        "<int:pk>/dua-vao-ke-hoach/<int:plan_pk>/",
        following.follow_up_take,
        name="follow-up-take",
    ),
]
TEAM_URLS = [
    path("", team.inspection_team, name="team"),
    path("them/", team.team_member, name="team-member"),
    path("them-ten/", team.team_guest, name="team-guest"),
    path("dung-chung/", team.team_copy, name="team-copy"),
    path("<int:attendee_pk>/", team.team_change, name="team-change"),
]
RECORD_URLS = [
    path("noi-dung/", record.findings, name="findings"),
    path("noi-dung/moi/", record.findings_fetch, name="findings-fetch"),
    path("noi-dung/<int:finding_pk>/", record.finding, name="finding"),
    path("thanh-phan/", record.people, name="people"),
    path("thanh-phan/them/", record.people_add, name="people-add"),
    path(
        "thanh-phan/<int:attendee_pk>/bo/", record.people_remove, name="people-remove"
    ),
    path("nhan-xet/", record.remarks, name="remarks"),
    path("kien-nghi/", recommending.recommendations, name="recommendations"),
    path(
        "kien-nghi/<int:recommendation_pk>/",
        recommending.recommendation_edit,
        name="recommendation-edit",
    ),
    path(
        "kien-nghi/<int:recommendation_pk>/xoa/",
        recommending.recommendation_delete,
        name="recommendation-delete",
    ),
    path(
        "kien-nghi/<int:recommendation_pk>/da-khac-phuc/",
        recommending.recommendation_settled,
        name="recommendation-settled",
    ),
]

app_name = "inspections"
urlpatterns = [
    path("", overview.inspection_list, name="list"),
    path("dot/", include(ROUND_URLS)),
    path("kien-nghi/", include(FOLLOW_UP_URLS)),
    path("<int:pk>/", inspections.inspection_detail, name="detail"),
    path("<int:pk>/sap-xep/", inspections.inspection_arrange, name="arrange"),
    path("<int:pk>/xoa/", inspections.inspection_delete, name="delete"),
    path("<int:pk>/buoc/<slug:key>/", inspections.inspection_deed, name="deed"),
    path("<int:pk>/doan/", include(TEAM_URLS)),
    path("<int:pk>/", include(RECORD_URLS)),
    path("<int:pk>/ke-hoach/", documents.inspection_plan, name="plan"),
    path(
        "<int:pk>/minh-chung/<int:evidence_pk>/tep/",
        documents.evidence_file,
        name="evidence-file",
    ),
]
