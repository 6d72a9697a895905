//! Gongkai (公开): the platform on which a district government runs its open-government-information work. This file reads
//! the command line; what each command does stands in `command/`.

mod annual_report;
mod app;
mod attachment;
mod audit;
mod background;
mod change_feed;
mod chart;
mod check;
mod column;
mod command;
mod config;
mod counter;
mod cx;
mod demo;
mod desk;
mod disclosure_request;
mod document;
mod draft;
mod error;
mod export;
mod finance;
mod front_end;
mod id;
mod import;
mod intake;
mod job;
mod notice_place;
mod notify;
mod organ;
mod portal;
mod press;
mod proposal;
mod publishing;
mod reference;
mod register;
mod remedy;
mod review;
mod routes;
mod search;
mod secret;
mod service_case;
mod service_item;
mod site;
mod staff;
mod standing;
mod statistics;
mod stored;
#[cfg(test)]
mod test_app;
mod training;
mod wechat_article;
mod word_list;
mod words;
mod work;
mod working_calendar;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Number of the allocator's option that says how long freed memory is kept, in milliseconds.
const PURGE_DELAY: i32 = 15;

/// Freed memory goes back to the system at once: a small machine of a district serves for months, and what one burst
/// of searches or one import took must not stay taken.
#[allow(
    unsafe_code,
    reason = "the allocator's options are set through its C interface; the call takes two numbers"
)]
fn give_freed_memory_back() {
    // SAFETY: the function stores a number in the allocator's table of options; this one exists in its version 3.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) }
}

fn main() -> ExitCode {
    give_freed_memory_back();
    match command::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("错误：{error:#}");
            ExitCode::FAILURE
        }
    }
}
