//! Who may do what at the desk: one table of roles and acts, and which roles one person may not hold together.
//!
//! Duties are separated as GB/T 22239-2019 (8.1.5) and the secrecy review (保密审查) want it: the three administrators
//! run the system and never touch what is published, and what is published passes more than one person. Which person
//! may take which step of one record is the business of `review`; this table only says what a role can be asked to do.

/// What a person does for an organ (岗位).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// 信息员: writes and submits for the organ.
    InformationOfficer,
    /// 审核员: reviews in the rounds that the column asks for.
    Reviewer,
    /// 保密审查员: the secrecy review before publication (国办发〔2010〕57号).
    SecrecyReviewer,
    /// 签发人: answers for the publication with a signature.
    Signer,
    /// 政府信息公开工作主管部门 (Art. 3): the district's disclosure office.
    DisclosureOffice,
    /// 督办室: watches over timeliness and rectification.
    SupervisionOffice,
    /// 系统管理员
    SystemAdministrator,
    /// 安全管理员
    SecurityAdministrator,
    /// 审计管理员
    AuditAdministrator,
}

impl Role {
    /// Every role, in the order in which lists show them.
    pub const ALL: [Self; 9] = [
        Self::InformationOfficer,
        Self::Reviewer,
        Self::SecrecyReviewer,
        Self::Signer,
        Self::DisclosureOffice,
        Self::SupervisionOffice,
        Self::SystemAdministrator,
        Self::SecurityAdministrator,
        Self::AuditAdministrator,
    ];

    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            Self::InformationOfficer => "information_officer",
            Self::Reviewer => "reviewer",
            Self::SecrecyReviewer => "secrecy_reviewer",
            Self::Signer => "signer",
            Self::DisclosureOffice => "disclosure_office",
            Self::SupervisionOffice => "supervision_office",
            Self::SystemAdministrator => "system_administrator",
            Self::SecurityAdministrator => "security_administrator",
            Self::AuditAdministrator => "audit_administrator",
        }
    }

    /// The role of a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether it is one of the three administrators (三员).
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::SystemAdministrator | Self::SecurityAdministrator | Self::AuditAdministrator)
    }

    /// Whether a second factor is asked for: administrators and those whose act makes a record public
    /// (GB/T 22239-2019 8.1.4.1, two kinds of authentication).
    pub fn needs_second_factor(self) -> bool {
        self.is_administrator() || self == Self::Signer
    }
}

/// What can be done at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Read drafts, reviews and histories.
    ReadDrafts,
    /// Write, correct and submit records; delete one's own drafts.
    Draft,
    /// Take a review round.
    Review,
    /// Do the secrecy review.
    ReviewSecrecy,
    /// Sign off.
    SignOff,
    /// Make a signed record public, now or at a time.
    Publish,
    /// Be the second person of an emergency publication.
    PublishEmergency,
    /// Ask that a live record be withdrawn or marked as repealed.
    RequestWithdrawal,
    /// Confirm such a request.
    ConfirmWithdrawal,
    /// Withdraw at once in an emergency.
    WithdrawEmergency,
    /// See what every organ owes, its stale columns and late records.
    Supervise,
    /// Bring records of other systems in and decide on unsure ones.
    ImportRecords,
    /// Take lists and records out as files.
    ExportRecords,
    /// Keep the word lists of the checks.
    ManageWordList,
    /// Keep columns and the review rounds of each.
    ManageColumn,
    /// Keep organs: merge, split, rename.
    ManageOrgan,
    /// Keep what the site says of itself: name, hosts, contact, footer, theme, letter head.
    ManageSite,
    /// Keep the working-day calendar.
    ManageCalendar,
    /// Open, change and close accounts.
    ManageAccount,
    /// Give and end roles.
    GrantRole,
    /// End sessions of others, unlock accounts, reset second factors.
    ManageSession,
    /// Read and export the audit log.
    ReadAudit,
    /// See and steer background jobs; see the health of the system.
    ManageJob,
    /// Keep the registers that the annual report counts: service items and cases, articles, boards, requests, remedies,
    /// trainings, money.
    KeepRegister,
    /// Keep suggestions and proposals: assign them, record their replies.
    KeepProposal,
    /// Write the annual report, ask units for their part, submit it for signature.
    WriteReport,
    /// Answer what the annual report asks of a unit.
    AnswerReport,
    /// Sign the annual report: it is frozen and published.
    SignReport,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 28] = [
        Self::ReadDrafts,
        Self::Draft,
        Self::Review,
        Self::ReviewSecrecy,
        Self::SignOff,
        Self::Publish,
        Self::PublishEmergency,
        Self::RequestWithdrawal,
        Self::ConfirmWithdrawal,
        Self::WithdrawEmergency,
        Self::Supervise,
        Self::ImportRecords,
        Self::ExportRecords,
        Self::ManageWordList,
        Self::ManageColumn,
        Self::ManageOrgan,
        Self::ManageSite,
        Self::ManageCalendar,
        Self::ManageAccount,
        Self::GrantRole,
        Self::ManageSession,
        Self::ReadAudit,
        Self::ManageJob,
        Self::KeepRegister,
        Self::KeepProposal,
        Self::WriteReport,
        Self::AnswerReport,
        Self::SignReport,
    ];
}

/// How far a role reaches with an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    Nowhere,
    /// Records of the organ for which the role is held.
    OwnOrgan,
    /// Everything of the site. Another site is reached by nobody.
    WholeSite,
}

/// The table: what each role may do in its own organ and on the whole site. Whatever is not here is forbidden.
const TABLE: [(Role, &[Act], &[Act]); 9] = [
    (
        Role::InformationOfficer,
        &[
            Act::ReadDrafts,
            Act::Draft,
            Act::RequestWithdrawal,
            Act::ExportRecords,
            Act::KeepRegister,
            Act::AnswerReport,
        ],
        &[],
    ),
    (Role::Reviewer, &[Act::ReadDrafts, Act::Review], &[]),
    (Role::SecrecyReviewer, &[Act::ReadDrafts, Act::ReviewSecrecy], &[]),
    (
        Role::Signer,
        &[
            Act::ReadDrafts,
            Act::SignOff,
            Act::Publish,
            Act::PublishEmergency,
            Act::RequestWithdrawal,
            Act::ConfirmWithdrawal,
            Act::SignReport,
        ],
        &[],
    ),
    (
        Role::DisclosureOffice,
        &[],
        &[
            Act::ReadDrafts,
            Act::Draft,
            Act::Review,
            Act::Publish,
            Act::PublishEmergency,
            Act::RequestWithdrawal,
            Act::ConfirmWithdrawal,
            Act::WithdrawEmergency,
            Act::Supervise,
            Act::ImportRecords,
            Act::ExportRecords,
            Act::ManageWordList,
            Act::ManageColumn,
            Act::KeepRegister,
            Act::KeepProposal,
            Act::WriteReport,
            Act::AnswerReport,
        ],
    ),
    (Role::SupervisionOffice, &[], &[Act::Supervise, Act::ExportRecords, Act::KeepProposal]),
    (
        Role::SystemAdministrator,
        &[],
        &[Act::ManageOrgan, Act::ManageSite, Act::ManageCalendar, Act::ManageAccount, Act::ManageJob],
    ),
    (Role::SecurityAdministrator, &[], &[Act::GrantRole, Act::ManageSession]),
    (Role::AuditAdministrator, &[], &[Act::ReadAudit]),
];

/// How far `role` reaches with `act`.
pub fn reach(role: Role, act: Act) -> Reach {
    let row = TABLE.iter().find(|(of, ..)| *of == role);
    let (_, own, site) = row.expect("the table has a row for every role; a test counts them");
    if site.contains(&act) {
        Reach::WholeSite
    } else if own.contains(&act) {
        Reach::OwnOrgan
    } else {
        Reach::Nowhere
    }
}

/// Whether one person may hold both roles: each of the three administrators holds that role alone
/// (domain rule 76).
pub fn may_hold_together(one: Role, other: Role) -> bool {
    one == other || !(one.is_administrator() || other.is_administrator())
}

#[cfg(test)]
mod tests;
