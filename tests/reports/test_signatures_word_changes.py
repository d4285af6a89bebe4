"""A signed DOCX that was changed: each change is found, each has its own words."""

import unittest
from datetime import timedelta

from reports.signatures.verdict import Problem
from reports.signatures.word_signing import sign_docx
from tests.factories import certificates
from tests.reports import wordpackages
from tests.reports.test_signatures_word import (
    MOMENT,
    issued,
    problems,
    rich,
    signed,
    verdict,
)
from tests.reports.wordpackages import LINKS, ROOT_LINKS, SIGNATURE, TYPES, changed

SPOKEN, DAY_LATER = (
    f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (MOMENT, MOMENT + timedelta(days=1))
)
OFFICE_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PROPERTIES_LINK = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
    "core-properties"
)


class ChangedPartTests(unittest.TestCase):
    def test_byte_flipped_in_every_signed_part(self):
        for original in (issued, rich):
            names = wordpackages.signed_names(original())
            self.assertIn(LINKS, names)
            for name in names:
                change = wordpackages.flipped
                if name.endswith(".rels"):
                    change = wordpackages.flipped_target
                file = changed(signed(original), {name: change})
                with self.subTest(name):
                    found = verdict(file, issued=original())
                    self.assertFalse(found.is_valid)
                    self.assertIn(Problem.CHANGED, found.all_problems)
                    self.assertFalse(found.is_the_issued_document)

    def test_byte_flipped_all_over_the_signature(self):
        """What still passes says the same: by whom, when, and over which parts."""
        good = verdict(signed())
        xml = wordpackages.parts(signed())[SIGNATURE]
        passed = 0
        for at in range(0, len(xml), 23):
            flipped = wordpackages.flipped(xml, at)
            found = verdict(changed(signed(), {SIGNATURE: flipped}))
            if found.is_valid:
                passed += 1
                self.assertEqual(found, good, at)
        self.assertLess(passed, 8)

    def test_part_taken_out(self):
        file = changed(signed(), {"word/styles.xml": None})
        self.assertEqual(problems(file), (Problem.CHANGED,))

    def test_relationship_taken_out(self):
        link = wordpackages.replaced("rId5", "rId55")
        file = changed(signed(), {LINKS: link})
        self.assertEqual(problems(file), (Problem.CHANGED, Problem.LINK_ADDED))

    def test_relationship_added(self):
        web = wordpackages.with_link(
            "rId99", f"{OFFICE_LINK}/hyperlink", "https://example.com", "External"
        )
        inside = wordpackages.with_link("rId99", f"{OFFICE_LINK}/header", "styles.xml")
        root = wordpackages.with_link("rId99", f"{OFFICE_LINK}/custom", "word/a.xml")
        for changes in ({LINKS: web}, {LINKS: inside}, {ROOT_LINKS: root}):
            file = changed(signed(), changes)
            self.assertEqual(problems(file), (Problem.LINK_ADDED,))

    def test_relationships_part_added(self):
        links = '<Relationships xmlns="{}"><Relationship Id="a" Type="b" Target="c"/></Relationships>'
        links = links.format(
            "http://schemas.openxmlformats.org/package/2006/relationships"
        )
        contents = wordpackages.parts(signed())
        contents["word/_rels/styles.xml.rels"] = links.encode()
        file = wordpackages.packed(contents)
        self.assertEqual(problems(file), (Problem.LINK_ADDED,))

    def test_part_added(self):
        contents = wordpackages.parts(signed()) | {"word/footer9.xml": b"<a/>"}
        file = wordpackages.packed(contents)
        self.assertEqual(problems(file), (Problem.PART_UNSIGNED,))

    def test_part_of_the_document_passed_off_as_a_property(self):
        contents = wordpackages.parts(signed()) | {"word/a.xml": b"<a/>"}
        for target in ("word/styles.xml", "word/a.xml"):
            link = wordpackages.with_link("rId98", PROPERTIES_LINK, target)
            file = changed(wordpackages.packed(contents), {ROOT_LINKS: link})
            found = verdict(file, issued=issued())
            self.assertFalse(found.is_valid)
            self.assertFalse(found.is_the_issued_document)

    def test_content_type_changed(self):
        kind = wordpackages.replaced(".styles+xml", ".footer+xml")
        file = changed(signed(), {TYPES: kind})
        self.assertEqual(problems(file), (Problem.TYPE_CHANGED,))

    def test_type_of_the_signature_or_of_relationships_changed(self):
        for old, new in (
            ("xmlsignature+xml", "xmlsignatur+xml"),
            ("package.relationships+xml", "package.relationship+xml"),
        ):
            file = changed(signed(), {TYPES: wordpackages.replaced(old, new)})
            self.assertEqual(problems(file), (Problem.TYPE_CHANGED,))

    def test_properties_are_not_signed_but_are_of_the_issued_document(self):
        file = changed(
            signed(), {"docProps/core.xml": wordpackages.replaced("2020", "2021")}
        )
        self.assertTrue(verdict(file).is_valid)
        found = verdict(file, issued=issued())
        self.assertFalse(found.is_the_issued_document)
        self.assertEqual(found.all_problems, (Problem.OTHER_DOCUMENT,))


class SignatureTests(unittest.TestCase):
    def changed_signature(self, *replacements):
        content = wordpackages.parts(signed())[SIGNATURE]
        for old, new in replacements:
            content = wordpackages.replaced(old, new)(content)
        return changed(signed(), {SIGNATURE: content})

    def test_time_changed(self):
        for tag in ("mdssi:Value", "xd:SigningTime"):
            file = self.changed_signature((f"<{tag}>{SPOKEN}", f"<{tag}>{DAY_LATER}"))
            self.assertEqual(problems(file), (Problem.TIME_CHANGED,))

    def test_both_times_changed(self):
        file = self.changed_signature(
            (f"Value>{SPOKEN}", f"Value>{DAY_LATER}"),
            (f"SigningTime>{SPOKEN}", f"SigningTime>{DAY_LATER}"),
        )
        self.assertEqual(problems(file), (Problem.CHANGED,))

    def test_value_of_another_signature(self):
        other = sign_docx(rich(), certificates.person_key(), signed_at=MOMENT)
        value = _between(wordpackages.parts(other)[SIGNATURE], "SignatureValue")
        own = _between(wordpackages.parts(signed())[SIGNATURE], "SignatureValue")
        self.assertEqual(
            problems(self.changed_signature((own, value))), (Problem.FORGED,)
        )

    def test_certificate_exchanged_for_another_of_the_same_key(self):
        other = certificates.person_key(certificates.person("Lê Văn Khác"))
        file = sign_docx(issued(), other, signed_at=MOMENT)
        certificate = _between(wordpackages.parts(file)[SIGNATURE], "X509Certificate")
        own = _between(wordpackages.parts(signed())[SIGNATURE], "X509Certificate")
        file = self.changed_signature((own, certificate))
        self.assertEqual(problems(file), (Problem.FORGED,))

    def test_outdated_digest(self):
        file = self.changed_signature(
            (
                "http://www.w3.org/2001/04/xmlenc#sha256",
                "http://www.w3.org/2000/09/xmldsig#sha1",
            )
        )
        self.assertIn(Problem.WEAK, problems(file))

    def test_two_elements_of_one_id(self):
        file = self.changed_signature(
            ("</Signature>", '<Object Id="idPackageObject"/></Signature>')
        )
        self.assertEqual(problems(file), (Problem.UNREADABLE_SIGNATURE,))

    def test_comment_in_a_digest(self):
        file = self.changed_signature(("</DigestValue>", "<!-- a --></DigestValue>"))
        self.assertEqual(problems(file), (Problem.DAMAGED,))

    def test_something_else_in_place_of_the_signature(self):
        file = changed(signed(), {SIGNATURE: b"<a/>"})
        self.assertEqual(problems(file), (Problem.UNREADABLE_SIGNATURE,))

    def test_unsigned_words_are_not_read(self):
        """An object beside the signed one says nothing, whatever it says."""
        file = self.changed_signature(
            (
                "</Signature>",
                '<Object xmlns:m="http://schemas.openxmlformats.org/package/2006/'
                'digital-signature"><m:SignatureTime><m:Value>2020-01-01T00:00:00Z'
                "</m:Value></m:SignatureTime></Object></Signature>",
            )
        )
        (signature,) = verdict(file).signatures
        self.assertEqual(signature.signed_at, MOMENT)


def _between(xml, tag):
    return xml.decode().partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
