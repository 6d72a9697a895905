//! `gongkai report annual`: a year's report from the records, in one of its forms.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::Settings;
use crate::{
    annual_report::{
        self,
        document::ReportDocument,
        output::{self, Form},
    },
    app::App,
    organ,
};

/// Arguments of `report`.
#[derive(Args)]
pub struct Report {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 生成政府信息公开工作年度报告
    Annual(Annual),
}

#[derive(Args)]
struct Annual {
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
    /// 年度
    #[arg(long, value_name = "年")]
    year: i64,
    /// 单位代码；不写时为全站的年报
    #[arg(long, value_name = "代码")]
    organ: Option<String>,
    /// 格式：html、pdf、docx、xlsx、json
    #[arg(long, value_name = "格式")]
    format: String,
    /// 写入的文件
    #[arg(long, value_name = "文件")]
    out: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

impl Report {
    /// Writes the report.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Annual(annual) => annual.run().await,
        }
    }
}

impl Annual {
    async fn run(self) -> anyhow::Result<()> {
        let form = Form::from_word(&self.format)
            .with_context(|| format!("没有“{}”这种格式，可以用：html、pdf、docx、xlsx、json", self.format))?;
        let app = self.settings.open().await?;
        let document = self.document(&app).await?;
        let bytes = output::render(form, &document, &app.press, app.clock.now())?;
        std::fs::write(&self.out, &bytes).with_context(|| format!("文件 {} 无法写入", self.out.display()))?;
        eprintln!("已写入 {}：{}，{} 字节。", self.out.display(), document.title, bytes.len());
        Ok(())
    }

    async fn document(&self, app: &App) -> anyhow::Result<ReportDocument> {
        let site = app.site(&self.site).await?;
        let cx = app.cx(&site.id, "report");
        let (year, organ_code) = (self.year, self.organ.clone());
        let reading = app.db.read(move |tx| {
            let organ_id = match &organ_code {
                None => String::new(),
                Some(code) => {
                    let unknown = || crate::error::Refusal::Unknown { what: "机构", code: code.clone() };
                    organ::queries::by_code(tx, &cx.site_id, code)?.ok_or_else(unknown)?.id.0
                }
            };
            annual_report::current(tx, &cx, &organ_id, year)
        });
        Ok(reading.await?)
    }
}
