"""Who else has the plan open: a sign every half minute from each open page."""

from django.http import JsonResponse

from plans import presence as presences
from plans.views.json_answers import answers, posted


@answers("POST")
def presence(request, pk):
    (is_active,) = posted(request, active=bool)
    people = presences.sign(pk, by=request.user, is_active=is_active)
    # The model knows no line; the editor shows names alone.
    told = [{"name": p.name, "state": p.state, "line": None} for p in people]
    return JsonResponse({"people": told})
