"""Print the Debian packages this machine lacks for the groups named: run, test, office.

Looks for what a package brings, not for the package: a Chromium or a font that came
another way will do. Runs on the bare system Python, before there is a .venv."""

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path


def has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_command(*names):
    return any(shutil.which(name) for name in names)


def has_font(family):
    """Whether the family is here with Vietnamese letters (U+1EA1 is "ạ"): version 1 of
    Liberation, which comes with other packages, lacks them."""
    if not has_command("fc-list"):
        return False
    wanted = f"{family}:charset=1ea1"
    return subprocess.run(["fc-list", "-q", wanted], check=False).returncode == 0  # noqa: S603, S607


PACKAGES = {
    "run": {
        # Debian takes pip's half of the standard library out of python3.
        "python3-venv": lambda: importlib.util.find_spec("ensurepip"),
        "libpango-1.0-0": lambda: has_library("libpango-1.0.so.0"),
        "libpangoft2-1.0-0": lambda: has_library("libpangoft2-1.0.so.0"),
        "libharfbuzz0b": lambda: has_library("libharfbuzz.so.0"),
        "libharfbuzz-subset0": lambda: has_library("libharfbuzz-subset.so.0"),
        "fonts-liberation2": lambda: has_font("Liberation Serif"),
    },
    "test": {
        "chromium": lambda: has_command("chromium"),
        "poppler-utils": lambda: has_command("pdftotext"),
        "softhsm2": lambda: has_command("softhsm2-util"),
    },
    "office": {
        "libreoffice-writer-nogui": lambda: has_command("soffice", "libreoffice"),
        "python3-uno": lambda: Path("/usr/lib/python3/dist-packages/uno.py").exists(),
        "libnss3-tools": lambda: has_command("certutil"),
        "xmlsec1": lambda: has_command("xmlsec1"),
    },
}

for group in sys.argv[1:]:
    for package, is_there in PACKAGES[group].items():
        if not is_there():
            print(package)
