//! A folder of fixtures against the real program: one verdict a file, one a scenario.
//!
//! Webhooks go through the program's own HTTP endpoint and are read back from what it kept, sealed, on disk. Our calls and
//! the answers to them go through the real adapters and a stand-in. Providers this build does not speak are counted apart.

mod accounts;
mod codec;
mod folder;
mod kept;
mod scenario;
mod webhook;

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use shirma::contract::Event;
use shirma_store::Engine;

use super::expect;
use accounts::Accounts;
use folder::{Fixture, Folder};

/// Providers this build speaks, as manifests name them.
const BUILT: [&str; 3] = ["telegram", "max", "site_form"];

/// What came of one file or scenario.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passed,
    /// What differs.
    Failed(String),
    /// What this build does not do.
    Unsupported(String),
}

impl Verdict {
    fn of(differences: Vec<String>) -> Verdict {
        if differences.is_empty() {
            Verdict::Passed
        } else {
            Verdict::Failed(differences.join("; "))
        }
    }
}

/// One line of the report.
pub(crate) struct Line {
    /// A file, or `scenario` and its name.
    pub(crate) what: String,
    pub(crate) verdict: Verdict,
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.verdict {
            Verdict::Passed => write!(f, "ok {}", self.what),
            Verdict::Failed(why) => write!(f, "FAIL {}: {why}", self.what),
            Verdict::Unsupported(why) => write!(f, "unsupported {}: {why}", self.what),
        }
    }
}

/// Checks everything in the folder, or one provider's part, in the manifest's order.
pub(crate) fn run(engine: Engine, dir: &Path, provider: Option<&str>) -> Result<Vec<Line>> {
    let folder = Folder::read(dir)?;
    let accounts = Accounts::of(&folder);
    let chosen = |name: &str| provider.is_none_or(|provider| provider == name);
    let fixtures: Vec<&Fixture> = folder
        .fixtures
        .iter()
        .filter(|fixture| chosen(&fixture.provider))
        .collect();
    let webhooks: Vec<&Fixture> = fixtures
        .iter()
        .copied()
        .filter(|fixture| is_built_webhook(fixture))
        .collect();
    let mut delivered = webhook::deliver_all(engine, &webhooks, &accounts)?;
    let runtime = tokio::runtime::Runtime::new().context("no runtime for our own calls")?;
    let mut lines = Vec::new();
    for fixture in fixtures {
        let verdict = match delivered.remove(&fixture.file) {
            Some(verdict) => verdict,
            None if !BUILT.contains(&fixture.provider.as_str()) => {
                Verdict::Unsupported(format!("this build does not speak {}", fixture.provider))
            }
            None => runtime.block_on(codec::check(fixture, &accounts)),
        };
        lines.push(Line {
            what: fixture.file.clone(),
            verdict,
        });
    }
    for one in folder
        .scenarios
        .iter()
        .filter(|one| scenario::providers(one).iter().any(|name| chosen(name)))
    {
        let verdict = scenario::play(engine, one, &folder, &accounts)?;
        lines.push(Line {
            what: format!("scenario {}", one.name),
            verdict,
        });
    }
    Ok(lines)
}

fn is_built_webhook(fixture: &Fixture) -> bool {
    fixture.role == "webhook" && BUILT.contains(&fixture.provider.as_str())
}

/// What differs between the events understood and the list `events` of an expectation; nothing when it has none.
fn event_differences(events: &[Event], expect: &Value) -> Vec<String> {
    let Some(wanted) = expect["events"].as_array() else {
        return Vec::new();
    };
    if events.len() != wanted.len() {
        let kinds: Vec<&str> = events.iter().map(|event| event.kind.name()).collect();
        return vec![format!("{} events {kinds:?}, expected {}", events.len(), wanted.len())];
    }
    events
        .iter()
        .zip(wanted)
        .flat_map(|(event, wanted)| expect::mismatches(event, wanted))
        .collect()
}

/// What differs in the keys known; a key of the expectation that nobody checks is a difference too.
fn differences(actual: &Value, expect: &Value) -> Vec<String> {
    /// Checked where the fixture travels.
    const ELSEWHERE: [&str; 3] = ["events", "status", "reject"];
    let mut found = Vec::new();
    for (key, wanted) in expect
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| !ELSEWHERE.contains(&key.as_str()))
    {
        match actual.get(key) {
            None => found.push(format!("{key}: nobody knows how to check it")),
            Some(actual) if actual != wanted => found.push(format!("{key}: {actual}, expected {wanted}")),
            Some(_) => {}
        }
    }
    found
}
