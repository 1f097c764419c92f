//! «Входы»: on which devices one is signed in, and an end to any of them; the owner ends those of others.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shirma_vault::Pii;

use crate::access::{self, Device, Ended, Factor, Permission, Staff};
use crate::app::App;
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};
use crate::desk::shell::{Section, Shell};
use crate::identifier::StaffId;

/// The page.
#[derive(Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// The frame.
    pub shell: Shell,
    /// His own devices.
    pub own: Vec<DeviceLine>,
    /// Colleagues who are signed in, one line each; for whoever may send them out.
    pub others: Vec<ColleagueLine>,
    /// The second step of signing in is set up.
    pub has_factor: bool,
}

/// One device.
pub struct DeviceLine {
    /// The session, as the journal calls it.
    pub label: String,
    /// Browser and system.
    pub device: String,
    /// Since when, in words.
    pub since: String,
    /// Last use, in words.
    pub seen: String,
    /// The page is looked at on it.
    pub is_this: bool,
}

/// One colleague.
pub struct ColleagueLine {
    /// Who.
    pub staff: i64,
    /// His name.
    pub who: Pii<String>,
    /// His devices.
    pub devices: String,
    /// Last use, in words.
    pub seen: String,
}

/// `GET /account`.
///
/// # Errors
/// [`Refusal`].
pub async fn account(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    if !staff.has_password {
        return Ok(Redirect::to("/password").into_response());
    }
    let devices = access::devices(&app).await?;
    let (own, others): (Vec<Device>, Vec<Device>) = devices.into_iter().partition(|device| device.staff == staff.id);
    let calendar = Calendar::new(app.base.zone.clone(), app.now_ms());
    let when = |at_ms: i64| calendar.full(at_ms);
    let own = own.into_iter().map(|device| DeviceLine {
        since: when(device.since_ms),
        seen: when(device.seen_at_ms),
        is_this: device.label == staff.session,
        label: device.label,
        device: device.device,
    });
    let others = match staff.may(Permission::ManageStaff) {
        true => colleagues(others, when),
        false => Vec::new(),
    };
    page(&AccountPage {
        shell: Shell::around(&app, &staff, Section::Other).await?,
        own: own.collect(),
        others,
        has_factor: staff.factor == Factor::Active,
    })
}

/// One line a person, the newest use first.
fn colleagues(devices: Vec<Device>, when: impl Fn(i64) -> String) -> Vec<ColleagueLine> {
    let mut lines: Vec<ColleagueLine> = Vec::new();
    for device in devices {
        match lines.iter_mut().find(|line| line.staff == device.staff.0) {
            Some(line) => {
                line.devices.push_str(" · ");
                line.devices.push_str(&device.device);
            }
            None => lines.push(ColleagueLine {
                staff: device.staff.0,
                who: device.who,
                devices: device.device,
                seen: when(device.seen_at_ms),
            }),
        }
    }
    lines
}

/// Which one.
#[derive(Deserialize)]
pub struct Which {
    session: String,
}

/// `POST /account/end`: one of one's own.
///
/// # Errors
/// [`Refusal`]; it holds then.
pub async fn end(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Form(which): Form<Which>,
) -> Result<Redirect, Refusal> {
    access::end(&app, &staff, Ended::One(which.session)).await?;
    Ok(Redirect::to("/account"))
}

/// `POST /account/end-others`: all of one's own but this one.
///
/// # Errors
/// [`Refusal`]; they hold then.
pub async fn end_others(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Redirect, Refusal> {
    access::end(&app, &staff, Ended::Others).await?;
    Ok(Redirect::to("/account"))
}

/// `POST /desk/staff/{staff}/end`: all of a colleague.
///
/// # Errors
/// [`Refusal`]; they hold then.
pub async fn end_all(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(whose): Path<i64>,
) -> Result<Redirect, Refusal> {
    access::end(&app, &staff, Ended::AllOf(StaffId(whose))).await?;
    Ok(Redirect::to("/account"))
}
