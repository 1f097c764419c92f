//! Styles, scripts and icons, built into the program. Their addresses carry a hash of the content, so browsers keep them
//! for good and a new release is fetched at once.

use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Hash digits in an address: enough to tell releases apart.
const HASH_DIGITS: usize = 12;

struct Asset {
    name: &'static str,
    kind: &'static str,
    body: &'static [u8],
    hash: String,
}

macro_rules! assets {
    ($($name:literal = $kind:literal;)*) => {
        static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| vec![$({
            let body: &'static [u8] = include_bytes!(concat!("../../assets/", $name));
            Asset { name: $name, kind: $kind, body, hash: hash_of(body) }
        }),*]);
    };
}

assets! {
    "shirma.css" = "text/css; charset=utf-8";
    "desk.js" = "text/javascript; charset=utf-8";
    "chat.js" = "text/javascript; charset=utf-8";
    "embed.js" = "text/javascript; charset=utf-8";
    "icons.svg" = "image/svg+xml";
    "icon.svg" = "image/svg+xml";
}

fn hash_of(body: &[u8]) -> String {
    let mut digits = shirma_vault::hex(&shirma_vault::sha256(body));
    digits.truncate(HASH_DIGITS);
    digits
}

fn asset(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The address of an asset, with its hash. Templates name assets that exist; a test walks them.
pub fn url(name: &str) -> String {
    match asset(name) {
        Some(asset) => format!("/assets/{name}?v={}", asset.hash),
        None => format!("/assets/{name}"),
    }
}

/// `GET /assets/{name}`.
pub async fn get(Path(name): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let Some(asset) = asset(&name) else {
        return super::fault::Refusal::NotFound.into_response();
    };
    let tag = format!("\"{}\"", asset.hash);
    let is_exact = query.as_deref().and_then(|query| query.strip_prefix("v=")) == Some(asset.hash.as_str());
    let keep = if is_exact {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300"
    };
    // Pages of other sites load this one script; nothing else may be used from outside.
    let reach = if asset.name == "embed.js" {
        "cross-origin"
    } else {
        "same-origin"
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let about = [
        (header::CONTENT_TYPE, asset.kind.to_owned()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::ETAG, tag),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            reach.to_owned(),
        ),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, asset.body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_named_in_a_template_or_style_exists() {
        let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut named = 0;
        for entry in std::fs::read_dir(templates).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for piece in text.split("asset::url(\"").skip(1) {
                let name = piece.split('"').next().unwrap();
                assert!(asset(name).is_some(), "{name}");
                named += 1;
            }
        }
        assert!(named >= 4);
    }

    #[test]
    fn an_address_changes_with_the_content() {
        assert_ne!(hash_of(b"a"), hash_of(b"b"));
        assert!(url("shirma.css").starts_with("/assets/shirma.css?v="));
        assert_eq!(url("shirma.css"), url("shirma.css"));
    }

    #[test]
    fn the_desk_script_stays_readable_in_one_sitting() {
        assert!(include_str!("../../assets/desk.js").lines().count() <= 400);
    }
}
