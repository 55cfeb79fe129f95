"""Figures and features of courses: minutes, size, mode, owner, accessibility."""

from typing import Literal

from cms.national.authoring.chance import Chance
from cms.national.authoring.plan import Plan
from cms.national.authoring.prose import lower_first
from curriculum_graph.snapshot import AccessibilityFeature

Mode = Literal["online", "classroom", "blended"]

MINUTES = ((30, 50), (35, 60), (50, 90), (60, 110), (90, 160), (110, 200), (150, 280), (180, 360))
SLOW = {"nguoi-cao-tuoi": 1.25, "nguoi-khiem-thi": 1.25, "nguoi-khiem-thinh": 1.15, "gia-lang-truong-ban": 1.15}
MINISTRY = "Bộ Giáo dục và Đào tạo"
OWNERS = {
    "nguoi-cao-tuoi": "Hội Người cao tuổi Việt Nam",
    "tieu-thuong": "Bộ Công Thương",
    "ho-kinh-doanh": "Bộ Công Thương",
    "nong-dan-trong-trot": "Bộ Nông nghiệp và Môi trường",
    "nong-dan-chan-nuoi": "Bộ Nông nghiệp và Môi trường",
    "nguoi-nuoi-trong-thuy-san": "Bộ Nông nghiệp và Môi trường",
    "ngu-dan": "Bộ Nông nghiệp và Môi trường",
    "thanh-vien-htx": "Bộ Nông nghiệp và Môi trường",
    "phu-nu-vung-kho-khan": "Hội Liên hiệp Phụ nữ Việt Nam",
    "phu-nu": "Hội Liên hiệp Phụ nữ Việt Nam",
    "dong-bao-dtts": "Bộ Dân tộc và Tôn giáo",
    "gia-lang-truong-ban": "Bộ Dân tộc và Tôn giáo",
    "to-cong-nghe-so": "Bộ Khoa học và Công nghệ",
    "thanh-nien": "Trung ương Đoàn TNCS Hồ Chí Minh",
    "can-bo-mot-cua": "Bộ Nội vụ",
    "can-bo-tu-phap": "Bộ Tư pháp",
    "can-bo-dia-chinh": "Bộ Nông nghiệp và Môi trường",
    "can-bo-van-hoa": "Bộ Văn hóa, Thể thao và Du lịch",
    "can-bo-khong-chuyen-trach": "Bộ Nội vụ",
    "cong-chuc-chuyen-doi-so": "Bộ Khoa học và Công nghệ",
    "cong-chuc-an-toan-thong-tin": "Bộ Công an",
    "cong-chuc-thong-ke": "Bộ Tài chính",
    "van-thu-luu-tru": "Bộ Nội vụ",
    "lanh-dao-quan-ly": "Bộ Nội vụ",
    "y-te-co-so": "Bộ Y tế",
    "dieu-duong": "Bộ Y tế",
    "sinh-vien-y-duoc": "Bộ Y tế",
    "quan-doi": "Bộ Quốc phòng",
    "bo-doi-bien-phong": "Bộ Quốc phòng",
    "cong-an-xa": "Bộ Công an",
}
WORKERS_UNION = "Tổng Liên đoàn Lao động Việt Nam"
IN_PERSON = {"nguoi-cao-tuoi", "dong-bao-vung-cao", "dong-bao-khmer", "gia-lang-truong-ban", "phu-nu-vung-kho-khan"}


def course_minutes(plan: Plan, chance: Chance) -> int:
    """Return a course's minutes: longer on higher levels and for people who take their time; a multiple of five."""
    low, high = MINUTES[plan.topic.level - 1]
    minutes = (low + (high - low) * chance.number()) * SLOW.get(plan.profile.code, 1.0)
    return max(5 * round(minutes / 5), 30)


def split_minutes(minutes: int, parts: int) -> tuple[int, ...]:
    """Return how long each of ``parts`` modules takes; the steps, in the middle, take longest."""
    first = max(1, minutes * 3 // 10)
    last = max(1, minutes * 3 // 10)
    return (first, minutes - first - last, last) if parts == 3 else (minutes,)


def megabytes(plan: Plan, chance: Chance) -> float:
    """Return the size of a module with the pictures and sound that are planned for it; small where all must open it."""
    ceiling = 1.5 if not plan.profile.audiences else 3.0 if plan.topic.level <= 2 else 9.0
    return round(0.3 + ceiling * chance.number() ** 2, 1)


def mode(plan: Plan, chance: Chance) -> Mode:
    """Return how a course is taught: for everyone online, for some in person."""
    if not plan.profile.audiences:
        return "online"
    modes: tuple[Mode, ...] = ("online", "classroom", "blended")
    if plan.profile.code in IN_PERSON:
        return chance.weighted(modes, (0.4, 0.3, 0.3))
    return chance.weighted(modes, (0.84, 0.04, 0.12))


def owner(plan: Plan) -> str:
    """Return who answers for a course: a province for its edition, the field's ministry or body, else the ministry."""
    if plan.place:
        return f"Ủy ban nhân dân {_province_name(plan.place.vi, plan.place.code)}"
    if not plan.profile.audiences:
        return MINISTRY
    if plan.profile.group == "nguoi-lao-dong" and plan.topic.level <= 4:
        return WORKERS_UNION
    return OWNERS.get(plan.profile.audiences[0], MINISTRY)


def _province_name(name: str, code: str) -> str:
    if name.startswith("Thành phố"):
        return lower_first(name)
    return f"thành phố {name}" if code in {"01", "31", "46", "48", "92"} else f"tỉnh {name}"


def accessibility(plan: Plan, chance: Chance) -> tuple[AccessibilityFeature, ...]:
    """Return the features that hold for the whole course."""
    if not plan.profile.audiences:
        everything: tuple[AccessibilityFeature, ...] = (
            "captions", "transcript", "audio", "sign_language", "easy_read", "screen_reader", "keyboard",
        )  # fmt: skip
        return everything if plan.topic.level <= 3 else ("captions", "transcript", "audio", "screen_reader", "keyboard")
    fixed: dict[str, tuple[AccessibilityFeature, ...]] = {
        "nguoi-khiem-thi": ("transcript", "audio", "screen_reader", "keyboard"),
        "nguoi-khiem-thinh": ("captions", "transcript", "sign_language", "keyboard"),
        "nguoi-khuyet-tat-van-dong": ("captions", "transcript", "audio", "screen_reader", "keyboard"),
        "nguoi-cao-tuoi": ("captions", "transcript", "audio", "easy_read"),
    }
    if plan.profile.code in fixed:
        return fixed[plan.profile.code]
    likely: tuple[tuple[AccessibilityFeature, float], ...] = (
        ("captions", 0.8), ("transcript", 0.8), ("audio", 0.45), ("sign_language", 0.05),
        ("easy_read", 0.7 if plan.topic.level <= 2 else 0.2), ("screen_reader", 0.75), ("keyboard", 0.75),
    )  # fmt: skip
    return tuple(feature for feature, probability in likely if chance.happens(probability))
