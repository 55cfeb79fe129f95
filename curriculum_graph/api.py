"""What the rest of the project uses of the plain library of the curriculum."""

from curriculum_graph.checks import check_deadlocks, check_snapshot
from curriculum_graph.compile import FEATURES, CompiledGraph, Targeting, TermTree, compile_graph
from curriculum_graph.deadlocks import Deadlock, find_deadlocks
from curriculum_graph.diff import (
    CourseChange,
    FieldChange,
    ModuleChanges,
    SectionChanges,
    SnapshotDiff,
    diff_courses,
    diff_snapshots,
)
from curriculum_graph.errors import (
    BrokenSnapshot,
    CurriculumError,
    GraphUnreadable,
    NotFound,
    ParentMoved,
    Problem,
    Refused,
)
from curriculum_graph.interchange import (
    Catalogue,
    OpenAsset,
    UnknownFileType,
    encode_document,
    open_catalogue,
    read_catalogue,
    write_catalogue,
)
from curriculum_graph.paths import (
    CourseMap,
    depths,
    map_courses,
    needed_by_all,
    prerequisites_of,
    unlocked_by,
    unreachable,
)
from curriculum_graph.references import Known, check_references
from curriculum_graph.rendering import (
    RENDERER_VERSION,
    AssetUrl,
    FindItem,
    content_key,
    render_body,
    render_markdown,
)
from curriculum_graph.requirements import holds, learn, may_take
from curriculum_graph.store import load_graph, save_graph
from curriculum_graph.validation import read_schema

__all__ = [
    "FEATURES",
    "RENDERER_VERSION",
    "AssetUrl",
    "BrokenSnapshot",
    "Catalogue",
    "CompiledGraph",
    "CourseChange",
    "CourseMap",
    "CurriculumError",
    "Deadlock",
    "FieldChange",
    "FindItem",
    "GraphUnreadable",
    "Known",
    "ModuleChanges",
    "NotFound",
    "OpenAsset",
    "ParentMoved",
    "Problem",
    "Refused",
    "SectionChanges",
    "SnapshotDiff",
    "Targeting",
    "TermTree",
    "UnknownFileType",
    "check_deadlocks",
    "check_references",
    "check_snapshot",
    "compile_graph",
    "content_key",
    "depths",
    "diff_courses",
    "diff_snapshots",
    "encode_document",
    "find_deadlocks",
    "holds",
    "learn",
    "load_graph",
    "map_courses",
    "may_take",
    "needed_by_all",
    "open_catalogue",
    "prerequisites_of",
    "read_catalogue",
    "read_schema",
    "render_body",
    "render_markdown",
    "save_graph",
    "unlocked_by",
    "unreachable",
    "write_catalogue",
]
