"""A catalogue of five courses that has one of everything that matters, small enough to reason about."""

import hashlib

from curriculum_graph.snapshot import (
    Asset,
    Competence,
    Course,
    Domain,
    DownloadBlock,
    Framework,
    Goal,
    Group,
    Item,
    ItemOption,
    Language,
    LevelOf,
    MarkdownBlock,
    Module,
    Programme,
    QuestionBlock,
    Requirement,
    Snapshot,
    Term,
    Variant,
)

PDF = b"%PDF-1.4 to khai mau"


LANGUAGES = (Language(code="vi", title="Tiếng Việt"), Language(code="km", title={"vi": "Tiếng Khmer"}))

FRAMEWORKS = (
    Framework(
        code="kt",
        title={"vi": "Khung thử", "en": "Test framework"},
        levels=4,
        domains=(Domain(code="kt:1", title="Thông tin"),),
        competences=(
            Competence(code="kt:1.1", title={"vi": "Tìm kiếm", "en": "Searching"}, domain="kt:1"),
            Competence(code="kt:1.2", title="Đánh giá"),
        ),
    ),
)

REGIONS = (
    Term(code="dbscl", title="Đồng bằng sông Cửu Long"),
    Term(code="can-tho", title="Cần Thơ", parent="dbscl"),
    Term(code="ha-noi", title="Hà Nội"),
)

AUDIENCES = (
    Term(code="cong-dan", title="Công dân"),
    Term(code="nong-dan", title="Nông dân", parent="cong-dan"),
)

INDUSTRIES = (Term(code="nong-nghiep", title="Nông nghiệp"),)

COURSES = (
    Course(
        code="tra-cuu",
        title={"vi": "Tra cứu trên mạng", "en": "Searching the web"},
        summary="Tìm đúng thứ mình cần.",
        minutes=45,
        owner="bo-gddt",
        teaches=(LevelOf(competence="kt:1.1", level=1),),
        modules=(
            Module(
                code="tra-cuu-1",
                title="Từ khóa",
                minutes=20,
                markdown="# Từ khóa\n\nGõ **ít chữ** thôi.",
                variants=(
                    Variant(code="km", title="Tiếng Khmer", languages=("km",), markdown="ពាក្យគន្លឹះ"),
                    Variant(code="can-tho", regions=("can-tho",), audiences=("nong-dan",), markdown="Giá lúa."),
                ),
            ),
        ),
    ),
    Course(
        code="kiem-tin",
        title="Kiểm chứng tin tức",
        minutes=60,
        teaches=(LevelOf(competence="kt:1.2", level=2),),
        requires=(Group(any_of=(Requirement(competence="kt:1.1", level=1),)),),
        modules=(
            Module(
                code="kiem-tin-1",
                title="Nguồn tin",
                blocks=(
                    MarkdownBlock(text="Ai nói? Nói khi nào?"),
                    DownloadBlock(asset="mau", title="Mẫu ghi chép"),
                    QuestionBlock(item="cau-1"),
                ),
            ),
        ),
    ),
    Course(code="so-sach", title="Ghi sổ bán hàng", minutes=30, industries=("nong-nghiep",)),
    Course(
        code="ban-hang",
        title="Bán nông sản trên mạng",
        minutes=90,
        audiences=("nong-dan",),
        regions=("dbscl",),
        requires=(
            Group(any_of=(Requirement(course="tra-cuu"), Requirement(course="so-sach")), rationale="Một là đủ."),
            Group(any_of=(Requirement(competence="kt:1.2", level=1),)),
        ),
        recommended_after=("so-sach",),
    ),
    Course(code="ha-noi-so", title="Dịch vụ số Hà Nội", minutes=40, regions=("ha-noi",)),
)

PROGRAMMES = (
    Programme(
        code="co-ban",
        title="Kỹ năng số cơ bản",
        audiences=("cong-dan",),
        goals=(Goal(competence="kt:1.2", level=2, weight=2.0), Goal(course="tra-cuu")),
    ),
)

ITEMS = (
    Item(
        code="cau-1",
        competence="kt:1.2",
        level=1,
        kind="single_choice",
        prompt={"vi": "Nguồn nào đáng tin?", "en": "Which source is reliable?"},
        options=(ItemOption(code="a", text="Cổng của chính phủ"), ItemOption(code="b", text="Tin nhắn lạ")),
        correct=("a",),
    ),
)

ASSETS = (
    Asset(
        code="mau",
        sha256=hashlib.sha256(PDF).hexdigest(),
        media_type="application/pdf",
        bytes=len(PDF),
        file_name="mau.pdf",
    ),
)


def small_snapshot() -> Snapshot:
    """Return the catalogue: ``ban-hang`` may be reached in two ways, ``kiem-tin`` by a level only."""
    return Snapshot(
        format="curriculum-catalogue/1",
        languages=LANGUAGES,
        frameworks=FRAMEWORKS,
        regions=REGIONS,
        audiences=AUDIENCES,
        industries=INDUSTRIES,
        courses=COURSES,
        programmes=PROGRAMMES,
        items=ITEMS,
        assets=ASSETS,
    )
