//! `gongkai init`: adds a site with the standard columns to an installation.

use super::Settings;
use crate::{
    app::App,
    column::{self, NewColumn},
    cx::Cx,
    id::SiteId,
    reference::{Reference, StandardColumn},
    site::{self, Profile},
};

/// Arguments of `init`.
#[derive(clap::Args)]
pub struct Init {
    #[command(flatten)]
    settings: Settings,
    /// 站点代码：小写字母、数字和连字符
    #[arg(long, value_name = "代码")]
    site: String,
    /// 网站名称
    #[arg(long, value_name = "名称")]
    name: String,
    /// 域名
    #[arg(long, value_name = "域名")]
    domain: Option<String>,
    /// 行政区划代码（6 位）
    #[arg(long, value_name = "代码", default_value = "000000")]
    region: String,
    /// 网站标识码（10 位）
    #[arg(long, value_name = "代码")]
    identification_code: Option<String>,
    /// 索引号中的组织机构代码
    #[arg(long, value_name = "代码", default_value = "000000000")]
    organ_code: String,
}

impl Init {
    /// Adds the site.
    pub async fn run(self) -> anyhow::Result<()> {
        let app = self.settings.open().await?;
        let profile = self.profile();
        let n_columns = add_site(&app, profile.clone()).await?;
        eprintln!("已建立站点“{}”（{}），含 {n_columns} 个标准栏目。", profile.name, profile.code);
        eprintln!("启动：gongkai serve --data {}", app.config.data.display());
        Ok(())
    }

    fn profile(&self) -> Profile {
        let domain = self.domain.clone().unwrap_or_else(|| format!("{}.localhost", self.site));
        Profile {
            code: self.site.clone(),
            name: self.name.clone(),
            short_name: self.name.clone(),
            tagline: format!("{}，依法公开政府信息", self.name),
            domain,
            hosts: Vec::new(),
            identification_code: self
                .identification_code
                .clone()
                .unwrap_or_else(|| format!("{}0000", self.region)),
            region_code: self.region.clone(),
            organ_code: self.organ_code.clone(),
            index_number_pattern: "{org}/{year}-{serial:5}".to_owned(),
            theme: Reference::get().themes.default_theme().code.clone(),
            demonstration: false,
            mourning: false,
            contact: site::Contact::default(),
            footer: site::Footer { host_unit: self.name.clone(), ..site::Footer::default() },
        }
    }
}

/// Adds a site with the standard columns in one transaction; gives the number of columns.
async fn add_site(app: &App, profile: Profile) -> anyhow::Result<usize> {
    let nobody = SiteId(String::new());
    let mut cx = app.cx(&nobody, "init");
    cx.site_id = SiteId(cx.new_id());
    let work = move |tx: &mut kit_db::Tx<'_>, cx: &Cx| {
        site::actions::create(tx, cx, &profile)?;
        let columns = &cx.reference.standard_columns;
        for (sort, standard) in (1..).zip(columns.iter()) {
            column::actions::create(tx, cx, &new_column(standard, sort))?;
        }
        Ok(columns.iter().count())
    };
    Ok(app.act(cx, work).await?)
}

fn new_column(standard: &StandardColumn, sort: i64) -> NewColumn {
    NewColumn {
        code: standard.code.clone(),
        name: standard.name.clone(),
        parent: standard.parent.clone(),
        column_type: standard.column_type.clone(),
        owner: None,
        update_interval_days: (standard.update_interval_days > 0)
            .then(|| i64::from(standard.update_interval_days)),
        description: standard.description.clone(),
        keywords: standard.keywords.clone(),
        key_area: standard.key_area.clone(),
        statutory_items: standard.statutory_items.clone(),
        content_types: standard.content_types.clone(),
        sort,
    }
}
