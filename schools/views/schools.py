"""Schools and the office they stand under."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import ListView

from qualityplan.text import fold, one_line
from schools.forms import SchoolForm
from schools.models import School
from schools.permissions import Ability, may


class SchoolList(ListView):
    """The schools this person may see, found by name with or without accents."""

    def get_queryset(self):
        schools = School.objects.for_user(self.request.user)
        schools = schools.filter(search_name__contains=fold(self.asked))
        return schools.prefetch_related("education_levels", "supervisions__authority")

    @property
    def asked(self):
        return one_line(self.request.GET.get("q", ""))[:200]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        context["rows"] = [
            (school, school.supervision_on(today)) for school in context["object_list"]
        ]
        context["asked"] = self.asked
        return context


def _get_school(request, pk):
    schools = School.objects.for_user(request.user)
    schools = schools.prefetch_related("education_levels", "supervisions__authority")
    return get_object_or_404(schools, pk=pk)


def school_detail(request, pk):
    school = _get_school(request, pk)
    people = school.memberships.on(timezone.localdate()).select_related("user")
    context = {
        "school": school,
        "people": people.order_by("role", "user__full_name"),
        "may_edit": may(request.user, Ability.EDIT_SCHOOL, school),
    }
    return render(request, "schools/school_detail.html", context)


def school_edit(request, pk):
    school = _get_school(request, pk)
    if not may(request.user, Ability.EDIT_SCHOOL, school):
        raise PermissionDenied
    form = SchoolForm(
        request.POST if request.method == "POST" else None, instance=school
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Đã lưu thông tin của trường.")
        return redirect(school)
    return render(request, "schools/school_form.html", {"school": school, "form": form})
