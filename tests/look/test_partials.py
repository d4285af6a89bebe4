from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory, SimpleTestCase


class SampleForm(forms.Form):
    goal = forms.CharField(label="Mục tiêu")
    level = forms.ChoiceField(
        label="Mức", choices=[("1", "Mức 1")], widget=forms.RadioSelect
    )
    plan = forms.IntegerField(label="Kế hoạch", widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Kế hoạch đã khóa.")


class PartialTests(SimpleTestCase):
    def test_error_summary_links_to_each_field_and_says_what_has_none(self):
        html = render_to_string("_form_errors.html", {"form": SampleForm({})})
        said = "Hãy nhập hoặc chọn mục này."
        self.assertInHTML('<h2 id="loi-tieu-de">Có lỗi cần sửa</h2>', html)
        self.assertInHTML("<li>Kế hoạch đã khóa.</li>", html)
        self.assertInHTML(f'<li><a href="#id_goal">Mục tiêu: {said}</a></li>', html)
        self.assertInHTML(f'<li><a href="#id_level_0">Mức: {said}</a></li>', html)
        self.assertInHTML(f"<li>Kế hoạch: {said}</li>", html)

    def test_a_form_without_errors_has_no_summary(self):
        html = render_to_string("_form_errors.html", {"form": SampleForm()})
        self.assertNotIn("error-summary", html)

    def test_messages_say_their_kind_in_words_and_to_screen_readers(self):
        sent = [
            Message(constants.ERROR, "Không trình được."),
            Message(constants.WARNING, "Còn 3 ngày."),
            Message(constants.SUCCESS, "Đã trình."),
        ]
        html = render_to_string("_messages.html", {"messages": sent})
        self.assertEqual(html.count('role="alert"'), 2)
        self.assertEqual(html.count('role="status"'), 1)
        self.assertInHTML("<p><strong>Lỗi:</strong> Không trình được.</p>", html)
        self.assertInHTML("<p><strong>Lưu ý:</strong> Còn 3 ngày.</p>", html)
        self.assertInHTML("<p>Đã trình.</p>", html)

    def test_a_status_is_a_word(self):
        html = render_to_string("_status.html", {"code": "draft", "label": "Đang soạn"})
        self.assertInHTML('<span class="status status-draft">Đang soạn</span>', html)
        self.assertInHTML(
            '<span class="status status-none">Chưa có</span>',
            render_to_string("_status.html"),
        )

    def test_an_empty_place_teaches_and_offers_its_button(self):
        html = render_to_string(
            "_empty.html", {"title": "Chưa có", "url": "/moi/", "button": "Lập"}
        )
        self.assertInHTML('<a class="btn btn-primary" href="/moi/">Lập</a>', html)

    def test_pages_of_a_list_keep_the_other_parameters(self):
        page = Paginator(range(120), 50).page(2)
        request = RequestFactory().get("/", {"tim": "mầm non", "page": 2})
        html = render_to_string("_pagination.html", {"page_obj": page}, request)
        self.assertIn("51–100 trong 120 mục", html)
        self.assertIn("page=1", html)
        self.assertIn("page=3", html)
        self.assertEqual(html.count("tim=m%E1%BA%A7m+non"), 2)
