"""Variants: the same lesson for a province, a language, a slow line, or people who hear, see or read differently.

A variant always names whom it is for: one for nobody in particular would take the base's place for everyone.
"""

from cms.national.authoring.bodies import Scene, bullets, steps_markdown
from cms.national.authoring.chance import Chance
from cms.national.authoring.plan import Plan, homes
from cms.national.authoring.prose import bilingual, lower_first
from cms.national.authoring.taxonomies import Province, languages, provinces
from curriculum_graph.snapshot import Variant, text_in

LEAST = 4
KHMER_GREETING = "សូមស្វាគមន៍មកកាន់ថ្នាក់រៀន។"


def local(told: Scene, place: Province, minutes: int) -> Variant:
    """Return a province's own telling of a first module."""
    facts = [told.fill(fact) for fact in told.lesson.facts]
    openings = (
        f"Ở {place.vi}, ai cũng biết {place.landmark}. Chuyện này cũng quen thuộc như thế:",
        f"Bạn ở {place.vi}, nơi có {place.product}. Thử hình dung:",
        f"Một lớp học cộng đồng ở {place.vi} bắt đầu bằng câu chuyện sau:",
    )
    text = (
        f"## Chuyện ở {place.vi}\n\n{told.chance.pick(openings)} {lower_first(told.fill(told.lesson.situation))}\n\n"
        f"{told.context}\n\n## Điều cần hiểu\n\n{bullets(facts)}\n\n## Hỏi ai ở gần bạn\n\n"
        f"Tổ công nghệ số cộng đồng và Trung tâm Phục vụ hành chính công xã, phường ở {place.vi} hướng dẫn miễn phí. "
        f"Mang theo {told.profile.slots['tep']} nếu bạn muốn làm thử ngay."
    )
    return Variant(
        code=f"tinh-{place.code}",
        title=bilingual(f"Bản dành cho {place.vi}", f"{place.en} edition"),
        markdown=text,
        minutes=minutes,
        megabytes=round(0.4 + told.chance.number() * 2, 1),
        regions=(place.code,),
    )


def light(told: Scene, minutes: int) -> Variant:
    """Return a text-only telling for slow lines."""
    text = (
        "Bản này chỉ có chữ, tải một lần là đọc được khi mất sóng.\n\n"
        f"{steps_markdown(told)}\n\n**Mất mạng giữa chừng?** Ghi lại bước đang làm ra giấy, có sóng thì làm tiếp từ đó."
    )
    return Variant(
        code="nhe",
        title=bilingual("Bản nhẹ cho mạng chậm", "Light edition for slow lines"),
        markdown=text,
        minutes=minutes,
        megabytes=0.1,
        audiences=("nguoi-vung-kho-khan",),
        accessibility=("easy_read", "screen_reader", "keyboard"),
    )


def heard(told: Scene, minutes: int) -> Variant:
    """Return a telling for people who listen to their screen."""
    steps = [told.fill(step) for step in told.lesson.steps]
    spoken = "\n\n".join(f"Bước {number}. {step}" for number, step in enumerate(steps, start=1))
    text = (
        "Bài viết để nghe bằng trình đọc màn hình. Mọi điều đều nói bằng lời, không cần nhìn hình hay màu.\n\n"
        f"Bài có {len(steps)} bước. Nghe xong mỗi bước, bạn dừng lại và làm.\n\n{spoken}\n\n"
        "Trên điện thoại, vuốt sang phải để tới nút kế tiếp và chạm hai lần để bấm. Trên máy tính, dùng phím "
        "Tab và Enter. Khi nghe thấy một nút không có tên, đừng bấm đoán: "
        f"hỏi {told.profile.slots['nhom']} hoặc người hướng dẫn."
    )
    return Variant(
        code="nghe",
        title=bilingual("Bản cho người dùng trình đọc màn hình", "Screen reader edition"),
        markdown=text,
        minutes=max(1, round(minutes * 1.3)),
        megabytes=0.2,
        audiences=("nguoi-khiem-thi",),
        accessibility=("audio", "transcript", "screen_reader", "keyboard"),
    )


def signed(told: Scene, minutes: int) -> Variant:
    """Return a telling for deaf learners: the text that goes with a signed class."""
    facts = [told.fill(fact) for fact in told.lesson.facts]
    steps = [told.fill(step) for step in told.lesson.steps]
    text = (
        "Bản chữ đi cùng lớp có phiên dịch ngôn ngữ ký hiệu. Mỗi dòng là một ý, người dạy ra dấu xong rồi mới sang "
        f"dòng sau.\n\n## Ý chính\n\n{bullets(facts)}\n\n## Các bước\n\n"
        + "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
        + "\n\n## Không dùng âm thanh\n\nBật rung và đèn báo thay tiếng chuông. Khi một dịch vụ đòi gọi điện, bạn tìm "
        "cách nhắn tin, gửi thư hoặc nhờ tổng đài phiên dịch."
    )
    return Variant(
        code="ky-hieu",
        title=bilingual("Bản cho người điếc, khiếm thính", "Edition for deaf and hard-of-hearing learners"),
        markdown=text,
        minutes=max(1, round(minutes * 1.2)),
        megabytes=0.2,
        audiences=("nguoi-khiem-thinh",),
        accessibility=("captions", "transcript", "sign_language", "keyboard"),
    )


def easy(told: Scene, minutes: int) -> Variant:
    """Return a slow, large-type telling for older learners."""
    steps = [told.fill(step) for step in told.lesson.steps]
    mistakes = [told.fill(mistake) for mistake in told.lesson.mistakes]
    slow = "\n\n".join(f"**{number}.** {step}" for number, step in enumerate(steps, start=1))
    text = (
        "Chữ to, câu ngắn, học chậm. Bạn có thể nhờ con cháu ngồi cạnh, nhưng tay bạn tự bấm.\n\n"
        f"{slow}\n\n## Nhớ tránh\n\n{bullets(mistakes)}\n\n"
        "Làm được một bước là tốt. Mai làm tiếp bước sau, không vội."
    )
    return Variant(
        code="cao-tuoi",
        title=bilingual("Bản chữ to cho người cao tuổi", "Large-type edition for older people"),
        markdown=text,
        minutes=max(1, round(minutes * 1.4)),
        megabytes=0.5,
        audiences=("nguoi-cao-tuoi",),
        accessibility=("easy_read", "audio", "transcript", "captions"),
    )


def spoken_in(told: Scene, place: Province, language: str, minutes: int) -> Variant:
    """Return the outline of a class in a minority language: its leader speaks it, the text is easy Vietnamese."""
    title = next(known.title for known in languages() if known.code == language)
    name, english = lower_first(text_in(title, "vi")), text_in(title, "en")
    greeting = f"{KHMER_GREETING}\n\n" if language == "km" else ""
    facts = [told.fill(fact) for fact in told.lesson.facts]
    text = (
        f"{greeting}Lớp này nói {name}. Người hướng dẫn của địa phương giảng và hỏi đáp bằng {name}; phần chữ dưới đây "
        "là tiếng Việt dễ đọc để bà con nhận mặt chữ trên màn hình.\n\n"
        f"## Kể chuyện\n\n{told.fill(told.lesson.situation)}\n\n"
        f"## Nói từng ý, bà con nhắc lại\n\n{bullets(facts)}\n\n## Cùng làm\n\n{told.fill(told.lesson.task)}\n\n"
        "Với mỗi từ mới trên màn hình, cả lớp chọn một cách gọi bằng tiếng mình và viết cạnh từ tiếng Việt."
    )
    return Variant(
        code=f"lop-{language}-{place.code}",
        title=bilingual(f"Lớp nói {name}, {place.vi}", f"Class in {english}, {place.en}"),
        markdown=text,
        minutes=max(1, round(minutes * 1.3)),
        megabytes=0.3,
        regions=(place.code,),
        languages=(language,),
        accessibility=("audio", "easy_read"),
    )


def in_english(told: Scene, minutes: int) -> Variant:
    """Return a short English telling of a first module."""
    topic = told.topic
    checks = "\n\n".join(f"**{q.prompt['en']}**\n\n{q.feedback['en']}" for q in topic.questions)
    text = (
        f"## {topic.title['en']}\n\n{told.profile.context(topic.competence)['en']}\n\n"
        f"After this lesson you can {topic.can['en']}.\n\n## Check yourself\n\n{checks}\n\n"
        "The screens in the exercises are in Vietnamese; keep this page open beside them."
    )
    return Variant(
        code="en",
        title=bilingual("Bản tóm lược tiếng Anh", "English short edition"),
        markdown=text,
        minutes=minutes,
        megabytes=0.1,
        languages=("en",),
        accessibility=("screen_reader", "keyboard", "transcript"),
    )


def choose(plan: Plan, told: Scene, minutes: tuple[int, ...], chance: Chance) -> list[list[Variant]]:
    """Return the variants of the first three modules of a course: at least four in all."""
    first: list[Variant] = []
    second = [light(told, minutes[1])]
    third: list[Variant] = []
    first += [local(told, place, minutes[0]) for place in _local_places(plan, chance)]
    if plan.topic.level <= 4:
        third += [spoken_in(told, place, language, minutes[2]) for place, language in _spoken(plan, chance)]
    makers = chance.some((heard, signed, easy), 2 if plan.topic.level <= 4 else 1)
    second += [maker(told, minutes[1]) for maker in makers]
    if not plan.profile.audiences or plan.profile.code == "nhan-vien-du-lich" or chance.happens(0.15):
        first.append(in_english(told, minutes[0]))
    missing = LEAST - len(first) - len(second) - len(third)
    taken = {variant.code for variant in first}
    others = [p for p in chance.shuffled(homes(plan.profile)) if f"tinh-{p.code}" not in taken]
    others += [p for p in provinces() if p not in others and f"tinh-{p.code}" not in taken]
    first += [local(told, place, minutes[0]) for place in others[: max(0, missing)]]
    return [first, second, third]


def _local_places(plan: Plan, chance: Chance) -> list[Province]:
    where = homes(plan.profile)
    wanted = chance.weighted((0, 1, 2), (0.2, 0.5, 0.3))
    return [] if plan.place else chance.some(where, wanted)


def _spoken(plan: Plan, chance: Chance) -> list[tuple[Province, str]]:
    where = [plan.place] if plan.place else homes(plan.profile)
    pairs = [(place, language) for place in where for language in place.languages]
    return chance.some(pairs, chance.weighted((0, 1, 2), (0.45, 0.4, 0.15)))
