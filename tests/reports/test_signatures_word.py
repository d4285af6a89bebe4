"""Signing a DOCX and verifying it: nothing but the signed document passes."""

import functools
import unittest
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from reports.official.word import write_docx
from reports.signatures.keys import FileKey
from reports.signatures.verdict import Problem, SignerKind
from reports.signatures.word_package import (
    Relationship,
    WordRefused,
    relationships_form,
)
from reports.signatures.word_signing import sign_docx
from reports.signatures.word_verifying import verify_docx
from tests.factories import certificates
from tests.reports import documents, wordpackages
from tests.reports.wordpackages import LINKS, ROOT_LINKS, SIGNATURE, TYPES, changed

# The certificates of the tests are valid a year around today.
MOMENT = datetime.now(UTC).replace(microsecond=0) - timedelta(days=60)


@functools.cache
def issued():
    return write_docx(documents.legacy_plan())


@functools.cache
def rich():
    return wordpackages.rich_docx()


@functools.cache
def signed(original=issued):
    return sign_docx(original(), certificates.person_key(), signed_at=MOMENT)


def verdict(file, **options):
    return verify_docx(file, trust=certificates.trust(), **options)


def problems(file, **options):
    return verdict(file, **options).all_problems


def elliptic_key():
    private = ec.generate_private_key(ec.SECP256R1())
    subject = certificates._name(common_name="Trần Thị Ước", user_id="CCCD:1")
    leaf = certificates._leaf(subject, private, certificates.authority)
    return FileKey(leaf, (), private)


class SigningTests(unittest.TestCase):
    def test_signed_document_is_valid_and_says_by_whom_and_when(self):
        found = verdict(signed(), issued=issued())
        (signature,) = found.signatures
        self.assertTrue(found.is_valid, found.sentences())
        self.assertTrue(found.is_the_issued_document)
        self.assertEqual(signature.signer_name, certificates.PRINCIPAL)
        self.assertEqual(signature.kind, SignerKind.PERSON)
        self.assertEqual(signature.signed_at, MOMENT)
        self.assertTrue(signature.covers_whole_file)

    def test_every_part_of_the_document_is_copied_byte_for_byte(self):
        before, after = wordpackages.parts(rich()), wordpackages.parts(signed(rich))
        for name in set(before) - {TYPES, ROOT_LINKS}:
            self.assertEqual(after[name], before[name], name)
        self.assertEqual(
            sorted(set(after) - set(before)),
            [
                "_xmlsignatures/_rels/origin.sigs.rels",
                "_xmlsignatures/origin.sigs",
                SIGNATURE,
            ],
        )

    def test_file_with_all_sorts_of_parts(self):
        self.assertTrue(verdict(signed(rich), issued=rich()).is_valid)

    def test_same_key_and_moment_give_the_same_bytes(self):
        again = sign_docx(issued(), certificates.person_key(), signed_at=MOMENT)
        self.assertEqual(again, signed())

    def test_key_without_a_moment_signs_now(self):
        file = sign_docx(issued(), certificates.person_key())
        (signature,) = verdict(file).signatures
        self.assertLess(datetime.now(UTC) - signature.signed_at, timedelta(minutes=10))

    def test_elliptic_key(self):
        file = sign_docx(issued(), elliptic_key())
        found = verdict(file)
        self.assertTrue(found.is_valid, found.sentences())
        self.assertEqual(found.signatures[0].signer_name, "Trần Thị Ước")
        value = wordpackages.replaced("<SignatureValue>", "<SignatureValue>AAAA")
        self.assertIn(Problem.FORGED, problems(changed(file, {SIGNATURE: value})))

    def test_blanks_in_a_relationships_part_are_taken_out(self):
        spaced = changed(
            rich(),
            {LINKS: wordpackages.replaced("<Relationship ", "\n <Relationship ")},
        )
        file = sign_docx(spaced, certificates.person_key())
        self.assertNotIn(b"\n <", wordpackages.parts(file)[LINKS])
        self.assertTrue(verdict(file, issued=spaced).is_valid)

    def test_what_is_no_word_file_is_not_signed(self):
        with self.assertRaises(WordRefused) as caught:
            sign_docx(b"%PDF-1.7", certificates.person_key())
        self.assertEqual(caught.exception.problem, Problem.NOT_WORD)

    def test_relationships_are_sorted_as_strings_with_their_mode(self):
        ids = ("rId2", "rId10", "rId1")
        form = relationships_form([Relationship(id_, "t", "a&b") for id_ in ids])
        self.assertEqual(
            form.decode(),
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships">'
            + "".join(
                f'<Relationship Id="{id_}" Target="a&amp;b" TargetMode="Internal" '
                'Type="t"></Relationship>'
                for id_ in ("rId1", "rId10", "rId2")
            )
            + "</Relationships>",
        )


class SecondSignatureTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = sign_docx(signed(), certificates.organisation_key())

    def test_both_are_valid_and_the_first_is_untouched(self):
        found = verdict(self.file, issued=issued())
        self.assertTrue(found.is_valid, found.sentences())
        self.assertEqual(
            [each.kind for each in found.signatures],
            [SignerKind.PERSON, SignerKind.ORGANISATION],
        )
        first = wordpackages.parts(signed())[SIGNATURE]
        self.assertEqual(wordpackages.parts(self.file)[SIGNATURE], first)

    def test_change_breaks_both(self):
        name = "word/document.xml"
        found = verdict(changed(self.file, {name: wordpackages.flipped}))
        for signature in found.signatures:
            self.assertEqual(signature.problems, (Problem.CHANGED,))

    def test_second_taken_out_leaves_the_first(self):
        links = "_xmlsignatures/_rels/origin.sigs.rels"
        gone = wordpackages.replaced('Id="rId2"', 'Id="rId2" TargetMode="Internal"')
        self.assertTrue(verdict(changed(self.file, {links: gone})).is_valid)
        alone = changed(
            self.file,
            {links: wordpackages.parts(signed())[links]},
        )
        # Nothing leads to the second any more: it is an unsigned part of the file.
        self.assertEqual(problems(alone), (Problem.PART_UNSIGNED,))


class CertificateTests(unittest.TestCase):
    def signed_by(self, certificate, **options):
        key = certificates.person_key(certificate)
        return sign_docx(issued(), key, **options)

    def test_foreign_authority(self):
        file = self.signed_by(certificates.foreign_person())
        (signature,) = verdict(file).signatures
        self.assertTrue(signature.is_intact)
        self.assertFalse(signature.is_trusted)
        self.assertEqual(signature.problems, (Problem.UNTRUSTED,))

    def test_expired_and_not_yet_valid_when_it_signed(self):
        expired = self.signed_by(certificates.expired_person())
        self.assertEqual(problems(expired), (Problem.EXPIRED,))
        early = self.signed_by(certificates.future_person())
        self.assertEqual(problems(early), (Problem.NOT_YET_VALID,))

    def test_expired_since_it_signed(self):
        then = datetime.now(UTC) - timedelta(days=200)
        file = self.signed_by(certificates.expired_person(), signed_at=then)
        self.assertTrue(verdict(file).is_valid)

    def test_each_problem_has_words_of_its_own(self):
        sentences = [problem.sentence for problem in Problem]
        self.assertEqual(len(set(sentences)), len(sentences))


class IssuedDocumentTests(unittest.TestCase):
    def test_unsigned_file(self):
        self.assertEqual(problems(issued()), (Problem.NO_SIGNATURE,))

    def test_signature_over_another_document(self):
        other = write_docx(documents.legacy_plan(8))
        file = sign_docx(other, certificates.person_key())
        found = verdict(file, issued=issued())
        self.assertTrue(found.signatures[0].is_valid)
        self.assertFalse(found.is_valid)
        self.assertEqual(found.problems, (Problem.OTHER_DOCUMENT,))

    def test_nothing_to_compare_with(self):
        self.assertIsNone(verdict(signed()).is_the_issued_document)
