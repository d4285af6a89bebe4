"""What a signature is worth: each way of cheating has its own answer (AT19)."""

import io
import re
from datetime import UTC, datetime, timedelta
from unittest import TestCase

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from reports.signatures.problems import Problem
from reports.signatures.trust import TrustList, TrustListError
from reports.signatures.verdict import FileVerdict, spoken
from tests.factories import certificates
from tests.reports import pdfsignatures as made


def problems(verdict):
    return verdict.problems, *(each.problems for each in verdict.signatures)


class GoodTests(TestCase):
    def test_person_and_organisation(self):
        verdict = made.verdict(made.by_both())
        self.assertTrue(verdict.is_valid)
        self.assertTrue(verdict.is_the_issued_document)
        self.assertEqual(verdict.kinds, {"person", "organisation"})
        person, organisation = verdict.signatures
        self.assertEqual(person.signer_name, certificates.PRINCIPAL)
        self.assertEqual(organisation.organisation, certificates.SCHOOL)
        self.assertEqual(
            [each.covers_whole_file for each in verdict.signatures], [False, True]
        )
        self.assertIsNone(person.timestamped_at)
        age = datetime.now(UTC) - person.signed_at
        self.assertLess(age, timedelta(minutes=30))

    def test_sentences_say_who_when_and_how_much(self):
        verdict = made.verdict(made.by_both())
        said = verdict.sentences()
        self.assertEqual(said[0], "Hợp lệ: tệp có 2 chữ ký số, tất cả đều đúng.")
        self.assertEqual(said[1], "Tệp là đúng văn bản đã ban hành.")
        when = spoken(verdict.signatures[0].signed_at)
        self.assertEqual(
            said[2:6],
            (
                f"Chữ ký 1. Người ký: {certificates.PRINCIPAL}; ký lúc {when} theo "
                "đồng hồ của máy ký.",
                "Nội dung còn nguyên vẹn từ khi ký.",
                "Nơi cấp chứng thư số nằm trong danh sách tin cậy.",
                "Chữ ký bao trùm toàn bộ nội dung; sau đó chỉ có thêm chữ ký khác.",
            ),
        )
        self.assertIn("Chữ ký bao trùm toàn bộ tệp.", said)

    def test_without_a_document_to_compare_with(self):
        verdict = made.examined(made.by_both())
        self.assertTrue(verdict.is_valid)
        self.assertIsNone(verdict.is_the_issued_document)

    def test_elliptic_keys(self):
        for curve in (ec.SECP256R1(), ec.SECP384R1()):
            with self.subTest(curve=curve.name):
                key = certificates.key_of(ec.generate_private_key(curve))
                self.assertTrue(made.verdict(made.signed(made.issued(), key)).is_valid)

    def test_an_issuing_authority_in_between(self):
        person = certificates.person_below_intermediate()
        key = certificates.person_key(person)
        self.assertEqual(
            key.chain, (certificates.intermediate_authority(), certificates.authority())
        )
        self.assertTrue(made.verdict(made.signed(made.issued(), key)).is_valid)

    def test_time_stamp(self):
        moment = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
        stamper = certificates.time_stamper(moment)
        verdict = made.verdict(made.signed(made.issued(), timestamper=stamper))
        self.assertTrue(verdict.is_valid)
        self.assertEqual(verdict.signatures[0].timestamped_at, moment)
        self.assertIn("có dấu thời gian xác nhận", verdict.sentences()[2])

    def test_a_time_stamp_keeps_a_signature_valid_beyond_its_certificate(self):
        years_later = datetime.now(UTC) + timedelta(days=3 * 365)
        plain = made.verdict(made.by_person(), at=years_later)
        self.assertEqual(problems(plain), ((), (Problem.EXPIRED,)))
        stamper = certificates.time_stamper()
        stamped = made.signed(made.issued(), timestamper=stamper)
        self.assertTrue(made.verdict(stamped, at=years_later).is_valid)

    def test_another_title_in_the_properties_is_no_change(self):
        self.assertTrue(
            made.verdict(made.signed(made.with_title(made.issued()))).is_valid
        )

    def test_kind_by_the_field_where_the_certificate_is_silent(self):
        key = certificates.person_key(certificates.nameless())
        self.assertEqual(
            made.verdict(made.signed(made.issued(), key)).kinds, {"person"}
        )
        sealed = made.sealed(made.issued(), key)
        self.assertEqual(made.verdict(sealed).kinds, {"organisation"})

    def test_time_of_vietnam(self):
        moment = datetime(2026, 11, 21, 3, 15, 30, tzinfo=UTC)
        self.assertEqual(spoken(moment), "21/11/2026; 10:15:30 +07:00")


class CheatingTests(TestCase):
    def test_a_changed_byte_in_what_the_first_signature_covers(self):
        stream = made.by_both().index(b"stream") + 40
        for name, position in (("text", stream), ("head", 12)):
            with self.subTest(name):
                pdf = made.flipped(made.by_both(), position)
                verdict = made.verdict(pdf, of=pdf[: len(made.issued())])
                self.assertFalse(verdict.is_valid)
                if verdict.signatures:
                    self.assertEqual(
                        problems(verdict)[1:], ((Problem.CHANGED,), (Problem.CHANGED,))
                    )

    def test_any_byte_of_the_issued_text(self):
        """Whatever a changed byte does to the reader of the file, nothing stays valid."""
        length = len(made.issued())
        for position in range(20, length, length // 8):
            with self.subTest(position=position):
                pdf = made.flipped(made.by_both(), position)
                self.assertFalse(made.safely(pdf).is_valid)

    def test_a_changed_byte_that_only_the_second_signature_covers(self):
        start = len(made.by_person())
        stream = made.by_both().index(b"stream", start) + 40
        verdict = made.verdict(made.flipped(made.by_both(), stream))
        self.assertEqual(problems(verdict), ((), (), (Problem.CHANGED,)))
        self.assertEqual(verdict.kinds, {"person"})

    def test_a_changed_signature_value(self):
        pdf = made.by_person()
        start, end = contents(pdf)
        # Near the end of the structure, before the zeros that fill it up, stands the
        # signature itself.
        position = start + len(pdf[start:end].rstrip(b"0")) - 40
        digit = b"1" if pdf[position : position + 1] == b"0" else b"0"
        forged = pdf[:position] + digit + pdf[position + 1 :]
        self.assertEqual(problems(made.verdict(forged)), ((), (Problem.FORGED,)))

    def test_text_added_after_the_first_signature(self):
        verdict = made.verdict(made.with_text(made.by_person()))
        self.assertEqual(problems(verdict), ((), (Problem.TEXT_ADDED,)))
        self.assertIn(Problem.TEXT_ADDED.sentence, verdict.sentences())

    def test_text_added_between_two_signatures(self):
        verdict = made.verdict(made.sealed(made.with_text(made.by_person())))
        self.assertEqual(problems(verdict), ((), (Problem.TEXT_ADDED,), ()))

    def test_a_note_added_after_the_last_signature(self):
        verdict = made.verdict(made.with_note(made.by_both()))
        self.assertEqual(
            problems(verdict), ((), (Problem.TEXT_ADDED,), (Problem.TEXT_ADDED,))
        )

    def test_bytes_added_at_the_end(self):
        for tail in (b"\n", b"% more\n", b"x" * 5000):
            with self.subTest(length=len(tail)):
                self.assertFalse(made.safely(made.by_both() + tail).is_valid)

    def test_an_empty_field_added_after_the_last_signature(self):
        for box in (None, (100, 100, 200, 200)):
            spec = fields.SigFieldSpec("X", box=box, empty_field_appearance=True)
            with self.subTest(box=box):
                writer = IncrementalPdfFileWriter(io.BytesIO(made.by_both()))
                fields.append_signature_field(writer, spec)
                target = io.BytesIO()
                writer.write(target)
                verdict = made.verdict(target.getvalue())
                self.assertEqual(
                    problems(verdict), ((Problem.ADDED_AFTERWARDS,), (), ())
                )

    def test_text_or_note_added_before_the_first_signature(self):
        """The bytes begin with what was issued, the page says something else."""
        for change in (made.with_text, made.with_note):
            with self.subTest(change=change.__name__):
                verdict = made.verdict(made.signed(change(made.issued())))
                self.assertTrue(verdict.is_the_issued_document)
                self.assertEqual(problems(verdict), ((Problem.ALTERED_BEFORE,), ()))

    def test_an_empty_field_that_prints_a_text(self):
        """Added before the first signature, it would stand in nobody's name."""
        frame = b"q 0.9 g 0 0 200 60 re f 0.5 w 0 0 200 60 re S Q"
        outline = b"0 0 m 10 10 l 20 0 l f"
        boxes = b"0 0 9 9 re f " * 5
        for looks, is_right in (
            (frame, True),
            (b"", True),
            (made.FORGED_TEXT, False),
            (b"/Im0 Do", False),
            (outline, False),
            (boxes, False),
        ):
            with self.subTest(looks=looks):
                pdf = made.with_empty_field(made.issued(), looks)
                verdict = made.verdict(made.signed(pdf))
                self.assertEqual(verdict.is_valid, is_right, verdict.sentences())
                if not is_right:
                    self.assertEqual(verdict.problems, (Problem.SHOWN_UNSIGNED,))

    def test_text_added_between_a_time_stamp_of_the_file_and_the_signature(self):
        stamped = made.stamped(made.issued())
        self.assertTrue(made.verdict(made.signed(stamped)).is_valid)
        verdict = made.verdict(made.signed(made.with_text(stamped)))
        self.assertEqual(problems(verdict), ((Problem.ALTERED_BEFORE,), ()))

    def test_a_time_stamp_of_the_file_is_nobodys_signature(self):
        stamped = made.verdict(made.stamped(made.issued()))
        self.assertEqual(problems(stamped), ((Problem.NO_SIGNATURE,),))
        verdict = made.verdict(made.stamped(made.by_both()))
        self.assertTrue(verdict.is_valid, verdict.sentences())
        self.assertEqual(len(verdict.signatures), 2)

    def test_signature_over_another_document(self):
        other = made.signed(made.issued(title="BÁO CÁO"))
        verdict = made.verdict(other)
        self.assertIs(verdict.is_the_issued_document, False)
        self.assertEqual(problems(verdict), ((Problem.OTHER_DOCUMENT,), ()))
        self.assertFalse(verdict.is_valid)

    def test_a_picture_that_covers_the_page(self):
        key = certificates.organisation_key()
        writer = IncrementalPdfFileWriter(io.BytesIO(made.by_person()))
        pdf = made.signed_in_box(writer, key, (50, 50, 500, 750))
        self.assertEqual(
            problems(made.verdict(pdf)), ((Problem.COVERING_PICTURE,), (), ())
        )

    def test_signature_that_covers_a_part_only(self):
        """The hole for the signature is made wider: bytes beside it are not covered."""
        pdf = made.by_person()
        ranges = re.search(rb"/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]", pdf)
        _, first, second, length = map(int, ranges.groups())
        text = f"/ByteRange [0 {first} {second + 10} {length - 10}]".encode()
        self.assertLessEqual(len(text), ranges.end() - ranges.start())
        padded = text.ljust(ranges.end() - ranges.start())
        pdf = pdf[: ranges.start()] + padded + pdf[ranges.end() :]
        self.assertFalse(made.safely(pdf).is_valid)


class CertificateTests(TestCase):
    def verdict(self, certificate, **options):
        key = certificates.person_key(certificate)
        return made.verdict(made.signed(made.issued(), key), **options)

    def test_expired_not_yet_valid_and_foreign(self):
        for certificate, problem in (
            (certificates.expired_person(), Problem.EXPIRED),
            (certificates.future_person(), Problem.NOT_YET_VALID),
            (certificates.foreign_person(), Problem.UNTRUSTED),
        ):
            with self.subTest(problem=problem):
                verdict = self.verdict(certificate)
                self.assertEqual(problems(verdict), ((), (problem,)))
                self.assertTrue(verdict.signatures[0].is_intact)
                self.assertFalse(verdict.signatures[0].is_trusted)
                self.assertIn(problem.sentence, verdict.sentences())

    def test_the_time_the_signer_claims_counts_too(self):
        """Signed before the certificate was in force, handed in afterwards."""
        later = datetime.now(UTC) + timedelta(days=60)
        verdict = self.verdict(certificates.future_person(), at=later)
        self.assertEqual(problems(verdict), ((), (Problem.NOT_YET_VALID,)))

    def test_made_for_machines(self):
        certificate = certificates.person(purposes=(ExtendedKeyUsageOID.SERVER_AUTH,))
        self.assertEqual(problems(self.verdict(certificate)), ((), (Problem.UNFIT,)))

    def test_empty_trust_list(self):
        verdict = made.verdict(made.by_person(), trust=TrustList())
        self.assertEqual(problems(verdict), ((), (Problem.UNTRUSTED,)))

    def test_short_key(self):
        short = rsa.generate_private_key(65537, 1024)  # noqa: S505 - to be refused
        pdf = made.signed(made.issued(), certificates.key_of(short))
        (_, found) = problems(made.verdict(pdf))
        self.assertIn(Problem.WEAK, found)

    def test_time_stamp_of_a_foreign_authority(self):
        stamper = certificates.time_stamper(issuer=certificates.foreign_authority)
        verdict = made.verdict(made.signed(made.issued(), timestamper=stamper))
        self.assertEqual(problems(verdict), ((), (Problem.UNTRUSTED_TIMESTAMP,)))
        self.assertIsNone(verdict.signatures[0].timestamped_at)

    def test_trust_list(self):
        both = certificates.pem(certificates.authority()) + certificates.pem(
            certificates.foreign_authority()
        )
        trust = TrustList([both])
        self.assertEqual(len(trust.anchors), 2)
        self.assertTrue(
            trust.chain_is_trusted(certificates.foreign_person(), [], datetime.now(UTC))
        )
        self.assertFalse(TrustList())
        for text in ("", "abc", "-----BEGIN CERTIFICATE-----\nabc\n"):
            with self.subTest(text=text), self.assertRaises(TrustListError):
                TrustList([text])

    def test_a_forged_authority_of_the_same_name(self):
        """The chain must be signed by the anchor's key, not by its name."""
        trust = TrustList([certificates.pem(certificates.namesake_authority())])
        verdict = made.verdict(made.by_person(), trust=trust)
        self.assertEqual(problems(verdict), ((), (Problem.UNTRUSTED,)))


class WordingTests(TestCase):
    def test_every_problem_has_a_sentence_of_its_own(self):
        sentences = [problem.sentence for problem in Problem]
        self.assertEqual(len(set(sentences)), len(Problem))
        for sentence in sentences:
            self.assertTrue(sentence.endswith("."), sentence)

    def test_a_refused_file(self):
        verdict = FileVerdict((), None, (Problem.NO_SIGNATURE,))
        self.assertFalse(verdict.is_valid)
        self.assertEqual(
            verdict.sentences(), ("Không hợp lệ.", Problem.NO_SIGNATURE.sentence)
        )

    def test_no_signatures_are_no_verdict(self):
        self.assertFalse(FileVerdict().is_valid)


def contents(pdf):
    """Where the digits of the last signature stand."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)
