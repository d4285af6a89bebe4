"""What an office decides for each school year: deadlines, and who approves."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.models import Authority, ReviewSetting, SchoolYear
from schools.models.school_year import first_year_on
from schools.permissions import Ability, may_at_office, require_at_office
from schools.year_form import YearSettingForm, submitted_now
from schools.year_rules import FIELDS, default_mode, rules

_FIRST_YEAR = 2018  # the oldest there may be (`SchoolYear`)


def year_settings(request):
    """The years of one's own offices, with what is set for each or the rule."""
    held = {m.authority_id for m in request.user.standing.memberships}
    offices = Authority.objects.for_user(request.user).filter(pk__in=held - {None})
    context = {
        "offices": [
            {
                "office": office,
                "years": _years(office),
                "may_set": may_at_office(request.user, Ability.SET_YEAR, office),
            }
            for office in offices.prefetch_related("review_settings__school_year")
        ]
    }
    return render(request, "schools/year_setting_list.html", context)


def _years(office):
    """(first year, name, `YearRules`, whether anything is set), the newest first; next
    year's deadlines are set before anybody begins a plan."""
    settings = {s.school_year.first_year: s for s in office.review_settings.all()}
    next_year = first_year_on(timezone.localdate()) + 1
    years = {*settings, next_year, next_year - 1, next_year - 2}
    return [
        (year, f"{year}-{year + 1}", _rules(year, settings.get(year)), year in settings)
        for year in sorted(years, reverse=True)
    ]


def _rules(first_year, setting):
    return rules(first_year, **{name: getattr(setting, name, None) for name in FIELDS})


def year_setting(request, authority_pk, first_year):
    """The page on which the leader of an office decides for one year."""
    offices = Authority.objects.for_user(request.user)
    office = get_object_or_404(offices, pk=authority_pk)
    require_at_office(request.user, Ability.SET_YEAR, office)
    today = timezone.localdate()
    if not _FIRST_YEAR <= first_year <= first_year_on(today) + 1:
        raise Http404
    setting = _setting(office, first_year)
    form = YearSettingForm(
        request.POST if request.method == "POST" else None,
        instance=setting,
        submitted=submitted_now(office, setting.school_year, today),
    )
    if request.method == "POST" and form.is_valid():
        _save(form)
        messages.success(
            request,
            f"Đã lưu hạn nộp và cách duyệt năm học {setting.school_year}. Các trường "
            "thấy ngay trên trang của mình.",
        )
        return redirect("schools:year-settings")
    return render(
        request,
        "schools/year_setting.html",
        {"office": office, "school_year": setting.school_year, "form": form},
    )


def _setting(office, first_year):
    """The setting there is, or one with the rule's values that is not stored yet; its
    school year may be new as well."""
    found = office.review_settings.filter(school_year__first_year=first_year)
    setting = found.select_related("school_year").first()
    if setting is not None:
        return setting
    year = SchoolYear.objects.filter(first_year=first_year).first()
    return ReviewSetting(
        authority=office,
        school_year=year or SchoolYear(first_year=first_year),
        mode=default_mode(first_year),
    )


@transaction.atomic
def _save(form):
    year = form.instance.school_year
    if year.pk is None:
        year, _ = SchoolYear.objects.get_or_create(first_year=year.first_year)
    decided = {name: form.cleaned_data[name] for name in FIELDS}
    # Two leaders may decide at once: the later one counts, there is one row.
    ReviewSetting.objects.update_or_create(
        authority=form.instance.authority, school_year=year, defaults=decided
    )
