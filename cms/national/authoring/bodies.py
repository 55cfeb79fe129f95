"""Bodies of lessons in Vietnamese: what a module says, and how the same lesson is told to others."""

from dataclasses import dataclass

from cms.national.authoring.chance import Chance
from cms.national.authoring.plan import Plan
from cms.national.authoring.profiles import SLOTS, Profile
from cms.national.authoring.prose import lower_first, upper_first
from cms.national.authoring.taxonomies import Province
from cms.national.authoring.topics import Lesson, Topic
from curriculum_graph.snapshot import Block, CalloutBlock, MarkdownBlock, QuestionBlock, StepsBlock

SITUATION = ("## Chuyện thường gặp", "## Tình huống", "## Bắt đầu từ một chuyện thật", "## Bạn có gặp cảnh này?")
UNDERSTAND = ("## Điều cần hiểu", "## Vì sao như vậy", "## Hiểu cho đúng")
PAUSE = ("## Dừng lại một phút", "## Nghĩ thử", "## Tự hỏi mình")
PRACTISE = ("## Bài thực hành", "## Làm thử ngay", "## Đến lượt bạn")
CHECK = ("## Tự kiểm tra", "## Bạn đã làm được chưa?", "## Nhìn lại")


@dataclass(frozen=True)
class Scene:
    """A lesson told to somebody somewhere: the topic, the people, perhaps a province, and a stream of chance."""

    topic: Topic
    profile: Profile
    place: Province | None
    chance: Chance

    @property
    def lesson(self) -> Lesson:
        """The prose of the topic."""
        return self.topic.lesson

    @property
    def context(self) -> str:
        """What the domain of the topic means to these people."""
        return self.profile.context(self.topic.competence)["vi"]

    @property
    def task_name(self) -> str:
        """The topic's title inside a sentence."""
        return lower_first(self.topic.title["vi"])

    def fill(self, text: str) -> str:
        """Return ``text`` with its gaps filled by the words of these people."""
        for slot in SLOTS:
            text = text.replace("{" + slot + "}", self.profile.slots[slot])
        return upper_first(text)


def scene(plan: Plan, seed: int) -> Scene:
    """Return the scene of a course."""
    return Scene(plan.topic, plan.profile, plan.place, Chance(seed, "body", plan.code))


def bullets(lines: list[str] | tuple[str, ...]) -> str:
    """Return a Markdown list."""
    return "\n".join(f"- {line}" for line in lines)


def understanding(told: Scene) -> str:
    """Return the body of a first module: a situation, what to understand, a moment's thought."""
    pick = told.chance.pick
    facts = [told.fill(fact) for fact in told.lesson.facts]
    local = f"\n\n{_local(told.place)}" if told.place else ""
    return (
        f"{pick(SITUATION)}\n\n{told.fill(told.lesson.situation)}\n\n{told.context}{local}\n\n"
        f"{pick(UNDERSTAND)}\n\n{_explained(facts, told.chance)}\n\n"
        f"{pick(PAUSE)}\n\n{_pause(told)}"
    )


def _explained(facts: list[str], chance: Chance) -> str:
    if chance.happens(0.5):
        return "\n\n".join(facts)
    return f"{facts[0]}\n\n{bullets(facts[1:])}"


def _local(place: Province) -> str:
    return (
        f"Bài này là bản của {place.vi}: ví dụ lấy từ {place.product} và {place.landmark}. "
        "Cần người chỉ tận nơi, bạn hỏi tổ công nghệ số cộng đồng ở xã, phường mình."
    )


def _pause(told: Scene) -> str:
    mistake = lower_first(told.fill(told.chance.pick(told.lesson.mistakes)))
    asks = (
        f"Bạn hay người quen đã từng {mistake} chưa? Chuyện gì xảy ra sau đó?",
        f"Theo bạn, vì sao không nên {mistake}? Ghi lại một lý do trước khi sang bài sau.",
        f"Nếu thấy người bên cạnh {mistake}, bạn sẽ nói với họ thế nào?",
    )
    return told.chance.pick(asks)


def steps_blocks(told: Scene) -> tuple[Block, ...]:
    """Return the body of a second module: the task, its steps, what goes wrong, a check."""
    opening = told.chance.pick(
        (
            "Mở {thing} và làm theo từng bước. Chưa xong bước này thì khoan sang bước sau.",
            "Chuẩn bị {thing}. Đọc hết các bước một lượt, rồi quay lại làm từng bước một.",
            "Bạn cần {thing} và khoảng mười phút yên tĩnh. Làm chậm lần đầu, lần sau sẽ nhanh.",
        )
    ).format(thing=_device(told))
    steps = tuple(told.fill(step) for step in told.lesson.steps)
    mistakes = [told.fill(mistake) for mistake in told.lesson.mistakes]
    return (
        MarkdownBlock(text=f"## Làm từng bước\n\n{opening}"),
        StepsBlock(steps=steps),
        CalloutBlock(kind="warning", text=f"Những lỗi hay gặp:\n\n{bullets(mistakes)}"),
        MarkdownBlock(text=f"{told.chance.pick(CHECK)}\n\n{_step_check(told, steps)}"),
    )


def steps_markdown(told: Scene) -> str:
    """Return the same as :func:`steps_blocks`, as one Markdown text."""
    steps = [told.fill(step) for step in told.lesson.steps]
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
    mistakes = bullets([told.fill(mistake) for mistake in told.lesson.mistakes])
    return (
        f"## Làm từng bước\n\nChuẩn bị {_device(told)}.\n\n{numbered}\n\n"
        f"**Tránh những lỗi này**\n\n{mistakes}\n\n{told.chance.pick(CHECK)}\n\n{_step_check(told, tuple(steps))}"
    )


def _device(told: Scene) -> str:
    if told.topic.level <= 2:
        return "điện thoại của bạn"
    return "điện thoại hoặc máy tính" if told.topic.level <= 4 else "máy tính có nối mạng"


def _step_check(told: Scene, steps: tuple[str, ...]) -> str:
    index = told.chance.whole(1, len(steps) - 1)
    asks = (
        f"Gấp tài liệu lại và kể các bước theo thứ tự. Sau khi “{_clause(steps[index - 1])}” thì làm gì?",
        f"Bước nào khó nhất với bạn? Làm lại riêng bước ấy: {lower_first(steps[index])}",
        "Làm lại từ đầu mà không nhìn hướng dẫn. Nếu quên, bạn chỉ mở xem đúng bước đang quên.",
    )
    return told.chance.pick(asks)


def _clause(sentence: str) -> str:
    return lower_first(sentence.rstrip(".").split(";")[0].split(":")[0])


def practice_blocks(told: Scene, question: str | None) -> tuple[Block, ...]:
    """Return the body of a third module: a task in one's own life, marks of success, a question."""
    marks = _marks(told)
    text = (
        f"{told.chance.pick(PRACTISE)}\n\n{told.fill(told.lesson.task)}\n\n"
        f"{_where(told)}\n\n{told.chance.pick(CHECK)}\n\n{marks}"
    )
    blocks: list[Block] = [MarkdownBlock(text=text)]
    if question is not None:
        blocks.append(QuestionBlock(item=question))
    return tuple(blocks)


def _where(told: Scene) -> str:
    slots = told.profile.slots
    ways = (
        f"Làm một mình cũng được, nhưng làm cùng một người nữa {slots['noi']} thì nhớ lâu hơn.",
        f"Xong rồi, bạn chỉ lại cho một người trong {slots['nhom']}: chỉ được cho người khác là đã hiểu.",
        f"Áp dụng vào {slots['viec']} ngay trong tuần này, rồi ghi lại một điều khác với bài học.",
    )
    return told.chance.pick(ways)


def _marks(told: Scene) -> str:
    mistake = lower_first(told.fill(told.lesson.mistakes[0]))
    lines = [
        f"Tôi {told.topic.can['vi']}.",
        f"Tôi giải thích được vì sao không nên {mistake.rstrip('.')}.",
        f"Tôi đã thử với {told.profile.slots['tep']} của mình."
        if told.topic.competence[0] in "13"
        else f"Tôi biết hỏi ai khi vướng: trước hết là {told.profile.slots['nhom']}.",
    ]
    return "\n".join(f"- [ ] {line}" for line in lines)
