//! `shirma staff add | list | link | disable`.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Subcommand;

use super::words::staff as words;
use super::{Place, finish};
use crate::access::{self, AddError, Disabled, LinkError, Refit, Role};
use crate::app::App;
use crate::clock::end_of_day;
use crate::{audit, opening};

/// What is done with staff.
#[derive(Subcommand)]
pub(super) enum StaffCommand {
    /// Добавить сотрудника и получить одноразовую ссылку для входа
    Add {
        /// Имя для входа, например olga
        login: String,
        /// Роль: owner, manager, administrator, master, doctor, data_officer или auditor
        #[arg(long, default_value = "administrator")]
        role: String,
        /// Имя для экрана
        #[arg(long, default_value = "")]
        name: String,
        /// Последний день работы, например 2026-12-31; проверяющему (auditor) нужен обязательно
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
    },
    /// Показать сотрудников
    List,
    /// Выдать новую одноразовую ссылку: пароль забыт или прежняя ссылка не сработала
    Link {
        /// Имя для входа
        login: String,
    },
    /// Забыть второй шаг входа: телефон и резервные коды потеряны, при следующем входе сотрудник настроит новый
    Reset {
        /// Имя для входа
        login: String,
    },
    /// Отключить сотрудника: все его входы прекращаются
    Disable {
        /// Имя для входа
        login: String,
    },
}

pub(super) fn run(place: &Place, command: StaffCommand) -> anyhow::Result<ExitCode> {
    let (settings, secrets) = place.house()?;
    let app = opening::open(settings, &secrets)?;
    finish(act(app, command))
}

async fn act(app: Arc<App>, command: StaffCommand) -> anyhow::Result<ExitCode> {
    match command {
        StaffCommand::Add {
            login,
            role,
            name,
            until,
        } => {
            let Some(role) = Role::from_name(&role) else {
                anyhow::bail!(words::no_role(&role))
            };
            let until_ms = match &until {
                Some(day) => match end_of_day(&app.base.zone, day) {
                    Some(until_ms) => Some(until_ms),
                    None => anyhow::bail!(words::no_day(day)),
                },
                None => None,
            };
            if role.is_for_a_time() && until_ms.is_none() {
                anyhow::bail!(words::needs_end(&login));
            }
            let staff = match access::add(&app, audit::console(), &login, role, &name).await {
                Ok(staff) => staff,
                Err(AddError::Taken) => anyhow::bail!(words::login_taken(&login)),
                Err(AddError::Login) => anyhow::bail!(words::no_login(&login)),
                Err(AddError::Fault(fault)) => return Err(fault.into()),
            };
            if until_ms.is_some() {
                access::refit(&app, None, staff, Refit { role, until_ms }).await?;
            }
            let link = access::issue_link(&app, staff, access::LINK_LIFE_MS).await?;
            words::added(&login, &app.settings.public_address(), link.expose());
        }
        StaffCommand::List => words::list(&access::list(&app).await?),
        StaffCommand::Link { login } => match access::link_again(&app, audit::console(), &login).await {
            Ok(link) => words::link(&login, &app.settings.public_address(), link.expose()),
            Err(LinkError::Unknown) => anyhow::bail!(words::no_staff(&login)),
            Err(LinkError::Disabled) => anyhow::bail!(words::disabled_login(&login)),
            Err(LinkError::Fault(fault)) => return Err(fault.into()),
        },
        StaffCommand::Reset { login } => match access::forget(&app, audit::console(), &login).await? {
            Some(true) => words::code_forgotten(&login),
            Some(false) => anyhow::bail!(words::no_code(&login)),
            None => anyhow::bail!(words::no_staff(&login)),
        },
        StaffCommand::Disable { login } => match access::disable(&app, audit::console(), &login).await? {
            Disabled::Done => words::disabled(&login),
            Disabled::Nobody => anyhow::bail!(words::no_staff(&login)),
            Disabled::LastOwner => anyhow::bail!(words::last_owner(&login)),
        },
    }
    Ok(ExitCode::SUCCESS)
}
