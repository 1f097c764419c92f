//! The bill of materials as CycloneDX 1.5: what auditors' tools read.

use anyhow::Result;
use serde_json::{Value, json};

use super::Part;

/// The bill of these parts, pretty-printed. Nothing in it depends on when or where it is made.
pub(super) fn of(parts: &[Part]) -> Result<String> {
    let own = parts.iter().find(|part| part.name == "shirma");
    let version = own.map_or("", |part| part.version.as_str());
    let mut others: Vec<&Part> = parts.iter().filter(|part| part.name != "shirma").collect();
    others.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "shirma", "version": version, "bom-ref": "shirma"}},
        "components": others.into_iter().map(component).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&bill)?)
}

fn component(part: &Part) -> Value {
    let place = format!("pkg:cargo/{}@{}", part.name, part.version);
    let mut component = json!({
        "type": "library",
        "bom-ref": place,
        "name": part.name,
        "version": part.version,
        "description": part.description,
        "licenses": [{"expression": part.licence.replace('/', " OR ")}],
    });
    if !part.source.is_empty() {
        component["purl"] = place.into();
    }
    if !part.checksum.is_empty() {
        component["hashes"] = json!([{"alg": "SHA-256", "content": part.checksum}]);
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_with_licence_and_hash() {
        let part = Part {
            name: "fst".to_owned(),
            version: "0.4.7".to_owned(),
            licence: "Unlicense/MIT".to_owned(),
            source: "registry+https://github.com/rust-lang/crates.io-index".to_owned(),
            checksum: "7ab8".to_owned(),
            description: String::new(),
        };
        let bill: Value = serde_json::from_str(&of(&[part]).expect("a bill")).expect("JSON");
        let component = &bill["components"][0];
        assert_eq!(component["purl"], "pkg:cargo/fst@0.4.7");
        assert_eq!(component["licenses"][0]["expression"], "Unlicense OR MIT");
        assert_eq!(component["hashes"][0]["content"], "7ab8");
    }
}
