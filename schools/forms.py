"""What a school may change of its own record; its levels and its office are set by the
administrator."""

from django import forms

from qualityplan.forms import PlainHelper
from qualityplan.text import clean
from schools.models import School


class SchoolForm(PlainHelper, forms.ModelForm):
    class Meta:
        model = School
        fields = ["address", "place", "symbol", "school_type"]

    def clean_address(self):
        return clean(self.cleaned_data["address"])

    def clean_place(self):
        return clean(self.cleaned_data["place"])
