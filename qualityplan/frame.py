"""What stands around every page: place, role, navigation, the school-year switcher."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from schools.models import SchoolYear

YEARLY_PAGES = frozenset({"home", "plans:list", "schools:list"})
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


def chosen_school_year(request, years=None):
    """The school year this person works in: chosen by `?nam=2025-2026`, kept until they
    choose another, else the year of today, else the newest there is. None while there
    are no school years at all."""
    years = list(SchoolYear.objects.all()) if years is None else years
    by_name = {year.name: year for year in years}
    asked = request.GET.get("nam")
    if asked in by_name:
        request.session[_SESSION_KEY] = asked
        return by_name[asked]
    kept = by_name.get(request.session.get(_SESSION_KEY))
    if kept is not None:
        return kept
    started = [y for y in years if y.starts_on <= timezone.localdate()]
    return (started or years or [None])[0]


def frame(request):
    """Context processor: `frame`, empty for people who have not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": Frame()}
    years = _switchable_years(request)
    return {
        "frame": Frame(
            place=_place(user),
            role=_role(user),
            nav=_steps(request),
            school_year=chosen_school_year(request, years) if years else None,
            school_years=years,
            year_url=request.path,
        )
    }


def _switchable_years(request):
    """The years to switch between, on the pages that show one year at a time; a plan is
    of its own year."""
    match = request.resolver_match
    if match is None or match.view_name not in YEARLY_PAGES:
        return ()
    return tuple(SchoolYear.objects.all())


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
        ("Kế hoạch", reverse("plans:list")),
        ("Các trường" if is_office else "Trường", reverse("schools:list")),
        ("Thông tư, tiêu chí", reverse("criteria:list")),
    ]
    if user.is_staff:
        steps.append(("Quản trị", reverse("admin:index")))
    here = max(
        (url for _, url in steps if request.path.startswith(url)), key=len, default=""
    )
    return tuple(Step(label, url, url == here) for label, url in steps)
