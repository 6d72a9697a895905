//! `gongkai report annual`: a year's report from the records, in one of its forms.

use std::{path::PathBuf, time::Instant};

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::Settings;
use crate::{
    annual_report::{
        self,
        document::ReportDocument,
        form::Pictures,
        output::{self, Form},
        picture,
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
        let mut document = self.document(&app, self.year).await?;
        if self.rounds > 0 {
            document = self.measure_counting(&app).await?;
            let pictures = self.pictures(&app, &document).await?;
            let before = with_other_figures(&document)?;
            self.measure_forms(&app, &forms, [(&document, &pictures), (&before, &pictures)])?;
        }
        let pictures = self.pictures(&app, &document).await?;
        for form in forms {
            let bytes = output::render(form, (&document, &pictures), &app.press, app.clock.now())?;
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

    async fn document(&self, app: &App, year: i64) -> anyhow::Result<ReportDocument> {
        let site = app.site(&self.site).await?;
        let cx = app.cx(&site.id, "report");
        let organ_code = self.organ.clone();
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

    async fn pictures(&self, app: &App, document: &ReportDocument) -> anyhow::Result<Pictures> {
        let site = app.site(&self.site).await?;
        Ok(picture::read(&app.files, &site.id, document)?)
    }

    /// Counts the report again and again; tells the median.
    async fn measure_counting(&self, app: &App) -> anyhow::Result<ReportDocument> {
        let mut document = self.document(app, self.year).await?;
        let mut took = Vec::new();
        for _ in 0..self.rounds {
            let began = Instant::now();
            document = self.document(app, self.year).await?;
            took.push(milliseconds(began));
        }
        eprintln!("统计用时 {:.2} 毫秒（{} 次的中位数）。", median(took), self.rounds);
        Ok(document)
    }

    /// Writes every form again and again, each time in a process that has just written the report as it stood before all its
    /// figures changed, and remembers of typeset documents nothing else; then the PDF in one that remembers nothing at all.
    fn measure_forms(
        &self,
        app: &App,
        forms: &[Form],
        reports: [(&ReportDocument, &Pictures); 2],
    ) -> anyhow::Result<()> {
        let [document, before] = reports;
        let now = app.clock.now();
        let write = |form, report| -> anyhow::Result<()> {
            output::render(form, report, &app.press, now)?;
            Ok(())
        };
        let mut told = Vec::new();
        let mut sum = 0.0;
        for form in forms {
            let took = self.time(|| write(*form, before), || write(*form, document))?;
            sum += took;
            told.push(format!("{} {took:.2} 毫秒", form.extension()));
        }
        eprintln!("{}种格式用时 {sum:.2} 毫秒（{}）。", in_words(forms.len()), told.join("，"));
        if forms.contains(&Form::Pdf) {
            let took = self.time(|| Ok(()), || write(Form::Pdf, document))?;
            eprintln!("从头排版 PDF 用时 {took:.2} 毫秒。");
        }
        Ok(())
    }

    /// The median time of `work`, milliseconds; before each round everything typeset is forgotten, and `before` is done.
    fn time(
        &self,
        before: impl Fn() -> anyhow::Result<()>,
        work: impl Fn() -> anyhow::Result<()>,
    ) -> anyhow::Result<f64> {
        work()?;
        let mut took = Vec::new();
        for _ in 0..self.rounds {
            kit_pdf::forget_documents();
            before()?;
            let began = Instant::now();
            work()?;
            took.push(milliseconds(began));
        }
        Ok(median(took))
    }
}

/// The report with every figure another: in its text, its tables and its diagrams.
fn with_other_figures(document: &ReportDocument) -> anyhow::Result<ReportDocument> {
    let mut whole = serde_json::to_value(document)?;
    change_figures(&mut whole);
    Ok(serde_json::from_value(whole)?)
}

fn change_figures(value: &mut Value) {
    let other =
        |digit: char| digit.to_digit(10).and_then(|n| char::from_digit((n + 3) % 10, 10)).unwrap_or(digit);
    match value {
        Value::Array(list) => list.iter_mut().for_each(change_figures),
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(text) if matches!(name.as_str(), "text" | "takeaway") => {
                        *text = text.chars().map(other).collect();
                    }
                    Value::Array(list) if name == "values" => {
                        list.iter_mut().for_each(|one| *one = one.as_f64().map_or(0.0, |n| n + 1.0).into());
                    }
                    _ => change_figures(field),
                }
            }
        }
        _ => {}
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
