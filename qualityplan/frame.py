"""What stands around every page: place, role, navigation, the school-year switcher."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from schools.models import SchoolYear
from schools.models.school_year import first_year_on
from schools.people import keeps_people

# Pages that show one year at a time; a plan is of its own year.
YEARLY_PAGES = frozenset(
    {
        "home",
        "inspections:list",
        "plans:assessments",
        "plans:list",
        "reports:exports",
        "reports:overview",
        "reports:overview-heat",
        "reports:overview-standards",
        "reports:overview-years",
        "reports:results",
    }
)
_SESSION_KEY = "school_year"


@dataclass(frozen=True)
class Step:
    """One entry of the main navigation."""

    label: str
    url: str
    is_current: bool = False
    state: str = ""


@dataclass(frozen=True)
class Frame:
    place: str = ""
    role: str = ""
    nav: tuple[Step, ...] = ()
    school_year: SchoolYear | None = None
    school_years: tuple[SchoolYear, ...] = field(default=())
    year_url: str = ""


def school_years(request):
    """All school years, newest first; read once a request."""
    if not hasattr(request, "school_years"):
        request.school_years = tuple(SchoolYear.objects.all())
    return request.school_years


def chosen_school_year(request):
    """The school year this person works in: chosen by `?nam=2025-2026`, kept until they
    choose another, else the year of today, else the newest there is. None while there
    are no school years at all."""
    years = school_years(request)
    by_name = {year.name: year for year in years}
    asked = request.GET.get("nam")
    if asked in by_name:
        if request.session.get(_SESSION_KEY) != asked:
            request.session[_SESSION_KEY] = asked
        return by_name[asked]
    kept = by_name.get(request.session.get(_SESSION_KEY))
    if kept is not None:
        return kept
    today = first_year_on(timezone.localdate())
    begun = [year for year in years if year.first_year <= today]
    return (begun or years or [None])[0]


def frame(request):
    """Context processor: `frame`, empty for people who have not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": Frame()}
    match = request.resolver_match
    is_yearly = match is not None and match.view_name in YEARLY_PAGES
    return {
        "frame": Frame(
            place=_place(user),
            role=_role(user),
            nav=_steps(request),
            school_year=chosen_school_year(request) if is_yearly else None,
            school_years=school_years(request) if is_yearly else (),
            year_url=request.path,
        )
    }


def _place(user):
    held = user.standing.memberships
    if not held:
        return "Quản trị hệ thống" if user.is_superuser else ""
    first = str(held[0].school or held[0].authority)
    more = len({m.school_id or -m.authority_id for m in held}) - 1
    return f"{first} và {more} nơi khác" if more else first


def _role(user):
    if user.is_superuser:
        return "Quản trị hệ thống"
    labels = (held.get_role_display() for held in user.standing.memberships)
    return ", ".join(dict.fromkeys(labels))


def _steps(request):
    user = request.user
    is_office = bool(user.standing.roles_at_authority) or user.is_superuser
    steps = [
        ("Việc cần làm", reverse("home")),
        ("Tự đánh giá", reverse("plans:assessments")),
        ("Kế hoạch", reverse("plans:list")),
        ("Báo cáo kết quả", reverse("reports:results")),
        ("Đợt kiểm tra" if is_office else "Kiểm tra", reverse("inspections:list")),
        ("Sổ văn bản", reverse("reports:registers")),
        ("Các trường" if is_office else "Trường", reverse("schools:list")),
        ("Thông tư, tiêu chí", reverse("criteria:list")),
    ]
    if is_office:
        steps.insert(0, ("Tổng quan", reverse("reports:overview")))
    if user.standing.roles_at_authority:
        steps.insert(-1, ("Hạn nộp", reverse("schools:year-settings")))
    if keeps_people(user):
        steps.append(("Người dùng", reverse("schools:people")))
    if is_office:
        steps.append(("Xuất dữ liệu", reverse("reports:exports")))
    if user.is_staff:
        steps.append(("Quản trị", reverse("admin:index")))
    here = _current(request.path, [url for _, url in steps])
    return tuple(Step(label, url, url == here) for label, url in steps)


def _current(path, urls):
    """Which of `urls` the page belongs to: the longest that its address begins with.
    Every address begins like the home page, which is current only by itself."""
    home = reverse("home")
    found = [url for url in urls if path.startswith(url) and home not in (url, path)]
    return max(found, key=len, default=home if path == home else None)
