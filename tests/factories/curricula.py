"""Small curricula with everything that a program can speak of."""

from curriculum_graph.snapshot import (
    FORMAT,
    Competence,
    Course,
    Framework,
    Goal,
    Group,
    Item,
    Language,
    LevelOf,
    Module,
    Programme,
    Requirement,
    Snapshot,
    Term,
    Variant,
)


def small_curriculum(**changes: object) -> Snapshot:
    """Safety in three steps: basics (open to all), passwords (after basics), wallet (level 1 and passwords)."""
    content: dict[str, object] = {
        "languages": (Language(code="vi", title="Tiếng Việt"), Language(code="hmn", title="Hmoob")),
        "frameworks": (
            Framework(
                code="tt02",
                title={"vi": "Khung năng lực số", "en": "Digital competence framework"},
                levels=8,
                competences=(
                    Competence(code="tt02:4.1", title={"vi": "Bảo vệ thiết bị", "en": "Protecting devices"}),
                    Competence(code="tt02:4.2", title={"vi": "Bảo vệ dữ liệu cá nhân", "en": "Personal data"}),
                ),
            ),
        ),
        "regions": (
            Term(code="north", title={"vi": "Miền núi phía Bắc", "en": "Northern mountains"}),
            Term(code="lao-cai", title="Lào Cai", parent="north"),
            Term(code="ca-mau", title="Cà Mau"),
        ),
        "audiences": (
            Term(code="citizen", title={"vi": "Người dân", "en": "Citizens"}),
            Term(code="farmer", title={"vi": "Nông dân", "en": "Farmers"}, parent="citizen"),
        ),
        "industries": (Term(code="agriculture", title={"vi": "Nông nghiệp", "en": "Farming"}),),
        "courses": (_basics(), _passwords(), _wallet(), _harbour()),
        "programmes": (
            Programme(
                code="first-steps",
                title={"vi": "Những bước đầu", "en": "First steps"},
                goals=(Goal(course="wallet"),),
            ),
        ),
        "items": (Item(code="q1", competence="tt02:4.1", level=1, kind="true_false", prompt="Mật khẩu nên ngắn?"),),
    }
    return Snapshot(format=FORMAT, **{**content, **changes})  # type: ignore[arg-type]


def _basics() -> Course:
    return Course(
        code="basics",
        title={"vi": "Làm quen với điện thoại thông minh", "en": "Getting to know your smartphone"},
        summary={"vi": "Bật, tắt, cài đặt và giữ máy an toàn.", "en": "Turn it on, set it up and keep it safe."},
        minutes=25,
        teaches=(LevelOf(competence="tt02:4.1", level=1),),
        modules=(
            Module(
                code="basics-1",
                title={"vi": "Màn hình đầu tiên", "en": "The first screen"},
                markdown="## Mở máy\n\nGiữ nút **nguồn** ba giây.",
                variants=(
                    Variant(code="lao-cai", regions=("lao-cai",), markdown="Giữ nút **nguồn**; sóng ở Lào Cai."),
                    Variant(code="hmong", languages=("hmn",), markdown="Nias lub khawm."),
                ),
            ),
        ),
    )


def _passwords() -> Course:
    return Course(
        code="passwords",
        title={"vi": "Mật khẩu mạnh", "en": "Strong passwords"},
        minutes=40,
        teaches=(LevelOf(competence="tt02:4.2", level=2),),
        requires=(Group(any_of=(Requirement(course="basics"),)),),
        modules=(Module(code="passwords-1", title="Đặt mật khẩu", markdown="Dài, dễ nhớ, không dùng lại."),),
    )


def _wallet() -> Course:
    return Course(
        code="wallet",
        title={"vi": "Ví điện tử an toàn", "en": "Using an e-wallet safely"},
        minutes=60,
        audiences=("citizen",),
        requires=(
            Group(any_of=(Requirement(competence="tt02:4.1", level=1),)),
            Group(any_of=(Requirement(course="passwords"),)),
        ),
        modules=(Module(code="wallet-1", title="Mở ví", markdown="Chỉ dùng ứng dụng chính thức."),),
    )


def _harbour() -> Course:
    return Course(
        code="harbour",
        title={"vi": "Dịch vụ công cho ngư dân", "en": "Public services for fishers"},
        minutes=30,
        regions=("ca-mau",),
        modules=(Module(code="harbour-1", title="Khai báo", markdown="Nộp tờ khai qua mạng."),),
    )
