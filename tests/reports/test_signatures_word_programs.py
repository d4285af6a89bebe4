"""What other programs say about the signatures we make: LibreOffice and xmlsec1.

They share libxmlsec. Apache POI was asked by hand, and says the same.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest
import uuid

from reports.official.word import write_docx
from reports.signatures.word_signing import sign_docx
from tests.factories import certificates
from tests.reports import documents, wordpackages
from tests.reports.test_signatures_word import elliptic_key
from tests.reports.wordpackages import changed

SYSTEM_PYTHON = "/usr/bin/python3"
ASKING = pathlib.Path(__file__).with_name("uno_verify.py")
LONGEST_S = 60
VALID, FOREIGN = [True, 0], [True, 1]
PROPERTIES = "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"
OBJECT = "http://www.w3.org/2000/09/xmldsig#:Object"


def missing_for_libreoffice():
    for name in ("soffice", "certutil", SYSTEM_PYTHON):
        if not shutil.which(name):
            return f"{name} is not installed"
    asked = run(SYSTEM_PYTHON, "-c", "import uno")
    return "python3-uno is not installed" if asked.returncode else ""


def run(program, *arguments, **options):
    """A program of this machine with files of ours."""
    return subprocess.run(  # noqa: S603 - as the tests say, nobody else
        [shutil.which(program), *arguments],
        capture_output=True,
        timeout=LONGEST_S,
        **options,
    )


NO_LIBREOFFICE = missing_for_libreoffice()


def told_by_libreoffice(files):
    """For each of `files` the signatures as [is valid, status of the certificate]."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, file in enumerate(files):
            paths.append(pathlib.Path(folder, f"{number}.docx"))
            paths[-1].write_bytes(file)
        pipe = f"qualityplan-{uuid.uuid4().hex}"
        with soffice(pathlib.Path(folder), pipe):
            said = run(SYSTEM_PYTHON, ASKING, pipe, *paths, check=True)
        return json.loads(said.stdout)


@contextlib.contextmanager
def soffice(folder, pipe):
    """LibreOffice with a profile of its own that trusts the authority of the tests."""
    store = f"sql:{folder / 'nss'}"
    (folder / "nss").mkdir()
    (folder / "ca.pem").write_text(certificates.pem(certificates.authority()))
    run("certutil", "-N", "-d", store, "--empty-password", check=True)
    adding = ("-n", "ca", "-t", "CT,C,C", "-i", folder / "ca.pem")
    run("certutil", "-A", "-d", store, *adding, check=True)
    running = subprocess.Popen(  # noqa: S603 - as above
        [
            shutil.which("soffice"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        env=os.environ | {"MOZILLA_CERTIFICATE_FOLDER": store},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
        running.wait(LONGEST_S)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


@unittest.skipIf(NO_LIBREOFFICE, NO_LIBREOFFICE)
class LibreOfficeTests(unittest.TestCase):
    """One start of LibreOffice for all: it takes most of the time."""

    @classmethod
    def setUpClass(cls):
        issued = write_docx(documents.legacy_plan())
        once = sign_docx(issued, certificates.person_key())
        rich = wordpackages.rich_docx()
        foreign = certificates.person_key(certificates.foreign_person())
        cls.tampered = wordpackages.signed_names(issued)
        files = {
            "issued": issued,
            "once": once,
            "twice": sign_docx(once, certificates.organisation_key()),
            "rich": sign_docx(rich, certificates.person_key()),
            "spaced": sign_docx(_spaced(rich), certificates.person_key()),
            "elliptic": sign_docx(issued, elliptic_key()),
            "foreign": sign_docx(issued, foreign),
        } | {name: changed(once, {name: _flipped}) for name in cls.tampered}
        cls.told = dict(zip(files, told_by_libreoffice(files.values()), strict=True))

    def test_signatures_of_ours_are_valid(self):
        for name in ("once", "rich", "spaced", "elliptic"):
            self.assertEqual(self.told[name], [VALID], name)
        self.assertEqual(self.told["twice"], [VALID, VALID])

    def test_unsigned_file_has_none(self):
        self.assertEqual(self.told["issued"], [])

    def test_foreign_authority_is_told(self):
        self.assertEqual(self.told["foreign"], [FOREIGN])

    def test_flipped_byte_is_found(self):
        for name in self.tampered:
            (signature,) = self.told[name]
            self.assertFalse(signature[0], name)


def _spaced(file):
    blank = wordpackages.replaced("<Relationship ", "\n  <Relationship ")
    return changed(file, {wordpackages.LINKS: blank})


def _flipped(content):
    is_links = b"<Relationships" in content
    return (wordpackages.flipped_target if is_links else wordpackages.flipped)(content)


@unittest.skipUnless(shutil.which("xmlsec1"), "xmlsec1 is not installed")
class XmlsecTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rich = wordpackages.rich_docx()
        cls.file = sign_docx(cls.rich, certificates.person_key())

    def test_signature_and_all_parts_are_right(self):
        own, parts = self.told(self.file)
        self.assertEqual(own, (3, 3))
        count = len(wordpackages.signed_names(self.rich))
        self.assertEqual(parts, (count, count))

    def test_second_signature_and_elliptic_key(self):
        second = sign_docx(self.file, elliptic_key())
        for number in (1, 2):
            own, parts = self.told(second, f"_xmlsignatures/sig{number}.xml")
            self.assertEqual(own, (3, 3))
            self.assertEqual(parts[0], parts[1])

    def test_flipped_byte_in_every_part(self):
        """The program says OK all the same: its Manifest counts tell."""
        for name in wordpackages.signed_names(self.rich):
            own, parts = self.told(changed(self.file, {name: _flipped}))
            self.assertEqual(own, (3, 3))
            self.assertEqual(parts[0], parts[1] - 1, name)

    def test_foreign_authority(self):
        key = certificates.person_key(certificates.foreign_person())
        self.assertIsNone(self.told(sign_docx(self.rich, key)))

    def told(self, file, part=wordpackages.SIGNATURE):
        """(right, all) of the signature's own references and of its parts; None for a
        signature that does not verify."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for part_name, content in wordpackages.parts(file).items():
                path = folder / part_name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            (folder / "ca.pem").write_text(certificates.pem(certificates.authority()))
            said = run(
                *("xmlsec1", "--verify", "--trusted-pem", "ca.pem"),
                *("--id-attr:Id", OBJECT, "--id-attr:Id", PROPERTIES),
                *_addresses((folder / part).read_text()),
                part,
                cwd=folder,
                text=True,
            )
        if said.returncode:
            return None
        return _counts("SignedInfo", said.stderr), _counts("Manifests", said.stderr)


def _counts(kind, said):
    found = re.search(rf"{kind} References \(ok/all\): (\d+)/(\d+)", said)
    return tuple(map(int, found.groups()))


def _addresses(xml):
    """The file in the folder for each part the signature lists."""
    found = []
    for uri in re.findall(r'URI="/([^"]+)"', xml):
        found += [f"--url-map:/{uri}", uri.partition("?")[0]]
    return found
