"""The competence framework of Circular 02/2025/TT-BGDĐT, and how it lines up with DigComp 3.0."""

from cms.national.authoring.prose import Bilingual, bilingual, read_lines
from cms.national.authoring.topics import topics
from curriculum_graph.snapshot import Competence, Crosswalk, Domain, Framework

TT02 = "tt02"
DIGCOMP = "digcomp3"
SOURCE = (
    "Thông tư 02/2025/TT-BGDĐT, hiệu lực từ ngày 11/3/2025: miền, năng lực thành phần, bậc. "
    "Mô tả theo bậc do nhóm biên soạn tự viết, không phải văn bản chính thức. | "
    "Circular 02/2025/TT-BGDĐT, in force on 11 March 2025: domains, competences and levels. "
    "Level descriptors are the authors' own and unofficial."
)
DIGCOMP_SOURCE = (
    "DigComp 3.0, Joint Research Centre of the European Commission. Codes only; the short titles are the authors' own. "
    "The official texts (CC BY-SA 4.0) are published by the Joint Research Centre."
)
AUTONOMY: tuple[Bilingual, ...] = (
    bilingual("Được hướng dẫn từng bước", "With step-by-step guidance"),
    bilingual("Tự làm việc đơn giản, hỏi khi cần", "Alone in simple matters, asking when needed"),
    bilingual("Tự làm những việc quen thuộc", "Alone in familiar tasks"),
    bilingual("Tự làm theo nhu cầu, xử lý được tình huống thường gặp", "Alone, by own needs, in common situations"),
    bilingual("Làm thành thạo và hướng dẫn người khác", "Fluently, and guiding others"),
    bilingual("Xử lý việc phức tạp, điều chỉnh theo hoàn cảnh", "In complex tasks, adapting to circumstances"),
    bilingual("Dẫn dắt, giải quyết vấn đề chưa có sẵn lời giải", "Leading, where no ready answer exists"),
    bilingual("Đề xuất cách làm mới cho ngành, địa phương", "Proposing new ways for a sector or locality"),
)


def qualified(competence: str) -> str:
    """Return a competence's code with its framework."""
    return f"{TT02}:{competence}"


def frameworks() -> tuple[Framework, ...]:
    """Return the circular's framework with unofficial level descriptors, and the codes of DigComp 3.0."""
    domains, competences, european = [], [], []
    for line in read_lines("framework.txt"):
        code, vi, en, short = line.fields(4)
        if "." not in code:
            domains.append(Domain(code=qualified(code), title=bilingual(vi, en)))
            continue
        competences.append(
            Competence(
                code=qualified(code),
                title=bilingual(vi, en),
                domain=qualified(code.split(".")[0]),
                descriptors={str(level): _descriptor(code, level) for level in range(1, 9)},
            )
        )
        if short != "-":
            european.append(Competence(code=f"{DIGCOMP}:{code}", title={"en": short}))
    return (
        Framework(
            code=TT02,
            title=bilingual(
                "Khung năng lực số cho người học (Thông tư 02/2025/TT-BGDĐT)",
                "Digital competence framework for learners (Circular 02/2025/TT-BGDĐT)",
            ),
            levels=8,
            domains=tuple(domains),
            competences=tuple(competences),
            version="2025",
            valid_from="2025-03-11",
            source=SOURCE,
        ),
        Framework(
            code=DIGCOMP,
            title={"en": "DigComp 3.0 (codes)"},
            levels=8,
            competences=tuple(european),
            version="3.0",
            source=DIGCOMP_SOURCE,
        ),
    )


def _descriptor(competence: str, level: int) -> Bilingual:
    can = topics()[competence, level][0].can
    lead = AUTONOMY[level - 1]
    return bilingual(f"{lead['vi']}: {can['vi']}.", f"{lead['en']}: can {can['en']}.")


def crosswalks() -> tuple[Crosswalk, ...]:
    """Return the match of competences 1.1 to 5.4 with DigComp's; domain 6 is Vietnam's own."""
    rows = (line.fields(4) for line in read_lines("framework.txt"))
    return tuple(
        Crosswalk(source=qualified(code), target=f"{DIGCOMP}:{code}", relation="close")
        for code, _, _, short in rows
        if short != "-"
    )
