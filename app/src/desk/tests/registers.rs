//! The making of entries of the registers, for the permission test.

use jiff::civil::date;
use kit_db::Tx;
use rules::{
    proposal::{ProposalKind, ReplyClass},
    remedy::{RemedyKind, RemedyOutcome},
    request::{ApplicantKind, Complaint, Way},
};

use super::world::{Ground, Values};
use crate::{
    annual_report::{self, queries as reports},
    cx::Cx,
    disclosure_request,
    error::Result,
    finance,
    id::OrganId,
    notice_place::{self, NewPlace},
    organ, proposal,
    register::{self, Counts, actions::Upload},
    remedy,
    service_case::{self, NewCase},
    service_item::{self, NewItem},
    training,
    wechat_article::{self, NewArticle},
};

impl Ground {
    pub async fn organ_id(&self) -> OrganId {
        let organ = self.organ;
        self.app.read(move |tx, cx| Ok(organ::queries::by_code(tx, &cx.site_id, organ)?.unwrap().id)).await
    }

    pub async fn service_item(&self, serial: usize) -> Values {
        let text = String::new;
        let new = NewItem {
            organ_id: self.organ_id().await,
            code: format!("演示-有-{serial}"),
            name: "演示事项".to_owned(),
            kind: "permit".to_owned(),
            basis: text(),
            conditions: text(),
            materials: text(),
            procedure: text(),
            place: text(),
            hours: text(),
            phone: text(),
            complaint_phone: text(),
            fee: text(),
            result: text(),
            statutory_days: None,
            promised_days: None,
            online_address: text(),
            entered_on: "2018-01-01".to_owned(),
            ended_on: None,
        };
        let id = self.by("test", move |tx, cx| service_item::actions::add(tx, cx, &new)).await;
        Values::from([("item_id", id)])
    }

    pub async fn service_case(&self, serial: usize) -> Values {
        let new = NewCase {
            number: format!("演示-有-{serial}"),
            item_id: None,
            organ_id: self.organ_id().await,
            route: "online".to_owned(),
            handling: "accepted".to_owned(),
            accepted_on: "2018-03-11".to_owned(),
            closed_on: None,
            result: String::new(),
        };
        let id = self.by("test", move |tx, cx| service_case::actions::add(tx, cx, &new)).await;
        Values::from([("case_id", id)])
    }

    pub async fn article(&self, serial: usize) -> Values {
        let new = NewArticle {
            organ_id: self.organ_id().await,
            document_id: None,
            account: "演示区发布".to_owned(),
            title: format!("演示已有文章{serial}"),
            address: String::new(),
            published_on: "2018-03-11".to_owned(),
            withdrawn_on: None,
            withdrawn_reason: None,
        };
        let id = self.by("test", move |tx, cx| wechat_article::actions::add(tx, cx, &new)).await;
        Values::from([("article_id", id)])
    }

    pub async fn board(&self, serial: usize) -> Values {
        let new = NewPlace {
            organ_id: self.organ_id().await,
            kind: "board".to_owned(),
            name: format!("演示已有公开栏{serial}"),
            place: String::new(),
            measure: String::new(),
            keeper: String::new(),
            set_up_on: "2016-05-01".to_owned(),
            removed_on: None,
        };
        let id = self.by("test", move |tx, cx| notice_place::actions::add(tx, cx, &new)).await;
        Values::from([("place_id", id)])
    }

    pub async fn table(&self, login: &str, serial: usize) -> Values {
        let line = |cells: [&str; 8]| cells.map(str::to_owned).to_vec();
        let name = format!("演示表中公开栏{serial}");
        let lines = vec![
            line(["名称", "类别", "管理机构", "启用日期", "位置", "规格", "管理岗位", "停用日期"]),
            line([&name, "政务公开栏", &self.organ_name, "2016-05-01", "", "", "", ""]),
        ];
        let (sha256, file_name) = (serial.to_string(), "boards.csv".to_owned());
        let upload = Upload { register: "notice-places".to_owned(), file_name, sha256, lines, taken: None };
        let id = self.by(login, move |tx, cx| register::actions::keep(tx, cx, &upload)).await;
        let seen = Counts { new: 1, ..Counts::default() }.mark();
        Values::from([("upload_id", id), ("seen", seen)])
    }

    pub async fn request(&self, serial: usize) -> Values {
        let new = disclosure_request::Entry {
            number: format!("演示-{serial}"),
            organ_id: self.organ_id().await,
            subject: "演示事项的批准文件".to_owned(),
            applicant: ApplicantKind::NaturalPerson,
            way: Way::Online,
            received_on: date(2026, 3, 5),
            extended_on: None,
            closing: None,
            complaint: Complaint::None,
            complained_on: None,
            corrected_on: None,
            fee_fen: 0,
        };
        let id = self.by("test", move |tx, cx| disclosure_request::actions::add(tx, cx, &new)).await;
        Values::from([("request_id", id.0), ("version", "1".to_owned())])
    }

    pub async fn remedy(&self, serial: usize) -> Values {
        let new = remedy::Entry {
            kind: RemedyKind::Reconsideration,
            after_reconsideration: false,
            number: format!("演示-{serial}"),
            organ_id: self.organ_id().await,
            request_id: None,
            subject: "演示：不服政府信息公开答复".to_owned(),
            body: "演示市人民政府".to_owned(),
            filed_on: date(2026, 3, 10),
            closed_on: None,
            outcome: RemedyOutcome::Pending,
            note: String::new(),
        };
        let id = self.by("test", move |tx, cx| remedy::actions::add(tx, cx, &new)).await;
        Values::from([("remedy_id", id.0), ("version", "1".to_owned())])
    }

    pub async fn proposal(&self, is_answered: bool, serial: usize) -> Values {
        let new = proposal::Entry {
            kind: ProposalKind::Suggestion,
            session: "演示区第一届人大第三次会议".to_owned(),
            number: format!("演示-{serial}"),
            title: "演示：关于改善饮水的建议".to_owned(),
            body: String::new(),
            field: String::new(),
            proposer: "演示代表团".to_owned(),
            received_on: date(2026, 3, 5),
        };
        let lead = self.organ_id().await;
        let made = self.by("test", move |tx, cx| {
            let id = proposal::actions::add(tx, cx, &new)?;
            let assigned_on = date(2026, 3, 12);
            let given =
                proposal::Assignment { assigned_on, leads: vec![lead.clone()], co_handlers: Vec::new() };
            let version = proposal::actions::find(tx, cx, &id)?.version;
            proposal::actions::assign(tx, cx, &id, &given, version)?;
            if is_answered {
                let reply = proposal::Reply {
                    replied_on: date(2026, 3, 18),
                    number: "演示函〔2026〕1号".to_owned(),
                    class: ReplyClass::A,
                    summary: "演示：已列入当年工程".to_owned(),
                    document_id: None,
                };
                let version = proposal::actions::find(tx, cx, &id)?.version;
                proposal::actions::reply(tx, cx, &id, &reply, version)?;
            }
            let version = proposal::actions::find(tx, cx, &id)?.version;
            Ok((id, version))
        });
        let (id, version) = made.await;
        Values::from([("proposal_id", id.0), ("version", version.to_string())])
    }

    pub async fn training(&self, serial: usize) -> Values {
        let new = training::Entry {
            kind: training::TrainingKind::Training,
            title: format!("演示已办培训{serial}"),
            held_on: date(2026, 3, 11),
            ended_on: None,
            host_organ_id: self.organ_id().await,
            place: String::new(),
            topics: String::new(),
            scores: None,
        };
        let person = training::Participant {
            organ_id: self.organ_id().await,
            name: "演示人员一".to_owned(),
            post: String::new(),
            attended: true,
            score: None,
        };
        let made = self.by("test", move |tx, cx| {
            let id = training::actions::add(tx, cx, &new, std::slice::from_ref(&person))?;
            let people = training::queries::participants_of(tx, &cx.site_id, &id)?;
            let version = training::actions::find(tx, cx, &id)?.version;
            Ok((id, people[0].id.clone(), version))
        });
        let (id, person, version) = made.await;
        Values::from([("training_id", id.0), ("participant_id", person.0), ("version", version.to_string())])
    }

    pub async fn money(&self, serial: usize) -> Values {
        let new = finance::Entry {
            kind: finance::FinanceKind::Budget,
            year: 2026,
            organ_id: self.organ_id().await,
            purpose: finance::Purpose::Publicity,
            amount_fen: 120_000,
            booked_on: date(2026, 1, 20),
            voucher: format!("演示-{serial}"),
            note: String::new(),
        };
        let id = self.by("test", move |tx, cx| finance::actions::add(tx, cx, &new)).await;
        Values::from([("entry_id", id.0), ("version", "1".to_owned())])
    }

    /// The same report each time: an organ has one a year.
    pub async fn report(&self) -> Values {
        let organ_id = self.organ_id().await;
        let organ = organ_id.clone();
        let (id, version) = self.by("test", move |tx, cx| written(tx, cx, &organ.0)).await;
        Values::from([
            ("id", id),
            ("organ_id", organ_id.0),
            ("version", version.to_string()),
            ("form", "json".to_owned()),
            ("code", "website".to_owned()),
        ])
    }

    /// A part of its text.
    pub async fn section(&self) -> Values {
        let mut values = self.report().await;
        values.insert("code", "problems".to_owned());
        let id = values["id"].clone();
        let report = self.app.read(move |tx, cx| annual_report::actions::find(tx, cx, &id)).await;
        values.insert("version", report.section("problems").unwrap().version.to_string());
        values
    }

    /// A picture in it.
    pub async fn picture(&self) -> Values {
        let mut values = self.section().await;
        let stored = annual_report::tests::stored_picture(&self.app);
        let (id, file) = (values["id"].clone(), stored.clone());
        let add = move |tx: &mut Tx<'_>, cx: &Cx| {
            let report = annual_report::actions::find(tx, cx, &id)?;
            match report.pictures.first() {
                Some(picture) => Ok(picture.code.clone()),
                None => annual_report::picture::add(tx, cx, (&id, "problems"), "演示图片", &file),
            }
        };
        values.insert("picture", self.by("test", add).await);
        values.insert("sha256", stored.sha256);
        values
    }

    /// What the site's report asks of the organ.
    pub async fn part(&self) -> Values {
        let organ_id = self.organ_id().await;
        let organ = organ_id.clone();
        let ask = move |tx: &mut Tx<'_>, cx: &Cx| {
            let (id, _) = written(tx, cx, "")?;
            if reports::return_of(tx, &cx.site_id, &id, &organ.0)?.is_none() {
                let asked = std::slice::from_ref(&organ.0);
                annual_report::actions::ask(tx, cx, &id, asked, ("2026-04-20", "演示"))?;
            }
            Ok(id)
        };
        let id = self.by("test", ask).await;
        Values::from([("id", id), ("organ_id", organ_id.0)])
    }
}

/// The report of an organ that is being written, and its version.
fn written(tx: &mut Tx<'_>, cx: &Cx, organ_id: &str) -> Result<(String, i64)> {
    let id = match reports::newest(tx, &cx.site_id, organ_id, 2018)? {
        Some(report) => report.id,
        None => annual_report::actions::create(tx, cx, organ_id, 2018)?,
    };
    let version = annual_report::actions::find(tx, cx, &id)?.version;
    Ok((id, version))
}
