//! Key source `vault`: a key server with the transit protocol of OpenBao and Vault unwraps the root key at each start.
//!
//! Here lies only the wrapped key, `vault:v1:…`, in a file beside the other keys; whoever takes the machine away from its
//! network has nothing. A server that does not answer stops the start: there is no copy to fall back on.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use shirma_vault::{Entropy, KeySource, RootKey, SecretString, WrittenKey};
use shirma_wire::{Client, Destination, Limits, Method, Private, Request};

use super::OpeningError;
use crate::file;
use crate::settings::{Secrets, Settings};
use crate::vault::SetupError;

/// Name of the destination in the guarded client.
const DESTINATION: &str = "key-server";
/// Answers are a line of JSON.
const ANSWER_BYTES: usize = 64 * 1024;
/// How everything begins that a transit engine wrapped.
const WRAPPED: &str = "vault:v";

/// Why the key server gave no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyServerError {
    /// The address in the settings is none that may be called.
    #[error("its address cannot be used")]
    Address,
    /// It does not answer.
    #[error("it does not answer")]
    Unreachable,
    /// It answers no: a wrong token, another key.
    #[error("it refuses with status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// Its answer is not one of the protocol.
    #[error("its answer is not understood")]
    Answer,
    /// There are keys, but the file with the wrapped root key is not there.
    #[error("{path} is not there", path = .path.display())]
    NoWrapped {
        /// The file.
        path: PathBuf,
    },
    /// The file holds something else.
    #[error("{path} holds no wrapped key", path = .path.display())]
    NotWrapped {
        /// The file.
        path: PathBuf,
    },
}

#[derive(Serialize)]
struct Wrap<'a> {
    plaintext: &'a str,
}

#[derive(Serialize)]
struct Unwrap<'a> {
    ciphertext: &'a str,
}

#[derive(Deserialize)]
struct Answer<T> {
    data: T,
}

#[derive(Deserialize)]
struct Plain {
    plaintext: String,
}

#[derive(Deserialize)]
struct Wrapped {
    ciphertext: String,
}

/// The root key as the server unwraps it. Where there are no keys yet, a new one is made, wrapped and laid down first.
///
/// # Errors
/// [`OpeningError::KeyServer`]; nothing was changed then.
pub(super) fn root_key(
    settings: &Settings,
    secrets: &Secrets,
    keys_are_there: bool,
    entropy: &dyn Entropy,
) -> Result<RootKey, OpeningError> {
    let token = secrets.vault_token.as_ref();
    let server = Server::new(settings, token.ok_or(OpeningError::Secret("keys.vault_token"))?)?;
    let path = settings.wrapped_key_file();
    match std::fs::read_to_string(&path) {
        Ok(text) => server.unwrap(text.trim(), &path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !keys_are_there => {
            let key = RootKey::generate(entropy).map_err(SetupError::from)?;
            let wrapped = server.wrap(&key)?;
            file::create(&path, format!("{wrapped}\n").as_bytes())
                .map_err(|source| OpeningError::Folder { path, source })?;
            Ok(key)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(KeyServerError::NoWrapped { path }.into()),
        Err(source) => Err(OpeningError::Folder { path, source }),
    }
}

struct Server<'a> {
    wire: Client,
    key: &'a str,
    token: &'a SecretString,
}

impl<'a> Server<'a> {
    fn new(settings: &'a Settings, token: &'a SecretString) -> Result<Self, KeyServerError> {
        let mut place = Destination::new(DESTINATION, settings.keys.vault_url.trim_end_matches('/'));
        // A key server stands in the house more often than not; clear text goes no further than the house.
        place.private_networks = Private::Allowed;
        place.limits = Limits {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(15),
            response_bytes: ANSWER_BYTES,
        };
        Ok(Self {
            wire: Client::new(vec![place]).map_err(|_| KeyServerError::Address)?,
            key: &settings.keys.vault_key,
            token,
        })
    }

    fn wrap(&self, key: &RootKey) -> Result<String, KeyServerError> {
        let plaintext = SecretString::new(BASE64.encode(WrittenKey::of(key).expose()));
        let body = Wrap {
            plaintext: plaintext.expose(),
        };
        let answer: Answer<Wrapped> = self.ask("encrypt", &body)?;
        let wrapped = answer.data.ciphertext;
        if wrapped.starts_with(WRAPPED) {
            Ok(wrapped)
        } else {
            Err(KeyServerError::Answer)
        }
    }

    fn unwrap(&self, wrapped: &str, path: &Path) -> Result<RootKey, OpeningError> {
        if !wrapped.starts_with(WRAPPED) {
            return Err(KeyServerError::NotWrapped { path: path.to_owned() }.into());
        }
        let answer: Answer<Plain> = self.ask("decrypt", &Unwrap { ciphertext: wrapped })?;
        let plain = SecretString::new(answer.data.plaintext);
        let bytes = BASE64.decode(plain.expose()).map_err(|_| KeyServerError::Answer)?;
        // An owner may have wrapped 32 bytes of his own.
        if let Ok(raw) = <[u8; 32]>::try_from(bytes.as_slice()) {
            return Ok(RootKey::from_bytes(raw).map_err(SetupError::from)?);
        }
        let text = String::from_utf8(bytes).map_err(|_| KeyServerError::Answer)?;
        let key = WrittenKey::new(SecretString::new(text)).load();
        Ok(key.map_err(SetupError::from)?)
    }

    /// One call of the transit engine. Blocks; the house is not open yet.
    fn ask<T: for<'de> Deserialize<'de>>(&self, act: &str, body: &impl Serialize) -> Result<T, KeyServerError> {
        let body = serde_json::to_vec(body).map_err(|_| KeyServerError::Answer)?;
        let request = Request::new(DESTINATION, Method::Post, format!("/v1/transit/{act}/{}", self.key))
            .header("x-vault-token", self.token.expose())
            .json(body);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|_| KeyServerError::Unreachable)?;
        let answer = runtime.block_on(self.wire.send(request)).map_err(|error| match error {
            shirma_wire::Error::BadRequest { .. }
            | shirma_wire::Error::BadDestination { .. }
            | shirma_wire::Error::UnknownDestination { .. }
            | shirma_wire::Error::Withheld { .. } => KeyServerError::Address,
            shirma_wire::Error::TooLarge { .. } => KeyServerError::Answer,
            shirma_wire::Error::Connect { .. }
            | shirma_wire::Error::Forbidden { .. }
            | shirma_wire::Error::Timeout { .. }
            | shirma_wire::Error::Broken { .. } => KeyServerError::Unreachable,
        })?;
        if !answer.is_success() {
            return Err(KeyServerError::Refused { status: answer.status });
        }
        serde_json::from_slice(&answer.body).map_err(|_| KeyServerError::Answer)
    }
}
