"""The circulars, to read: catalogue data belongs to no school, so whoever has signed in
may see all of it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.generic import DetailView, ListView

from criteria import queries
from criteria.enums import Validity
from criteria.forms import SearchForm
from criteria.searching import find


def validity(circular, day):
    if circular.is_in_force(day):
        return Validity.IN_FORCE
    return Validity.COMING if circular.effective_from > day else Validity.ENDED


class CircularList(ListView):
    def get_queryset(self):
        return queries.circulars().with_counts()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        groups = {word: [] for word in Validity}
        for circular in context["object_list"]:
            groups[validity(circular, today)].append(circular)
        shown = {word.label: group for word, group in groups.items() if group}
        return context | {"groups": shown}


class CircularDetail(DetailView):
    def get_queryset(self):
        return queries.circulars()

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        return super().get_context_data(
            day=today,
            validity=validity(self.object, today).label,
            criteria=list(queries.criteria_with_requirements(self.object).values()),
            clauses=list(self.object.level_four_clauses.all()),
            **kwargs,
        )


def search(request):
    circulars = list(queries.circulars())
    form = SearchForm(request.GET if "q" in request.GET else None, circulars=circulars)
    results = None
    if form.is_valid():
        slug = form.cleaned_data["circular"]
        asked = [c for c in circulars if slug in ("", c.slug)]
        results = find(form.cleaned_data["q"], asked, timezone.localdate())
    context = {"form": form, "results": results}
    return render(request, "criteria/search.html", context)
