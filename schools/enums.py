"""Kinds of bodies, levels of schooling and roles, with their Vietnamese names."""

from django.db.models import TextChoices


class LevelOfSchooling(TextChoices):
    """Cấp học. `MULTI_LEVEL` stands for "several" where a file or a circular says no
    more than that."""

    PRESCHOOL = "preschool", "Mầm non"
    PRIMARY = "primary", "Tiểu học"
    LOWER_SECONDARY = "lower_secondary", "Trung học cơ sở"
    UPPER_SECONDARY = "upper_secondary", "Trung học phổ thông"
    MULTI_LEVEL = "multi_level", "Phổ thông có nhiều cấp học"
    CONTINUING = "continuing", "Giáo dục thường xuyên"


class SchoolType(TextChoices):
    PUBLIC = "public", "Công lập"
    PRIVATE = "private", "Tư thục"
    COMMUNITY = "community", "Dân lập"


class AuthorityKind(TextChoices):
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện (đến 30/6/2025)"
    COMMUNE = "commune", "Cấp xã"


class Role(TextChoices):
    """A role is held at a school or at an authority, never in general."""

    PRINCIPAL = "principal", "Hiệu trưởng"
    EDITOR = "editor", "Người soạn thảo"
    CONTRIBUTOR = "contributor", "Người đóng góp nội dung"
    VIEWER = "viewer", "Người xem (trường)"
    OFFICE_LEADER = "office_leader", "Lãnh đạo phòng"
    OFFICE_OFFICER = "office_officer", "Chuyên viên"
    OFFICE_VIEWER = "office_viewer", "Người xem (cơ quan)"


SCHOOL_ROLES = frozenset({Role.PRINCIPAL, Role.EDITOR, Role.CONTRIBUTOR, Role.VIEWER})
OFFICE_ROLES = frozenset({Role.OFFICE_LEADER, Role.OFFICE_OFFICER, Role.OFFICE_VIEWER})


class NumberSeries(TextChoices):
    """How a body counts its outgoing documents in a calendar year: decided by its head
    (Decree 30/2020 Điều 15.1.c)."""

    ONE = "one", "Một dãy số chung cho mọi loại văn bản"
    PER_TYPE = "per_type", "Mỗi loại văn bản một dãy số"


class ReviewMode(TextChoices):
    """Who approves a plan of a school year: see `ReviewSetting`."""

    OFFICE = "office", "Cơ quan quản lý phê duyệt"
    SCHOOL = "school", "Hiệu trưởng phê duyệt, cơ quan quản lý theo dõi và góp ý"
