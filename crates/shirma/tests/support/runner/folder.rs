//! A folder of fixtures: `manifest.json`, `scenarios.json` and the bodies beside them, read as they stand.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// One body and what the manifest says of it.
pub(crate) struct Fixture {
    /// Path inside the folder.
    pub(crate) file: String,
    pub(crate) provider: String,
    /// `webhook`, `request`, `response`, `error` or `poll`.
    pub(crate) role: String,
    pub(crate) method: String,
    /// Path with query, where the manifest names one.
    pub(crate) path: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    /// Status of the answer, for answers.
    pub(crate) status: u16,
    /// What any correct reader must get; an empty object when the manifest says nothing.
    pub(crate) expect: Value,
    /// Exact bytes.
    pub(crate) body: Vec<u8>,
}

impl Fixture {
    /// The file's name without its folder.
    pub(crate) fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }

    /// The first header of this name in any case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether the sender must be refused.
    pub(crate) fn must_be_refused(&self) -> bool {
        self.expect["reject"] == true
    }

    /// The status our side must answer a webhook with.
    pub(crate) fn expected_status(&self) -> u16 {
        let refused = if self.must_be_refused() { 403 } else { 200 };
        self.expect["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or(refused)
    }
}

/// One step of a scenario.
pub(crate) struct Step {
    /// The file to deliver; `None` for a step about our own calls.
    pub(crate) deliver: Option<String>,
    /// Headers that stand in place of the file's own.
    pub(crate) headers: Option<Vec<(String, String)>>,
    /// A change to the body, in words.
    pub(crate) mutate: Option<String>,
    /// Every status that is right.
    pub(crate) statuses: Vec<u16>,
    /// Files, or words in angle brackets, that our calls are answered with.
    pub(crate) answers: Vec<String>,
}

/// A sequence with the state expected after it, in words.
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) after: String,
    pub(crate) steps: Vec<Step>,
}

/// Everything in the folder.
pub(crate) struct Folder {
    pub(crate) fixtures: Vec<Fixture>,
    pub(crate) scenarios: Vec<Scenario>,
}

impl Folder {
    /// Reads the folder; without `scenarios.json` there are none.
    pub(crate) fn read(dir: &Path) -> Result<Folder> {
        let manifest = json(&dir.join("manifest.json"))?;
        let records = manifest["fixtures"]
            .as_array()
            .context("manifest.json has no list `fixtures`")?;
        let fixtures = records
            .iter()
            .map(|record| fixture(dir, record))
            .collect::<Result<_>>()?;
        let scenarios = dir.join("scenarios.json");
        let scenarios = if scenarios.is_file() {
            json(&scenarios)?
        } else {
            Value::Null
        };
        let scenarios = scenarios["scenarios"]
            .as_array()
            .into_iter()
            .flatten()
            .map(scenario)
            .collect();
        Ok(Folder { fixtures, scenarios })
    }

    /// The fixture of this file.
    pub(crate) fn get(&self, file: &str) -> Option<&Fixture> {
        self.fixtures.iter().find(|fixture| fixture.file == file)
    }
}

fn json(path: &Path) -> Result<Value> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is not JSON", path.display()))
}

fn fixture(dir: &Path, record: &Value) -> Result<Fixture> {
    let file = text(&record["file"]).context("a record of the manifest names no file")?;
    let body = std::fs::read(dir.join(&file)).with_context(|| format!("cannot read the body {file}"))?;
    let http = &record["http"];
    let folder = file.split('/').next().unwrap_or_default().to_owned();
    Ok(Fixture {
        provider: text(&record["provider"]).unwrap_or(folder),
        role: text(&record["role"]).with_context(|| format!("{file} has no role"))?,
        method: text(&http["method"]).unwrap_or_else(|| "POST".to_owned()),
        path: text(&http["path"]),
        content_type: text(&http["content_type"]),
        headers: headers(&http["headers"]).unwrap_or_default(),
        status: http["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or(200),
        expect: if record["expect"].is_object() {
            record["expect"].clone()
        } else {
            serde_json::json!({})
        },
        file,
        body,
    })
}

fn scenario(record: &Value) -> Scenario {
    Scenario {
        name: text(&record["name"]).unwrap_or_default(),
        after: text(&record["after"]).unwrap_or_default(),
        steps: record["steps"].as_array().into_iter().flatten().map(step).collect(),
    }
}

fn step(record: &Value) -> Step {
    // `200`, or `"200 or 429"`.
    let statuses = match &record["status"] {
        Value::Number(number) => number.to_string(),
        other => text(other).unwrap_or_default(),
    };
    Step {
        deliver: text(&record["deliver"]),
        headers: headers(&record["headers"]),
        mutate: text(&record["mutate"]),
        statuses: statuses
            .split(" or ")
            .filter_map(|status| status.parse().ok())
            .collect(),
        answers: record["answers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(text)
            .collect(),
    }
}

fn headers(value: &Value) -> Option<Vec<(String, String)>> {
    let pairs: BTreeMap<_, _> = value.as_object()?.iter().collect();
    Some(
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name.clone(), text(value)?)))
            .collect(),
    )
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
