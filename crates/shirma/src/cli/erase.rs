//! `shirma erase`: a person for ever, when the program does not serve.

use std::process::ExitCode;

use super::words::erase as words;
use super::{Place, finish};
use crate::erasure::{self, ErasureError};
use crate::identifier::ClientCode;
use crate::vault::ErasureReason;
use crate::{audit, opening};

pub(super) fn run(place: &Place, code: &str, reason: &str) -> anyhow::Result<ExitCode> {
    let Ok(code) = code.parse::<ClientCode>() else {
        anyhow::bail!(words::no_code(code))
    };
    let Some(reason) = ErasureReason::from_name(reason) else {
        anyhow::bail!(words::no_reason(reason))
    };
    let (settings, secrets) = place.house()?;
    let app = opening::open(settings, &secrets)?;
    finish(async {
        erasure::replay(&app).await?;
        let subject = match erasure::find(&app, code).await {
            Err(ErasureError::Unknown) => anyhow::bail!(words::nobody(code)),
            other => other?,
        };
        let certificate = match erasure::erase(&app, subject, audit::console(), reason).await {
            Err(ErasureError::Erased) => anyhow::bail!(words::erased_before(code)),
            other => other?,
        };
        words::certificate(&certificate);
        app.close().await;
        Ok(ExitCode::SUCCESS)
    })
}
