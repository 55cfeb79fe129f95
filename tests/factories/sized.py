"""Catalogue documents of a stated size, written one course at a time so that a large one needs no memory."""

import json
import random
from collections.abc import Iterator
from typing import Any

SYLLABLES = [
    "an",
    "toàn",
    "dữ",
    "liệu",
    "mật",
    "khẩu",
    "thông",
    "tin",
    "mạng",
    "xã",
    "hội",
    "người",
    "dân",
    "nông",
    "thôn",
    "học",
    "tập",
    "kỹ",
    "năng",
    "số",
    "thanh",
    "toán",
    "điện",
    "tử",
    "dịch",
    "vụ",
    "công",
    "trực",
    "tuyến",
    "bảo",
    "vệ",
    "sức",
    "khỏe",
    "môi",
    "trường",
    "tìm",
    "kiếm",
    "đánh",
    "giá",
    "chia",
    "sẻ",
    "hợp",
    "tác",
    "sáng",
    "tạo",
    "nội",
    "dung",
    "bản",
    "quyền",
]
REGIONS = ("vung-1", "vung-2", "vung-3", "vung-4")
COMPETENCES = 24
BODY = 1500
"""Bytes of Markdown in a body, about."""


def sized_document(courses: int, *, modules: int = 3, variants: int = 4, seed: int = 1) -> Iterator[str]:
    """Yield, in pieces, a document of so many courses, each with so many modules of so many variants."""
    chance = random.Random(seed)
    shell: dict[str, Any] = {
        "frameworks": [
            {
                "code": "k",
                "title": "Khung",
                "levels": 8,
                "competences": [{"code": f"k:{n}", "title": _text(chance, 40)} for n in range(COMPETENCES)],
            }
        ],
        "regions": [{"code": code, "title": code} for code in REGIONS],
    }
    yield '{"format": "curriculum-catalogue/1", '
    yield "".join(f"{json.dumps(name)}: {json.dumps(part)}, " for name, part in shell.items())
    yield '"courses": ['
    for number in range(courses):
        separator = ", " if number else ""
        yield separator + json.dumps(_course(chance, number, modules, variants), ensure_ascii=False)
    yield "]}"


def _course(chance: random.Random, number: int, modules: int, variants: int) -> dict[str, Any]:
    course: dict[str, Any] = {
        "code": f"khoa-{number:05}",
        "title": {"vi": _text(chance, 50), "en": f"Course {number}"},
        "summary": _text(chance, 200),
        "minutes": 15 * modules,
        "owner": f"Cơ quan {number % 7}",
        "teaches": [{"competence": f"k:{number % COMPETENCES}", "level": 1 + number // COMPETENCES % 8}],
        "modules": [_module(chance, f"khoa-{number:05}.{m}", variants) for m in range(modules)],
    }
    if number:
        course["requires"] = [{"any_of": [{"course": f"khoa-{chance.randrange(number):05}"}]}]
    return course


def _module(chance: random.Random, code: str, variants: int) -> dict[str, Any]:
    return {
        "code": code,
        "title": _text(chance, 40),
        "minutes": 15,
        "markdown": _markdown(chance),
        "variants": [
            {"code": f"v{n}", "regions": [REGIONS[n % len(REGIONS)]], "markdown": _markdown(chance)}
            for n in range(variants)
        ],
    }


def _markdown(chance: random.Random) -> str:
    parts = [f"# {_text(chance, 40)}"]
    while len("\n\n".join(parts).encode()) < BODY:
        parts.append(_text(chance, 250))
    return "\n\n".join(parts)


def _text(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(SYLLABLES) + " "
    return text.strip().capitalize()
