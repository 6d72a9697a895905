//! Typesets a folder of sources, for trying a page out: `cargo run -p kit-pdf --example typeset -- MAIN.typ FOLDER… OUT.pdf`.
//! Files of later folders go over those of earlier ones; the time of a first and of a second run is printed.

use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use kit_pdf::{Fonts, Options, Sources, compile};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [main, folders @ .., out] = arguments.as_slice() else {
        return Err("MAIN.typ FOLDER… OUT.pdf".into());
    };
    let mut sources = Sources::new(main);
    for entry in folders.iter().flat_map(fs::read_dir).flatten() {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name().and_then(|name| name.to_str())) {
            sources = sources.with(name, fs::read(&path)?);
        }
    }
    let options = Options {
        written: "2020-01-01T08:00:00+08:00[Asia/Shanghai]".parse()?,
        creator: "typeset".to_owned(),
        identity: main.clone(),
    };
    let fonts = Fonts::in_folders(vec!["/usr/share/fonts".into()]);
    for _ in 0..2 {
        let began = Instant::now();
        let pdf = compile(&fonts, &sources, &options)?;
        let (size, took) = (pdf.bytes.len() / 1024, began.elapsed().as_millis());
        println!("{} pages, {size} KiB, {took} ms", pdf.n_pages);
        pdf.complaints.iter().for_each(|complaint| println!("  {complaint}"));
        fs::write(out, pdf.bytes)?;
    }
    Ok(())
}
