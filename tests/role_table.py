"""Who may open what: one line for every address of the platform, in the words of the roles.

The objects belong to the market bureau, so that its clerk and reviewer are "own" and those of the housing bureau are "other".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ANONYMOUS = "anonymous"
ROLES: dict[str, str] = {
    "clerk": "scjgj_lr",
    "other_clerk": "zjj_lr",
    "reviewer": "scjgj_sh",
    "other_reviewer": "zjj_sh",
    "window": "ckry",
    "office": "xyb",
    "system": "xtgl",
    "security": "aqgl",
    "auditor": "sjy",
}
"""Role → account of the demonstration city."""


def of(words: str) -> frozenset[str]:
    found = frozenset(words.split())
    assert found <= set(ROLES), found - set(ROLES)
    return found


NOBODY = of("")
STAFF = frozenset(ROLES)
OWN_DESK = of("clerk reviewer office")
DESK = of("clerk other_clerk reviewer other_reviewer office")
WITH_WINDOW = DESK | of("window")
CLERKS = of("clerk other_clerk")
STRANGERS = of("other_clerk other_reviewer")
ADMINS = of("system security auditor")
AUDITOR = of("auditor")


@dataclass(frozen=True)
class Page:
    """One address. `may` get `status`, `hidden` get 404, all other staff 403, visitors the log-in page.

    `post` says who may send its form; None = there is none. `get=False`: only posted. `public`: open to everybody.
    """

    name: str
    args: tuple[object, ...] = ()
    may: frozenset[str] = NOBODY
    hidden: frozenset[str] = NOBODY
    post: frozenset[str] | None = None
    get: bool = True
    public: bool = False
    status: int = 200
    query: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    csrf: bool = True
    writes: frozenset[str] = frozenset()


def public(name: str, *args: object, **more: object) -> Page:
    return Page(name, args, public=True, **more)  # type: ignore[arg-type]


def desk(name: str, *args: object, may: frozenset[str], **more: object) -> Page:
    return Page(name, args, may, **more)  # type: ignore[arg-type]


def form(name: str, *args: object, may: frozenset[str], **more: object) -> Page:
    """A page with a form: who may open it may send it."""
    return Page(name, args, may, post=may, **more)  # type: ignore[arg-type]


def button(name: str, *args: object, may: frozenset[str], **more: object) -> Page:
    """An address that is only posted to."""
    return Page(name, args, may, post=may, get=False, **more)  # type: ignore[arg-type]


# Words in angle brackets stand for an object of the market bureau, made by the test.
KERNEL = [
    public("healthz"),
    public("readyz"),
    public("metrics"),
    Page("accounts:login", may=STAFF, status=302),
    button("accounts:logout", may=STAFF),
    button("accounts:stay", may=STAFF),
    form("accounts:password", may=STAFF),
    public("accounts:activate", post=STAFF),
    form("accounts:second-factor", may=of("office system security auditor")),
    desk("web:desk", may=STAFF),
    form("web:style", may=STAFF),
    desk("web:style-public", may=STAFF),
    desk("web:style-print", may=STAFF),
    public("web:large-type", status=302, post=STAFF, csrf=False),
    desk("audit:entries", may=AUDITOR),
    desk("audit:entry", "<entry>", may=AUDITOR),
    desk("audit:chain", may=AUDITOR),
    button("audit:verify", may=AUDITOR),
    desk("audit:rereading", may=AUDITOR),
    desk("audit:stray", may=AUDITOR),
]
RECORDS = [
    desk("records:list", may=WITH_WINDOW),
    desk("records:choose", may=CLERKS),
    form("records:new", "penalty-2018", may=CLERKS),
    form("records:discard", "<draft>", may=of("clerk"), hidden=STAFF - of("clerk")),
    button("records:code-check", may=CLERKS),
    desk("records:record", "<record>", may=WITH_WINDOW),
    form("records:edit", "<record>", may=of("clerk"), hidden=STRANGERS | ADMINS | of("window")),
    form("records:revoke", "<record>", may=of("clerk"), hidden=STRANGERS | ADMINS | of("window")),
    form(
        "records:number",
        "<person record>",
        may=of("office"),
        hidden=STRANGERS | ADMINS | of("clerk reviewer window"),
        query="?field=XK_XDR_ZJHM",
    ),
    desk("records:subjects", may=WITH_WINDOW),
    button("records:find-person", may=WITH_WINDOW),
    desk("records:subject", "<subject>", may=WITH_WINDOW),
    desk("records:subject", "<person>", may=WITH_WINDOW),
    button("records:purpose", "<subject>", may=WITH_WINDOW),
    form("records:subject-number", "<person>", may=of("reviewer other_reviewer office")),
    form("records:rename", "<subject>", may=CLERKS | of("office")),
    form("records:add-identifier", "<subject>", may=CLERKS | of("office")),
    form("records:set-head", "<subject>", may=CLERKS | of("office")),
    form("records:propose-merge", "<subject>", may=DESK),
    desk("records:merges", may=DESK),
    form("records:merge", "<merge>", may=DESK),
    desk("records:catalogue", may=STAFF),
    desk("records:catalogue-compare", may=STAFF),
    desk("records:catalogue-item", "<edition>", "<item>", may=STAFF),
    desk("records:imports", may=WITH_WINDOW),
    desk("records:import-headers", may=WITH_WINDOW),
    button("records:import-header-forget", "<header>", may=of("clerk"), hidden=STRANGERS | of("window")),
    button("records:import-other-kind", "<batch>", may=of("clerk"), hidden=STRANGERS | of("window")),
    form("records:import-new", may=CLERKS),
    desk("records:import-template", "penalty-2018", may=WITH_WINDOW),
    desk("records:import", "<batch>", may=OWN_DESK, hidden=STRANGERS | of("window")),
    desk("records:import-parcel", "<parcel>", may=OWN_DESK, hidden=STRANGERS | of("window")),
    form("records:import-mapping", "<mapping>", may=of("clerk"), hidden=STRANGERS | of("window")),
    button("records:import-cancel", "<mapping>", may=of("clerk"), hidden=STRANGERS | of("window")),
    button("records:import-for-real", "<simulation>", may=of("clerk"), hidden=STRANGERS | of("window")),
    button("records:import-clearing", "<simulation>", may=of("clerk"), hidden=STRANGERS | of("window")),
    form("records:import-undo", "<batch>", may=of("clerk"), hidden=STRANGERS | of("window")),
    desk("records:import-errors", "<batch>", may=of("clerk"), hidden=STRANGERS | of("window")),
    desk("records:import-receipt", "<batch>", may=OWN_DESK, hidden=STRANGERS | of("window")),
    form("records:matching", may=WITH_WINDOW),
]
DISCLOSURE = [
    desk("disclosure:list", may=DESK),
    button("disclosure:bulk", may=of("clerk other_clerk"), data={"verb": "submit", "id": ["<draft item>"]}),
    desk("disclosure:bulk-job", "<bulk>", may=OWN_DESK, hidden=STRANGERS),
    form("disclosure:bulk-stop", "<bulk>", may=of("reviewer office"), hidden=STRANGERS),
    desk("disclosure:item", "<draft item>", may=OWN_DESK, hidden=STRANGERS),
    form("disclosure:review", "<submitted item>", may=of("reviewer"), hidden=STRANGERS),
    form("disclosure:act", "<draft item>", "submit", may=of("clerk"), hidden=STRANGERS),
    form("disclosure:act", "<draft item>", "exempt", may=of("reviewer office"), hidden=STRANGERS),
    form("disclosure:act", "<draft item>", "severity", may=of("clerk reviewer"), hidden=STRANGERS),
    form("disclosure:act", "<shown item>", "withdraw", may=of("reviewer office"), hidden=STRANGERS),
    form("disclosure:act", "<shown item>", "suspend", may=of("reviewer office"), hidden=STRANGERS),
    form("disclosure:act", "<shown item>", "correct", may=of("reviewer office"), hidden=STRANGERS),
    desk("disclosure:act", "<shown item>", "nothing", may=NOBODY, hidden=STAFF),
    desk("disclosure:lowerings", may=DESK),
    button("disclosure:lowerings-confirm", may=of("reviewer other_reviewer office"), status=302),
    form("disclosure:act", "<waiting item>", "confirm", may=of("reviewer office"), hidden=STRANGERS),
    form("disclosure:act", "<waiting item>", "deny", may=of("reviewer office"), hidden=STRANGERS),
    desk("disclosure:moved-ends", may=DESK),
    button("disclosure:moved-ends-read", may=DESK, status=302),
    desk("disclosure:named", may=DESK),
    Page("disclosure:named-item", ("<named item>",), may=OWN_DESK, hidden=STRANGERS, post=of("clerk reviewer")),
    desk("disclosure:objections", may=DESK),
    desk("disclosure:objection", "<objection>", may=DESK),
    form("disclosure:objection-decide", "<objection>", "retract", may=of("clerk reviewer")),
    form("disclosure:objection-decide", "<objection>", "uphold", may=of("office")),
    form("disclosure:objection-decide", "<objection>", "reject", may=of("office")),
    desk("disclosure:reminders", may=DESK),
    button("disclosure:read", may=DESK),
    desk("disclosure:timeliness", may=DESK),
]
HANDLERS = of("clerk reviewer")
COMMITMENTS = [
    desk("commitments:letters", may=DESK),
    desk("commitments:letter", "<letter>", may=OWN_DESK, hidden=STRANGERS),
    desk("commitments:statistics", may=DESK),
    desk("commitments:reviews", may=DESK),
    button("commitments:reviews-bulk", may=DESK - of("office"), status=302),
    desk("commitments:reviews-escalated", may=DESK),
    Page("commitments:review", ("<review>",), may=OWN_DESK, hidden=STRANGERS, post=HANDLERS),
    desk("commitments:shortfalls", may=DESK),
    form("commitments:settle", "<short letter>", may=HANDLERS, hidden=STRANGERS),
    desk("breach:cases", may=DESK),
    form("breach:candidate", "<letter>", may=HANDLERS, hidden=STRANGERS),
    form("breach:reported", "<letter>", may=HANDLERS, hidden=STRANGERS),
    form("breach:informant", "<reported>", may=HANDLERS, hidden=STRANGERS),
    desk("breach:case", "<candidate>", may=OWN_DESK, hidden=STRANGERS),
    desk("breach:print", "<decided>", "notice", may=OWN_DESK, hidden=STRANGERS),
    desk("breach:print", "<decided>", "decision", may=OWN_DESK, hidden=STRANGERS),
    form("breach:step", "<candidate>", "notify", may=HANDLERS, hidden=STRANGERS),
    form("breach:step", "<candidate>", "dismiss", may=of("reviewer"), hidden=STRANGERS),
    form("breach:step", "<decided>", "annul", may=of("reviewer"), hidden=STRANGERS),
    desk("breach:attachment", "<decided>", "<attachment>", may=OWN_DESK, hidden=STRANGERS),
    desk("commitments:attachment", "<letter attachment>", may=OWN_DESK, hidden=STRANGERS),
    desk("casework:board", may=DESK),
    desk("casework:notices", may=DESK),
    button("casework:read", may=DESK, status=302),
    desk("casework:urgings", may=DESK),
    form("casework:urge", "<candidate>", may=of("office")),
    desk("casework:urging", "<urging>", may=OWN_DESK, hidden=STRANGERS, post=of("clerk reviewer")),
    public("casework:track", post=STAFF),
    Page("casework:draws", may=DESK, post=of("reviewer other_reviewer office")),
    desk("casework:draw", "<draw>", may=OWN_DESK, hidden=STRANGERS),
    form("casework:draw-step", "<draw>", "enter", may=of("reviewer office"), hidden=STRANGERS),
    form("casework:draw-step", "<draw>", "void", may=of("reviewer office"), hidden=STRANGERS),
    public("casework:published-draws"),
    public("casework:published-draw", "<draw number>"),
    public("casework:draw-file", "<draw number>"),
    public("casework:draw-program"),
    public("commitments:availability", status=401),
    public("commitments-public:matters"),
    public("commitments-public:matters-compare"),
    public("commitments-public:matter", "made-up", status=404),
    public("repair:api-repairs", status=401, post=NOBODY, csrf=False),
    public("commitments:api-letters", status=401, post=NOBODY, csrf=False),
]
OFFICE = of("office")
BUREAU = of("clerk reviewer")
PLANNERS = of("clerk other_clerk reviewer other_reviewer")
INSPECTIONS = [
    public("inspections:public-tasks"),
    public("inspections:public-draw", "<drawn task number>"),
    public("inspections:public-exclusions", "<drawn task number>"),
    public("inspections:public-names", "<drawn task number>"),
    public("inspections:public-plans"),
    public("inspections:public-plan", "<inspection plan>"),
    public("inspections:items"),
    public("inspections:items-compare"),
    public("inspections:item", "made-up", status=404),
    desk("inspections:tasks", may=DESK),
    form("inspections:task-new", may=PLANNERS),
    desk("inspections:task", "<drawn task>", may=OWN_DESK, hidden=STRANGERS),
    form("inspections:task-edit", "<task begun>", may=BUREAU, hidden=STRANGERS),
    form("inspections:task-step", "<task begun>", "cancel", may=BUREAU, hidden=STRANGERS),
    form("inspections:task-step", "<drawn task>", "redraw", may=of("reviewer"), hidden=STRANGERS),
    desk("inspections:drawn", "<drawn task>", may=BUREAU, hidden=STRANGERS),
    desk("inspections:drawn-object", "<drawn subject>", may=BUREAU, hidden=STRANGERS),
    form("inspections:drawn-skip", "<drawn subject>", may=BUREAU, hidden=STRANGERS),
    form("inspections:drawn-replace", "<drawn subject>", may=BUREAU, hidden=STRANGERS),
    desk("inspections:plans", may=DESK),
    form("inspections:plan-new", may=CLERKS),
    desk("inspections:plan", "<inspection plan>", may=OWN_DESK, hidden=STRANGERS),
    form("inspections:plan-edit", "<inspection plan>", may=of("clerk"), hidden=STRANGERS),
    form("inspections:plan-step", "<inspection plan>", "close", may=of("reviewer"), hidden=STRANGERS),
    desk("inspections:objects", may=DESK),
    form("inspections:objects-upload", may=PLANNERS),
    desk("inspections:inspectors", may=DESK),
    form("inspections:inspectors-upload", may=PLANNERS),
    form("inspections:inspector-new", may=PLANNERS),
    desk("inspections:inspector", "<inspector>", may=OWN_DESK, hidden=STRANGERS),
    form("inspections:inspector-step", "<inspector>", "recuse", may=BUREAU, hidden=STRANGERS),
    form("inspections:recusal-end", "<recusal>", may=BUREAU, hidden=STRANGERS),
]
SANCTIONS = [
    public("sanctions:measures"),
    public("sanctions:measures-compare"),
    public("sanctions:measure", "made-up", status=404),
    desk("filed:publications", may=DESK),
    form("filed:new-publication", may=of("clerk other_clerk reviewer other_reviewer")),
    desk("filed:publication", "<publication>", may=OWN_DESK, hidden=STRANGERS),
    form("filed:publication-step", "<draft publication>", "confirm", may=of("reviewer"), hidden=STRANGERS),
    form("filed:publication-step", "<draft publication>", "drop", may=HANDLERS, hidden=STRANGERS),
    form("filed:publication-step", "<publication>", "close", may=of("reviewer"), hidden=STRANGERS),
    desk("filed:rows", may=DESK),
    desk("filed:row", "<filed row>", may=OWN_DESK, hidden=STRANGERS),
    form("filed:judge", "<filed row>", may=HANDLERS, hidden=STRANGERS),
    form("filed:row-step", "<proposed row>", "confirm", may=of("reviewer"), hidden=STRANGERS),
    form("filed:row-step", "<proposed row>", "decline", may=of("reviewer"), hidden=STRANGERS),
    form("filed:row-step", "<left out row>", "release", may=of("reviewer"), hidden=STRANGERS),
    form("filed:row-step", "<left out row>", "keep", may=HANDLERS, hidden=STRANGERS),
    form("correction:new", "<corrected record>", may=HANDLERS, hidden=STRANGERS),
    desk("correction:cases", may=DESK),
    desk("correction:case", "<correction>", may=OWN_DESK, hidden=STRANGERS),
    form("correction:step", "<correction>", "fail", may=HANDLERS, hidden=STRANGERS),
    form("correction:step", "<correction>", "dismiss", may=of("reviewer"), hidden=STRANGERS),
    desk("correction:print", "<correction>", "notice", may=OWN_DESK, hidden=STRANGERS),
    desk("correction:attachment", "<correction>", "<order proof>", may=OWN_DESK, hidden=STRANGERS),
    desk("joint:board", may=OFFICE),
    form("joint:initiate", may=DESK),
    desk("joint_action:cases", may=DESK),
    desk("joint_action:case", "<joint action>", may=OWN_DESK, hidden=STRANGERS),
    form("joint_action:step", "<joint by hand>", "push", may=of("reviewer office"), hidden=STRANGERS),
    desk("joint_action:attachment", "<joint action>", 1, may=NOBODY, hidden=DESK),
    desk("joint_action:print", "<joint action>", "notice", may=NOBODY, hidden=DESK),
    desk("joint_task:cases", may=DESK),
    desk("joint_task:case", "<joint task>", may=OWN_DESK, hidden=STRANGERS),
    form("joint_task:step", "<joint task>", "accept", may=HANDLERS, hidden=STRANGERS),
    form("joint_task:step", "<joint task>", "agree", may=OFFICE, hidden=STRANGERS),
    desk("joint_task:lines", "<accepted task>", may=OWN_DESK, hidden=STRANGERS),
    form("joint_task:line", "<accepted task>", "<joint line>", may=HANDLERS, hidden=STRANGERS),
    form("joint_task:upload", "<accepted task>", may=HANDLERS, hidden=STRANGERS),
    desk("joint_task:attachment", "<accepted task>", "<joint file>", may=OWN_DESK, hidden=STRANGERS),
    desk("joint_task:print", "<joint task>", "notice", may=NOBODY, hidden=DESK),
    desk("joint_lifting:cases", may=DESK),
    desk("joint_lifting:case", "<lifting>", may=OWN_DESK, hidden=STRANGERS),
    form("joint_lifting:step", "<lifting>", "lift", may=of("reviewer"), hidden=STRANGERS),
    desk("joint_lifting:attachment", "<lifting>", 1, may=NOBODY, hidden=DESK),
    desk("joint_lifting:print", "<lifting>", "notice", may=NOBODY, hidden=DESK),
    desk("national:inbox", may=OFFICE),
    form("national:take-in", may=OFFICE),
    desk("national:delivery", "<delivery>", may=OFFICE),
    form("national:replay", "<delivery>", may=OFFICE),
    form("national:feedbacks", may=OFFICE),
    desk("national:feedback-file", "<feedback>", may=OFFICE),
    form("national:receipt", may=OFFICE),
    desk("national_event:cases", may=DESK),
    desk("national_event:case", "<national event>", may=OWN_DESK, hidden=STRANGERS),
    form("national_event:step", "<national event>", "verify", may=HANDLERS, hidden=STRANGERS),
    form("national_event:person", "<national event>", may=HANDLERS, hidden=STRANGERS),
    desk("national_event:attachment", "<national event>", 1, may=NOBODY, hidden=DESK),
    desk("national_event:print", "<national event>", "notice", may=NOBODY, hidden=DESK),
    public("national:api-events", status=401, post=NOBODY, csrf=False),
]
PUBLIC = [
    *(public(f"public:{name}") for name in ("home", "search", "permits", "penalties", "statistics", "open-data")),
    *(public(f"public:{name}") for name in ("about", "help", "repair", "robots", "sitemap")),
    *(public(f"public:{name}") for name in ("checkpoints", "checkpoint-program", "keys")),
    public("public:checkpoint", "2020-01-01", status=404),
    public("public:verify", post=STAFF, csrf=False),
    public("public:receipt-program"),
    public("public:subject", "<code>"),
    public("disclosure/acts/", status=302),
    public("public:acts", "award"),
    public("public:feed", "penalty"),
    public("public:disclosure", "<public id>"),
    public("public:sitemap-file", "pages", 0),
    public("public:api-subject", "<code>"),
    public("public:api-disclosures"),
    public("public:api-disclosure", "<public id>"),
    public("public:api-changes", writes=frozenset({"disclosure_change"})),
    public("public:api-schema"),
    public("public:api-docs"),
    # The interface knows keys and no sessions: whoever has none is told so.
    public("records:records-api:records", status=401, post=NOBODY, csrf=False),
    public("records:records-api:batch", 1, status=401),
    public("records:records-api:standards"),
    public("records:records-api:standard", "penalty-2018"),
]
REVIEWERS = of("reviewer other_reviewer office")
OWN_REVIEWERS = of("reviewer office")
OTHER_REVIEWER = of("other_reviewer")
WINDOWS = of("clerk other_clerk window office")
# The registering authority is the market bureau; its clerk and the windows open doors for companies.
CONFIRMING = of("clerk window")
# A company's own pages lead everybody else to its log-in page; what a company itself may open is held by companies/tests and commitments/tests.
COMPANIES = [
    public("companies:home", status=302),
    public("companies:password", status=302, post=STAFF),
    public("companies:close", status=302, post=STAFF),
    public("companies:register", post=STAFF),
    public("companies:receipt", "made-up", status=404),
    public("companies:login", post=STAFF),
    public("companies:logout", get=False, post=STAFF),
    public("companies:oidc-start", status=404),
    public("companies:oidc-callback", status=404),
    desk("companies:window", may=CONFIRMING),
    form("companies:window-account", "<account receipt>", may=CONFIRMING),
    desk("companies:desk", may=WINDOWS),
    desk("companies:desk-account", "<account>", may=WINDOWS),
    form("companies:desk-act", "<account>", "suspend", may=CONFIRMING | of("office")),
    form("companies:desk-act", "<account>", "reset", may=CONFIRMING),
    public("commitments:my-matters", status=302),
    public("commitments:my-read", "CN-0001", status=302, post=STAFF),
    public("commitments:my-confirm", "CN-0001", status=302, post=STAFF),
    public("commitments:my-letter", "<letter number>", status=302),
    public("commitments:my-letter-pdf", "<letter number>", status=302),
    public("correction:my-case", "<correction>", status=302),
    public("correction:my-response", "<correction>", status=302, post=STAFF),
    public("breach:my-case", "<decided>", status=302),
    public("breach:my-response", "<decided>", status=302, post=STAFF),
    public("objection:guide"),
    *(public(f"repair:{name}") for name in ("landing", "ledger", "letter")),
    public("repair:outside-receipt", status=302),
    *(public(f"repair:{name}", "<repairable>") for name in ("item", "notice", "begin")),
    public("repair:outside", "<repairable>", post=STAFF),
    public("repair:mine", status=302),
    public("repair:my-new", "<repairable>", status=302, post=STAFF),
    public("repair:my-check", "<repairable>", status=302, post=STAFF),
    public("repair:my-repair", "<repair>", status=302),
    public("repair:my-act", "<repair>", "retract", status=302, post=STAFF),
    public("repair:my-case", "<repair>", status=302),
    public("repair:my-response", "<repair>", status=302, post=STAFF),
    public("objection:begin", status=302),
    public("objection:lodge", "item", "<public id>", post=STAFF),
    public("objection:lodged", status=302),
    public("objection:follow", post=STAFF),
    public("objection:followed", status=302),
    public("objection:followed-act", "retract", status=302, post=STAFF),
    public("objection:mine", status=302),
    public("objection:my-choose", status=302),
    public("objection:my-new", "item", "<public id>", status=302, post=STAFF),
    public("objection:my-objection", "<subject objection>", status=302),
    public("objection:my-act", "<subject objection>", "retract", status=302, post=STAFF),
    public("declarations:mine", status=302),
    public("declarations:my-new", status=302, post=STAFF),
    public("declarations:my-declaration", "<declaration>", status=302, post=STAFF),
    public("declarations:my-edit", "<declaration>", status=302, post=STAFF),
    public("declarations:my-act", "<declaration>", "withdraw", status=302, post=STAFF),
    desk("commitments:signed-pdf", "<letter number>", may=OWN_DESK, hidden=STRANGERS),
    desk("declarations:list", may=REVIEWERS),
    desk("declarations:declaration", "<declaration>", may=OWN_REVIEWERS, hidden=OTHER_REVIEWER),
    form("declarations:act", "<declaration>", "strike", may=OWN_REVIEWERS, hidden=OTHER_REVIEWER),
    form("declarations:answer", "<declaration>", "<report>", may=OWN_REVIEWERS, hidden=OTHER_REVIEWER),
    form("declarations:contact", "<declaration>", "<report>", may=OWN_REVIEWERS, hidden=OTHER_REVIEWER),
    desk(
        "declarations:attachment",
        "<declaration>",
        "<proof>",
        may=OWN_REVIEWERS,
        hidden=OTHER_REVIEWER,
    ),
    *(public(f"commitments-public:{name}") for name in ("letters", "breaches", "feed", "statistics")),
    public("commitments-public:verify", post=STAFF, csrf=False),
    public("commitments-public:verify-pdf", status=404),
    public("commitments-public:letter-pdf", "<letter public id>"),
    public("declarations:report", "<declared public id>", post=STAFF, csrf=False),
]
LISTS = [
    desk("lists:lists", may=DESK),
    desk("lists:entries", may=DESK),
    desk("lists:entry", "<list entry>", may=OWN_DESK, hidden=STRANGERS),
    desk("designation:cases", may=DESK),
    form("designation:propose", may=of("clerk other_clerk reviewer other_reviewer")),
    desk("designation:case", "<proposed>", may=OWN_DESK, hidden=STRANGERS),
    form("designation:person", "<proposed>", may=HANDLERS, hidden=STRANGERS),
    form("designation:step", "<proposed>", "notify", may=HANDLERS, hidden=STRANGERS),
    form("designation:step", "<proposed>", "dismiss", may=of("reviewer"), hidden=STRANGERS),
    desk("designation:print", "<designated>", "notice", may=OWN_DESK, hidden=STRANGERS),
    desk("designation:print", "<designated>", "decision", may=OWN_DESK, hidden=STRANGERS),
    desk("designation:repair-notice", "<designated>", may=OWN_DESK, hidden=STRANGERS),
    desk("designation:attachment", "<designated>", "<designation file>", may=OWN_DESK, hidden=STRANGERS),
    public("designation:my-case", "<designated>", status=302),
    public("designation:my-response", "<designated>", status=302, post=STAFF),
    public("designation:my-repair-notice", "<designated>", status=302),
    desk("removal:cases", may=DESK),
    form("removal:ask", "<list entry>", may=HANDLERS | OFFICE, hidden=STRANGERS),
    desk("removal:case", "<removal>", may=OWN_DESK, hidden=STRANGERS),
    form("removal:step", "<removal>", "confirm", may=of("reviewer office"), hidden=STRANGERS),
    desk("removal:attachment", "<removal>", "<removal file>", may=OWN_DESK, hidden=STRANGERS),
    desk("removal:print", "<removal>", "notice", may=NOBODY, hidden=DESK),
    desk("ban:cases", may=DESK),
    form("ban:register", may=of("clerk other_clerk reviewer other_reviewer")),
    desk("ban:case", "<ban>", may=OWN_DESK, hidden=STRANGERS),
    form("ban:step", "<ban>", "confirm", may=of("reviewer"), hidden=STRANGERS),
    desk("ban:attachment", "<ban>", "<ban file>", may=OWN_DESK, hidden=STRANGERS),
    desk("ban:print", "<ban>", "notice", may=NOBODY, hidden=DESK),
    public("lists-public:lists"),
    public("lists-public:red"),
    public("lists-public:list", "RS-NMG"),
    public("lists-public:feed", "RS-NMG"),
    public("complaints-public:list"),
    public("complaints-public:statistics"),
    public("complaints-public:firm", "made-up", status=404),
    public("complaints:mine", status=302),
    desk("complaints:list", may=DESK),
    desk("complaints:complaint", "<complaint>", may=OWN_DESK, hidden=STRANGERS),
    desk("complaints:statistics", may=DESK),
    desk("complaints:reports", may=HANDLERS | STRANGERS),
    form("complaints:report", "<violation report>", may=HANDLERS, hidden=STRANGERS),
]
ASKERS = WITH_WINDOW
CHECKS = [
    desk("checks:list", may=WITH_WINDOW | AUDITOR),
    form("checks:ask", may=ASKERS),
    desk("checks:jobs", may=ASKERS),
    form("checks:job-new", may=ASKERS),
    desk("checks:job", 1, may=NOBODY, hidden=ASKERS),
    button("checks:job-cancel", 1, may=NOBODY, hidden=ASKERS),
    desk("checks:job-result", 1, may=NOBODY, hidden=ASKERS),
    desk("checks:cases", may=WITH_WINDOW | AUDITOR),
    form("checks:cases-upload", may=WITH_WINDOW - of("office")),
    desk("checks:coverage", may=WITH_WINDOW | AUDITOR),
    desk("checks:notices", may=WITH_WINDOW | AUDITOR),
    button("checks:note", 1, may=NOBODY, hidden=WITH_WINDOW - of("office")),
    desk("checks:check", "<check>", may=of("clerk reviewer office auditor"), hidden=STRANGERS | of("window")),
    desk("checks:receipt", "<check>", may=of("clerk reviewer office auditor"), hidden=STRANGERS | of("window")),
    form("checks:tell", "<check>", may=of("clerk reviewer"), hidden=STRANGERS | of("window")),
    public("checks:embedded", status=410),
    public("checks:api-link", status=401, post=NOBODY, csrf=False),
    public("checks:api-check", status=401, post=NOBODY, csrf=False),
    public("checks:api-batch", status=401, post=NOBODY, csrf=False),
    public("checks:api-outcome", "HRBHC00000000", status=401, post=NOBODY, csrf=False),
    public("checks:api-cases", status=401, post=NOBODY, csrf=False),
]
WINDOW_OFFICE = of("window office")
REPORTS = [
    desk("reports:list", may=WITH_WINDOW | AUDITOR),
    form("reports:desk-new", may=WITH_WINDOW),
    desk("reports:report", "<credit report>", may=OWN_DESK | AUDITOR, hidden=STRANGERS | of("window")),
    desk("reports:file", "<credit report>", may=OWN_DESK | AUDITOR, hidden=STRANGERS | of("window")),
    desk("reports:statistics", may=WITH_WINDOW | AUDITOR),
    desk("reports:uses", may=WITH_WINDOW | AUDITOR),
    form("reports:use-new", may=DESK),
    desk("reports:use", "<report use>", may=OWN_DESK | AUDITOR, hidden=STRANGERS | of("window")),
    form("reports:use-withdraw", "<report use>", may=of("clerk reviewer"), hidden=STRANGERS | of("office")),
    desk("reports:use-file", "<report use>", may=of("clerk reviewer"), hidden=STRANGERS | of("office")),
    desk("reports:uses-before", "<query>", may=NOBODY, hidden=of("window office")),
    form("reports:use-before", "<query>", "<report use>", "consent", may=NOBODY, hidden=of("window office")),
    form("reports:person", "<query>", may=NOBODY, hidden=of("window office")),
    desk("reports:foreign", may=WITH_WINDOW | AUDITOR),
    form("reports:foreign-new", may=WITH_WINDOW),
    desk("reports:foreign-one", "<foreign report>", may=OWN_DESK | AUDITOR, hidden=STRANGERS | of("window")),
    desk("reports:foreign-file", "<foreign report>", may=OWN_DESK | AUDITOR, hidden=STRANGERS | of("window")),
    public("reports:my-uses", status=302),
    public("reports:my-use", "<report use>", status=302),
    public("reports:my-use-answer", "<report use>", "consent", status=302, post=STAFF),
    public("reports:new", post=STAFF),
    public("reports:ready", "nothing", status=404),
    public("reports:ready-file", "nothing", status=404),
    public("reports:shared", "nothing", post=STAFF),
    public("reports:schema"),
    public("reports:certificates"),
    public("reports:mine", status=302),
    public("reports:my-new", status=302, post=STAFF),
    public("reports:my-proof", status=302, post=STAFF),
    public("reports:my-report", "<credit report>", status=302),
    public("reports:my-file", "<credit report>", status=302),
    public("reports:my-share", "<credit report>", status=302, post=STAFF),
    public("reports:my-share-end", "<credit report>", 1, status=302, post=STAFF, get=False),
]
OBJECTIONS = [
    desk("objection:cases", may=DESK),
    desk("objection:case", "<subject objection>", may=OWN_DESK, hidden=STRANGERS),
    form("objection:step", "<subject objection>", "accept", may=of("office"), hidden=STRANGERS),
    form("objection:step", "<forwarded objection>", "answer", may=HANDLERS, hidden=STRANGERS),
    desk("objection:print", "<answered objection>", "decision", may=OWN_DESK, hidden=STRANGERS),
    desk("objection:attachment", "<subject objection>", "<objection evidence>", may=OWN_DESK, hidden=STRANGERS),
    form("objection:choose", may=WINDOW_OFFICE),
    form("objection:new", "<public id>", may=WINDOW_OFFICE),
    form("objection:new-at", "item", "<public id>", may=WINDOW_OFFICE),
    desk("objection:find", may=WINDOW_OFFICE),
    form("objection:confirm", "<lodged objection>", may=WINDOW_OFFICE),
    form("objection:contact", "<lodged objection>", may=of("office")),
    desk("objection:statistics", may=DESK),
    desk("objection:contests", may=DESK),
    form("objection:contest-new", may=DESK),
    form("objection:contest-end", "<contest>", may=OWN_DESK, hidden=STRANGERS),
    desk("objection:receipt", may=WINDOW_OFFICE, status=302),
]
REPAIRS = [
    desk("repair:cases", may=DESK),
    desk("repair:case", "<repair>", may=OWN_DESK, hidden=STRANGERS),
    form("repair:step", "<repair>", "accept", may=of("office"), hidden=STRANGERS),
    form("repair:step", "<accepted repair>", "verify", may=HANDLERS, hidden=STRANGERS),
    desk("repair:print", "<rejected repair>", "decision", may=OWN_DESK, hidden=STRANGERS),
    desk("repair:attachment", "<repair>", "<repair proof>", may=OWN_DESK, hidden=STRANGERS),
    form("repair:choose", may=WINDOW_OFFICE),
    form("repair:new", "<repairable>", may=WINDOW_OFFICE),
    desk("repair:receipt", may=WINDOW_OFFICE, status=302),
]
DELIVERIES = [
    desk("delivery:list", may=DESK | AUDITOR),
    button("delivery:acknowledge", may=DESK | AUDITOR, status=302),
    desk("delivery:recipients", may=of("office auditor")),
    desk("delivery:cases", may=DESK | AUDITOR),
    desk("delivery:case", "<delivery case>", may=OWN_DESK, hidden=STRANGERS | AUDITOR),
    form("delivery:step", "<delivery case>", "order", may=of("office"), hidden=STRANGERS | AUDITOR),
    desk("delivery:attachment", "<delivery case>", 1, may=NOBODY, hidden=DESK | AUDITOR),
    desk("delivery:print", "<delivery case>", "notice", may=NOBODY, hidden=DESK | AUDITOR),
    public("delivery:api-list", status=401),
    public("delivery:api-acknowledge", status=401, post=NOBODY, csrf=False),
]
LOOKUPS = [
    form("lookups:window", may=WINDOW_OFFICE),
    desk("lookups:result", "<query>", may=NOBODY, hidden=WINDOW_OFFICE),
    desk("lookups:print", "<query>", may=NOBODY, hidden=WINDOW_OFFICE),
    desk("lookups:copy", "<query>", may=NOBODY, hidden=WINDOW_OFFICE),
    desk("lookups:statistics", may=WINDOW_OFFICE),
    desk("lookups:authorisations", may=WINDOW_OFFICE),
    form("lookups:authorisation-new", may=WINDOW_OFFICE),
    desk("lookups:authorisation", "<authorisation>", may=WINDOW_OFFICE),
    form("lookups:authorisation-end", "<authorisation>", may=WINDOW_OFFICE),
    form("lookups:authorisation-file", "<authorisation>", may=WINDOW_OFFICE),
    form("lookups:why", "<query>", "<query>", may=NOBODY, hidden=WINDOW_OFFICE),
    desk("lookups:register", may=AUDITOR),
    desk("lookups:query", "<query>", may=AUDITOR),
    desk("lookups:findings", may=of("auditor security")),
    form("lookups:finding", "<finding>", may=of("auditor security")),
    desk("lookups:samples", may=AUDITOR),
    desk("lookups:sample-file", "<sample>", may=AUDITOR),
    form("lookups:notables", may=AUDITOR),
    button("lookups:notable-end", "<notable>", may=AUDITOR),
    form("lookups:holds", may=OFFICE),
    button("lookups:hold-confirm", "<hold>", may=OFFICE),
    button("lookups:hold-decline", "<hold>", may=OFFICE),
    desk("lookups:retention", may=of("office security auditor")),
    desk("lookups:retention-holds", may=of("office security auditor")),
    form("lookups:retention-hold-new", may=of("office security")),
    form("lookups:retention-hold", "<retention hold>", may=of("office security")),
    public("lookups:my-looks", status=302),
    public("lookups:my-look", "<query>", status=302, post=STAFF),
    public("lookups:windows"),
]
VISITS = [
    public("visit:worker"),
    desk("visit:waiting", may=DESK - of("office")),
    button("visit:begin", "<drawn part>", "<unbegun object>", may=BUREAU, hidden=STRANGERS, status=302),
    form("visit:outside", may=DESK - of("office")),
    desk("visit:figures", may=DESK),
    desk("visit:cases", may=DESK),
    desk("visit:case", "<visit>", may=OWN_DESK, hidden=STRANGERS),
    form("visit:form", "<visit>", may=BUREAU, hidden=STRANGERS),
    form("visit:step", "<visit>", "skip", may=BUREAU, hidden=STRANGERS),
    form("visit:step", "<entered visit>", "review", may=of("reviewer"), hidden=STRANGERS),
    desk("visit:attachment", "<entered visit>", "<visit photo>", may=OWN_DESK, hidden=STRANGERS),
    desk("visit:print", "<visit>", "notice", may=NOBODY, hidden=DESK),
    public("visit:my-history", status=302),
    public("visit:my-visit", "<visit>", status=302, post=STAFF),
]
REINSPECTIONS = [
    desk("reinspection:cases", may=of("reviewer other_reviewer office")),
    desk("reinspection:figures", may=of("reviewer other_reviewer office")),
    desk("reinspection:case", "<reinspection>", may=of("reviewer office"), hidden=of("other_reviewer")),
    form("reinspection:step", "<reinspection>", "inspect", may=of("office"), hidden=of("other_reviewer")),
    desk("reinspection:attachment", "<reinspection>", 1, may=NOBODY, hidden=of("reviewer other_reviewer office")),
    desk("reinspection:print", "<reinspection>", "notice", may=NOBODY, hidden=of("reviewer other_reviewer office")),
]
PATROLS = [
    desk("patrol:list", may=of("office auditor")),
    button("patrol:order", may=of("office"), status=302),
    desk("patrol_alarm:cases", may=of("office auditor")),
    desk("patrol_alarm:case", "<patrol alarm>", may=of("office"), hidden=of("auditor")),
    form("patrol_alarm:step", "<patrol alarm>", "close", may=of("office"), hidden=of("auditor")),
    desk("patrol_alarm:attachment", "<patrol alarm>", 1, may=NOBODY, hidden=of("office auditor")),
    desk("patrol_alarm:print", "<patrol alarm>", "notice", may=NOBODY, hidden=of("office auditor")),
]
GRADING = [
    desk("grades:grades", may=DESK),
    desk("grades:received", may=DESK),
    desk("grades:tiers", may=DESK),
    desk("grades:subject", "<subject>", may=DESK),
    desk("grades:models", may=DESK),
    form("grades:model-new", may=OFFICE),
    desk("grades:model", "<grading model>", may=DESK),
    form("grades:model-head", "<grading model>", may=OFFICE),
    button("grades:trial-order", "<grading model>", may=OFFICE, status=302),
    form("grades:line-new", "<grading model>", "indicator", may=OFFICE),
    form("grades:line", "<grading model>", "indicator", "<grading line>", may=OFFICE),
    form("grades:line-remove", "<grading model>", "indicator", "<grading line>", may=OFFICE),
    form("grades:model-step", "<grading model>", "discard", may=OFFICE),
    desk("grades:trial", "<grading trial>", may=DESK),
    button("grades:trial-cancel", "<grading trial>", may=OFFICE),
    public("grades:mine", status=302),
]
CAMPAIGNS = [
    public("campaign:public-list"),
    public("campaign:public", "<campaign>"),
    form("campaign:new", may=HANDLERS | STRANGERS),
    desk("campaign:cases", may=DESK),
    desk("campaign:case", "<campaign>", may=OWN_DESK, hidden=STRANGERS),
    form("campaign:step", "<campaign>", "close", may=of("reviewer"), hidden=STRANGERS),
    form("campaign:step", "<frozen campaign>", "approve", may=of("reviewer"), hidden=STRANGERS),
    form("campaign:step", "<frozen campaign>", "cancel", may=HANDLERS, hidden=STRANGERS),
    desk("campaign:print", "<campaign>", "notice", may=NOBODY, hidden=DESK),
    desk("campaign:attachment", "<campaign>", "<campaign paper>", may=OWN_DESK, hidden=STRANGERS),
    desk("campaign:targets", "<campaign>", may=OWN_DESK, hidden=STRANGERS),
    form("campaign:target", "<campaign>", "<target>", may=HANDLERS, hidden=STRANGERS),
    form("campaign:take-back", "<campaign>", "<handling>", may=HANDLERS, hidden=STRANGERS),
    form("campaign:example-new", "<campaign>", may=HANDLERS, hidden=STRANGERS),
    form("campaign:example-publish", "<campaign>", "<example>", may=of("reviewer"), hidden=STRANGERS),
    form("campaign:example-withdraw", "<campaign>", "<public example>", may=of("reviewer office"), hidden=STRANGERS),
]
ALERTS = [
    desk("alert:cases", may=DESK),
    desk("alert:case", "<alert>", may=OWN_DESK, hidden=STRANGERS),
    form("alert:step", "<alert>", "acknowledge", may=of("clerk reviewer"), hidden=STRANGERS),
    desk("alert:attachment", "<alert>", 1, may=NOBODY, hidden=DESK),
    desk("alert:print", "<alert>", "notice", may=NOBODY, hidden=DESK),
    desk("record_check:cases", may=DESK),
    desk("record_check:case", "<record check>", may=OWN_DESK, hidden=STRANGERS),
    form("record_check:step", "<record check>", "uphold", may=of("clerk reviewer"), hidden=STRANGERS),
    desk("record_check:attachment", "<record check>", 1, may=NOBODY, hidden=DESK),
    desk("record_check:print", "<record check>", "notice", may=NOBODY, hidden=DESK),
    desk("alert_rules:list", may=of("office auditor")),
    desk("alert_rules:rule", "<alert rule>", may=of("office auditor")),
    desk("alert_rules:firings", "<alert rule>", may=of("office auditor")),
    form("alert_rules:revise", "<alert rule>", may=of("office")),
    button("alert_rules:act", "<alert rule>", "renew", may=of("office")),
    form("alert_rules:end", "<alert rule>", "pause", may=of("office")),
    form("alert_rules:order", "<alert rule>", may=of("office")),
    desk("alert_rules:backtest", "<backtest>", may=of("office auditor")),
    button("alert_rules:cancel", "<backtest>", may=of("office")),
]
PAGES = (
    ALERTS
    + CAMPAIGNS
    + DELIVERIES
    + GRADING
    + LOOKUPS
    + PATROLS
    + REINSPECTIONS
    + CHECKS
    + INSPECTIONS
    + VISITS
    + KERNEL
    + RECORDS
    + DISCLOSURE
    + COMMITMENTS
    + SANCTIONS
    + COMPANIES
    + REPAIRS
    + OBJECTIONS
    + REPORTS
    + PUBLIC
    + LISTS
)

SYSTEM, SECURITY = of("system"), of("security")
# Django's admin: model → who opens it. Nothing can be deleted there; a button that does not exist is refused to everybody.
MODELS = {
    "checks_checkmatter": SYSTEM,
    "checks_recordrule": SYSTEM,
    "accounts_apiclient": SECURITY,
    "accounts_department": SYSTEM,
    "accounts_departmentsuccession": SYSTEM,
    "accounts_user": SECURITY,
    "accounts_accountproposal": of("security system"),
    "workdays_calendarday": SYSTEM,
    "workdays_holidaynotice": SYSTEM,
    "records_catalogueversion": SYSTEM,
    "records_catalogueentry": SYSTEM,
    "records_catalogueitem": SYSTEM,
    "records_codeexemption": SYSTEM,
    "commitments_matterlist": SYSTEM,
    "commitments_matterentry": SYSTEM,
    "commitments_matter": SYSTEM,
    "commitments_lettertemplate": SYSTEM,
    "commitments_measure": SYSTEM,
    "inspections_itemlist": SYSTEM,
    "inspections_itementry": SYSTEM,
    "inspections_item": SYSTEM,
    "inspections_objecttag": SYSTEM,
    "inspections_sharerow": SYSTEM,
    "inspections_frequencycap": SYSTEM,
    "sanctions_measurelist": SYSTEM,
    "sanctions_measureentry": SYSTEM,
    "sanctions_measure": SYSTEM,
    "sanctions_matterfield": SYSTEM,
    "sanctions_creditlist": SYSTEM,
    "disclosure_ruleset": SYSTEM,
    "disclosure_periodrule": SYSTEM,
    "disclosure_finethreshold": SYSTEM,
    "disclosure_simpleprocedurelimit": SYSTEM,
    "casework_clockprofile": SYSTEM,
    "objections_suppressionrule": SYSTEM,
    "repair_blockrule": SYSTEM,
    "deliveries_recipient": SECURITY,
    "reports_reportlayout": SYSTEM,
    "reports_prooffield": SYSTEM,
    "reports_reportpurpose": SYSTEM,
    "reports_reportissuer": SYSTEM,
    "lookups_retentionrule": SYSTEM,
    "grading_gradescheme": SYSTEM,
    "grading_supervisionfield": SYSTEM,
    "grading_tierrule": SYSTEM,
    "lookups_purpose": SYSTEM,
    "lookups_servicewindow": SYSTEM,
    "lookups_reviewlimits": SYSTEM,
    "campaigns_campaignfield": SYSTEM,
    "auth_group": NOBODY,
}
# No page to add one: they are made by their own actions.
NOT_ADDED = frozenset(
    {"workdays_calendarday", "workdays_holidaynotice", "accounts_accountproposal", "deliveries_recipient"}
)
ADMIN_PAGES = {
    "index": SYSTEM | SECURITY,
    "login": None,  # leads to the one log-in page; who is signed in is refused
    "logout": None,
    "password_change": None,
    "password_change_done": SYSTEM | SECURITY,
    "autocomplete": NOBODY,
    "jsi18n": SYSTEM | SECURITY,
    "view_on_site": None,
    "app_list": None,
    "commitments_matterlist_workbook": SYSTEM,
    "commitments_matterlist_upload": SYSTEM,
    "commitments_matterlist_compare": SYSTEM,
    "sanctions_measurelist_workbook": SYSTEM,
    "sanctions_measurelist_upload": SYSTEM,
    "sanctions_measurelist_compare": SYSTEM,
    "inspections_itemlist_workbook": SYSTEM,
    "inspections_itemlist_upload": SYSTEM,
    "inspections_itemlist_compare": SYSTEM,
    "records_catalogueversion_compare": SYSTEM,
    "workdays_load_notice": SYSTEM,
    "workdays_notice_template": SYSTEM,
}
