//! Configuration: one TOML file, every key also by environment (`GONGKAI_` and the key in capitals). A wrong key or value
//! is named with its line or variable. Sites, columns and the like are data, not configuration.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use kit_mail::Mail;
use kit_web::client_address::{AddressBlock, TrustedProxies};

/// Everything an administrator can set before the start.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder of data: database file, files, search index.
    pub data: PathBuf,
    /// Address of the database; empty for the embedded one in the folder of data.
    pub database: String,
    /// Code of the site that answers for host names nobody has; empty for none.
    pub default_site: String,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: TrustedProxies,
    /// Memory for cached pages, megabytes.
    pub page_cache_mb: usize,
    /// Searches that one address may make in a minute.
    pub searches_per_minute: u32,
    /// Tries to sign in that one address may make in a minute.
    pub sign_ins_per_minute: u32,
    /// Memory that checking one password takes, KiB (Argon2id).
    pub password_memory_kib: u32,
    /// Minutes without a request after which a session ends; administrators' sessions end after half of it.
    pub idle_minutes: u32,
    /// File with the installation's secret; empty for `secret.key` in the folder of data.
    pub secret_file: String,
    /// Largest file that may be uploaded, MB.
    pub upload_mb: i64,
    /// Command that looks at each uploaded file; empty for none.
    pub scan_command: String,
    /// Background jobs that this process does at once; 0 where `gongkai work` does them.
    pub jobs_at_once: usize,
    /// Folder of the customer's own fonts for printed forms; empty for none.
    pub font_dir: String,
    /// Where letters go.
    pub mail: MailWay,
    /// Sender's address of letters; empty for `desk@` and the site's domain.
    pub mail_from: String,
    /// Folder in which backups lie, for the page of health; empty where nobody said so.
    pub backup_dir: String,
    /// What is logged: `error`, `warn`, `info`, `debug`.
    pub log: String,
}

impl Config {
    /// Where the installation's secret lies.
    pub fn secret_file(&self) -> PathBuf {
        if self.secret_file.is_empty() {
            self.data.join("secret.key")
        } else {
            PathBuf::from(&self.secret_file)
        }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from("data"),
            database: String::new(),
            default_site: String::new(),
            trusted_proxies: TrustedProxies::default(),
            page_cache_mb: 24,
            searches_per_minute: 60,
            sign_ins_per_minute: 20,
            password_memory_kib: 19_456,
            idle_minutes: 30,
            secret_file: String::new(),
            upload_mb: 200,
            scan_command: String::new(),
            jobs_at_once: 2,
            font_dir: String::new(),
            mail: MailWay::default(),
            mail_from: String::new(),
            backup_dir: String::new(),
            log: "info".to_owned(),
        }
    }
}

/// Where letters go.
#[derive(Debug, Clone)]
pub enum MailWay {
    /// A folder; relative to the folder of data.
    Outbox(PathBuf),
    /// A mail server.
    Smtp(kit_mail::Server),
}

impl Default for MailWay {
    fn default() -> MailWay {
        MailWay::Outbox(PathBuf::from("outbox"))
    }
}

impl MailWay {
    /// Opens it; nothing is sent or made yet.
    ///
    /// # Errors
    /// When the encryption of the server cannot be set up.
    pub fn open(&self, data: &Path) -> anyhow::Result<Mail> {
        match self {
            MailWay::Outbox(folder) => Ok(Mail::to_folder(&data.join(folder))),
            MailWay::Smtp(server) => Ok(Mail::to_server(server)?),
        }
    }
}

/// A key: its name, what it is for, how its value is set. The value's complaint is a Chinese sentence.
pub struct Key {
    /// Name in the file; in the environment `GONGKAI_` and the name in capitals.
    pub name: &'static str,
    /// What it is for, in Chinese.
    pub about: &'static str,
    set: fn(&mut Config, &str) -> Result<(), String>,
}

/// Every key there is.
pub const KEYS: [Key; 19] = [
    Key {
        name: "listen",
        about: "监听地址和端口，例如 127.0.0.1:8080",
        set: |config, value| {
            config.listen = value.parse().map_err(|_| wants("地址:端口，例如 127.0.0.1:8080"))?;
            Ok(())
        },
    },
    Key {
        name: "data",
        about: "数据目录：内嵌数据库、附件、检索索引都在其中",
        set: |config, value| {
            config.data = PathBuf::from(value);
            if value.is_empty() { Err(wants("目录路径")) } else { Ok(()) }
        },
    },
    Key {
        name: "database",
        about: "数据库地址；留空使用数据目录中的内嵌数据库，或 postgres://用户:口令@主机:端口/库名",
        set: |config, value| {
            config.database = value.to_owned();
            let known = ["", "sqlite:", "postgres://", "postgresql://"];
            let fits = value.is_empty() || known[1..].iter().any(|kind| value.starts_with(kind));
            if fits { Ok(()) } else { Err(wants("postgres:// 或 sqlite: 开头的地址")) }
        },
    },
    Key {
        name: "default_site",
        about: "没有站点认领的域名由哪个站点应答（站点代码）；留空则不应答",
        set: |config, value| {
            config.default_site = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "trusted_proxies",
        about: "可信的反向代理地址段，逗号分隔，例如 127.0.0.1/32,10.0.0.0/8；只有它们给出的 X-Forwarded-For 会被采用",
        set: |config, value| {
            let blocks = value.split(',').map(str::trim).filter(|block| !block.is_empty());
            let blocks: Result<Vec<AddressBlock>, _> = blocks.map(str::parse).collect();
            config.trusted_proxies =
                TrustedProxies::new(blocks.map_err(|_| wants("地址段，例如 127.0.0.1/32"))?);
            Ok(())
        },
    },
    Key {
        name: "page_cache_mb",
        about: "页面缓存可用的内存（MB）",
        set: |config, value| {
            config.page_cache_mb = number(value, 1, 4096)?;
            Ok(())
        },
    },
    Key {
        name: "searches_per_minute",
        about: "每个地址每分钟可检索的次数",
        set: |config, value| {
            config.searches_per_minute = number(value, 1, 100_000)?;
            Ok(())
        },
    },
    Key {
        name: "sign_ins_per_minute",
        about: "每个地址每分钟可尝试登录的次数",
        set: |config, value| {
            config.sign_ins_per_minute = number(value, 1, 10_000)?;
            Ok(())
        },
    },
    Key {
        name: "password_memory_kib",
        about: "核对一次口令所用的内存（KiB）；越大越难被暴力破解，登录也越慢",
        set: |config, value| {
            config.password_memory_kib = number(value, 8_192, 1_048_576)?;
            Ok(())
        },
    },
    Key {
        name: "idle_minutes",
        about: "工作台多少分钟无操作后自动退出；管理员减半",
        set: |config, value| {
            config.idle_minutes = number(value, 5, 480)?;
            Ok(())
        },
    },
    Key {
        name: "secret_file",
        about: "密钥文件，用于加密个人信息和校验表单；留空为数据目录中的 secret.key；多台服务器须使用同一文件",
        set: |config, value| {
            config.secret_file = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "upload_mb",
        about: "单个上传文件的上限（MB）",
        set: |config, value| {
            config.upload_mb = number(value, 1, 10_240)?;
            Ok(())
        },
    },
    Key {
        name: "scan_command",
        about: "每个上传文件交给这个命令检查（如杀毒软件），文件路径加在最后；返回0才收下，留空不检查",
        set: |config, value| {
            config.scan_command = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "jobs_at_once",
        about: "同时执行的后台任务数；0 表示本进程不执行（另外运行 gongkai work 时）",
        set: |config, value| {
            config.jobs_at_once = number(value, 0, 16)?;
            Ok(())
        },
    },
    Key {
        name: "font_dir",
        about: "自有字体（如方正小标宋、仿宋_GB2312）所在目录，排版时优先使用；留空只用系统字体",
        set: |config, value| {
            config.font_dir = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "mail",
        about: "邮件发往何处：outbox:目录（只存为 .eml 文件，相对数据目录），或 smtp://用户:口令@主机:端口?tls=none|starttls|implicit",
        set: |config, value| {
            config.mail = match value.strip_prefix("outbox:") {
                Some(folder) if !folder.is_empty() => MailWay::Outbox(PathBuf::from(folder)),
                _ => MailWay::Smtp(value.parse().map_err(|_| wants("outbox:目录 或 smtp://主机:端口"))?),
            };
            Ok(())
        },
    },
    Key {
        name: "mail_from",
        about: "邮件的发件地址；留空用 desk@ 加站点域名",
        set: |config, value| {
            config.mail_from = value.to_owned();
            let fits = value.is_empty() || value.parse::<kit_mail::Address>().is_ok();
            if fits { Ok(()) } else { Err(wants("一个邮件地址")) }
        },
    },
    Key {
        name: "backup_dir",
        about: "存放备份的目录；“运行状况”从中找最近一次备份，留空则提示没有备份",
        set: |config, value| {
            config.backup_dir = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "log",
        about: "日志级别：error、warn、info、debug",
        set: |config, value| {
            config.log = value.to_owned();
            let known = ["error", "warn", "info", "debug", "trace"];
            if known.contains(&value) { Ok(()) } else { Err(wants("error、warn、info、debug 之一")) }
        },
    },
];

fn wants(form: &str) -> String {
    format!("应为{form}")
}

fn number<T: std::str::FromStr + PartialOrd + std::fmt::Display>(
    value: &str,
    least: T,
    most: T,
) -> Result<T, String> {
    let parsed = value.parse::<T>().ok().filter(|n| *n >= least && *n <= most);
    parsed.ok_or_else(|| wants(&format!(" {least} 到 {most} 的整数")))
}

/// Reads the file, then the environment over it.
///
/// # Errors
/// A Chinese sentence naming file and line, or variable, and what the value should be.
pub fn load(file: Option<&Path>, environment: &BTreeMap<String, String>) -> Result<Config, String> {
    let mut config = Config::default();
    if let Some(path) = file {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("配置文件 {} 无法读取：{error}", path.display()))?;
        read_file(&mut config, &path.display().to_string(), &text)?;
    }
    for key in &KEYS {
        let variable = variable(key);
        if let Some(value) = environment.get(&variable) {
            (key.set)(&mut config, value)
                .map_err(|wanted| format!("环境变量 {variable} 的值“{value}”有误：{wanted}"))?;
        }
    }
    Ok(config)
}

/// Name of a key's variable in the environment.
pub fn variable(key: &Key) -> String {
    format!("GONGKAI_{}", key.name.to_ascii_uppercase())
}

fn read_file(config: &mut Config, file: &str, text: &str) -> Result<(), String> {
    let table = toml::de::DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        format!("配置文件 {file} 第 {} 行不是有效的 TOML：{}", line(text, at), error.message())
    })?;
    for (name, value) in table.get_ref() {
        let place = format!("配置文件 {file} 第 {} 行", line(text, name.span().start));
        let key = KEYS.iter().find(|key| key.name == name.get_ref().as_ref());
        let key =
            key.ok_or_else(|| format!("{place}：没有“{}”这一项{}", name.get_ref(), nearest(name.get_ref())))?;
        let written =
            plain(value.get_ref()).ok_or_else(|| format!("{place}：“{}”应为文字或数字", key.name))?;
        (key.set)(config, &written)
            .map_err(|wanted| format!("{place}：“{}”的值“{written}”有误：{wanted}", key.name))?;
    }
    Ok(())
}

fn plain(value: &toml::de::DeValue<'_>) -> Option<String> {
    use toml::de::DeValue;
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| plain(item.get_ref())).collect();
            Some(items?.join(","))
        }
        _ => None,
    }
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The key that was probably meant: the one that shares most letters.
fn nearest(name: &str) -> String {
    let shared = |key: &&Key| key.name.chars().filter(|c| name.contains(*c)).count();
    let best = KEYS
        .iter()
        .max_by_key(|key| shared(key) * 1_000 / key.name.len())
        .filter(|key| shared(key) * 2 > key.name.len());
    best.map_or_else(String::new, |key| format!("，是否指“{}”？", key.name))
}

/// A configuration file with every key, its meaning and its default, for `gongkai config`.
pub fn sample() -> String {
    let default = Config::default();
    let value = |name: &str| match name {
        "listen" => format!("\"{}\"", default.listen),
        "data" => format!("\"{}\"", default.data.display()),
        "page_cache_mb" => default.page_cache_mb.to_string(),
        "searches_per_minute" => default.searches_per_minute.to_string(),
        "sign_ins_per_minute" => default.sign_ins_per_minute.to_string(),
        "password_memory_kib" => default.password_memory_kib.to_string(),
        "idle_minutes" => default.idle_minutes.to_string(),
        "upload_mb" => default.upload_mb.to_string(),
        "jobs_at_once" => default.jobs_at_once.to_string(),
        "mail" => "\"outbox:outbox\"".to_owned(),
        "log" => format!("\"{}\"", default.log),
        "trusted_proxies" => "[]".to_owned(),
        _ => "\"\"".to_owned(),
    };
    let entry = |key: &Key| {
        format!("# {}（环境变量 {}）\n{} = {}\n", key.about, variable(key), key.name, value(key.name))
    };
    KEYS.iter().map(entry).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let mut config = Config::default();
        read_file(&mut config, "gongkai.toml", text).map(|()| config)
    }

    #[test]
    fn every_key_can_be_set_in_the_file() {
        let config = read(
            "listen = '0.0.0.0:80'\ndata = '/srv/d'\ndatabase = 'postgres://u@h/d'\ndefault_site = 's'\n\
             trusted_proxies = ['127.0.0.1/32']\npage_cache_mb = 9\nsearches_per_minute = 5\njobs_at_once = 0\n\
             mail = 'smtp://mail.gov.test:465'\nmail_from = 'desk@gov.test'\nlog = 'warn'\n",
        )
        .unwrap();
        assert_eq!((config.listen.port(), config.page_cache_mb, config.searches_per_minute), (80, 9, 5));
        assert!(config.trusted_proxies.trusts("127.0.0.1".parse().unwrap()));
        assert!(matches!(config.mail, MailWay::Smtp(server) if server.port == 465));
        assert_eq!((config.jobs_at_once, config.mail_from.as_str()), (0, "desk@gov.test"));
    }

    #[test]
    fn the_printed_sample_is_a_valid_file_with_the_defaults() {
        let config = read(&sample()).unwrap();
        assert_eq!(
            (config.listen, config.data, config.log),
            (Config::default().listen, "data".into(), "info".to_owned())
        );
    }

    #[test]
    fn a_wrong_key_is_named_with_its_line_and_the_likely_one() {
        let error = read("log = 'info'\n\nlisten_on = '1'\n").unwrap_err();
        assert!(
            error.contains("第 3 行") && error.contains("listen_on") && error.contains("是否指“listen”"),
            "{error}"
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_line_and_what_it_should_be() {
        let error = read("page_cache_mb = 0\n").unwrap_err();
        assert!(error.contains("第 1 行") && error.contains("1 到 4096"), "{error}");
        for wrong in ["mail = 'outbox:'\n", "mail = 'imap://h'\n", "mail_from = 'a@b.cn, c@d.cn'\n"] {
            assert!(read(wrong).unwrap_err().contains("应为"), "{wrong}");
        }
        assert!(read("log = [\n").unwrap_err().contains("不是有效的 TOML"));
    }

    #[test]
    fn the_environment_goes_over_the_file_and_its_mistakes_are_named() {
        let env = |value: &str| BTreeMap::from([("GONGKAI_LISTEN".to_owned(), value.to_owned())]);
        assert_eq!(load(None, &env("127.0.0.1:9")).unwrap().listen.port(), 9);
        assert!(load(None, &env("nine")).unwrap_err().contains("GONGKAI_LISTEN"));
    }
}
