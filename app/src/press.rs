//! Printed forms (排版): the sources in `print/` with their data become PDF, charts become pictures. Fonts are looked for
//! when the first document is printed: the customer's folder first, then those of the system.
//!
//! It does NOT know what a document says, and asks no clock: the moment of writing is given.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use jiff::Zoned;
use kit_chart::png;
use kit_pdf::{Fonts, Options, Pdf, Sources};
use rust_embed::RustEmbed;
use serde::Serialize;

/// Where distributions put fonts.
const SYSTEM_FONTS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];

/// 宋体, the customer's first; one of these must be there.
const SONG: [&str; 7] = [
    "FZShuSong-Z01S",
    "方正书宋简体",
    "SimSun",
    "宋体",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
];
/// 黑体; one of these must be there.
const HEI: [&str; 7] = [
    "FZHei-B01S",
    "方正黑体简体",
    "SimHei",
    "黑体",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
];
/// 小标宋; without one a bold 宋体 stands in.
const TITLE: [&str; 4] = ["FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"];
/// 楷体; without one 宋体 stands in.
const KAI: [&str; 7] =
    ["KaiTi_GB2312", "楷体_GB2312", "FZKai-Z03S", "方正楷体简体", "KaiTi", "楷体", "LXGW WenKai"];
/// 仿宋; without one 宋体 stands in.
const FANG: [&str; 7] =
    ["FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02S", "方正仿宋简体", "FangSong", "仿宋", "FandolFang R"];

#[derive(RustEmbed)]
#[folder = "../print/"]
#[include = "*.typ"]
struct PrintSources;

/// No Chinese font on the machine.
#[derive(Debug, thiserror::Error)]
#[error(
    "服务器上没有中文字体（缺{missing}），无法生成 PDF 和图片。请安装后重启：Debian、Ubuntu、统信执行 apt-get install fonts-noto-cjk，\
     openEuler、麒麟安装 google-noto-serif-cjk-fonts 和 google-noto-sans-cjk-fonts；或把字体文件（ttf、otf、ttc）放入一个目录，\
     并在配置项 font_dir 中写明该目录（已查找：{looked}）"
)]
pub struct NoChineseFonts {
    /// 宋体 or 黑体.
    missing: &'static str,
    looked: String,
}

/// The families that are there, as the sources in `print/` want them.
#[derive(Debug, Clone, Serialize)]
pub struct Faces {
    song: Vec<&'static str>,
    title: TitleFace,
    hei: Vec<&'static str>,
    kai: Vec<&'static str>,
    fang: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
struct TitleFace {
    families: Vec<&'static str>,
    weight: &'static str,
}

/// Rounds of the background without a document after which the fonts are let go: some minutes.
const QUIET_ROUNDS: u32 = 1_500;

/// What prints; one a process, cheap until the first document.
#[derive(Clone)]
pub struct Press {
    fonts: Arc<Fonts>,
    /// Rounds since the last document.
    quiet: Arc<AtomicU32>,
    picture_fonts: Arc<Mutex<Option<Arc<png::Fonts>>>>,
}

/// A document to be printed.
pub struct Job<'a> {
    /// The source in `print/` that it begins with.
    pub main: &'a str,
    /// What the source reads as `data.json`.
    pub data: serde_json::Value,
    /// Pictures by the names under which the data speaks of them.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The moment of writing.
    pub written: Zoned,
    /// What makes it the same document when it is printed again.
    pub identity: String,
}

impl Press {
    /// A press with the customer's folder of fonts; empty for none.
    pub fn new(font_dir: &str) -> Press {
        let customers = Some(font_dir).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let folders = customers.into_iter().chain(SYSTEM_FONTS.iter().map(PathBuf::from)).collect();
        Press {
            fonts: Arc::new(Fonts::in_folders(folders)),
            quiet: Arc::default(),
            picture_fonts: Arc::default(),
        }
    }

    /// The families that are there.
    ///
    /// # Errors
    /// [`NoChineseFonts`] with what to install.
    pub fn faces(&self) -> Result<Faces, NoChineseFonts> {
        let first = |families: &[&'static str]| self.fonts.first_of(families);
        let missing = |missing| {
            let folders: Vec<String> = self.fonts.folders().iter().map(|f| f.display().to_string()).collect();
            NoChineseFonts { missing, looked: folders.join("、") }
        };
        let song = first(&SONG).ok_or_else(|| missing("宋体"))?;
        let hei = first(&HEI).ok_or_else(|| missing("黑体"))?;
        // What a face lacks is taken from 宋体.
        let or_song = |families: &[&'static str]| first(families).into_iter().chain([song]).collect();
        let title = match first(&TITLE) {
            Some(family) => TitleFace { families: vec![family, song], weight: "regular" },
            None => TitleFace { families: vec![song], weight: "bold" },
        };
        Ok(Faces { song: vec![song], title, hei: vec![hei, song], kai: or_song(&KAI), fang: or_song(&FANG) })
    }

    /// Prints a document.
    ///
    /// # Errors
    /// [`NoChineseFonts`], or what is wrong with the source, with its line.
    pub fn print(&self, job: Job<'_>) -> anyhow::Result<Pdf> {
        self.quiet.store(0, Ordering::Relaxed);
        let faces = self.faces()?;
        let mut data = job.data;
        data["faces"] = serde_json::to_value(faces)?;
        let mut sources = Sources::new(job.main).with("data.json", serde_json::to_vec(&data)?);
        for name in PrintSources::iter() {
            let file = PrintSources::get(&name).expect("the names are those of the files");
            sources = sources.with(&name, file.data.into_owned());
        }
        for (name, bytes) in job.pictures {
            sources = sources.with(&name, bytes);
        }
        let options = Options {
            written: job.written,
            creator: format!("Gongkai {}", env!("CARGO_PKG_VERSION")),
            identity: job.identity,
        };
        Ok(kit_pdf::compile(&self.fonts, &sources, &options)?)
    }

    /// One round of the background: after many without a document or a picture the letters (over 100 MB) are let go.
    pub fn rest(&self) {
        if self.quiet.fetch_add(1, Ordering::Relaxed) == QUIET_ROUNDS {
            self.fonts.forget();
            *self.picture_fonts.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// An SVG as PNG, `width` pixels wide.
    ///
    /// # Errors
    /// [`NoChineseFonts`], or what is wrong with the picture.
    pub fn picture(&self, svg: &str, width: u32) -> anyhow::Result<Vec<u8>> {
        self.quiet.store(0, Ordering::Relaxed);
        let fonts = self.picture_fonts()?;
        Ok(png::png(svg, width, &fonts)?)
    }

    /// The letters of pictures, read at the first picture; a second one waits for the first to have read them.
    fn picture_fonts(&self) -> anyhow::Result<Arc<png::Fonts>> {
        let mut kept = self.picture_fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fonts) = &*kept {
            return Ok(fonts.clone());
        }
        let family = self.faces()?.hei[0];
        let fonts = Arc::new(png::Fonts::load(&self.fonts.files_of(family), family)?);
        *kept = Some(fonts.clone());
        Ok(fonts)
    }

    /// A press on a machine without Chinese fonts.
    #[cfg(test)]
    pub fn without_fonts() -> Press {
        let nowhere = Arc::new(Fonts::in_folders(vec!["/nowhere".into()]));
        Press { fonts: nowhere, ..Press::new("/nowhere") }
    }
}

#[cfg(test)]
mod tests {
    use super::{Press, QUIET_ROUNDS};

    #[test]
    fn a_machine_without_fonts_is_told_what_to_install() {
        let press = Press::without_fonts();
        let told = press.picture("<svg/>", 100).unwrap_err().to_string();
        assert!(
            ["宋体", "fonts-noto-cjk", "font_dir", "/nowhere"].iter().all(|word| told.contains(word)),
            "{told}"
        );
    }

    #[test]
    fn the_letters_of_pictures_are_let_go_with_the_others_and_read_again() {
        let press = Press::new("");
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='9'>字</text></svg>";
        let first = press.picture(svg, 90).unwrap();
        let held = std::sync::Arc::downgrade(press.picture_fonts.lock().unwrap().as_ref().unwrap());
        for _ in 0..QUIET_ROUNDS {
            press.rest();
        }
        assert!(held.upgrade().is_some());
        press.picture(svg, 90).unwrap();
        press.rest();
        assert!(held.upgrade().is_some(), "a picture is work too");
        for _ in 0..QUIET_ROUNDS {
            press.rest();
        }
        assert!(held.upgrade().is_none());
        assert_eq!(press.picture(svg, 90).unwrap(), first);
    }

    #[test]
    fn the_customers_fonts_go_before_those_of_the_system() {
        let press = Press::new("/srv/fonts");
        assert_eq!(press.fonts.folders()[0], std::path::Path::new("/srv/fonts"));
        let faces = press.faces().unwrap();
        assert_eq!((faces.song[0], faces.hei[0]), ("Noto Serif CJK SC", "Noto Sans CJK SC"));
    }
}
