//! Reads a line file and tells what is in it: `cargo run --release -p kit-text --example count_lines FILE`.
//!
//! It does NOT look into the lines.

use kit_text::lines::{Limits, LineReader};
use std::path::Path;

fn main() {
    for name in std::env::args().skip(1) {
        let reader = match LineReader::open(Path::new(&name), Limits::default()) {
            Ok(reader) => reader,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let charset = reader.charset();
        let (mut n_lines, mut n_chars) = (0_u64, 0_usize);
        for line in reader {
            match line {
                Ok(line) => {
                    n_lines += 1;
                    n_chars += line.text.len();
                }
                Err(error) => eprintln!("{error}"),
            }
        }
        println!("{name}：{charset}，{n_lines} 行，{n_chars} 字节");
    }
}
