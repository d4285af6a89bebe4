from django.test import SimpleTestCase

from criteria.marking import marked


def shown(text, *terms):
    return "".join(
        f"[{piece.text}]" if piece.is_match else piece.text
        for piece in marked(text, terms)
    )


class MarkingTests(SimpleTestCase):
    def test_match_is_marked_although_accents_differ(self):
        self.assertEqual(
            shown("Có Hội đồng trường.", "hoi dong"), "Có [Hội đồng] trường."
        )

    def test_d_with_stroke_is_marked(self):
        self.assertEqual(shown("đạt ĐẠT", "dat"), "[đạt] [ĐẠT]")

    def test_overlapping_and_neighbouring_matches_are_one(self):
        self.assertEqual(shown("an toàn", "an to", "toan"), "[an toàn]")

    def test_text_without_a_match_stays_whole(self):
        self.assertEqual(shown("an toàn", "thu vien"), "an toàn")

    def test_letter_that_folds_to_two_is_marked_whole(self):
        self.assertEqual(shown("Straße", "ss"), "Stra[ß]e")

    def test_empty_text_and_empty_term_give_nothing_to_mark(self):
        self.assertEqual(shown("", "a"), "")
        self.assertEqual(shown("abc", ""), "abc")
