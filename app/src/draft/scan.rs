//! The administrator's look at each uploaded file (病毒查杀): a command that is given the file's place and ends with 0
//! when it may be kept. It knows no scanner by name.

use std::{path::Path, process::Stdio, time::Duration};

use tokio::process::Command;

use crate::error::{Error, Refusal, Result};

/// A scanner that needs longer is taken for broken; the file is not kept then.
const PATIENCE: Duration = Duration::from_secs(120);
/// Characters of a scanner's words that are shown.
const SHOWN: usize = 200;

/// Runs `command` on the file at `place`. The command is split at blanks; the place comes last.
///
/// # Errors
/// Refused with what the command says when it ends with anything but 0, does not end or cannot be started.
pub async fn scan(command: &str, place: &Path, name: &str) -> Result<()> {
    let mut words = command.split_whitespace();
    let Some(program) = words.next() else { return Ok(()) };
    let mut running = Command::new(program);
    running.args(words).arg(place).stdin(Stdio::null()).kill_on_drop(true);
    let ended = tokio::time::timeout(PATIENCE, running.output()).await;
    let said = match ended {
        Ok(Ok(output)) if output.status.success() => return Ok(()),
        Ok(Ok(output)) => words_of(&[output.stdout, output.stderr].concat(), place),
        Ok(Err(error)) => {
            tracing::error!(program, %error, "the scan command could not be run");
            "查杀程序无法运行，请联系系统管理员".to_owned()
        }
        Err(_) => "查杀超时，请稍后再试".to_owned(),
    };
    Err(refusal(name, &said))
}

/// What the scanner printed, without the folders of this machine.
fn words_of(output: &[u8], place: &Path) -> String {
    let text = String::from_utf8_lossy(output).replace(&place.display().to_string(), "文件");
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.chars().take(SHOWN).collect()
}

fn refusal(name: &str, said: &str) -> Error {
    let said = if said.is_empty() { "没有通过" } else { said };
    Refusal::Attachment(format!("附件“{name}”没有通过安全检查：{said}")).into()
}
