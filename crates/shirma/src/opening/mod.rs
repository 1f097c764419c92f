//! Opening the house: settings → databases → vault → assistant's base → channels → model → [`App`].
//!
//! Refuses to open rather than to run half: no key, wrong key, data without keys, a second copy, an unreadable base.

mod key_server;
mod outside;
mod root;
mod rows;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use shirma_pii::{Detector, KnownPerson};
use shirma_store::{Migration, Schema, Store, Target};
use shirma_vault::{Entropy, SystemEntropy};

use crate::app::{App, Fault};
use crate::assistant::{Base, BaseError};
use crate::audit;
use crate::clock::{Clock, SystemClock};
use crate::consent;
use crate::consent::document::Purpose;
use crate::live::Feed;
use crate::settings::{Secrets, Settings, StorageEngine};
use crate::vault::{self, SetupError};

pub use key_server::KeyServerError;
pub use root::{key as root_key, restore as restore_root};

macro_rules! migrations {
    ($folder:literal: $($version:literal $name:literal $file:literal,)*) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!("../../migrations/", $folder, "/", $file, ".sql")),
        }),*]
    };
}

/// The data store.
pub const DATA: Schema = Schema {
    name: "data",
    migrations: migrations! {"data":
        1 "spine" "0001_spine",
        2 "details" "0002_details",
        3 "index versions" "0003_index_versions",
        4 "rights" "0004_rights",
        5 "second_factor" "0005_second_factor",
        6 "anchors" "0006_anchors",
    },
    audit: true,
};

/// The key store.
pub const KEYS: Schema = Schema {
    name: "keys",
    migrations: migrations! {"keys":
        1 "keyring" "0001_keyring",
        2 "rotation and erasure" "0002_rotation_and_erasure",
    },
    audit: false,
};

/// Why the house does not open. Texts are for developers; `cli::words` says them in Russian.
#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    /// The data folder cannot be made or read.
    #[error("the folder {path} cannot be used")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A database.
    #[error("a database does not open")]
    Store(#[from] shirma_store::Error),
    /// Keys.
    #[error("the vault does not open")]
    Vault(#[from] SetupError),
    /// The assistant's base.
    #[error("the assistant's base is unreadable")]
    Base(#[from] BaseError),
    /// An account without its secret, or a wrong address.
    #[error("a channel or model is set up wrong: {0}")]
    Outside(String),
    /// The first transaction.
    #[error("the first entry cannot be written")]
    Fault(#[from] Fault),
    /// The journal must not be served as it is.
    #[error("the journal is not to be gone on with")]
    Journal(#[from] audit::Alarm),
    /// The key server.
    #[error("the key server gives no key: {0}")]
    KeyServer(#[from] KeyServerError),
    /// The program was not started by systemd with credentials.
    #[error("there is no directory of credentials")]
    NoCredentials,
    /// The variable with the root key is not set.
    #[error("the variable {0} is not set")]
    NoVariable(&'static str),
    /// A secret named in the settings is missing.
    #[error("a secret is missing: {0}")]
    Secret(&'static str),
}

/// Opens everything. Blocks; call it before the runtime serves.
///
/// # Errors
/// [`OpeningError`].
pub fn open(settings: Settings, secrets: &Secrets) -> Result<Arc<App>, OpeningError> {
    open_accepting(settings, secrets, None)
}

/// Opens everything; with a reason, also over a journal that was put back to an older state.
///
/// # Errors
/// [`OpeningError`].
pub fn open_accepting(settings: Settings, secrets: &Secrets, reason: Option<&str>) -> Result<Arc<App>, OpeningError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let (data, vault) = open_stores(&settings, secrets, &clock, &entropy)?;
    // Before the first entry of this run: nothing may be written on top of a wrong journal.
    let trust = audit::Trust::of(&vault);
    let copies = audit::anchor::reachable(&settings, &trust.origin, false);
    if let Err(alarm) = audit::look(&data, &trust, copies)? {
        let (audit::Alarm::RolledBack { .. }, Some(reason)) = (&alarm, reason) else {
            return Err(alarm.into());
        };
        let copies = audit::anchor::reachable(&settings, &trust.origin, true);
        audit::accept_rollback(&data, &vault, &entropy, copies, reason, clock.now_ms())??;
    }
    let base = open_base(&settings)?;
    let detector = detector(&settings, &base)?;
    let (channels, model) = outside::open(&settings, secrets, &detector, &base)?;
    let app = Arc::new(App {
        settings,
        data,
        vault,
        clock,
        entropy,
        live: Feed::default(),
        channels,
        base,
        detector,
        model,
        last_id: std::sync::atomic::AtomicI64::new(0),
        refusals: crate::rate::RefusalMeter::default(),
        forgeries: crate::rate::forgeries(),
        events: crate::rate::events(),
        work: Arc::new(tokio::sync::Notify::new()),
        keys_wanted: Arc::new(tokio::sync::Notify::new()),
    });
    let rooms = Arc::clone(&app);
    app.data.write_blocking(move |tx| -> Result<(), Fault> {
        for purpose in Purpose::ALL {
            consent::publish(&rooms, tx, &rooms.consent_document(purpose))?;
        }
        Ok(())
    })?;
    Ok(app)
}

/// Finds numbers of the company's own, and those who work here by their names.
fn detector(settings: &Settings, base: &Base) -> Result<Detector, OpeningError> {
    let staff: Vec<KnownPerson> = base
        .staff
        .iter()
        .map(|name| KnownPerson {
            name: name.clone(),
            gender: None,
        })
        .collect();
    let own = settings
        .detector()
        .map_err(|error| OpeningError::Outside(error.to_string()))?;
    Ok(own.with_known(&staff))
}

/// Whether the house was opened before. Makes and changes nothing.
///
/// # Errors
/// [`OpeningError`] when a database cannot be asked.
pub fn is_there(settings: &Settings, secrets: &Secrets) -> Result<bool, OpeningError> {
    let (data, keys) = targets(settings, secrets)?;
    // Data without keys count: what is missing is told when they are opened.
    Ok(Store::is_there(&data)? || Store::is_there(&keys)?)
}

/// Opens the data alone: for a checker who holds a public key and no secret.
///
/// # Errors
/// [`OpeningError`].
pub fn open_data(settings: &Settings, secrets: &Secrets) -> Result<Store, OpeningError> {
    let (data, _) = targets(settings, secrets)?;
    Ok(Store::open(&data, &DATA)?)
}

/// Opens the two databases and the vault over them.
///
/// # Errors
/// [`OpeningError`].
pub fn open_stores(
    settings: &Settings,
    secrets: &Secrets,
    clock: &Arc<dyn Clock>,
    entropy: &Arc<dyn Entropy>,
) -> Result<(Store, vault::Vault), OpeningError> {
    let (data_target, keys_target) = targets(settings, secrets)?;
    let data_is_there = Store::is_there(&data_target)?;
    let keys_are_there = Store::is_there(&keys_target)?;
    if data_is_there && !keys_are_there {
        return Err(SetupError::DataWithoutKeys.into());
    }
    // The key before the databases: what is wrong with it is told before anything is touched.
    let source = root::source(settings, secrets, keys_are_there, entropy.as_ref())?;
    make_folder(settings.data_folder())?;
    // The keys before the data: a start that breaks off leaves keys that seal nothing, never data without keys.
    let keys = Store::open(&keys_target, &KEYS)?;
    let vault = vault::open(&source, keys, !data_is_there, Arc::clone(entropy), Arc::clone(clock))?;
    let data = Store::open(&data_target, &DATA)?;
    let installation = vault.keyring().installation().to_owned();
    if !data.write_blocking(move |tx| rows::belongs_to(tx, &installation))? {
        return Err(SetupError::OtherInstallation.into());
    }
    Ok((data, vault))
}

fn make_folder(path: &Path) -> Result<(), OpeningError> {
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| OpeningError::Folder {
        path: path.to_path_buf(),
        source,
    })
}

fn targets(settings: &Settings, secrets: &Secrets) -> Result<(Target, Target), OpeningError> {
    let folder = settings.data_folder();
    match settings.storage.engine {
        StorageEngine::Sqlite => Ok((
            Target::Sqlite {
                path: folder.join("data.db"),
            },
            Target::Sqlite {
                path: folder.join("keys.db"),
            },
        )),
        StorageEngine::Postgres => {
            let url = |secret: &Option<shirma_vault::SecretString>, name| {
                secret
                    .as_ref()
                    .map(|url| url.expose().to_owned())
                    .ok_or(OpeningError::Secret(name))
            };
            Ok((
                Target::Postgres {
                    url: url(&secrets.data_url, "storage.data_url")?,
                    schema: "shirma_data".to_owned(),
                },
                Target::Postgres {
                    url: url(&secrets.keys_url, "storage.keys_url")?,
                    schema: "shirma_keys".to_owned(),
                },
            ))
        }
    }
}

/// Reads the owner's base; the first start lays down the sample for him to edit.
fn open_base(settings: &Settings) -> Result<Base, OpeningError> {
    let path = settings.data_folder().join(&settings.assistant.base);
    if !path.exists() {
        std::fs::write(&path, crate::assistant::SAMPLE).map_err(|source| OpeningError::Folder {
            path: path.clone(),
            source,
        })?;
    }
    let text = std::fs::read_to_string(&path).map_err(|source| OpeningError::Folder { path, source })?;
    Ok(Base::parse(&text)?)
}
