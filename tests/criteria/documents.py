"""Catalogue files for tests: a small valid one, to be spoilt at will."""

import copy
import json
from pathlib import Path

CIRCULAR = {
    "circular": {
        "number": "1/2030/TT-BGDĐT",
        "short": "TT1/2030",
        "title": "Quy định thử",
        "issued": "2030-01-01",
        "effective_from": "2030-02-01",
        "effective_to": None,
        "replaced_by": "2/2031/TT-BGDĐT",
        "replaces": [],
        "annex": None,
        "education_levels": ["primary"],
        "max_level": 2,
        "guidance": None,
        "attainment_rule": "Đạt khi mọi chỉ báo đạt.",
    },
    "standards": [
        {
            "number": 1,
            "title": "Quản lý",
            "criteria": [
                {
                    "code": "1.1",
                    "title": "Kế hoạch",
                    "requirements": [
                        {
                            "level": 1,
                            "point": "a",
                            "reference": "điểm a khoản 1 Điều 7",
                            "summary": "Có kế hoạch.",
                            "confidence": "two_sources",
                        },
                        {
                            "level": 1,
                            "point": "b",
                            "reference": "điểm b khoản 1 Điều 7",
                            "summary": "Công khai kế hoạch.",
                            "confidence": "one_source",
                        },
                    ],
                },
                {
                    "code": "1.2",
                    "title": "Hội đồng",
                    "requirements": [
                        {
                            "level": 2,
                            "point": "",
                            "reference": "khoản 2 Điều 7",
                            "summary": "Hội đồng hoạt động hiệu quả.",
                            "confidence": "two_sources",
                        }
                    ],
                },
            ],
        }
    ],
    "level_four": [
        {"number": 1, "reference": "khoản 1 Điều 22", "summary": "Vượt trội."}
    ],
}

SUCCESSOR = copy.deepcopy(CIRCULAR)
SUCCESSOR["circular"] |= {
    "number": "2/2031/TT-BGDĐT",
    "replaced_by": None,
    "annex": "II",
}

CROSSWALK = [
    {
        "from": "1/2030/TT-BGDĐT",
        "criterion": "1.1",
        "to_annex": "II",
        "to": ["1.1", "1.2"],
        "strength": "partial",
        "note": "Chia làm hai.",
    }
]


def changed(document, place, value):
    """A copy of `document` with `value` at `place`, a sequence of keys and indexes."""
    document = copy.deepcopy(document)
    *path, last = place
    target = document
    for step in path:
        target = target[step]
    target[last] = value
    return document


def without(document, place):
    document = copy.deepcopy(document)
    *path, last = place
    target = document
    for step in path:
        target = target[step]
    del target[last]
    return document


class FilesMixin:
    """Writes files to a folder of the test's own."""

    def write(self, name, content):
        path = Path(self.folder) / name
        if not isinstance(content, bytes):
            content = json.dumps(content, ensure_ascii=False).encode()
        path.write_bytes(content)
        return path
