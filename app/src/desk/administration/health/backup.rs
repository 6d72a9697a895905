//! The last backup as it lies in its folder. It makes none and opens none: whether it can be brought back is tried by
//! people, as the manual says.

use std::{path::Path, time::UNIX_EPOCH};

use super::Sign;
use crate::cx::minute_of;

/// A backup a day, with some hours for a slow night.
const OLDEST: i64 = 30 * 60 * 60 * 1000;
const NAME: &str = "最近一次备份";

/// What is said of the backups in `folder` at the moment `now`.
pub fn sign(folder: &str, now: i64) -> Sign {
    if folder.is_empty() {
        let advice = "请用系统的定时任务每天备份到另一块磁盘（做法见使用手册“备份”），再把存放备份的目录写进配置 backup_dir。";
        return Sign::new(NAME, "没有：未设置备份目录".to_owned(), false, advice);
    }
    match newest(Path::new(folder)) {
        Err(error) => {
            let figure = format!("没有：目录 {folder} 无法读取（{error}）");
            Sign::new(NAME, figure, false, "请检查配置 backup_dir 和这个目录的权限。")
        }
        Ok(None) => {
            let advice = "请检查备份的定时任务有没有执行，做法见使用手册“备份”。";
            Sign::new(NAME, format!("没有：目录 {folder} 是空的"), false, advice)
        }
        Ok(Some((name, at))) => {
            let advice = "应当每天有一次；每季度在另一台机器上试着恢复一次，做法见使用手册“备份”。";
            Sign::new(NAME, format!("{}（{name}）", minute_of(at)), now - at <= OLDEST, advice)
        }
    }
}

/// The file or folder that was changed last, with the moment; what begins with a dot is none of them.
fn newest(folder: &Path) -> std::io::Result<Option<(String, i64)>> {
    let mut newest: Option<(String, i64)> = None;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let since = entry.metadata()?.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let at = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        if !name.starts_with('.') && newest.as_ref().is_none_or(|(_, known)| *known < at) {
            newest = Some((name, at));
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::sign;

    #[test]
    fn the_newest_backup_is_told_with_its_moment_and_an_old_or_missing_one_is_a_worry() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display().to_string();
        let day = 24 * 60 * 60;
        assert!(!sign("", 0).is_well);
        assert!(!sign(&path, 0).is_well && sign(&path, 0).figure.contains("是空的"));
        assert!(!sign(&format!("{path}/none"), 0).is_well);
        for (name, days) in [("old.tar", 10), ("new.tar", 11), (".lock", 12)] {
            let file = std::fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(UNIX_EPOCH + Duration::from_secs(days * day)).unwrap();
        }
        let at = |days: i64| days * day as i64 * 1000;
        assert!(sign(&path, at(12)).is_well);
        assert!(sign(&path, at(12)).figure.contains("1970-01-12 08:00（new.tar）"));
        assert!(!sign(&path, at(13)).is_well);
    }
}
