"""The kinds of information that lists bring to the public: seriously dishonest, abnormal, rewarded; and the one that is never public."""

from __future__ import annotations

from disclosure.kinds import Kind
from sanctions.lists.rules import KIND_OF, NATURE_LABELS, Nature

PARTS = ("列入内容", "列入主体", "认定机关与来源")
RESULTS = ("_SY", "_CS", "_TJ")
SERIOUS = Kind(
    code=KIND_OF[Nature.SERIOUS],
    label=NATURE_LABELS[Nature.SERIOUS],
    address="/lists/",
    parts=PARTS,
    day_word="列入",
    number_label="列入决定文书号",
    said_by="认定",
    results=RESULTS,
    serious=True,
    persons_shown=True,  # the list says whether; where it does not, the row itself is shared only
    repairable=True,
    keeps_term=True,
)
ABNORMAL = Kind(
    code=KIND_OF[Nature.ABNORMAL],
    label=NATURE_LABELS[Nature.ABNORMAL],
    address="/lists/",
    parts=PARTS,
    day_word="列入",
    number_label="列入决定文书号",
    said_by="作出",
    results=RESULTS,
    serious=True,
    repairable=True,
    keeps_term=True,
)
RED = Kind(
    code=KIND_OF[Nature.RED],
    label=NATURE_LABELS[Nature.RED],
    address="/lists/red/",
    parts=PARTS,
    day_word="认定",
    number_label="认定文书号",
    said_by="认定",
    results=("_SY", "_CS"),
    persons_shown=True,
)
WATCH = Kind(
    code=KIND_OF[Nature.WATCH],
    label=NATURE_LABELS[Nature.WATCH],
    parts=PARTS,
    day_word="列入",
    number_label="列入文书号",
    said_by="列入",
    results=RESULTS,
    serious=True,
    persons_reason="重点关注名单仅限政务共享，不对外公示。",
    repairable=True,
)
KINDS = (SERIOUS, ABNORMAL, RED, WATCH)
