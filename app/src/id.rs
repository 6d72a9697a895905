//! Identities: a newtype for each kind of thing, so that an organ's id can never stand where a column's is meant.
//! Numbers that people see (index numbers, public numbers) are not here.

use kit_db::{FromValue, Value};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl From<&$name> for Value {
            fn from(id: &$name) -> Value { Value::Text(id.0.clone()) }
        }
        impl From<$name> for Value {
            fn from(id: $name) -> Value { Value::Text(id.0) }
        }
        impl FromValue for $name {
            fn from_value(value: Value) -> Result<Self, &'static str> {
                String::from_value(value).map($name)
            }
        }
    )*};
}

id! {
    /// A site (站点): the tenant.
    SiteId;
    /// An administrative organ (行政机关).
    OrganId;
    /// A column (栏目).
    ColumnId;
    /// A document (信息): the identity.
    DocumentId;
    /// An edition (版本) of a document.
    EditionId;
    /// An account of staff.
    AccountId;
    /// An edition on its way to the public (送审件).
    CaseId;
    /// A request to take back or end what is public.
    RequestId;
    /// A background job (后台任务).
    JobId;
    /// A message (消息) on somebody's desk.
    MessageId;
    /// A disclosure request (依申请公开) of the register.
    DisclosureRequestId;
    /// A reconsideration or lawsuit (行政复议、行政诉讼).
    RemedyId;
    /// A suggestion or proposal (人大代表建议、政协提案).
    ProposalId;
    /// A training or test (培训、测试).
    TrainingId;
    /// Somebody who took part in one.
    ParticipantId;
    /// A sum of money in the register of disclosure work (相关费用).
    FinanceEntryId;
}
