"""What is taught: topics by competence and level, their lessons, and requirements across competences."""

from dataclasses import dataclass, field
from functools import cache

from cms.national.authoring.prose import Bilingual, Line, bilingual, read_blocks, read_lines

LEVELS = range(1, 9)


@dataclass(frozen=True)
class Question:
    """A test item as its author wrote it. In ``options``, the flag says whether an option is right."""

    kind: str
    prompt: Bilingual
    options: tuple[tuple[bool, Bilingual], ...]
    feedback: Bilingual


@dataclass(frozen=True)
class Lesson:
    """The Vietnamese prose of a topic. Texts may name slots of a profile: ``{tep}``, ``{nhom}``, …"""

    situation: str = "Bạn cần làm việc này trong {viec} mà chưa biết bắt đầu từ đâu."
    facts: tuple[str, ...] = (
        "Việc nào cũng có thể chia nhỏ.",
        "Làm thử nhiều lần thì quen tay.",
        "Không hiểu thì hỏi.",
    )
    steps: tuple[str, ...] = ("Xem người khác làm.", "Làm thử.", "Kiểm tra kết quả.", "Tự làm lại.")
    mistakes: tuple[str, ...] = ("Làm vội mà không kiểm tra.", "Nhờ người khác làm thay.")
    task: str = "Làm lại từ đầu với {tep} của bạn, rồi chỉ cho {nguoi}."


@dataclass(frozen=True)
class Topic:
    """What one course teaches: a competence at a level, seen from one side (``key`` tells the sides apart)."""

    competence: str
    level: int
    key: str
    title: Bilingual
    can: Bilingual
    lesson: Lesson = field(default_factory=Lesson)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Bridge:
    """A level of one competence that needs a level of another."""

    competence: str
    level: int
    why: Bilingual


def competences() -> tuple[str, ...]:
    """Return the codes of the 24 competences, without their framework."""
    return tuple(heading.text for heading, _ in read_blocks("map.txt", "="))


@cache
def topics() -> dict[tuple[str, int], tuple[Topic, ...]]:
    """Return the topics of each competence and level."""
    found: dict[tuple[str, int], list[Topic]] = {}
    for heading, lines in read_blocks("map.txt", "="):
        for line in lines:
            level, vi, en, can_vi, can_en = line.fields(5)
            topic = Topic(heading.text, int(level), "", bilingual(vi, en), bilingual(can_vi, can_en))
            found.setdefault((topic.competence, topic.level), []).append(topic)
    for competence in competences():
        for heading, lines in read_blocks(f"lessons/{competence}.txt"):
            _add_lesson(found, competence, heading, lines)
    return {place: tuple(here) for place, here in found.items()}


def _add_lesson(found: dict[tuple[str, int], list[Topic]], competence: str, heading: Line, lines: list[Line]) -> None:
    lesson, questions = read_lesson(lines), tuple(read_questions(lines))
    if "|" in heading.text:
        name, vi, en, can_vi, can_en = heading.fields(5)
        level, key = int(name[0]), name[1:]
        topic = Topic(competence, level, key, bilingual(vi, en), bilingual(can_vi, can_en), lesson, questions)
        found[competence, level].append(topic)
        return
    here = found[competence, int(heading.text)]
    first = here[0]
    here[0] = Topic(competence, first.level, first.key, first.title, first.can, lesson, questions)


def read_lesson(lines: list[Line]) -> Lesson:
    """Return the lesson that lines of a lesson file describe."""
    marked: dict[str, list[str]] = {mark: [] for mark in "!-*x>"}
    for line in lines:
        if line.text[0] in marked:
            marked[line.text[0]].append(line.text[1:].strip())
        elif line.text[0] not in "?=~+ ":
            raise line.error("unknown mark")
    for mark, least in (("!", 1), ("-", 3), ("*", 4), ("x", 2), (">", 1)):
        if len(marked[mark]) < least:
            raise lines[0].error(f"at least {least} lines marked {mark!r} are expected in the lesson")
    return Lesson(
        situation=marked["!"][0],
        facts=tuple(marked["-"]),
        steps=tuple(marked["*"]),
        mistakes=tuple(marked["x"]),
        task=marked[">"][0],
    )


def read_questions(lines: list[Line]) -> list[Question]:
    """Return the test items among the lines of a lesson: ``?`` prompt, ``=`` right, ``~`` wrong, ``+`` feedback."""
    found: list[Question] = []
    options: list[tuple[bool, Bilingual]] = []
    head: list[str] = []
    for line in lines:
        mark, text = line.text[0], line.text[1:].strip()
        if mark == "?":
            head, options = line.fields(3, text), []
        elif mark in "=~":
            vi, _, en = text.partition("|")
            options.append((mark == "=", bilingual(vi.strip(), (en or vi).strip())))
        elif mark == "+":
            found.append(Question(head[0], bilingual(*head[1:]), tuple(options), bilingual(*line.fields(2, text))))
    return found


@cache
def bridges() -> dict[tuple[str, int], tuple[Bridge, ...]]:
    """Return what a competence at a level needs of other competences."""
    found: dict[tuple[str, int], tuple[Bridge, ...]] = {}
    for line in read_lines("bridges.txt"):
        here, needed, vi, en = line.fields(4)
        (code, level), (other, other_level) = here.split(), needed.split()
        place = (code, int(level))
        found[place] = (*found.get(place, ()), Bridge(other, int(other_level), bilingual(vi, en)))
    return found


@cache
def keywords() -> dict[str, tuple[str, ...]]:
    """Return the words under which the courses of a competence are looked for."""
    rows = (line.fields(2) for line in read_lines("keywords.txt"))
    return {code: tuple(word.strip() for word in words.split(";")) for code, words in rows}
