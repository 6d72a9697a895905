//! `gongkai report annual`: a year's report from the records, in one of its forms.

use std::{path::PathBuf, time::Instant};

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
    /// 格式：html、pdf、docx、xlsx、json；all 为全部，写入一个文件夹
    #[arg(long, value_name = "格式")]
    format: String,
    /// 写入的文件；格式为 all 时是文件夹
    #[arg(long, value_name = "文件")]
    out: PathBuf,
    /// 测量用：重复统计和生成若干次，报告用时的中位数
    #[arg(long, value_name = "次数", default_value_t = 0)]
    rounds: usize,
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
        let forms = self.forms()?;
        let app = self.settings.open().await?;
        let mut document = self.document(&app).await?;
        if self.rounds > 0 {
            document = self.measure_counting(&app).await?;
            self.measure_forms(&app, &forms, &document)?;
        }
        for form in forms {
            let bytes = output::render(form, &document, &app.press, app.clock.now())?;
            let path = self.path(form)?;
            std::fs::write(&path, &bytes).with_context(|| format!("文件 {} 无法写入", path.display()))?;
            eprintln!("已写入 {}：{}，{} 字节。", path.display(), document.title, bytes.len());
        }
        Ok(())
    }

    fn is_every_form(&self) -> bool {
        self.format == "all"
    }

    fn forms(&self) -> anyhow::Result<Vec<Form>> {
        if self.is_every_form() {
            return Ok(Form::ALL.to_vec());
        }
        let form = Form::from_word(&self.format);
        let form = form.with_context(|| {
            format!("没有“{}”这种格式，可以用：html、pdf、docx、xlsx、json，或者 all（全部）", self.format)
        })?;
        Ok(vec![form])
    }

    /// Where a form goes: the file that was named, or a file of its own in the folder that was named.
    fn path(&self, form: Form) -> anyhow::Result<PathBuf> {
        if !self.is_every_form() {
            return Ok(self.out.clone());
        }
        let folder = &self.out;
        std::fs::create_dir_all(folder).with_context(|| format!("文件夹 {} 无法建立", folder.display()))?;
        Ok(folder.join(format!("{}.{}", self.year, form.extension())))
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

    /// Counts the report again and again; tells the median.
    async fn measure_counting(&self, app: &App) -> anyhow::Result<ReportDocument> {
        let mut document = self.document(app).await?;
        let mut took = Vec::new();
        for _ in 0..self.rounds {
            let began = Instant::now();
            document = self.document(app).await?;
            took.push(milliseconds(began));
        }
        eprintln!("统计用时 {:.2} 毫秒（{} 次的中位数）。", median(took), self.rounds);
        Ok(document)
    }

    /// Writes every form again and again after once to warm up; what a typeset document remembers is forgotten each time.
    fn measure_forms(&self, app: &App, forms: &[Form], document: &ReportDocument) -> anyhow::Result<()> {
        let mut told = Vec::new();
        let mut sum = 0.0;
        for form in forms {
            output::render(*form, document, &app.press, app.clock.now())?;
            let mut took = Vec::new();
            for _ in 0..self.rounds {
                kit_pdf::forget_documents();
                let began = Instant::now();
                output::render(*form, document, &app.press, app.clock.now())?;
                took.push(milliseconds(began));
            }
            let middle = median(took);
            sum += middle;
            told.push(format!("{} {middle:.2} 毫秒", form.extension()));
        }
        eprintln!("{}种格式用时 {sum:.2} 毫秒（{}）。", in_words(forms.len()), told.join("，"));
        Ok(())
    }
}

fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn in_words(n: usize) -> &'static str {
    ["零", "一", "二", "三", "四", "五"].get(n).copied().unwrap_or("多")
}
