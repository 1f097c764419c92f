//! `shirma.toml` → checked settings. Every key is optional: with no file at all the program runs.
//!
//! An unknown key stops the start and names the nearest known one; secrets stand in a second file
//! (`shirma.secrets.toml`, mode 0600) so that the first one may be shown to anybody.

mod access;
mod assistant;
mod file;
mod journal;
mod keys;
mod messenger;
mod model;
mod operator;
mod recognizer;
mod secrets;
mod site;
mod storage;
mod words;

use std::path::{Path, PathBuf};

pub use access::SecondFactorRule;
pub use assistant::AssistantMode;
pub use file::{Environment, Settings};
pub use keys::{KeysFile, KeysSource};
pub use messenger::{ListenMode, MessengerSettings};
pub use model::{ConsentRule, ModelSettings};
pub use operator::OperatorSettings;
pub use recognizer::RecognizerSettings;
pub use secrets::{MessengerSecrets, ROOT_KEY_VARIABLE, Secrets};
pub use site::FormSettings;
pub use storage::StorageEngine;

pub(crate) use file::wrong;

/// Why the settings cannot be used. Texts are Russian: the owner reads them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file named on the command line is not there or unreadable.
    #[error("{}", words::unreadable(.path, .source))]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not TOML, a wrong type, or an unknown key.
    #[error("{}", words::wrong(.path, *.line, .what))]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// Line, from 1, where known.
        line: Option<usize>,
        /// What is wrong and what to write.
        what: String,
    },
    /// The secrets file can be read by others.
    #[error("{}", words::open_to_others(.path))]
    OpenToOthers {
        /// Which file.
        path: PathBuf,
    },
    /// Keys that contradict each other.
    #[error("{}", words::contradiction(.what))]
    Contradiction {
        /// What and what to do.
        what: String,
    },
}

/// Reads the settings alone. `path` `None` means `shirma.toml` in the working folder if it is there, else defaults.
///
/// # Errors
/// [`Error`].
pub fn read(path: Option<&Path>) -> Result<Settings, Error> {
    read_with_folder(path).map(|(settings, _)| settings)
}

/// Reads settings and secrets. `path` `None` means `shirma.toml` in the working folder if it is there, else defaults.
///
/// # Errors
/// [`Error`]; nothing has been created or changed then.
pub fn load(path: Option<&Path>) -> Result<(Settings, Secrets), Error> {
    let (settings, folder) = read_with_folder(path)?;
    let secrets = secrets::load(&folder.join(&settings.secrets_file))?;
    Ok((settings, secrets))
}

/// The settings and the folder they lie in.
fn read_with_folder(path: Option<&Path>) -> Result<(Settings, PathBuf), Error> {
    let usual = Path::new("shirma.toml");
    let chosen = match path {
        Some(path) => Some(path.to_path_buf()),
        None => usual.exists().then(|| usual.to_path_buf()),
    };
    let (settings, folder) = match chosen {
        Some(path) => {
            let text = std::fs::read_to_string(&path).map_err(|source| Error::Unreadable {
                path: path.clone(),
                source,
            })?;
            let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
            (file::parse(&path, &text)?, folder)
        }
        None => (Settings::default(), PathBuf::new()),
    };
    settings.check().map_err(|what| Error::Contradiction { what })?;
    Ok((settings, folder))
}
