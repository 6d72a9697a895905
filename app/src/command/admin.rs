//! `gongkai admin account create`: the first accounts of an installation, before anybody can sign in to open them.

use clap::Subcommand;
use rules::permission::Role;

use super::Settings;
use crate::{
    error::{Error, Refusal},
    organ,
    staff::{NewAccount, NewGrant, actions, password},
    words,
};

/// Arguments of `admin`.
#[derive(clap::Args)]
pub struct Admin {
    #[command(subcommand)]
    area: Area,
}

#[derive(Subcommand)]
enum Area {
    /// 账号
    #[command(subcommand)]
    Account(AccountCommand),
}

#[derive(Subcommand)]
enum AccountCommand {
    /// 新增账号并授予一个岗位，首次口令显示一次
    Create(Create),
}

/// Arguments of `admin account create`.
#[derive(clap::Args)]
struct Create {
    #[command(flatten)]
    settings: Settings,
    /// 登录名（小写字母、数字、点、连字符）
    #[arg(value_name = "登录名")]
    login: String,
    /// 姓名
    #[arg(long, value_name = "姓名")]
    name: String,
    /// 岗位（代码或名称，例如 system_administrator 或 系统管理员）
    #[arg(long, value_name = "岗位")]
    role: String,
    /// 机构代码
    #[arg(long, value_name = "代码")]
    organ: String,
    /// 站点代码
    #[arg(long, value_name = "代码")]
    site: String,
}

impl Admin {
    /// Does what the command says.
    pub async fn run(self) -> anyhow::Result<()> {
        let Area::Account(AccountCommand::Create(create)) = self.area;
        create.run().await
    }
}

impl Create {
    async fn run(self) -> anyhow::Result<()> {
        let role = role(&self.role)?;
        let app = self.settings.open().await?;
        let site = app.site(&self.site).await?;
        let first = password::first(&app.ids);
        let new = NewAccount {
            login: self.login.clone(),
            name: self.name,
            email: String::new(),
            phone: String::new(),
            password_hash: password::hash(&app, &first).await?,
            must_change_password: true,
        };
        let organ = self.organ;
        app.act(app.cx(&site.id, "admin"), move |tx, cx| {
            let unknown = || Refusal::Unknown { what: "机构", code: organ.clone() };
            let organ = organ::queries::by_code(tx, &cx.site_id, &organ)?.ok_or_else(unknown)?;
            let account_id = actions::create(tx, cx, &new)?;
            let grant = NewGrant {
                account_id,
                organ_id: organ.id,
                role,
                from_on: cx.today(),
                to_on: None,
                acting_for: None,
                basis: "安装时设立".to_owned(),
            };
            actions::grant(tx, cx, &grant).map(|_| ())
        })
        .await?;
        eprintln!(
            "账号“{}”已新增，岗位：{}。首次口令只显示这一次，登录后须更改：",
            self.login,
            words::role(role)
        );
        println!("{first}");
        Ok(())
    }
}

fn role(text: &str) -> Result<Role, Error> {
    let named = || Role::ALL.into_iter().find(|role| words::role(*role) == text);
    let unknown = || Refusal::Unknown { what: "岗位", code: text.to_owned() };
    Ok(Role::from_code(text).or_else(named).ok_or_else(unknown)?)
}
