//! Gongkai (公开): the platform on which a district government runs its open-government-information work. This file reads
//! the command line; what each command does stands in `command/`.

mod app;
mod attachment;
mod audit;
mod background;
mod column;
mod command;
mod config;
mod counter;
mod cx;
mod demo;
mod document;
mod error;
mod export;
mod id;
mod import;
mod organ;
mod portal;
mod publishing;
mod reference;
mod routes;
mod search;
mod site;
#[cfg(test)]
mod test_app;
mod words;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match command::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("错误：{error:#}");
            ExitCode::FAILURE
        }
    }
}
