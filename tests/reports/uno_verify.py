"""What LibreOffice says about the signatures of DOCX files; run by the system's Python.

    python3 uno_verify.py PIPE FILE…

PIPE is the name of the pipe on which soffice accepts. Prints a JSON list with one entry
for each file: a list of [is valid, status of the certificate] of its signatures, or the
name of the error with which it would not open. Then ends that soffice.
"""

import contextlib
import json
import pathlib
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.uno import Exception as UnoError

_PATIENCE_S = 30


def main(pipe, paths):
    context = _connected(pipe)
    manager = context.ServiceManager
    storages = manager.createInstance("com.sun.star.embed.StorageFactory")
    checker = manager.createInstanceWithArgumentsAndContext(
        "com.sun.star.security.DocumentDigitalSignatures", ("1.3",), context
    )
    json.dump([_checked(storages, checker, path) for path in paths], sys.stdout)
    desktop = manager.createInstance("com.sun.star.frame.Desktop")
    with contextlib.suppress(UnoError):  # it may go before it answers
        desktop.terminate()


def _connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return resolver.resolve(address)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _checked(storages, checker, path):
    # As a ZIP and read-only; the format for Office files finds no signature.
    form = PropertyValue("StorageFormat", 0, "ZipFormat", 0)
    wanted = uno.Any("[]com.sun.star.beans.PropertyValue", (form,))
    arguments = (pathlib.Path(path).resolve().as_uri(), 1, wanted)
    try:
        storage = uno.invoke(storages, "createInstanceWithArguments", (arguments,))
        found = checker.verifyDocumentContentSignatures(storage, None)
    except UnoError as error:
        return type(error).__name__
    return [[each.SignatureIsValid, each.CertificateStatus] for each in found]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
