"""Which mails a person wants."""

from django.contrib import messages
from django.shortcuts import redirect, render

from schools.mail_form import MailChoiceForm


def mail_choice(request):
    """One's own switches. They stop mails only: pages go on showing everything."""
    data = request.POST if request.method == "POST" else None
    form = MailChoiceForm(data, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Đã lưu lựa chọn về thư báo.")
        return redirect("mail-choice")
    return render(request, "schools/mail_choice.html", {"form": form})
