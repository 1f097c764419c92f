//! Scenarios: several deliveries in a row to one house, and the state they must leave.
//!
//! The statuses of the steps are checked for any scenario. What stands in words under `after` is checked for the scenarios
//! known by name; for another one the verdict says that nobody knows how.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use shirma_store::Engine;

use super::Verdict;
use super::accounts::Accounts;
use super::folder::{Folder, Scenario, Step};
use super::kept::Kept;
use super::webhook::{form_name, form_settings, furnish, request};
use crate::support::house::House;
use crate::support::max::Max;
use crate::support::patience::wait_for;
use crate::support::stand_in::{Reply, Seen};
use crate::support::telegram::Telegram;

/// The one account of each messenger in a scenario's house.
const ACCOUNT: &str = "scenario";
/// How often the program is started again to finish what it had begun.
const MOST_STARTS: usize = 5;

/// What is outside during a scenario.
struct Stage {
    house: House,
    telegram: Telegram,
    max: Max,
}

/// The providers whose files a scenario uses.
pub(crate) fn providers(scenario: &Scenario) -> Vec<String> {
    let delivered = scenario.steps.iter().filter_map(|step| step.deliver.as_ref());
    let files = delivered.chain(scenario.steps.iter().flat_map(|step| &step.answers));
    let mut providers: Vec<String> = files
        .filter_map(|file| Some(file.split_once('/')?.0.to_owned()))
        .collect();
    providers.sort();
    providers.dedup();
    providers
}

/// Plays the steps and looks at what they left.
pub(crate) fn play(engine: Engine, scenario: &Scenario, folder: &Folder, accounts: &Accounts) -> Result<Verdict> {
    let strangers: Vec<String> = providers(scenario)
        .into_iter()
        .filter(|name| !super::BUILT.contains(&name.as_str()))
        .collect();
    if !strangers.is_empty() {
        return Ok(Verdict::Unsupported(format!(
            "this build does not speak {}",
            strangers.join(", ")
        )));
    }
    let Some(check) = check_of(&scenario.name) else {
        return Ok(Verdict::Unsupported(format!(
            "nobody knows how to check: {}",
            scenario.after
        )));
    };
    let mut stage = set_stage(engine, scenario, folder, accounts)?;
    let mut found = Vec::new();
    for (index, step) in scenario.steps.iter().enumerate() {
        found.extend(take(step, &stage, folder)?.map(|difference| format!("step {}: {difference}", index + 1)));
    }
    found.extend(check(&mut stage, folder)?);
    Ok(Verdict::of(found))
}

fn set_stage(engine: Engine, scenario: &Scenario, folder: &Folder, accounts: &Accounts) -> Result<Stage> {
    let (telegram, max) = (Telegram::start(), Max::start());
    let (mut settings, mut secrets) = (String::new(), String::new());
    let forms = scenario
        .steps
        .iter()
        .filter_map(|step| folder.get(step.deliver.as_deref()?));
    if let Some(form) = forms.into_iter().find(|fixture| fixture.provider == "site_form") {
        settings.push_str(&form_settings(&form_name(form), form.header("Origin")));
    }
    furnish(
        &mut settings,
        &mut secrets,
        "telegram",
        ACCOUNT,
        &telegram.url(),
        &accounts.telegram,
    );
    furnish(&mut settings, &mut secrets, "max", ACCOUNT, &max.url(), &accounts.max);
    Ok(Stage {
        house: House::furnished(engine, &settings, &secrets),
        telegram,
        max,
    })
}

/// Takes one step; tells when the answer's status is not one of those expected.
fn take(step: &Step, stage: &Stage, folder: &Folder) -> Result<Option<String>> {
    for answer in &step.answers {
        let fixture = folder
            .get(answer)
            .with_context(|| format!("the folder has no {answer}"))?;
        let headers = fixture.headers.clone();
        stage.telegram.script(
            "sendMessage",
            Reply::Answer {
                status: fixture.status,
                headers,
                body: fixture.body.clone(),
            },
        );
    }
    let Some(file) = &step.deliver else { return Ok(None) };
    let fixture = folder.get(file).with_context(|| format!("the folder has no {file}"))?;
    let path = match fixture.provider.as_str() {
        "site_form" => format!("/hooks/site/{}", form_name(fixture)),
        messenger => format!("/hooks/{messenger}/{ACCOUNT}"),
    };
    let mut request = request(fixture, &path);
    if let Some(headers) = &step.headers {
        request.headers.retain(|(name, _)| name == "Content-Type");
        request.headers.extend(headers.iter().cloned());
    }
    match step.mutate.as_deref() {
        None => {}
        Some("append one space") => request.body.push(b' '),
        Some(other) => bail!("nobody knows how to change a body: {other}"),
    }
    let status = stage.house.call(&request).status;
    let is_right = step.statuses.contains(&status);
    Ok((!is_right).then(|| format!("answered {status}, expected {:?}", step.statuses)))
}

type Check = fn(&mut Stage, &Folder) -> Result<Vec<String>>;

fn check_of(name: &str) -> Option<Check> {
    match name {
        "telegram_duplicate" => Some(one_message_one_answer),
        "telegram_wrong_secret" => Some(nothing_but_two_journal_entries),
        "telegram_contact_then_pii" => Some(one_card_with_one_phone),
        "telegram_429_on_send" => Some(second_try_after_the_pause),
        "max_edit_and_remove" => Some(no_second_answer_for_the_edit),
        "form_three_fast" => Some(one_enquiry),
        _ => None,
    }
}

fn one_message_one_answer(stage: &mut Stage, _folder: &Folder) -> Result<Vec<String>> {
    stage.telegram.wait_for_sent("sendMessage", 1);
    let kept = settled(stage)?;
    let mut found = counts(
        &kept,
        &[
            ("stored events", "select count(*) from inbox", 1),
            (
                "stored messages of the client",
                "select count(*) from message where direction = 'in'",
                1,
            ),
        ],
    )?;
    let mut sent = stage.telegram.sent("sendMessage");
    let all = sent.len();
    sent.sort_by_key(ToString::to_string);
    sent.dedup();
    if sent.len() != all {
        found.push(format!("{} messages were sent twice", all - sent.len()));
    }
    Ok(found)
}

fn nothing_but_two_journal_entries(stage: &mut Stage, _folder: &Folder) -> Result<Vec<String>> {
    let kept = settled(stage)?;
    counts(
        &kept,
        &[
            ("stored events", "select count(*) from inbox", 0),
            ("stored messages", "select count(*) from message", 0),
            ("journal entries about refusals", REFUSALS, 2),
        ],
    )
}

fn one_card_with_one_phone(stage: &mut Stage, _folder: &Folder) -> Result<Vec<String>> {
    let kept = settled(stage)?;
    counts(
        &kept,
        &[
            ("client cards", "select count(*) from subject where state = 'active'", 1),
            ("phones", "select count(*) from blind_index where kind = 'phone'", 1),
            (
                "proven phones",
                "select count(*) from blind_index where kind = 'phone' and standing = 'proven'",
                1,
            ),
        ],
    )
}

/// The scenario has no delivery of its own: any message makes the program answer, and its first try is refused.
fn second_try_after_the_pause(stage: &mut Stage, folder: &Folder) -> Result<Vec<String>> {
    let told = folder
        .get("telegram/error_429.response.json")
        .and_then(|fixture| fixture.expect["after_s"].as_u64());
    let pause = Duration::from_secs(told.context("the refusal tells no pause")?);
    let step = Step {
        deliver: Some("telegram/message_text.json".to_owned()),
        headers: None,
        mutate: None,
        statuses: vec![200],
        answers: Vec::new(),
    };
    let mut found: Vec<String> = take(&step, stage, folder)?.into_iter().collect();
    let tries = wait_for("the second try", || {
        let calls = stage.telegram.calls();
        let sends: Vec<Seen> = calls
            .into_iter()
            .filter(|seen| seen.place().ends_with("/sendMessage"))
            .collect();
        let first = sends.first()?.body.clone();
        let same: Vec<Instant> = sends
            .iter()
            .filter(|seen| seen.body == first)
            .map(|seen| seen.at)
            .collect();
        (same.len() >= 2).then_some(same)
    });
    let waited = tries[1] - tries[0];
    if waited < pause {
        found.push(format!(
            "the second try came after {} ms, told were {} s",
            waited.as_millis(),
            pause.as_secs()
        ));
    }
    settled(stage)?;
    let sends: Vec<_> = stage.telegram.sent("sendMessage");
    let repeats = sends.iter().filter(|body| Some(*body) == sends.first()).count();
    if repeats != 2 {
        found.push(format!("the refused message was tried {repeats} times, expected 2"));
    }
    Ok(found)
}

fn no_second_answer_for_the_edit(stage: &mut Stage, _folder: &Folder) -> Result<Vec<String>> {
    stage.max.wait_for_sent("POST /messages", 1);
    let kept = settled(stage)?;
    counts(
        &kept,
        &[
            (
                "stored messages of the client",
                "select count(*) from message where direction = 'in'",
                1,
            ),
            (
                "edited and removed messages",
                "select count(*) from message where edited_at is not null and removed_at is not null",
                1,
            ),
            ("answers to make", "select count(*) from job where queue = 'answer'", 1),
        ],
    )
}

fn one_enquiry(stage: &mut Stage, _folder: &Folder) -> Result<Vec<String>> {
    let kept = settled(stage)?;
    counts(&kept, &[("enquiries", "select count(*) from enquiry", 1)])
}

/// Leaves of refused events in the journal.
const REFUSALS: &str = "select count(*) from audit_leaf where body like '%\"event.refused\"%'";

/// Stops the program once everything it had to do is done.
fn settled(stage: &mut Stage) -> Result<Kept> {
    for _ in 0..MOST_STARTS {
        stage.house.stop();
        let kept = Kept::open(&stage.house)?;
        let waiting = kept.count("select count(*) from job where state in ('ready', 'leased')")?
            + kept.count("select count(*) from outbox where state in ('ready', 'sending')")?;
        if waiting == 0 {
            return Ok(kept);
        }
        drop(kept);
        stage.house.start();
    }
    bail!("work is left after {MOST_STARTS} starts")
}

fn counts(kept: &Kept, wanted: &[(&str, &'static str, i64)]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (what, sql, expected) in wanted {
        let count = kept.count(sql)?;
        if count != *expected {
            found.push(format!("{count} {what}, expected {expected}"));
        }
    }
    Ok(found)
}
