import datetime

from django.test import TestCase

from criteria.models import Circular, LevelFourClause
from criteria.searching import MAX_EXCERPTS, find
from tests.factories.criteria import (
    StandardFactory,
    load_catalogues,
    make_circular,
    make_criterion,
)

DAY = datetime.date(2026, 9, 1)


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.circular = make_circular()
        standard = StandardFactory(circular=cls.circular, number=3)
        cls.library = make_criterion(
            standard,
            10,
            title="Thư viện",
            evidence=["Sổ tài sản thư viện"],
            indicators=["Số sách trên đầu học sinh 100%"],
        )
        LevelFourClause.objects.create(
            circular=cls.circular,
            number=3,
            summary="Hạ tầng công nghệ thông tin hiện đại.",
            reference="khoản 3 Điều 22",
        )

    def find(self, text):
        return find(text, list(Circular.objects.all()), DAY)

    def codes(self, text):
        return [hit.criterion.code for g in self.find(text).groups for hit in g.hits]

    def test_search_finds_with_and_without_accents(self):
        for text in ("Thư viện", "thu vien", "THƯ  VIỆN", "thu\u031b vie\u0323\u0302n"):
            with self.subTest(text=text):
                self.assertEqual(self.codes(text), ["3.10"])

    def test_code_finds_that_criterion_alone(self):
        for text in ("1.1", "Tiêu chí 1.1", "tc 1.1"):
            with self.subTest(text=text):
                self.assertEqual(self.codes(text), ["1.1"])
        self.assertEqual(self.codes("3.10"), ["3.10"])
        self.assertEqual(self.codes("3.1"), [])

    def test_code_shows_the_requirements_of_the_criterion(self):
        (hit,) = self.find("1.1").groups[0].hits
        labels = [excerpt.label for excerpt in hit.excerpts]
        self.assertEqual(labels, ["Mức 1, điểm a", "Mức 1, điểm b", "Mức 2"])

    def test_phrase_goes_before_scattered_words(self):
        self.assertFalse(self.find("tài sản").is_loose)
        loose = self.find("sản tài")
        self.assertTrue(loose.is_loose)
        self.assertEqual(loose.groups[0].hits[0].criterion, self.library)

    def test_evidence_and_indicators_are_searched(self):
        (hit,) = self.find("sach tren dau").groups[0].hits
        self.assertEqual([e.label for e in hit.excerpts], ["Dữ liệu định lượng"])

    def test_clause_of_level_four_is_found(self):
        (group,) = self.find("hạ tầng").groups
        self.assertEqual(group.hits, [])
        self.assertEqual(
            [(c.label, c.reference) for c in group.clauses],
            [("Khoản 3", "khoản 3 Điều 22")],
        )

    def test_like_wildcards_are_plain_characters(self):
        self.assertEqual(self.codes("100%"), ["3.10"])
        self.assertEqual(self.codes("%%"), [])
        self.assertEqual(self.codes("thu_vien"), [])

    def test_excerpts_beyond_the_limit_are_counted(self):
        self.library.evidence = ["Sổ thư viện"] * (MAX_EXCERPTS + 2)
        self.library.save()
        (hit,) = self.find("thư viện").groups[0].hits
        self.assertEqual((len(hit.excerpts), hit.more), (MAX_EXCERPTS, 2))

    def test_excerpt_with_more_of_the_words_comes_first(self):
        self.library.evidence = ["Sổ tài sản", "Sổ tài sản thư viện cũ"]
        self.library.search_text += "\nso tai san thu vien cu"
        self.library.save()
        (hit,) = self.find("cũ tài sản").groups[0].hits
        self.assertEqual(hit.excerpts[0].pieces[0].text, "Sổ ")
        self.assertEqual(hit.excerpts[0].pieces[-1].text, "cũ")

    def test_results_keep_to_the_circulars_asked_for(self):
        other = make_circular("18/2018/TT-BGDĐT")
        groups = find("1.1", [other], DAY).groups
        self.assertEqual([group.circular for group in groups], [other])

    def test_repealed_requirement_is_told_from_its_day(self):
        requirement = self.library.requirements.first()
        requirement.repealed_on = DAY
        requirement.save()
        told = [
            find("3.10", [self.circular], day).groups[0].hits[0].excerpts[0].repealed_on
            for day in (DAY - datetime.timedelta(days=1), DAY)
        ]
        self.assertEqual(told, [None, DAY])


class RealSearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_catalogues()

    def test_search_takes_three_queries_however_much_it_finds(self):
        circulars = list(Circular.objects.all())
        for text in ("thư viện", "học sinh"):
            with self.subTest(text=text), self.assertNumQueries(3):
                find(text, circulars, DAY)

    def test_code_is_found_in_each_circular_that_has_it(self):
        results = find("1.10", list(Circular.objects.all()), DAY)
        numbers = [group.circular.number.partition("/")[0] for group in results.groups]
        self.assertEqual(numbers, ["17", "18", "19"])
