"""What a school may change of its own record; its levels and its office are set by the
administrator."""

from crispy_forms.helper import FormHelper
from django import forms

from qualityplan.text import clean
from schools.models import School


class SchoolForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ["address", "place", "symbol", "school_type"]

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def clean_address(self):
        return clean(self.cleaned_data["address"])

    def clean_place(self):
        return clean(self.cleaned_data["place"])
