"""How forms are drawn everywhere."""

from crispy_forms.helper import FormHelper


class PlainHelper:
    """Lets crispy draw a form's fields alone: the form tag, the token and the buttons are
    the template's."""

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
