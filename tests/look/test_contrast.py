"""The colours of tokens.css against WCAG 2.2 AA."""

import re
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

TOKENS = Path(settings.BASE_DIR, "static/tokens.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"^\s+--([\w-]+):\s*(#[0-9a-f]{6});", TOKENS, re.MULTILINE))

TEXT = 4.5  # 1.4.3
EDGE = 3.0  # 1.4.11: borders of controls, the ring of the focus

TEXT_PAIRS = [
    (ink, ground)
    for ink in ("ink", "muted", "work", "work-dark", "due", "overdue", "not-yet")
    for ground in ("paper", "desk")
] + [
    ("on-work", "work"),
    ("on-work-muted", "work"),
    ("on-work", "work-dark"),
    ("work", "work-tint"),
    ("work-dark", "work-tint"),
    ("ink", "work-tint"),
    ("muted", "work-tint"),
    ("work-dark", "on-work-muted"),
    ("due", "due-tint"),
    ("ink", "due-tint"),
    ("overdue", "overdue-tint"),
    ("ink", "overdue-tint"),
    ("not-yet", "not-yet-tint"),
    ("ink", "not-yet-tint"),
]
EDGE_PAIRS = [
    (edge, ground)
    for edge in ("edge", "work", "due-edge", "overdue", "focus")
    for ground in ("paper", "desk")
] + [("focus-halo", "work"), ("on-work-muted", "work")]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class ContrastTests(SimpleTestCase):
    def assert_contrast(self, pairs, least):
        for one, other in pairs:
            with self.subTest(f"{one} on {other}"):
                ratio = contrast(COLOURS[one], COLOURS[other])
                self.assertGreaterEqual(round(ratio, 2), least)

    def test_the_formula_gives_21_for_black_on_white(self):
        self.assertEqual(round(contrast("#000000", "#ffffff"), 2), 21)

    def test_words_stand_out_from_their_ground(self):
        self.assert_contrast(TEXT_PAIRS, TEXT)

    def test_edges_and_the_focus_stand_out_from_their_ground(self):
        self.assert_contrast(EDGE_PAIRS, EDGE)
