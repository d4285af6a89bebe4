"""Evidence of a school for a year: the list, a piece, its file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import ListView

from criteria.queries import criteria_with_requirements
from criteria.selection import NoCircular
from plans import evidencing
from plans.assessing import AssessmentLockedError
from plans.enums import CARRIED_OUT_STATUSES, AssessmentStatus
from plans.evidence_forms import EvidenceForm, NewEvidenceForm, review_name
from plans.models import ActionRow, CriterionReview, Evidence
from plans.presenting import row_name
from plans.recording import NotCarriedOutError
from plans.views.access import posted, tell_removed_controls
from qualityplan.downloads import attachment
from schools.models import School, SchoolYear
from schools.permissions import Ability, may


def get_school_and_year(request, school_pk, first_year):
    """The school, if this person may see it, and the year; else 404."""
    schools = School.objects.for_user(request.user)
    schools = schools.prefetch_related("supervisions", "education_levels")
    school = get_object_or_404(schools, pk=school_pk)
    return school, get_object_or_404(SchoolYear, first_year=first_year)


def _may_record(request, school):
    return may(request.user, Ability.RECORD, school)


class EvidenceList(ListView):
    """Danh mục minh chứng in the five columns of 57/2026 Phụ lục IV."""

    paginate_by = 100

    def get_queryset(self):
        self.school, self.school_year = get_school_and_year(self.request, **self.kwargs)
        found = Evidence.objects.for_user(self.request.user)
        found = found.filter(school=self.school, school_year=self.school_year)
        # By number within a criterion: "-100]" would sort before "-11]" as text.
        return found.select_related("criterion__standard").order_by(
            "criterion__standard__number", "criterion__position", "pk"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            school=self.school,
            school_year=self.school_year,
            may_record=_may_record(self.request, self.school),
            plan=_plan_of(self.school, self.school_year),
            **kwargs,
        )


def _plan_of(school, school_year):
    return school.plans.filter(school_year=school_year).first()


def evidence_add(request, school_pk, first_year):
    school, school_year = get_school_and_year(request, school_pk, first_year)
    if not _may_record(request, school):
        raise PermissionDenied
    try:
        circular = evidencing.circular_of(school, school_year)
    except NoCircular as error:
        messages.error(request, str(error))
        return redirect("plans:evidence-list", school.pk, first_year)
    uses = _uses(request, school, school_year)
    form = NewEvidenceForm(
        posted(request),
        request.FILES or None,
        criteria=criteria_with_requirements(circular),
        initial={"criterion": request.GET.get("tieu-chi") or _home_of(uses)},
    )
    if request.method == "POST" and form.is_valid():
        answer = _add(request, school, school_year, form, uses)
        if answer is not None:
            return answer
    context = {
        "school": school,
        "school_year": school_year,
        "form": form,
        "uses": _names(uses),
        "back": _back(request, uses, school, school_year),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/evidence_add.html", context, status=status)


def _uses(request, school, school_year):
    """What the new piece is for, by the address: a row (`dong`), a review
    (`danh-gia`); 404 for those of another school or year."""
    uses = {"rows": (), "reviews": ()}
    row_pk, review_pk = request.GET.get("dong", ""), request.GET.get("danh-gia", "")
    if row_pk:
        rows = ActionRow.objects.select_related("plan", "criterion").filter(
            plan__school=school, plan__school_year=school_year
        )
        uses["rows"] = (get_object_or_404(rows, pk=_number(row_pk)),)
    if review_pk:
        reviews = CriterionReview.objects.for_user(request.user).select_related(
            "assessment", "criterion"
        )
        reviews = reviews.filter(
            assessment__school=school, assessment__school_year=school_year
        )
        uses["reviews"] = (get_object_or_404(reviews, pk=_number(review_pk)),)
    return uses


def _names(uses):
    return [
        *(f"nội dung của kế hoạch, {row_name(row)}" for row in uses["rows"]),
        *(f"tự đánh giá, {review_name(review)}" for review in uses["reviews"]),
    ]


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _home_of(uses):
    """The criterion that the code comes from, where the use suggests one."""
    for use in (*uses["reviews"], *uses["rows"]):
        return use.criterion_id
    return None


def _back(request, uses, school, school_year):
    """Where to go afterwards: `ve` if it is an address of ours, else by the use."""
    asked = request.GET.get("ve", "")
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return asked
    for review in uses["reviews"]:
        return review.get_absolute_url()
    for row in uses["rows"]:
        url = reverse("plans:progress-row", args=[row.plan_id, row.pk])
        return f"{url}#minh-chung"
    return reverse("plans:evidence-list", args=[school.pk, school_year.first_year])


def _add(request, school, school_year, form, uses):
    """The answer after adding; None when the form has an error to show."""
    pieces = [evidencing.Piece(**told, **uses) for told in form.told()]
    try:
        added = evidencing.add_pieces(
            school, school_year, form.criterion, pieces, by=request.user
        )
    except (NotCarriedOutError, AssessmentLockedError) as error:
        form.add_error(None, str(error))
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    tell_removed_controls(request, form)
    codes = ", ".join(piece.code for piece in added)
    messages.success(request, f"Đã thêm {len(added)} minh chứng: {codes}.")
    return redirect(_back(request, uses, school, school_year))


def get_evidence(request, pk):
    pieces = Evidence.objects.for_user(request.user).select_related(
        "school", "school_year", "criterion__standard", "created_by"
    )
    return get_object_or_404(pieces, pk=pk)


def evidence(request, pk):
    """One piece: what is told about it, what it is used for."""
    piece = get_evidence(request, pk)
    may_record = _may_record(request, piece.school)
    rows, reviews = _rows_to_prove(piece), _reviews_to_prove(piece)
    form = EvidenceForm(posted(request), evidence=piece, rows=rows, reviews=reviews)
    if request.method == "POST":
        if not may_record:
            raise PermissionDenied
        if form.is_valid():
            answer = _update(request, piece, form)
            if answer is not None:
                return answer
    context = {
        "piece": piece,
        "form": form,
        "may_record": may_record,
        "rows": [
            (row, row_name(row)) for row in piece.rows.select_related("criterion")
        ],
        "reviews": [
            (review, review_name(review))
            for review in piece.reviews.select_related("criterion")
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "plans/evidence.html", context, status=status)


def _rows_to_prove(piece):
    """The rows of the plan of the piece's year, while it is carried out."""
    rows = ActionRow.objects.filter(
        plan__school=piece.school,
        plan__school_year=piece.school_year,
        plan__status__in=CARRIED_OUT_STATUSES,
    )
    return rows.select_related("plan", "criterion").order_by("position", "pk")


def _reviews_to_prove(piece):
    """The criteria of the year's self-assessment, while it is open."""
    reviews = CriterionReview.objects.filter(
        assessment__school=piece.school,
        assessment__school_year=piece.school_year,
        assessment__status=AssessmentStatus.OPEN,
    )
    return reviews.select_related("assessment", "criterion").order_by(
        "level_of_schooling", "criterion__standard__number", "criterion__position"
    )


def _update(request, piece, form):
    entered = {n: form.cleaned_data[n] for n in ("name", "link", "location", "note")}
    try:
        evidencing.update_evidence(piece, by=request.user, **entered, **form.uses())
    except (NotCarriedOutError, AssessmentLockedError) as error:
        form.add_error(None, str(error))
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    tell_removed_controls(request, form)
    messages.success(request, f"Đã lưu minh chứng {piece.code}.")
    return redirect(piece)


def evidence_file(request, pk):
    """The file, for those who may see the school; never shown inside a page."""
    piece = get_evidence(request, pk)
    try:
        content = piece.file.open("rb") if piece.file else None
    except FileNotFoundError:
        content = None
    if content is None:
        messages.error(request, "Tệp của minh chứng này không còn trên máy chủ.")
        return redirect(piece)
    response = FileResponse(content, content_type=piece.content_type)
    response["Content-Disposition"] = attachment(piece.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
