//! Service items (政务服务事项): what the organs do for people and enterprises, each with its guide (办事指南): basis, conditions,
//! materials, steps, place and hours, fee, result, time. The cases that are handled under an item are another register.

pub mod actions;
pub mod queries;
mod taking;
#[cfg(test)]
mod tests;

use crate::{
    id::OrganId,
    register::{Fault, Field, Kind, Row},
};

pub use taking::take;

/// A service item as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// The organ that answers for it.
    pub organ_id: OrganId,
    /// Its code, unique on the site.
    pub code: String,
    /// Its name.
    pub name: String,
    /// A code of [`KINDS`].
    pub kind: String,
    /// The law it rests on (设定依据).
    pub basis: String,
    /// Who may apply (受理条件).
    pub conditions: String,
    /// What is to be brought (申请材料).
    pub materials: String,
    /// The steps (办理流程).
    pub procedure: String,
    /// Where (办理地点).
    pub place: String,
    /// When (办理时间).
    pub hours: String,
    /// Telephone for questions.
    pub phone: String,
    /// Telephone for complaints.
    pub complaint_phone: String,
    /// What it costs.
    pub fee: String,
    /// What comes of it.
    pub result: String,
    /// Working days the law gives.
    pub statutory_days: Option<i64>,
    /// Working days the organ promises.
    pub promised_days: Option<i64>,
    /// Where it is done online.
    pub online_address: String,
    /// The day it entered the catalogue.
    pub entered_on: String,
    /// The last day it was in it.
    pub ended_on: Option<String>,
}

/// A service item of the register.
#[derive(Debug, Clone)]
pub struct Item {
    /// Identity.
    pub id: String,
    /// Version, for lost races.
    pub version: i64,
    /// What it says.
    pub item: NewItem,
}

/// Kinds of administrative power and public service (政务服务事项类型).
pub const KINDS: &[(&str, &str)] = &[
    ("permit", "行政许可"),
    ("confirmation", "行政确认"),
    ("benefit", "行政给付"),
    ("reward", "行政奖励"),
    ("ruling", "行政裁决"),
    ("levy", "行政征收"),
    ("inspection", "行政检查"),
    ("penalty", "行政处罚"),
    ("coercion", "行政强制"),
    ("other_power", "其他行政权力"),
    ("public_service", "公共服务"),
];

/// The fields of an entry.
pub const FIELDS: &[Field] = &[
    Field::required("code", "事项编码", Kind::Text(60), "演示-XK-001").noted("本站唯一，按编码对应已有事项"),
    Field::required("name", "事项名称", Kind::Text(200), "演示事项：临时占用道路许可"),
    Field::required("organ", "实施机构", Kind::Organ, "演示区住房和城乡建设局"),
    Field::required("kind", "事项类型", Kind::Choice(KINDS), "行政许可"),
    Field::optional("basis", "设定依据", Kind::Text(4_000), "《城市道路管理条例》第三十一条"),
    Field::optional("conditions", "受理条件", Kind::Text(4_000), "因建设需要临时占用城市道路的单位和个人"),
    Field::optional("materials", "申请材料", Kind::Text(4_000), "申请表；平面图"),
    Field::optional("procedure", "办理流程", Kind::Text(4_000), "申请、受理、审查、决定、送达"),
    Field::optional("place", "办理地点", Kind::Text(200), "演示区政务服务中心一楼3号窗口"),
    Field::optional("hours", "办理时间", Kind::Text(200), "工作日8:30至16:30"),
    Field::optional("phone", "咨询电话", Kind::Text(60), "0457-0000001"),
    Field::optional("complaint_phone", "投诉电话", Kind::Text(60), "0457-0000002"),
    Field::optional("fee", "收费情况", Kind::Text(1_000), "不收费"),
    Field::optional("result", "办理结果", Kind::Text(200), "临时占用道路许可证"),
    Field::optional("statutory_days", "法定时限（工作日）", Kind::Integer, "20"),
    Field::optional("promised_days", "承诺时限（工作日）", Kind::Integer, "5").noted("不能长于法定时限"),
    Field::optional("online_address", "网上办理地址", Kind::Text(500), "https://example.gov.cn/item/1")
        .noted("以https://或http://开头"),
    Field::required("entered_on", "列入目录日期", Kind::Date, "2018-01-01"),
    Field::optional("ended_on", "退出目录日期", Kind::Date, "").noted("仍在目录中的不填"),
];

impl NewItem {
    /// The item that a row gives.
    ///
    /// # Errors
    /// What it cannot be, at its field.
    pub fn of(row: &Row) -> Result<NewItem, Fault> {
        let item = NewItem {
            organ_id: row.organ("organ"),
            code: row.text("code"),
            name: row.text("name"),
            kind: row.text("kind"),
            basis: row.text("basis"),
            conditions: row.text("conditions"),
            materials: row.text("materials"),
            procedure: row.text("procedure"),
            place: row.text("place"),
            hours: row.text("hours"),
            phone: row.text("phone"),
            complaint_phone: row.text("complaint_phone"),
            fee: row.text("fee"),
            result: row.text("result"),
            statutory_days: row.number("statutory_days"),
            promised_days: row.number("promised_days"),
            online_address: row.text("online_address"),
            entered_on: row.text("entered_on"),
            ended_on: row.optional("ended_on"),
        };
        match actions::check(&item) {
            Ok(()) => Ok(item),
            Err((field, mend)) => Err(row.fault(field, mend)),
        }
    }

    /// What is kept of a field of [`FIELDS`].
    pub fn value(&self, field: &str) -> String {
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        match field {
            "organ" => self.organ_id.0.clone(),
            "code" => self.code.clone(),
            "name" => self.name.clone(),
            "kind" => self.kind.clone(),
            "basis" => self.basis.clone(),
            "conditions" => self.conditions.clone(),
            "materials" => self.materials.clone(),
            "procedure" => self.procedure.clone(),
            "place" => self.place.clone(),
            "hours" => self.hours.clone(),
            "phone" => self.phone.clone(),
            "complaint_phone" => self.complaint_phone.clone(),
            "fee" => self.fee.clone(),
            "result" => self.result.clone(),
            "statutory_days" => number(self.statutory_days),
            "promised_days" => number(self.promised_days),
            "online_address" => self.online_address.clone(),
            "entered_on" => self.entered_on.clone(),
            "ended_on" => self.ended_on.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }
}
