//! What each address of the desk needs. Whoever adds a route adds its line here: who may, what it is about, and what a
//! good request sends. The test sends just that for everybody.

use rules::permission::Act;

/// Who may send a request.
#[derive(Debug, Clone, Copy)]
pub enum Need {
    /// The way in and out: it answers everybody, and its own tests say how.
    Door,
    /// Whoever has the link, signed in or not.
    Nothing,
    /// Whoever is signed in.
    Staff,
    /// Whoever may do one of these acts to anything at all.
    Anywhere(&'static [Act]),
    /// Whoever may do one of these acts to what the organ of the subject answers for.
    On(&'static [Act]),
    /// Whoever may do one of these acts to everything of the site.
    Over(&'static [Act]),
    /// The person to whom the subject belongs, whatever the role.
    Owner,
}

/// What a request is about; `world` makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Nothing in particular; organ and column of the place.
    Place,
    /// A draft of somebody else.
    Draft,
    /// A draft that the asker wrote, whatever roles the asker has now.
    OwnDraft,
    /// A file that the asker began to send.
    Upload,
    /// A document to be read that the asker has sent.
    Document,
    /// A case that waits for the round of review.
    AtRound,
    /// A case that waits for the secrecy review.
    AtSecrecy,
    /// A case that waits for the signature.
    AtSignOff,
    /// A case that waits for publication.
    AtPublication,
    /// A case that goes public at a time.
    Scheduled,
    /// A case that was published in an emergency.
    Emergency,
    /// A case that waits for the signature, with a one-time link for it.
    Linked,
    /// A case that the asker wrote and submitted.
    OwnCase,
    /// A live record.
    Live,
    /// A live record whose withdrawal somebody asked for.
    Asked,
    /// A live record whose withdrawal the asker asked for.
    OwnAsked,
    /// A record that somebody withdrew in an emergency.
    WithdrawnAtOnce,
    /// An imported record that waits to be looked at.
    Unsure,
    /// A run of an import, and its job.
    Run,
    /// A message to the asker at the own organ, to somebody else elsewhere.
    Message,
    /// A role of the asker at the own organ, of somebody else elsewhere.
    Grant,
    /// An account with a role.
    Account,
    /// An organ without anything.
    Organ,
    /// A column without anything.
    Column,
    /// A word of the site's list.
    Word,
    /// A notice that the site added to the calendar.
    Notice,
    /// A service item.
    ServiceItem,
    /// A service case.
    ServiceCase,
    /// An article published on WeChat.
    Article,
    /// A board.
    Board,
    /// An open request for information.
    Request,
    /// An open reconsideration.
    Remedy,
    /// A suggestion that the organ of the place was given to answer.
    Proposal,
    /// The same, answered.
    Answered,
    /// A training that the organ of the place held, with one of its people.
    Training,
    /// An amount of money.
    Money,
    /// A table for the register of boards that the asker sent, not taken yet.
    OwnTable,
    /// An annual report of the organ of the place that is being written.
    Report,
    /// A section of such a report.
    Section,
    /// A report with a picture.
    Picture,
    /// The part of the organ of the place in the annual report of the whole site.
    Part,
}

/// What a request carries. `{name}` stands for a value of the subject.
#[derive(Debug, Clone, Copy)]
pub enum Sent {
    /// Nothing.
    Nothing,
    /// A form.
    Form(&'static [(&'static str, &'static str)]),
    /// JSON, as scripts send it.
    Json(&'static str),
    /// A form with a file of that name.
    File(&'static [(&'static str, &'static str)], &'static str),
    /// A part of a file.
    Part(&'static str),
}

/// One line: an address and what it needs.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Method.
    pub method: &'static str,
    /// The address as `routes.rs` has it.
    pub address: &'static str,
    /// The query that a good request has.
    pub query: &'static str,
    /// Who may.
    pub need: Need,
    /// What it is about.
    pub subject: Subject,
    /// What it carries.
    pub sent: Sent,
    /// Whether a request that is allowed changes something.
    pub changes: bool,
    /// Whether what is forbidden is told on a page with status 200, one record beside another.
    pub told_on_page: bool,
}

impl Line {
    /// About something.
    const fn about(self, subject: Subject) -> Line {
        Line { subject, ..self }
    }

    /// With a query.
    const fn query(self, query: &'static str) -> Line {
        Line { query, ..self }
    }

    /// Changes nothing that counts, even where it is allowed.
    const fn quiet(self) -> Line {
        Line { changes: false, ..self }
    }
}

const fn get(address: &'static str, need: Need) -> Line {
    Line {
        method: "GET",
        address,
        query: "",
        need,
        subject: Subject::Place,
        sent: Sent::Nothing,
        changes: false,
        told_on_page: false,
    }
}

const fn post(address: &'static str, need: Need, sent: Sent) -> Line {
    Line { method: "POST", sent, changes: true, ..get(address, need) }
}

const fn form(fields: &'static [(&'static str, &'static str)]) -> Sent {
    Sent::Form(fields)
}

const DRAFT: Need = Need::On(&[Act::Draft]);
const READ: Need = Need::On(&[Act::ReadDrafts]);
const IMPORT: Need = Need::On(&[Act::ImportRecords]);
const ACCOUNT: Need = Need::On(&[Act::ManageAccount]);
const SESSION: Need = Need::On(&[Act::ManageSession]);
const GRANT: Need = Need::On(&[Act::GrantRole]);
const COLUMN: Need = Need::On(&[Act::ManageColumn]);
const ORGAN: Need = Need::On(&[Act::ManageOrgan]);
/// Who brings staff in from a table: accounts by the one, roles by the other.
const HIRERS: &[Act] = &[Act::ManageAccount, Act::GrantRole];
/// A row of a table of staff as its preview carries it.
const HIRED: &str = "[{\"row\":2,\"cells\":[\"yan-shi\",\"演示\",\"\",\"\",\"government\",\"reviewer\",\"\",\"\",\"演发〔2026〕1号\"]}]";
const KEEPERS: &[Act] = &[Act::ManageAccount, Act::GrantRole, Act::ManageSession];
const TYPES: Need = Need::Anywhere(&[Act::ManageColumn, Act::ManageSite]);
const JOB: Need = Need::Anywhere(&[Act::ManageJob]);

/// The own account, the home, what everybody of staff sees, and lists.
pub const EVERYBODY: &[Line] = &[
    get("/desk/sign-in", Need::Door),
    post("/desk/sign-in", Need::Door, form(&[])).quiet(),
    get("/desk/sign-in/code", Need::Door),
    post("/desk/sign-in/code", Need::Door, form(&[])).quiet(),
    post("/desk/sign-out", Need::Door, form(&[])).quiet(),
    get("/desk/account", Need::Staff),
    get("/desk/account/password", Need::Staff),
    post("/desk/account/password", Need::Staff, form(&[])).quiet(),
    get("/desk/account/second-factor", Need::Staff),
    post("/desk/account/second-factor", Need::Staff, form(&[])).quiet(),
    post("/desk/account/sessions", Need::Staff, form(&[("session", "others")])).quiet(),
    post(
        "/desk/account/delegations",
        Need::Owner,
        form(&[
            ("grant", "{grant}"),
            ("to", "{colleague}"),
            ("from_on", "2026-03-20"),
            ("to_on", "2026-03-21"),
            ("basis", "演示"),
        ]),
    )
    .about(Subject::Grant)
    .quiet(),
    get("/desk", Need::Staff),
    get("/desk/columns", Need::Staff),
    get("/desk/calendar", Need::Staff),
    get("/desk/search", Need::Staff).query("?q=供热"),
    get("/desk/deadlines/publication", Need::Staff).query("?formed_on=2026-03-02"),
    get("/desk/manual", Need::Staff),
    get("/desk/manual/{page}", Need::Staff),
    get("/desk/manual/pictures/{name}", Need::Staff),
    get("/desk/messages", Need::Staff),
    post("/desk/messages/read", Need::Staff, form(&[("until", "1")])).quiet(),
    get("/desk/messages/preferences", Need::Staff),
    post("/desk/messages/preferences", Need::Staff, form(&[])).quiet(),
    post("/desk/messages/{message_id}", Need::Owner, form(&[])).about(Subject::Message),
    get("/desk/documents", Need::Anywhere(&[Act::ReadDrafts])),
    get("/desk/documents/new", Need::Anywhere(&[Act::Draft])),
    get("/desk/findings", Need::Anywhere(&[Act::ReadDrafts, Act::Supervise])),
    get("/desk/reviews", Need::Staff),
];

/// Writing.
pub const WRITING: &[Line] = &[
    post(
        "/desk/documents",
        DRAFT,
        form(&[("column", "{column_id}"), ("organ", "{organ_id}"), ("kind", "other"), ("title", "演示新稿")]),
    ),
    post("/desk/editions/{id}", DRAFT, form(&[("version", "{version}"), ("title", "演示改过的标题")]))
        .about(Subject::Draft),
    get("/desk/editions/{id}/edit", DRAFT).about(Subject::Draft),
    post(
        "/desk/editions/{id}/autosave",
        DRAFT,
        Sent::Json("{\"version\":{version},\"content\":{\"title\":\"演示自动保存\"}}"),
    )
    .about(Subject::Draft),
    post("/desk/editions/{id}/check", DRAFT, Sent::Json("{\"version\":{version},\"content\":{}}"))
        .about(Subject::Draft)
        .quiet(),
    post(
        "/desk/editions/{id}/justify",
        DRAFT,
        Sent::Json("{\"code\":\"number_taken\",\"fingerprint\":\"f\",\"reason\":\"演示理由\"}"),
    )
    .about(Subject::Draft),
    get("/desk/editions/{id}/state", DRAFT).about(Subject::Draft),
    get("/desk/editions/{id}/preview", READ).about(Subject::Draft),
    get("/desk/editions/{id}/delete", DRAFT).about(Subject::OwnDraft),
    post("/desk/editions/{id}/delete", DRAFT, form(&[])).about(Subject::OwnDraft),
    get("/desk/editions/{id}/delete", Need::Over(&[Act::Draft])).about(Subject::Draft),
    post("/desk/editions/{id}/delete", Need::Over(&[Act::Draft]), form(&[])).about(Subject::Draft),
    get("/desk/editions/{id}/history", READ).about(Subject::Draft),
    post("/desk/editions/{id}/history", DRAFT, form(&[("version", "{version}"), ("step", "{step}")]))
        .about(Subject::Draft),
    get("/desk/editions/{id}/history/{version}", READ).about(Subject::Draft),
    get("/desk/editions/{id}/attachments", DRAFT).about(Subject::Draft),
    post("/desk/editions/{id}/attachments", DRAFT, Sent::Json("{\"remove\":\"{attachment}\"}"))
        .about(Subject::Draft),
    post(
        "/desk/editions/{id}/attachments",
        DRAFT,
        Sent::Json("{\"clean\":{\"name\":\"{name}\",\"what\":\"metadata\"}}"),
    )
    .about(Subject::Draft)
    .quiet(),
    post(
        "/desk/editions/{id}/attachments/change",
        DRAFT,
        form(&[("do", "rename"), ("file", "{attachment}"), ("name", "改名.txt")]),
    )
    .about(Subject::Draft),
    post("/desk/editions/{id}/attachments/file", DRAFT, Sent::File(&[], "新附件.txt")).about(Subject::Draft),
    get("/desk/editions/{id}/files/{name}", READ).about(Subject::Draft),
    post("/desk/editions/{id}/uploads", DRAFT, Sent::Json("{\"name\":\"演示.txt\",\"size\":3}"))
        .about(Subject::Draft),
    get("/desk/uploads/{id}", DRAFT).about(Subject::Upload),
    Line {
        method: "PUT",
        ..post("/desk/uploads/{id}", DRAFT, Sent::Part("abc")).about(Subject::Upload).query("?from=0")
    },
    post("/desk/uploads/{id}/read", DRAFT, Sent::Json("{}")).about(Subject::Document).quiet(),
    post("/desk/editions/{edition_id}/submit", DRAFT, form(&[("note", "请审核")])).about(Subject::Draft),
];

const FORM: &[(&str, &str)] =
    &[("content", "{content}"), ("verdict", "pass"), ("opinion", "不涉密，可以公开"), ("basis", "no_secret")];
const EMERGENCY: &[(&str, &str)] = &[
    ("content", "{content}"),
    ("urgency", "主管道破裂"),
    ("opinion", "不涉密，可以公开"),
    ("basis", "no_secret"),
];

/// The way to the public.
pub const REVIEWING: &[Line] = &[
    get("/desk/reviews/{case_id}", READ).about(Subject::AtRound),
    get("/desk/reviews/{case_id}/files/{hash}/{name}", READ).about(Subject::AtRound),
    post(
        "/desk/reviews/{case_id}/approve",
        Need::On(&[Act::Review]),
        form(&[("content", "{content}"), ("at", "round-0"), ("party", "0")]),
    )
    .about(Subject::AtRound),
    post(
        "/desk/reviews/{case_id}/approve",
        Need::On(&[Act::SignOff]),
        form(&[("content", "{content}"), ("at", "sign_off-0"), ("party", "0")]),
    )
    .about(Subject::AtSignOff),
    post(
        "/desk/reviews/{case_id}/return",
        Need::On(&[Act::Review]),
        form(&[
            ("content", "{content}"),
            ("at", "round-0"),
            ("party", "0"),
            ("to", "author"),
            ("reason", "请核对"),
        ]),
    )
    .about(Subject::AtRound),
    post(
        "/desk/reviews/{case_id}/return",
        Need::On(&[Act::ReviewSecrecy]),
        form(&[
            ("content", "{content}"),
            ("at", "secrecy-0"),
            ("party", "0"),
            ("to", "author"),
            ("reason", "请核对"),
        ]),
    )
    .about(Subject::AtSecrecy),
    post(
        "/desk/reviews/{case_id}/return",
        Need::On(&[Act::SignOff]),
        form(&[
            ("content", "{content}"),
            ("at", "sign_off-0"),
            ("party", "0"),
            ("to", "author"),
            ("reason", "请核对"),
        ]),
    )
    .about(Subject::AtSignOff),
    post(
        "/desk/reviews/{case_id}/return",
        Need::On(&[Act::Publish]),
        form(&[
            ("content", "{content}"),
            ("at", "publication-0"),
            ("party", "0"),
            ("to", "author"),
            ("reason", "请核对"),
        ]),
    )
    .about(Subject::AtPublication),
    post("/desk/reviews/{case_id}/secrecy", Need::On(&[Act::ReviewSecrecy]), form(FORM))
        .about(Subject::AtSecrecy),
    post("/desk/reviews/{case_id}/recall", DRAFT, form(&[("recall_reason", "还要改")]))
        .about(Subject::OwnCase),
    post("/desk/reviews/{case_id}/publish", Need::On(&[Act::Publish]), form(&[("content", "{content}")]))
        .about(Subject::AtPublication),
    post(
        "/desk/reviews/{case_id}/schedule",
        Need::On(&[Act::Publish]),
        form(&[("content", "{content}"), ("day", "2026-03-25"), ("time", "10:00")]),
    )
    .about(Subject::AtPublication),
    post("/desk/reviews/{case_id}/unschedule", Need::On(&[Act::Publish]), form(&[]))
        .about(Subject::Scheduled),
    get("/desk/reviews/{case_id}/emergency", Need::On(&[Act::PublishEmergency])).about(Subject::AtRound),
    post("/desk/reviews/{case_id}/emergency", Need::On(&[Act::PublishEmergency]), form(EMERGENCY))
        .about(Subject::AtRound),
    post(
        "/desk/reviews/{case_id}/afterwards",
        Need::On(&[Act::PublishEmergency]),
        form(&[("verdict", "uphold"), ("afterwards", "同意")]),
    )
    .about(Subject::Emergency),
    post(
        "/desk/reviews/{case_id}/links",
        Need::On(&[Act::Review]),
        form(&[("at", "round-0"), ("party", "0"), ("holder", "演示区长")]),
    )
    .about(Subject::AtRound),
    post(
        "/desk/reviews/{case_id}/links",
        Need::On(&[Act::Publish]),
        form(&[("at", "sign_off-0"), ("party", "0"), ("holder", "演示区长")]),
    )
    .about(Subject::AtSignOff),
    post("/desk/reviews/{case_id}/links/withdraw", Need::On(&[Act::Publish]), form(&[("mark", "{mark}")]))
        .about(Subject::Linked),
    Line {
        told_on_page: true,
        ..post(
            "/desk/reviews/bulk",
            Need::On(&[Act::SignOff]),
            form(&[
                ("act", "approve"),
                ("case", "{case_id}"),
                ("at-{case_id}", "sign_off-0"),
                ("party-{case_id}", "0"),
                ("content-{case_id}", "{content}"),
            ]),
        )
        .about(Subject::AtSignOff)
    },
    Line {
        told_on_page: true,
        ..post(
            "/desk/reviews/bulk",
            Need::On(&[Act::Publish]),
            form(&[
                ("act", "publish"),
                ("case", "{case_id}"),
                ("at-{case_id}", "publication-0"),
                ("party-{case_id}", "0"),
                ("content-{case_id}", "{content}"),
            ]),
        )
        .about(Subject::AtPublication)
    },
    get("/desk/reviews/settings", Need::Anywhere(&[Act::ManageColumn])),
    post(
        "/desk/reviews/settings",
        COLUMN,
        form(&[
            ("column", "{column_id}"),
            ("own", "yes"),
            ("name_1", "科室审核"),
            ("own_1", "yes"),
            ("need_1", "all"),
        ]),
    )
    .about(Subject::Column),
    // Whoever has the token, signed in or not; without a good one there is nothing.
    get("/approve/{token}", Need::Nothing).about(Subject::Linked),
    get("/approve/{token}/files/{hash}/{name}", Need::Nothing).about(Subject::Linked),
    post("/approve/{token}", Need::Nothing, form(&[("verdict", "approve")])).about(Subject::Linked).quiet(),
];

/// What is asked about a record once it is public.
pub const RECORDS: &[Line] = &[
    get("/desk/documents/{document_id}", READ).about(Subject::Live),
    get("/desk/documents/{document_id}/compare", READ).about(Subject::Live).query("?from=1&to=1"),
    get("/desk/documents/{document_id}/correct", DRAFT).about(Subject::Live),
    post(
        "/desk/documents/{document_id}/correct",
        DRAFT,
        form(&[("reason", "wording"), ("note", "更正错字")]),
    )
    .about(Subject::Live),
    get("/desk/documents/{document_id}/withdraw", Need::On(&[Act::RequestWithdrawal])).about(Subject::Live),
    post(
        "/desk/documents/{document_id}/withdraw",
        Need::On(&[Act::RequestWithdrawal]),
        form(&[("reason", "content_error"), ("note", "数字有误"), ("act", "ask")]),
    )
    .about(Subject::Live),
    post(
        "/desk/documents/{document_id}/withdraw",
        Need::On(&[Act::WithdrawEmergency]),
        form(&[("reason", "content_error"), ("note", "数字有误"), ("act", "at_once")]),
    )
    .about(Subject::Live),
    get("/desk/documents/{document_id}/repeal", Need::On(&[Act::RequestWithdrawal])).about(Subject::Live),
    post(
        "/desk/documents/{document_id}/repeal",
        Need::On(&[Act::RequestWithdrawal]),
        form(&[("by", "{repealing}"), ("on", "2026-04-01")]),
    )
    .about(Subject::Live),
    post("/desk/requests/{request_id}", Need::On(&[Act::ConfirmWithdrawal]), form(&[("act", "confirm")]))
        .about(Subject::Asked),
    post(
        "/desk/requests/{request_id}",
        Need::On(&[Act::ConfirmWithdrawal]),
        form(&[("act", "refuse"), ("opinion", "不同意")]),
    )
    .about(Subject::Asked),
    post("/desk/requests/{request_id}", Need::On(&[Act::RequestWithdrawal]), form(&[("act", "take_back")]))
        .about(Subject::OwnAsked),
    post(
        "/desk/requests/{request_id}",
        Need::On(&[Act::ConfirmWithdrawal]),
        form(&[("act", "uphold"), ("opinion", "同意")]),
    )
    .about(Subject::WithdrawnAtOnce),
    post(
        "/desk/requests/{request_id}",
        Need::On(&[Act::ConfirmWithdrawal]),
        form(&[("act", "object"), ("opinion", "不同意")]),
    )
    .about(Subject::WithdrawnAtOnce),
];

/// Imports, jobs, words.
pub const KEEPING: &[Line] = &[
    get("/desk/admin/imports", Need::Anywhere(&[Act::ImportRecords])),
    post(
        "/desk/admin/imports",
        Need::Anywhere(&[Act::ImportRecords]),
        Sent::File(&[("what", "pages"), ("column", "{column_code}")], "pages.jsonl"),
    ),
    get("/desk/admin/imports/review", Need::Anywhere(&[Act::ImportRecords])),
    Line {
        told_on_page: true,
        ..post("/desk/admin/imports/review", IMPORT, form(&[("document", "{document_id}")]))
            .about(Subject::Unsure)
    },
    get("/desk/admin/imports/review/{document_id}", IMPORT).about(Subject::Unsure),
    post(
        "/desk/admin/imports/review/{document_id}",
        IMPORT,
        form(&[("imported_at", "{imported_at}"), ("decision", "reject"), ("note", "不是本机关的")]),
    )
    .about(Subject::Unsure),
    get("/desk/admin/imports/{run}", IMPORT).about(Subject::Run),
    get("/desk/admin/imports/{run}/progress", IMPORT).about(Subject::Run),
    get("/desk/admin/jobs", JOB),
    get("/desk/admin/jobs/rows", JOB),
    post("/desk/admin/jobs/{job_id}/{what}", Need::On(&[Act::ManageJob]), form(&[])).about(Subject::Run),
    get("/desk/words", Need::Anywhere(&[Act::ManageWordList])),
    post(
        "/desk/words",
        Need::Anywhere(&[Act::ManageWordList]),
        form(&[("kind", "wrong"), ("word", "演示错{serial}"), ("right", "演示对{serial}"), ("note", "演示")]),
    ),
    get("/desk/words/{id}", Need::On(&[Act::ManageWordList])).about(Subject::Word),
    post(
        "/desk/words/{id}",
        Need::On(&[Act::ManageWordList]),
        form(&[("kind", "wrong"), ("word", "演示改{serial}"), ("right", "演示正{serial}"), ("note", "演示")]),
    )
    .about(Subject::Word),
    post("/desk/words/{id}/remove", Need::On(&[Act::ManageWordList]), form(&[])).about(Subject::Word),
];

const CALENDAR: &[Act] = &[Act::ManageCalendar];
/// The mark of a preview in which no last day moves: SHA-256 of nothing.
const NOTHING_MOVES: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const NOTICE: &[(&str, &str)] = &[
    ("document_number", "演示〔2026〕{serial}号"),
    ("title", "演示放假通知"),
    ("days", "2026-11-02 放假 演示"),
    ("version", "1"),
    ("confirmed", "yes"),
    ("seen", NOTHING_MOVES),
];

/// The administration.
pub const ADMINISTRATION: &[Line] = &[
    get("/desk/admin/staff", Need::Anywhere(KEEPERS)),
    get("/desk/admin/staff/new", Need::Anywhere(&[Act::ManageAccount])),
    post(
        "/desk/admin/staff/new",
        Need::Anywhere(&[Act::ManageAccount]),
        form(&[("login", "xin{serial}"), ("name", "演示新人")]),
    ),
    get("/desk/admin/staff/import", Need::Anywhere(HIRERS)),
    // What a table would do is looked at first; these send none that could be taken.
    post("/desk/admin/staff/import", Need::Anywhere(HIRERS), Sent::File(&[], "staff.csv")).quiet(),
    get("/desk/admin/staff/import/template", Need::Anywhere(HIRERS)),
    // The system administrator opens the account of this row, and then the security administrator gives it its role.
    post(
        "/desk/admin/staff/import/confirm",
        Need::Anywhere(HIRERS),
        form(&[("file", "a.csv"), ("lines", HIRED)]),
    ),
    post(
        "/desk/admin/staff/import/passwords",
        Need::Anywhere(&[Act::ManageAccount]),
        form(&[("format", "csv"), ("people", "[[\"yan-shi\",\"演示\",\"Songling-演示-7\"]]")]),
    ),
    get("/desk/admin/staff/{account_id}", Need::On(KEEPERS)).about(Subject::Account),
    post(
        "/desk/admin/staff/{account_id}/contact",
        ACCOUNT,
        form(&[("name", "演示改名"), ("version", "{version}")]),
    )
    .about(Subject::Account),
    post("/desk/admin/staff/{account_id}/state", ACCOUNT, form(&[("state", "closed")]))
        .about(Subject::Account),
    post("/desk/admin/staff/{account_id}/password", ACCOUNT, form(&[])).about(Subject::Account),
    post("/desk/admin/staff/{account_id}/unlock", SESSION, form(&[])).about(Subject::Account),
    post("/desk/admin/staff/{account_id}/second-factor", SESSION, form(&[])).about(Subject::Account),
    post("/desk/admin/staff/{account_id}/sessions", SESSION, form(&[("session", "all")]))
        .about(Subject::Account),
    post(
        "/desk/admin/staff/{account_id}/grants",
        GRANT,
        form(&[
            ("role", "reviewer"),
            ("organ", "{organ_id}"),
            ("from_on", "2026-03-20"),
            ("basis", "演示任职通知"),
        ]),
    )
    .about(Subject::Account),
    post("/desk/admin/staff/{account_id}/grants/end", GRANT, form(&[("grant", "{grant}")]))
        .about(Subject::Account),
    get("/desk/admin/organs", Need::Anywhere(&[Act::ManageOrgan])),
    get("/desk/admin/organs/new", Need::Anywhere(&[Act::ManageOrgan])),
    post(
        "/desk/admin/organs/new",
        Need::Anywhere(&[Act::ManageOrgan]),
        form(&[
            ("code", "xin-{serial}"),
            ("name", "演示新机构{serial}"),
            ("kind", "department"),
            ("sort", "1"),
        ]),
    ),
    get("/desk/admin/organs/change", Need::Anywhere(&[Act::ManageOrgan])).query("?kind=rename"),
    post(
        "/desk/admin/organs/change",
        Need::Anywhere(&[Act::ManageOrgan]),
        form(&[
            ("kind", "rename"),
            ("from", "government"),
            ("on", "2026-03-20"),
            ("new_name", "演示改名"),
            ("basis", "演示"),
        ]),
    )
    .quiet(),
    get("/desk/admin/organs/{organ_id}", ORGAN).about(Subject::Organ),
    post(
        "/desk/admin/organs/{organ_id}",
        ORGAN,
        form(&[("kind", "department"), ("short_name", "演示简称"), ("sort", "2"), ("version", "{version}")]),
    )
    .about(Subject::Organ),
    get("/desk/admin/site", Need::Anywhere(&[Act::ManageSite])),
    // The button beside the pattern: it shows its examples and keeps nothing.
    post("/desk/admin/site", Need::Anywhere(&[Act::ManageSite]), form(&[("do", "check")])).quiet(),
    get("/desk/admin/columns", Need::Anywhere(&[Act::ManageColumn])),
    get("/desk/admin/columns/new", Need::Anywhere(&[Act::ManageColumn])),
    post(
        "/desk/admin/columns/new",
        Need::Anywhere(&[Act::ManageColumn]),
        form(&[
            ("code", "xin-{serial}"),
            ("name", "演示新栏目"),
            ("column_type", "policy"),
            ("owner", "{organ_id}"),
            ("sort", "1"),
        ]),
    ),
    get("/desk/admin/columns/{column_id}", COLUMN).about(Subject::Column),
    post(
        "/desk/admin/columns/{column_id}",
        COLUMN,
        form(&[
            ("name", "演示改名栏目"),
            ("column_type", "policy"),
            ("owner", "{organ_id}"),
            ("sort", "2"),
            ("version", "{version}"),
        ]),
    )
    .about(Subject::Column),
    get("/desk/admin/columns/{column_id}/close", COLUMN).about(Subject::Column),
    post("/desk/admin/columns/{column_id}/close", COLUMN, form(&[])).about(Subject::Column),
    get("/desk/admin/content-types", TYPES),
    get("/desk/admin/content-types/{code}", TYPES),
    get("/desk/admin/calendar", Need::Anywhere(&[Act::ManageCalendar])),
    get("/desk/admin/calendar/notices/new", Need::Anywhere(CALENDAR)),
    post("/desk/admin/calendar/notices/new", Need::Anywhere(CALENDAR), form(NOTICE)),
    get("/desk/admin/calendar/notices/{notice_id}", Need::On(CALENDAR)).about(Subject::Notice),
    post("/desk/admin/calendar/notices/{notice_id}", Need::On(CALENDAR), form(NOTICE)).about(Subject::Notice),
    post(
        "/desk/admin/calendar/notices/{notice_id}/end",
        Need::On(CALENDAR),
        form(&[("version", "1"), ("confirmed", "yes"), ("seen", NOTHING_MOVES)]),
    )
    .about(Subject::Notice),
    get("/desk/admin/health", JOB),
    get("/desk/admin/audit", Need::Anywhere(&[Act::ReadAudit])),
    post("/desk/admin/audit/verify", Need::Anywhere(&[Act::ReadAudit]), form(&[])).quiet(),
];

const KEEP: Need = Need::On(&[Act::KeepRegister]);
const KEEP_ANY: Need = Need::Anywhere(&[Act::KeepRegister]);
const ITEM: Sent = form(&[
    ("code", "演示-{serial}"),
    ("name", "演示事项"),
    ("organ", "{organ_name}"),
    ("kind", "permit"),
    ("entered_on", "2018-01-01"),
    ("version", "1"),
]);
const CASE: Sent = form(&[
    ("number", "演示-{serial}"),
    ("organ", "{organ_name}"),
    ("route", "online"),
    ("handling", "accepted"),
    ("accepted_on", "2018-03-11"),
    ("version", "1"),
]);
const ARTICLE: Sent = form(&[
    ("title", "演示文章{serial}"),
    ("organ", "{organ_name}"),
    ("account", "演示区发布"),
    ("published_on", "2018-03-11"),
    ("version", "1"),
]);
const BOARD: Sent = form(&[
    ("name", "演示栏{serial}"),
    ("kind", "board"),
    ("organ", "{organ_name}"),
    ("set_up_on", "2016-05-01"),
    ("version", "1"),
]);
const ENDED: Sent =
    form(&[("on", "2026-03-01"), ("result", "准予许可"), ("reason", "演示原因"), ("version", "1")]);

/// A new entry for an organ out of reach is refused beside the field.
const fn entry(address: &'static str, sent: Sent) -> Line {
    Line { told_on_page: true, ..post(address, KEEP, sent) }
}

/// The registers that the annual report counts.
pub const REGISTERS: &[Line] = &[
    get("/desk/registers/imports/{register}", KEEP_ANY),
    post("/desk/registers/imports/{register}", KEEP_ANY, Sent::File(&[], "boards.csv")).quiet(),
    get("/desk/registers/imports/{register}/template", KEEP_ANY),
    get("/desk/registers/imports/{register}/{upload_id}", KEEP_ANY).about(Subject::OwnTable),
    post("/desk/registers/imports/{register}/{upload_id}", KEEP_ANY, form(&[("seen", "{seen}")]))
        .about(Subject::OwnTable),
    get("/desk/registers/imports/{register}/{upload_id}/bad-rows", KEEP_ANY).about(Subject::OwnTable),
    get("/desk/registers/service-items", KEEP_ANY),
    get("/desk/registers/service-items/new", KEEP_ANY),
    entry("/desk/registers/service-items/new", ITEM),
    get("/desk/registers/service-items/{item_id}", KEEP).about(Subject::ServiceItem),
    post("/desk/registers/service-items/{item_id}", KEEP, ITEM).about(Subject::ServiceItem),
    post("/desk/registers/service-items/{item_id}/end", KEEP, ENDED).about(Subject::ServiceItem),
    get("/desk/registers/service-cases", KEEP_ANY),
    get("/desk/registers/service-cases/new", KEEP_ANY),
    entry("/desk/registers/service-cases/new", CASE),
    get("/desk/registers/service-cases/{case_id}", KEEP).about(Subject::ServiceCase),
    post("/desk/registers/service-cases/{case_id}", KEEP, CASE).about(Subject::ServiceCase),
    post("/desk/registers/service-cases/{case_id}/close", KEEP, ENDED).about(Subject::ServiceCase),
    post("/desk/registers/service-cases/{case_id}/remove", KEEP, ENDED).about(Subject::ServiceCase),
    get("/desk/registers/wechat-articles", KEEP_ANY),
    get("/desk/registers/wechat-articles/new", KEEP_ANY),
    entry("/desk/registers/wechat-articles/new", ARTICLE),
    get("/desk/registers/wechat-articles/{article_id}", KEEP).about(Subject::Article),
    post("/desk/registers/wechat-articles/{article_id}", KEEP, ARTICLE).about(Subject::Article),
    post("/desk/registers/wechat-articles/{article_id}/withdraw", KEEP, ENDED).about(Subject::Article),
    get("/desk/registers/notice-places", KEEP_ANY),
    get("/desk/registers/notice-places/new", KEEP_ANY),
    entry("/desk/registers/notice-places/new", BOARD),
    get("/desk/registers/notice-places/{place_id}", KEEP).about(Subject::Board),
    post("/desk/registers/notice-places/{place_id}", KEEP, BOARD).about(Subject::Board),
    post("/desk/registers/notice-places/{place_id}/end", KEEP, ENDED).about(Subject::Board),
];

const PROPOSAL: Need = Need::On(&[Act::KeepProposal]);
const PROPOSAL_ANY: Need = Need::Anywhere(&[Act::KeepProposal]);
const ANSWER: Need = Need::On(&[Act::KeepProposal, Act::KeepRegister]);
const REQUEST: Sent = form(&[
    ("number", "2026-{serial}"),
    ("organ", "{organ_name}"),
    ("subject", "演示事项的批准文件"),
    ("applicant_kind", "natural_person"),
    ("way", "online"),
    ("received_on", "2026-03-05"),
    ("version", "1"),
]);
const REMEDY: Sent = form(&[
    ("kind", "reconsideration"),
    ("number", "演示复字〔2026〕{serial}号"),
    ("organ", "{organ_name}"),
    ("subject", "演示：不服政府信息公开答复"),
    ("body", "演示市人民政府"),
    ("filed_on", "2026-03-10"),
    ("version", "1"),
]);
const SUGGESTION: Sent = form(&[
    ("kind", "suggestion"),
    ("session", "演示区第一届人大第三次会议"),
    ("number", "第{serial}号"),
    ("title", "演示：关于改善饮水的建议"),
    ("proposer", "演示代表团"),
    ("received_on", "2026-03-05"),
    ("version", "1"),
]);
const SUGGESTION_CHANGED: Sent = form(&[
    ("kind", "suggestion"),
    ("session", "演示区第一届人大第三次会议"),
    ("number", "第{serial}号"),
    ("title", "演示：改过的建议"),
    ("proposer", "演示代表团"),
    ("received_on", "2026-03-05"),
    ("version", "{version}"),
]);
const REPLY: Sent = form(&[
    ("replied_on", "2026-03-18"),
    ("reply_number", "演示函〔2026〕{serial}号"),
    ("reply_class", "A"),
    ("reply_summary", "演示：已列入当年工程"),
    ("version", "{version}"),
]);
const TRAINING: Sent = form(&[
    ("kind", "training"),
    ("title", "演示培训{serial}"),
    ("held_on", "2026-03-11"),
    ("host", "{organ_name}"),
    ("version", "1"),
]);
const MONEY: Sent = form(&[
    ("kind", "budget"),
    ("year", "2026"),
    ("organ", "{organ_name}"),
    ("purpose", "publicity"),
    ("amount", "1200.00"),
    ("booked_on", "2026-01-20"),
    ("voucher", "演示财预〔2026〕{serial}号"),
    ("version", "1"),
]);
const REMOVED: Sent = form(&[("reason", "演示：重复登记"), ("version", "{version}")]);

/// The registers of requests, remedies, proposals, trainings and money.
pub const PROCEDURES: &[Line] = &[
    get("/desk/registers/disclosure-requests", KEEP_ANY),
    get("/desk/registers/disclosure-requests/new", KEEP_ANY),
    entry("/desk/registers/disclosure-requests/new", REQUEST),
    get("/desk/registers/disclosure-requests/{request_id}", KEEP).about(Subject::Request),
    post("/desk/registers/disclosure-requests/{request_id}", KEEP, REQUEST).about(Subject::Request),
    post(
        "/desk/registers/disclosure-requests/{request_id}/close",
        KEEP,
        form(&[("on", "2026-03-18"), ("result", "disclosed"), ("version", "1")]),
    )
    .about(Subject::Request),
    post("/desk/registers/disclosure-requests/{request_id}/remove", KEEP, REMOVED).about(Subject::Request),
    get("/desk/registers/remedies", KEEP_ANY),
    get("/desk/registers/remedies/new", KEEP_ANY),
    entry("/desk/registers/remedies/new", REMEDY),
    get("/desk/registers/remedies/{remedy_id}", KEEP).about(Subject::Remedy),
    post("/desk/registers/remedies/{remedy_id}", KEEP, REMEDY).about(Subject::Remedy),
    post(
        "/desk/registers/remedies/{remedy_id}/close",
        KEEP,
        form(&[("on", "2026-03-18"), ("result", "upheld"), ("version", "1")]),
    )
    .about(Subject::Remedy),
    post("/desk/registers/remedies/{remedy_id}/remove", KEEP, REMOVED).about(Subject::Remedy),
    get("/desk/registers/proposals", Need::Anywhere(&[Act::KeepProposal, Act::KeepRegister])),
    get("/desk/registers/proposals/new", PROPOSAL_ANY),
    post("/desk/registers/proposals/new", PROPOSAL_ANY, SUGGESTION),
    get("/desk/registers/proposals/{proposal_id}", ANSWER).about(Subject::Proposal),
    get("/desk/registers/proposals/{proposal_id}/entry", PROPOSAL).about(Subject::Proposal),
    post("/desk/registers/proposals/{proposal_id}/entry", PROPOSAL, SUGGESTION_CHANGED)
        .about(Subject::Proposal),
    get("/desk/registers/proposals/{proposal_id}/assign", PROPOSAL).about(Subject::Proposal),
    post(
        "/desk/registers/proposals/{proposal_id}/assign",
        PROPOSAL,
        form(&[("assigned_on", "2026-03-13"), ("part-{organ}", "lead"), ("version", "{version}")]),
    )
    .about(Subject::Proposal),
    post("/desk/registers/proposals/{proposal_id}/reply", ANSWER, REPLY).about(Subject::Proposal),
    post(
        "/desk/registers/proposals/{proposal_id}/rate",
        PROPOSAL,
        form(&[("rating", "satisfied"), ("version", "{version}")]),
    )
    .about(Subject::Answered),
    post("/desk/registers/proposals/{proposal_id}/remove", PROPOSAL, REMOVED).about(Subject::Proposal),
    get("/desk/registers/trainings", KEEP_ANY),
    get("/desk/registers/trainings/new", KEEP_ANY),
    entry("/desk/registers/trainings/new", TRAINING),
    get("/desk/registers/trainings/{training_id}", KEEP).about(Subject::Training),
    get("/desk/registers/trainings/{training_id}/entry", KEEP).about(Subject::Training),
    post("/desk/registers/trainings/{training_id}/entry", KEEP, TRAINING).about(Subject::Training),
    post("/desk/registers/trainings/{training_id}/remove", KEEP, REMOVED).about(Subject::Training),
    post(
        "/desk/registers/trainings/{training_id}/participants",
        KEEP,
        form(&[("organ", "{organ_name}"), ("name", "演示人员二")]),
    )
    .about(Subject::Training),
    post("/desk/registers/trainings/{training_id}/participants/{participant_id}/remove", KEEP, form(&[]))
        .about(Subject::Training),
    get("/desk/registers/training-participants", KEEP_ANY),
    get("/desk/registers/finances", KEEP_ANY),
    get("/desk/registers/finances/new", KEEP_ANY),
    entry("/desk/registers/finances/new", MONEY),
    get("/desk/registers/finances/{entry_id}", KEEP).about(Subject::Money),
    post("/desk/registers/finances/{entry_id}", KEEP, MONEY).about(Subject::Money),
    post("/desk/registers/finances/{entry_id}/remove", KEEP, REMOVED).about(Subject::Money),
];

const READ_REPORT: Need = Need::On(&[Act::WriteReport, Act::SignReport, Act::Supervise]);
const WRITE_REPORT: Need = Need::On(&[Act::WriteReport]);
const SIGN_REPORT: Need = Need::On(&[Act::SignReport]);
const ANSWER_REPORT: Need = Need::On(&[Act::AnswerReport]);

/// A step of an annual report that its own stories take; a report that is being written refuses it, but only those who may.
const fn step(address: &'static str, need: Need) -> Line {
    let sent = form(&[
        ("version", "{version}"),
        ("reason", "演示"),
        ("figure", "suggestions"),
        ("declared", "zero"),
    ]);
    post(address, need, sent).about(Subject::Report).quiet()
}

/// The annual reports.
pub const REPORTS: &[Line] = &[
    get(
        "/desk/annual-reports",
        Need::Anywhere(&[Act::WriteReport, Act::SignReport, Act::Supervise, Act::AnswerReport]),
    ),
    post(
        "/desk/annual-reports",
        Need::Over(&[Act::WriteReport]),
        form(&[("year", "2016"), ("organ", "{organ_id}")]),
    )
    .about(Subject::Report)
    .quiet(),
    get("/desk/annual-reports/{id}", READ_REPORT).about(Subject::Report),
    get("/desk/annual-reports/{id}/forms/{form}", READ_REPORT).about(Subject::Report),
    get("/desk/annual-reports/{id}/figures/{code}", READ_REPORT).about(Subject::Report),
    post(
        "/desk/annual-reports/{id}/sections/{code}",
        WRITE_REPORT,
        form(&[("text", "演示文字"), ("version", "{version}")]),
    )
    .about(Subject::Section)
    .quiet(),
    post(
        "/desk/annual-reports/{id}/sections/{code}/pictures",
        WRITE_REPORT,
        Sent::File(&[("caption", "演示图片")], "演示.png"),
    )
    .about(Subject::Section)
    .quiet(),
    post("/desk/annual-reports/{id}/pictures/{picture}", WRITE_REPORT, form(&[("caption", "演示图片")]))
        .about(Subject::Picture)
        .quiet(),
    get("/desk/annual-reports/{id}/files/{sha256}", READ_REPORT).about(Subject::Picture),
    step("/desk/annual-reports/{id}/declare", WRITE_REPORT),
    get("/desk/annual-reports/{id}/units", READ_REPORT).about(Subject::Report),
    post(
        "/desk/annual-reports/{id}/units",
        WRITE_REPORT,
        form(&[("organ", "{organ_id}"), ("due_on", "2026-04-20"), ("note", "演示")]),
    )
    .about(Subject::Report)
    .quiet(),
    get("/desk/annual-reports/{id}/units/{organ_id}", ANSWER_REPORT).about(Subject::Part),
    post("/desk/annual-reports/{id}/units/{organ_id}", ANSWER_REPORT, form(&[("version", "1")]))
        .about(Subject::Part)
        .quiet(),
    step("/desk/annual-reports/{id}/submit", WRITE_REPORT),
    step("/desk/annual-reports/{id}/take-back", Need::On(&[Act::WriteReport, Act::SignReport])),
    step("/desk/annual-reports/{id}/sign", SIGN_REPORT),
    step("/desk/annual-reports/{id}/publish", SIGN_REPORT),
    step("/desk/annual-reports/{id}/correct", WRITE_REPORT),
];

/// Every line.
pub fn lines() -> impl Iterator<Item = &'static Line> {
    [EVERYBODY, WRITING, REVIEWING, RECORDS, KEEPING, REGISTERS, PROCEDURES, REPORTS, ADMINISTRATION]
        .into_iter()
        .flatten()
}
