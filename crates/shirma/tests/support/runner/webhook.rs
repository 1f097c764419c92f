//! Webhook bodies through the program's own address, and back from what it kept.
//!
//! Messenger files share one house, each with an account of its own, so that no file is a duplicate of another. Form
//! posts get a house each: the limits on posts from one phone hold across forms.

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::Result;
use shirma_store::Engine;

use super::accounts::{Accounts, Bot, MAX_SECRET, TELEGRAM_SECRET};
use super::folder::Fixture;
use super::kept::{self, Kept};
use super::{Verdict, event_differences};
use crate::support::house::House;
use crate::support::http::{Request, Response};
use crate::support::max::Max;
use crate::support::telegram::Telegram;

/// Delivers every file and gives what came of each, by file.
pub(crate) fn deliver_all(
    engine: Engine,
    fixtures: &[&Fixture],
    accounts: &Accounts,
) -> Result<HashMap<String, Verdict>> {
    let (forms, messengers): (Vec<&Fixture>, Vec<&Fixture>) =
        fixtures.iter().partition(|fixture| fixture.provider == "site_form");
    let mut verdicts = deliver_messengers(engine, &messengers, accounts)?;
    for form in forms {
        verdicts.insert(form.file.clone(), deliver_form(engine, form, accounts)?);
    }
    Ok(verdicts)
}

fn deliver_messengers(engine: Engine, fixtures: &[&Fixture], accounts: &Accounts) -> Result<HashMap<String, Verdict>> {
    let (telegram, max) = (Telegram::start(), Max::start());
    let (mut settings, mut secrets) = (String::new(), String::new());
    for (index, fixture) in fixtures.iter().enumerate() {
        let url = if fixture.provider == "max" {
            max.url()
        } else {
            telegram.url()
        };
        furnish(
            &mut settings,
            &mut secrets,
            &fixture.provider,
            &name(index),
            &url,
            &bot_of(fixture, accounts),
        );
    }
    let mut house = House::furnished(engine, &settings, &secrets);
    let answered: Vec<Vec<String>> = fixtures
        .iter()
        .enumerate()
        .map(|(index, fixture)| deliver(&house, fixture, &name(index)))
        .collect();
    house.stop();
    let kept = Kept::open(&house)?;
    let mut verdicts = HashMap::new();
    for (index, (fixture, mut found)) in fixtures.iter().zip(answered).enumerate() {
        let events = kept::events(&kept.inbox(&name(index))?, &accounts.max.token)?;
        found.extend(kept_differences(fixture, &events));
        verdicts.insert(fixture.file.clone(), Verdict::of(found));
    }
    Ok(verdicts)
}

/// The account of the n-th file.
fn name(index: usize) -> String {
    format!("file-{index}")
}

/// Adds one account to the texts of settings and secrets.
pub(crate) fn furnish(settings: &mut String, secrets: &mut String, provider: &str, name: &str, url: &str, bot: &Bot) {
    let Bot { token, secret } = bot;
    // Writing into a string does not fail.
    let _written = writeln!(
        settings,
        "[[{provider}]]\nname = \"{name}\"\nbase_url = \"{url}\"\nregister = false\n"
    );
    let _written = writeln!(
        secrets,
        "[{provider}.{name}]\ntoken = \"{token}\"\nwebhook_secret = \"{secret}\"\n"
    );
}

/// The bot the file is for: an honest file shows the secret of its own.
fn bot_of(fixture: &Fixture, accounts: &Accounts) -> Bot {
    let (bot, header) = match fixture.provider.as_str() {
        "max" => (&accounts.max, MAX_SECRET),
        _ => (&accounts.telegram, TELEGRAM_SECRET),
    };
    let shown = fixture.header(header).filter(|_| !fixture.must_be_refused());
    Bot {
        token: bot.token.clone(),
        secret: shown.map_or_else(|| bot.secret.clone(), str::to_owned),
    }
}

/// Delivers a file with a wrong secret, without one, as it is, and as it is again.
fn deliver(house: &House, fixture: &Fixture, account: &str) -> Vec<String> {
    let path = format!("/hooks/{}/{account}", fixture.provider);
    let honest = request(fixture, &path);
    let secret = |name: &str| {
        [MAX_SECRET, TELEGRAM_SECRET]
            .iter()
            .any(|header| header.eq_ignore_ascii_case(name))
    };
    let mut forged = honest.clone();
    forged
        .headers
        .iter_mut()
        .filter(|(name, _)| secret(name))
        .for_each(|(_, value)| *value = "forged".to_owned());
    let mut bare = honest.clone();
    bare.headers.retain(|(name, _)| !secret(name));
    let expected = fixture.expected_status();
    let tries = [
        ("with a wrong secret", &forged, 403),
        ("without a secret", &bare, 403),
        ("as it is", &honest, expected),
        ("again", &honest, expected),
    ];
    tries
        .into_iter()
        .filter_map(|(how, request, status)| status_difference(how, &house.call(request), status))
        .collect()
}

fn deliver_form(engine: Engine, fixture: &Fixture, accounts: &Accounts) -> Result<Verdict> {
    let form = form_name(fixture);
    let mut house = House::furnished(engine, &form_settings(&form, fixture.header("Origin")), "");
    let answer = house.call(&request(fixture, &format!("/hooks/site/{form}")));
    let mut found: Vec<String> = status_difference("as it is", &answer, fixture.expected_status())
        .into_iter()
        .collect();
    house.stop();
    let events = kept::events(&Kept::open(&house)?.inbox(&form)?, &accounts.max.token)?;
    found.extend(kept_differences(fixture, &events));
    Ok(Verdict::of(found))
}

/// The form's name is the last part of the address it was posted to.
pub(crate) fn form_name(fixture: &Fixture) -> String {
    let place = fixture
        .path
        .as_deref()
        .and_then(|path| path.split('?').next())
        .unwrap_or_default();
    place
        .rsplit('/')
        .next()
        .filter(|name| !name.is_empty())
        .unwrap_or("fixture")
        .to_owned()
}

/// Settings with one form that this page may post.
pub(crate) fn form_settings(form: &str, origin: Option<&str>) -> String {
    let origins = origin.map(|origin| format!("\"{origin}\"")).unwrap_or_default();
    format!("[[site]]\nname = \"{form}\"\norigins = [{origins}]\n")
}

/// The file as a request to this path.
pub(crate) fn request(fixture: &Fixture, path: &str) -> Request {
    let mut request = Request::new(&fixture.method, path);
    if let Some(kind) = &fixture.content_type {
        request = request.header("Content-Type", kind);
    }
    request.headers.extend(fixture.headers.iter().cloned());
    request.body.clone_from(&fixture.body);
    request
}

fn status_difference(how: &str, answer: &Response, expected: u16) -> Option<String> {
    (answer.status != expected).then(|| format!("answered {} {how}, expected {expected}", answer.status))
}

/// A refused body leaves nothing; any other the events expected.
fn kept_differences(fixture: &Fixture, events: &[shirma::contract::Event]) -> Vec<String> {
    if fixture.expected_status() >= 400 && !events.is_empty() {
        return vec![format!("{} events were kept of a refused body", events.len())];
    }
    event_differences(events, &fixture.expect)
}
