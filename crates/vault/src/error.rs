//! What can go wrong in the vault. No variant carries a value, a key or a password.

use std::path::PathBuf;

/// The error of this crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The operating system gives no random bytes; nothing may be sealed.
    #[error("the system gives no random bytes")]
    EntropyUnavailable,
    /// A key file cannot be used.
    #[error("the key file {path} cannot be used: {problem}", path = path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: KeyFileProblem,
    },
    /// A root key of one repeated byte: a placeholder, not a key.
    #[error("the root key is a placeholder, not a random key")]
    PredictableKey,
    /// A key given as text is not 64 hexadecimal digits, or its checksum does not fit.
    #[error("the key given as text has not the form of a key")]
    MalformedKey,
    /// The passphrase is shorter than [`MIN_PASSWORD_CHARS`](crate::MIN_PASSWORD_CHARS).
    #[error("the passphrase is too short")]
    PassphraseTooShort,
    /// The cost of a passphrase derivation lies outside the accepted range.
    #[error("the cost of the passphrase derivation is out of range")]
    PassphraseCost,
    /// The root key is not the one the keyring was made with, or the keyring is of another installation.
    #[error("the root key does not belong to this keyring")]
    WrongRootKey,
    /// The keyring has no usable key for a purpose or version.
    #[error("the keyring has no key `{id}`")]
    MissingKey {
        /// Id of the key.
        id: String,
    },
    /// Two rows of the keyring have the same id, or two versions are active at once.
    #[error("the keyring contradicts itself at the key `{id}`")]
    AmbiguousKey {
        /// Id of the key.
        id: String,
    },
    /// A wrapped key does not open: it was altered, moved or cut.
    #[error("the wrapped key `{id}` is damaged")]
    DamagedKey {
        /// Id of the key.
        id: String,
    },
    /// The key was destroyed on purpose.
    #[error("the key `{id}` is destroyed")]
    DestroyedKey {
        /// Id of the key.
        id: String,
    },
    /// An active key cannot be destroyed; rotate first.
    #[error("the key `{id}` is active")]
    ActiveKey {
        /// Id of the key.
        id: String,
    },
    /// No further version of a key: the counter is exhausted.
    #[error("the key `{id}` has no further version")]
    VersionsExhausted {
        /// Id of the newest key.
        id: String,
    },
    /// A sealed value does not open in this cell: integrity alarm. It was altered, cut, extended or moved.
    #[error("the sealed value of {table}.{column}, row {row}, is damaged")]
    Damaged {
        /// Table of the cell.
        table: &'static str,
        /// Column of the cell.
        column: &'static str,
        /// Row of the cell.
        row: i64,
    },
    /// The value was sealed by another generation of the key.
    #[error("the value is sealed by key generation {stored}, not {offered}")]
    OtherGeneration {
        /// Generation in the envelope.
        stored: u16,
        /// Generation of the key.
        offered: u16,
    },
    /// The key belongs to another subject than the cell.
    #[error("the key of subject {key} was offered for a cell of subject {cell}")]
    OtherSubject {
        /// Subject of the key.
        key: i64,
        /// Subject of the cell.
        cell: i64,
    },
    /// A value longer than [`MAX_VALUE_BYTES`](crate::MAX_VALUE_BYTES).
    #[error("a value of {size_bytes} bytes is too large to be sealed in one piece")]
    TooLarge {
        /// Its length.
        size_bytes: usize,
    },
    /// A text was asked for, but the value is not UTF-8.
    #[error("the sealed value is not text")]
    NotText,
    /// A password shorter than [`MIN_PASSWORD_CHARS`](crate::MIN_PASSWORD_CHARS).
    #[error("the password is too short")]
    PasswordTooShort,
    /// A password longer than [`MAX_PASSWORD_BYTES`](crate::MAX_PASSWORD_BYTES).
    #[error("the password is too long")]
    PasswordTooLong,
    /// A password that everybody tries first.
    #[error("the password is too common")]
    CommonPassword,
    /// A stored password hash cannot be read.
    #[error("the stored password hash is damaged")]
    DamagedPasswordHash,
    /// The stored secret of a second factor is not one of ours.
    #[error("the secret of one-time codes is damaged")]
    DamagedCodeSecret,
    /// A sealed file does not open: a part is altered, missing, doubled or out of order.
    #[error("part {part} of the sealed file is damaged")]
    DamagedFile {
        /// Number of the part, from 0.
        part: u32,
    },
}

/// Why a key file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileProblem {
    /// There is no such file.
    #[error("it does not exist")]
    Missing,
    /// A new key would overwrite a file.
    #[error("it exists already")]
    Exists,
    /// A directory, device or pipe.
    #[error("it is not a regular file")]
    NotAFile,
    /// Others than the owner may read or write it.
    #[error("its mode {mode:o} lets others in, 600 is needed")]
    OpenToOthers {
        /// The permission bits.
        mode: u32,
    },
    /// It belongs to another user than the one running the program.
    #[error("it belongs to another user")]
    OtherOwner,
    /// Neither 32 raw bytes nor a line of 64 hexadecimal digits with a checksum line.
    #[error("it has not the form of a key")]
    Malformed,
    /// The checksum line does not fit the key line: a typing or copying mistake.
    #[error("its checksum does not fit")]
    WrongChecksum,
    /// A placeholder instead of a random key.
    #[error("it holds a placeholder")]
    Predictable,
    /// The system refuses to read or write it.
    #[error("the system reports: {0}")]
    Io(std::io::ErrorKind),
}
