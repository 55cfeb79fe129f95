"""Titles and summaries of courses, in Vietnamese and English."""

from cms.national.authoring.chance import Chance
from cms.national.authoring.features import Mode
from cms.national.authoring.plan import Plan
from cms.national.authoring.prose import Bilingual, bilingual, lower_first, upper_first


def title(plan: Plan, chance: Chance) -> Bilingual:
    """Return the title of a course; two courses never share one, since they differ in topic, people or place."""
    vi, en = plan.topic.title["vi"], plan.topic.title["en"]
    people = plan.profile
    if not people.audiences:
        return bilingual(vi, en)
    draw = chance.number()
    if draw < 0.45 and people.tail["vi"] not in vi:
        named = bilingual(f"{vi} {people.tail['vi']}", f"{en} {people.tail['en']}")
    elif draw < 0.85:
        named = bilingual(f"{vi}, dành cho {people.name['vi']}", f"{en}, for {people.name['en']}")
    else:
        named = bilingual(
            f"{upper_first(people.name['vi'])}: {lower_first(vi)}",
            f"{upper_first(people.name['en'])}: {lower_first(en)}",
        )
    if plan.place is None:
        return named
    return bilingual(f"{named['vi']} (bản {plan.place.vi})", f"{named['en']} ({plan.place.en} edition)")


def summary(plan: Plan, minutes: int, lessons: int, mode: Mode, chance: Chance) -> Bilingual:
    """Return two or three sentences: what life it speaks of, what is learnt, how it is taught."""
    topic, people = plan.topic, plan.profile
    context = people.context(topic.competence)
    can_vi = chance.pick(("Sau khóa học, bạn {}.", "Khóa học giúp bạn {}.", "Học xong, bạn {}."))
    can_en = chance.pick(("After this course you can {}.", "You learn to {}."))
    how = _how(plan, minutes, lessons, mode)
    parts_vi = [context["vi"], can_vi.format(topic.can["vi"])]
    parts_en = [context["en"], can_en.format(topic.can["en"])]
    if chance.happens(0.4):
        parts_vi.reverse()
        parts_en.reverse()
    return bilingual(" ".join((*parts_vi, how["vi"])), " ".join((*parts_en, how["en"])))


def _how(plan: Plan, minutes: int, lessons: int, mode: Mode) -> Bilingual:
    place = plan.profile.slots["noi"]
    if mode == "classroom":
        return bilingual(
            f"Lớp học trực tiếp {place}, khoảng {minutes} phút.", f"A class in person, about {minutes} minutes."
        )
    if mode == "blended":
        return bilingual(
            f"{lessons} bài tự học và một buổi thực hành {place}, khoảng {minutes} phút.",
            f"{lessons} lessons to study alone and one practice meeting, about {minutes} minutes.",
        )
    return bilingual(
        f"Gồm {lessons} bài, khoảng {minutes} phút, học trên điện thoại hoặc máy tính.",
        f"{lessons} lessons, about {minutes} minutes, on a phone or computer.",
    )
