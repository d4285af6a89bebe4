"""The floor plan holds: apps import only what stands to their left, views never reach for
rows unscoped, and nobody but the workflow assigns a status."""

import ast
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ["qualityplan", "schools", "criteria", "plans", "inspections", "reports"]
# The roof composes the apps and may import all of them.
ROOF = {"urls.py", "home.py", "frame.py", "settings.py"}


def is_roof(path):
    return path.name in ROOF or path.parent.name == "api"


def sources(app):
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def imported_apps(path):
    """The top-level packages that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0]


class ImportTests(unittest.TestCase):
    def test_apps_import_only_what_stands_to_their_left(self):
        breaches = []
        for app in APPS:
            right = set(APPS[APPS.index(app) + 1 :])
            for path in sources(app):
                if app == "qualityplan" and is_roof(path):
                    continue
                breaches += [
                    f"{path.relative_to(ROOT)} imports {other}"
                    for other in imported_apps(path)
                    if other in right
                ]
        self.assertEqual(breaches, [])


class OneDoorTests(unittest.TestCase):
    def views(self):
        for app in APPS:
            for path in sources(app):
                if path.name in {"views.py", "home.py"} or path.parent.name in {
                    "views",
                    "api",
                }:
                    yield path

    def test_views_reach_rows_of_schools_only_through_for_user(self):
        scoped = (
            "School",
            "ImprovementPlan",
            "Assessment",
            "Evidence",
            "PlanEvent",
            "IssuedDocument",
            "Authority",
            "Inspection",
            "InspectionRound",
            "Recommendation",
            "ResultReport",
            "RegisterEntry",
            "SignedFile",
            "Publication",
            "PlanComment",
            "ReportVersion",
            "ResultComment",
            "Export",
            "IncomingFile",
        )
        pattern = re.compile(rf"\b({'|'.join(scoped)})\.objects\.(?!for_user\()")
        found = [
            f"{path.relative_to(ROOT)}: {match.group(0)}"
            for path in self.views()
            for match in pattern.finditer(path.read_text(encoding="utf-8"))
        ]
        self.assertEqual(found, [])

    def test_no_view_or_form_assigns_a_status(self):
        pattern = re.compile(r"\.status\s*=[^=]")
        for app in APPS:
            for path in sources(app):
                if path.name == "forms.py" or path in set(self.views()):
                    with self.subTest(path=path.name):
                        text = path.read_text(encoding="utf-8")
                        self.assertIsNone(pattern.search(text))

    def test_files_and_functions_keep_the_house_sizes(self):
        long = []
        for app in APPS:
            for path in sources(app):
                text = path.read_text(encoding="utf-8")
                if text.count("\n") > 400:
                    long.append(
                        f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines"
                    )
                for node in ast.walk(ast.parse(text)):
                    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                        length = node.end_lineno - node.lineno + 1
                        if length > 60:
                            long.append(f"{path.relative_to(ROOT)}: {node.name}()")
        self.assertEqual(long, [])
