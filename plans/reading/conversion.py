"""Older kinds of files through LibreOffice, where it is installed."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from plans.reading import packages, refusals
from plans.reading.refusals import DocumentRefused

TIMEOUT_S = 60
_WANTED = {".doc": "docx", ".odt": "docx", ".xls": "xlsx", ".ods": "xlsx"}
# A profile of its own for each run: no macro runs, no link is followed, and two runs at
# once do not wait for each other.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def converted(content, suffix):
    """`content`, a file of the older kind `suffix`, as OOXML bytes."""
    wanted = _WANTED[suffix]
    program = shutil.which("soffice")
    words = {"suffix": suffix, "wanted": f".{wanted}"}
    if program is None:
        raise DocumentRefused(refusals.OLD_FORMAT.format(**words))
    with tempfile.TemporaryDirectory(prefix="qualityplan-") as folder:
        result = _run(program, content, suffix, wanted, Path(folder))
    if result is None:
        raise DocumentRefused(refusals.CONVERSION.format(**words))
    return result


def _run(program, content, suffix, wanted, folder):
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    source = folder / f"tep{suffix}"
    source.write_bytes(content)
    if not _finished(_command(program, profile, source, wanted), folder):
        return None
    result = folder / "ra" / f"tep.{wanted}"
    if not result.is_file() or result.stat().st_size > packages.MAX_BYTES:
        return None
    return result.read_bytes()


def _command(program, profile, source, wanted):
    return [
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to",
        wanted,
        "--outdir",
        str(source.parent / "ra"),
        str(source),
    ]


def _finished(command, folder):
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(TIMEOUT_S) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        # The launcher starts the program proper; both belong to its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
