//! The fixtures folder: records of `manifest.json` with their bodies.

use std::path::PathBuf;

use serde_json::Value;
use shirma::contract::Event;

use crate::expect::mismatches;

/// One record with its body.
pub(crate) struct Fixture {
    pub(crate) file: String,
    pub(crate) role: String,
    pub(crate) status: u16,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content_type: Option<String>,
    pub(crate) expect: Value,
    pub(crate) body: Vec<u8>,
}

impl Fixture {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON fixture")
    }

    /// `Retry-After` of the record, as the client tells it.
    pub(crate) fn retry_after_ms(&self) -> Option<u64> {
        let (_, value) = self
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("retry-after"))?;
        Some(value.parse::<u64>().expect("seconds") * 1000)
    }

    /// Panics with every difference between the events and the record's.
    pub(crate) fn check(&self, events: &[Event]) {
        let wanted = self.expect["events"].as_array().expect("a list of events");
        let kinds: Vec<&str> = events.iter().map(|event| event.kind.name()).collect();
        assert_eq!(events.len(), wanted.len(), "{}: {kinds:?}", self.file);
        for (event, wanted) in events.iter().zip(wanted) {
            let found = mismatches(event, wanted);
            assert!(found.is_empty(), "{}:\n{}", self.file, found.join("\n"));
        }
    }
}

/// All records of a provider.
pub(crate) fn of(provider: &str) -> Vec<Fixture> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let manifest = std::fs::read(folder.join("manifest.json")).expect("the fixtures folder beside the repository");
    let manifest: Value = serde_json::from_slice(&manifest).expect("a manifest");
    let records = manifest["fixtures"].as_array().expect("records");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found: Vec<Fixture> = records
        .iter()
        .filter(|record| record["provider"] == provider)
        .map(|record| Fixture {
            file: word(&record["file"]),
            role: word(&record["role"]),
            status: record["http"]["status"].as_u64().unwrap_or_default() as u16,
            path: word(&record["http"]["path"]),
            headers: record["http"]["headers"]
                .as_object()
                .map(|headers| {
                    headers
                        .iter()
                        .map(|(name, value)| (name.clone(), word(value)))
                        .collect()
                })
                .unwrap_or_default(),
            content_type: record["http"]["content_type"].as_str().map(str::to_owned),
            expect: record["expect"].clone(),
            body: std::fs::read(folder.join(word(&record["file"]))).expect("a body"),
        })
        .collect();
    assert!(!found.is_empty(), "{provider} has records");
    found
}

/// One record by its file name without the folder.
pub(crate) fn one(provider: &str, name: &str) -> Fixture {
    let file = format!("{provider}/{name}");
    of(provider)
        .into_iter()
        .find(|fixture| fixture.file == file)
        .expect("a record of this name")
}

/// Panics when a refusal is understood otherwise than the record says.
pub(crate) fn check_refusal(fixture: &Fixture, error: &shirma::contract::SendError) {
    use shirma::contract::SendError;
    assert_eq!(
        error.may_repeat(),
        fixture.expect["retry"] == true,
        "{}: {error}",
        fixture.file
    );
    if let Some(reason) = fixture.expect["reason"].as_str() {
        assert_eq!(error.reason(), Some(reason), "{}", fixture.file);
    }
    if let Some(after_s) = fixture.expect["after_s"].as_u64() {
        assert_eq!(
            *error,
            SendError::Later {
                after_ms: Some(after_s * 1000)
            },
            "{}",
            fixture.file
        );
    }
}
