//! Where the root key comes from: a file on another device, a credential that systemd unsealed (a file with rules of
//! its own), a passphrase, or text that somebody else has read. The only part of the crate that touches the disk.
//!
//! A key is never made because one is missing: making it is a separate act of the setup.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::key::RawKey;
use crate::password::MIN_PASSWORD_CHARS;
use crate::root::RootKey;
use crate::{Entropy, Error, KeyFileProblem, SecretString};

/// Most bytes read from a key file: the written form takes 74.
const MAX_KEY_FILE_BYTES: u64 = 256;
/// Length of the salt of a passphrase in bytes.
pub const PASSPHRASE_SALT_BYTES: usize = 16;

/// Gives the root key at the start of the program.
pub trait KeySource {
    /// Reads or derives the key. Changes nothing anywhere.
    fn load(&self) -> Result<RootKey, Error>;
}

/// A key file with mode 0600 that belongs to the user running the program.
///
/// Accepted are 32 raw bytes, or two lines: 64 hexadecimal digits and their checksum.
#[derive(Clone, Debug)]
pub struct FileKey {
    path: PathBuf,
    kind: FileKind,
}

/// Whose file it is, which decides what rights it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    /// The user's own.
    Own,
    /// Laid down by systemd for this service.
    Credential,
}

impl FileKey {
    /// Names the file; nothing is read yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            kind: FileKind::Own,
        }
    }

    /// Names a credential in the directory that systemd prepared for the service (`$CREDENTIALS_DIRECTORY`).
    ///
    /// systemd leaves such a file to its own user and lets the service read it through an access list, whose mask then
    /// stands where the rights of the group stand: mode 0440, owner root. That is accepted here and nowhere else.
    pub fn credential(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            kind: FileKind::Credential,
        }
    }

    /// Where the key is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file in which a successor waits while the root key is exchanged: the same name with `.new` behind.
    pub fn successor(&self) -> Self {
        let mut name = self.path.clone().into_os_string();
        name.push(".new");
        Self::new(name)
    }

    /// Whether there is anything under this name.
    pub fn is_there(&self) -> bool {
        self.path.symlink_metadata().is_ok()
    }

    /// Puts the successor in the place of this file, durably. Either the old or the new file is there at any moment.
    pub fn succeed(&self) -> Result<(), Error> {
        let moved = std::fs::rename(self.successor().path, &self.path).and_then(|()| self.sync_directory());
        moved.map_err(|error| self.refuse(problem_of(&error)))
    }

    /// Takes away a successor that never came into force, durably.
    pub fn forget_successor(&self) -> Result<(), Error> {
        let gone = std::fs::remove_file(self.successor().path).and_then(|()| self.sync_directory());
        gone.map_err(|error| self.refuse(problem_of(&error)))
    }

    /// Writes a key that is known already into a new file and makes it durable. An existing file is never touched.
    pub fn write(&self, key: &RootKey) -> Result<(), Error> {
        self.write_new(key.to_lines().as_bytes())
            .map_err(|error| self.refuse(problem_of(&error)))
    }

    /// Writes a fresh key into a new file and makes it durable. An existing file is never touched.
    pub fn create(&self, entropy: &dyn Entropy) -> Result<RootKey, Error> {
        let key = RootKey::generate(entropy)?;
        self.write(&key)?;
        Ok(key)
    }

    /// Whether the file lies on another device than `data`; if not, a thief of the machine has both.
    pub fn is_apart_from(&self, data: &Path) -> Result<bool, Error> {
        let device = |path: &Path| {
            let metadata = std::fs::metadata(path).map_err(|error| Error::KeyFile {
                path: path.to_owned(),
                problem: problem_of(&error),
            })?;
            Ok(device_of(&metadata))
        };
        Ok(device(&self.path)? != device(data)?)
    }

    fn write_new(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.sync_directory()
    }

    /// The name itself must survive a power cut, too.
    fn sync_directory(&self) -> std::io::Result<()> {
        let directory = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
    }

    fn read(&self) -> Result<Zeroizing<Vec<u8>>, KeyFileProblem> {
        // Looked at before opening: opening a pipe would wait for ever.
        let metadata = std::fs::metadata(&self.path).map_err(|error| problem_of(&error))?;
        if !metadata.is_file() {
            return Err(KeyFileProblem::NotAFile);
        }
        let file = File::open(&self.path).map_err(|error| problem_of(&error))?;
        check_access(&file.metadata().map_err(|error| problem_of(&error))?, self.kind)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_FILE_BYTES as usize));
        file.take(MAX_KEY_FILE_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|error| problem_of(&error))?;
        Ok(bytes)
    }

    fn refuse(&self, problem: KeyFileProblem) -> Error {
        Error::KeyFile {
            path: self.path.clone(),
            problem,
        }
    }
}

impl KeySource for FileKey {
    fn load(&self) -> Result<RootKey, Error> {
        let bytes = self.read().map_err(|problem| self.refuse(problem))?;
        let key = RootKey::parse(&bytes).ok_or_else(|| self.refuse(KeyFileProblem::Malformed))?;
        let key = key.map_err(|_| self.refuse(KeyFileProblem::WrongChecksum))?;
        RootKey::accept(key).map_err(|_| self.refuse(KeyFileProblem::Predictable))
    }
}

/// A key whose written form somebody else has read: from the environment, or unwrapped by a key server.
#[derive(Clone, Debug)]
pub struct WrittenKey(SecretString);

impl WrittenKey {
    /// Takes 64 hexadecimal digits, with or without their checksum behind a space or a line end.
    pub fn new(text: SecretString) -> Self {
        Self(text)
    }

    /// The written form of a key, for a key server that keeps it wrapped.
    pub fn of(key: &RootKey) -> SecretString {
        SecretString::new(key.to_lines().to_string())
    }
}

impl KeySource for WrittenKey {
    fn load(&self) -> Result<RootKey, Error> {
        let key = RootKey::parse_words(self.0.expose()).ok_or(Error::MalformedKey)?;
        RootKey::accept(key.map_err(|_| Error::MalformedKey)?)
    }
}

/// How much work a guess of the passphrase costs. Kept by the caller beside the salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassphraseCost {
    /// Memory in KiB, 19 456 at least.
    pub memory_kib: u32,
    /// Passes over the memory, 2 at least.
    pub passes: u32,
}

impl PassphraseCost {
    /// Least accepted cost: 19 MiB and 2 passes.
    pub const LEAST: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
    };
    /// Cost for new installations: paid once at each start, so it may take about half a second.
    pub const USUAL: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
    };
    /// Greatest accepted cost: a damaged setting must not take all the memory of a small machine.
    pub const GREATEST: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 16,
    };
}

/// A passphrase typed by the owner, turned into the root key by Argon2id.
#[derive(Clone, Debug)]
pub struct PassphraseKey {
    /// What was typed.
    pub passphrase: SecretString,
    /// Salt of the installation, from [`PassphraseKey::new_salt`].
    pub salt: [u8; PASSPHRASE_SALT_BYTES],
    /// Cost chosen at the setup.
    pub cost: PassphraseCost,
}

impl PassphraseKey {
    /// Draws the salt of a new installation; the caller keeps it in its settings.
    pub fn new_salt(entropy: &dyn Entropy) -> Result<[u8; PASSPHRASE_SALT_BYTES], Error> {
        let mut salt = [0; PASSPHRASE_SALT_BYTES];
        entropy.fill(&mut salt)?;
        Ok(salt)
    }
}

impl KeySource for PassphraseKey {
    fn load(&self) -> Result<RootKey, Error> {
        let PassphraseCost { memory_kib, passes } = self.cost;
        let (least, greatest) = (PassphraseCost::LEAST, PassphraseCost::GREATEST);
        if !(least.memory_kib..=greatest.memory_kib).contains(&memory_kib)
            || !(least.passes..=greatest.passes).contains(&passes)
        {
            return Err(Error::PassphraseCost);
        }
        if self.passphrase.expose().chars().count() < MIN_PASSWORD_CHARS {
            return Err(Error::PassphraseTooShort);
        }
        let mut key = RawKey::default();
        let params = Params::new(memory_kib, passes, 1, Some(key.len())).map_err(|_| Error::PassphraseCost)?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.passphrase.expose().as_bytes(), &self.salt, &mut key[..])
            .map_err(|_| Error::PassphraseCost)?;
        RootKey::accept(key)
    }
}

fn problem_of(error: &std::io::Error) -> KeyFileProblem {
    match error.kind() {
        std::io::ErrorKind::NotFound => KeyFileProblem::Missing,
        std::io::ErrorKind::AlreadyExists => KeyFileProblem::Exists,
        kind => KeyFileProblem::Io(kind),
    }
}

#[cfg(unix)]
fn check_access(metadata: &std::fs::Metadata, kind: FileKind) -> Result<(), KeyFileProblem> {
    use std::os::unix::fs::MetadataExt as _;

    const ROOT: u32 = 0;
    let (mode, owner) = (metadata.mode() & 0o777, metadata.uid());
    let of_systemd = kind == FileKind::Credential && owner == ROOT;
    let closed_to = if of_systemd { 0o037 } else { 0o077 };
    if mode & closed_to != 0 {
        return Err(KeyFileProblem::OpenToOthers { mode });
    }
    if owner != rustix::process::geteuid().as_raw() && !of_systemd {
        return Err(KeyFileProblem::OtherOwner);
    }
    Ok(())
}

#[cfg(unix)]
fn device_of(metadata: &std::fs::Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::dev(metadata))
}

/// Elsewhere access is governed by lists that the setup checks by other means.
#[cfg(not(unix))]
fn check_access(_: &std::fs::Metadata, _: FileKind) -> Result<(), KeyFileProblem> {
    Ok(())
}

/// Unknown devices count as the same one, which is the warning case.
#[cfg(not(unix))]
fn device_of(_: &std::fs::Metadata) -> Option<u64> {
    None
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::SeededEntropy;

    fn problem(source: &FileKey) -> KeyFileProblem {
        match source.load() {
            Err(Error::KeyFile { problem, .. }) => problem,
            other => panic!("expected a refused key file, got {other:?}"),
        }
    }

    fn file_with(directory: &Path, name: &str, bytes: &[u8], mode: u32) -> FileKey {
        let path = directory.join(name);
        std::fs::write(&path, bytes).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        FileKey::new(path)
    }

    #[test]
    fn created_file_is_private_and_gives_the_same_key() {
        let directory = tempfile::tempdir().unwrap();
        let source = FileKey::new(directory.path().join("root.key"));
        let created = source.create(&SeededEntropy::new(1)).unwrap();
        assert_eq!(source.load().unwrap().raw(), created.raw());
        let mode = std::fs::metadata(&source.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let again = source.create(&SeededEntropy::new(2));
        assert!(matches!(
            again,
            Err(Error::KeyFile {
                problem: KeyFileProblem::Exists,
                ..
            })
        ));
        assert_eq!(source.load().unwrap().raw(), created.raw());
    }

    #[test]
    fn bad_key_files_are_refused_each_for_its_reason() {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path();
        let key = RootKey::generate(&SeededEntropy::new(1)).unwrap();
        let good = key.to_lines();
        let digits = good.lines().next().unwrap();
        let mistyped = good.replacen(&digits[..1], if digits.starts_with('0') { "1" } else { "0" }, 1);
        let zeros = RootKey::parse(&[0; 32]).unwrap().unwrap();
        let cases: [(&str, &[u8], u32, KeyFileProblem); 11] = [
            (
                "world",
                good.as_bytes(),
                0o644,
                KeyFileProblem::OpenToOthers { mode: 0o644 },
            ),
            (
                "group",
                good.as_bytes(),
                0o640,
                KeyFileProblem::OpenToOthers { mode: 0o640 },
            ),
            (
                "writable",
                good.as_bytes(),
                0o602,
                KeyFileProblem::OpenToOthers { mode: 0o602 },
            ),
            ("empty", b"", 0o600, KeyFileProblem::Malformed),
            ("short", &key.raw()[..31], 0o600, KeyFileProblem::Malformed),
            ("long", &[7; 300], 0o600, KeyFileProblem::Malformed),
            ("no-checksum", digits.as_bytes(), 0o600, KeyFileProblem::Malformed),
            ("cut", &good.as_bytes()[1..], 0o600, KeyFileProblem::Malformed),
            ("mistyped", mistyped.as_bytes(), 0o600, KeyFileProblem::WrongChecksum),
            ("zeros", &zeros[..], 0o600, KeyFileProblem::Predictable),
            ("text", "ключ".as_bytes(), 0o600, KeyFileProblem::Malformed),
        ];
        for (name, bytes, mode, expected) in cases {
            assert_eq!(problem(&file_with(place, name, bytes, mode)), expected, "{name}");
        }
        assert_eq!(problem(&FileKey::new(place.join("none"))), KeyFileProblem::Missing);
        assert_eq!(problem(&FileKey::new(place)), KeyFileProblem::NotAFile);
    }

    #[test]
    fn raw_bytes_of_a_sealed_credential_are_accepted() {
        let directory = tempfile::tempdir().unwrap();
        let key = RootKey::generate(&SeededEntropy::new(1)).unwrap();
        let source = file_with(directory.path(), "credential", &key.raw()[..], 0o400);
        assert_eq!(source.load().unwrap().raw(), key.raw());
    }

    #[test]
    fn key_beside_the_data_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let source = FileKey::new(directory.path().join("root.key"));
        source.create(&SeededEntropy::new(1)).unwrap();
        assert_eq!(source.is_apart_from(directory.path()), Ok(false));
        assert_eq!(source.is_apart_from(Path::new("/proc")), Ok(true));
    }

    #[test]
    fn passphrase_gives_one_key_per_salt_and_refuses_weak_settings() {
        let source = |passphrase: &str, salt: u8, cost| PassphraseKey {
            passphrase: SecretString::new(passphrase),
            salt: [salt; PASSPHRASE_SALT_BYTES],
            cost,
        };
        let load = |phrase, salt| {
            source(phrase, salt, PassphraseCost::LEAST)
                .load()
                .unwrap()
                .raw()
                .clone()
        };
        assert_eq!(load("шесть тихих слов", 1), load("шесть тихих слов", 1));
        assert_ne!(load("шесть тихих слов", 1), load("шесть тихих слов", 2));
        assert_ne!(load("шесть тихих слов", 1), load("шесть тихих снов", 1));
        let weak = PassphraseCost {
            memory_kib: 1024,
            passes: 2,
        };
        let costs = [
            weak,
            PassphraseCost {
                passes: 1,
                ..PassphraseCost::LEAST
            },
            PassphraseCost {
                memory_kib: u32::MAX,
                passes: 2,
            },
        ];
        for cost in costs {
            assert!(matches!(
                source("шесть тихих слов", 1, cost).load(),
                Err(Error::PassphraseCost)
            ));
        }
        let short = source("слово", 1, PassphraseCost::LEAST).load();
        assert!(matches!(short, Err(Error::PassphraseTooShort)));
    }
}
