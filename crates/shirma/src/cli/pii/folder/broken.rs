//! Why a file could not be masked; names nothing of what stands in it.

use std::io;

/// Larger files are no text somebody wrote; they are named and left out.
pub(super) const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Broken {
    #[error("не читается: {}", spoken(.0))]
    Read(io::ErrorKind),
    #[error("копия не записана: {}", spoken(.0))]
    Written(io::ErrorKind),
    #[error("файл соответствий не читается или не пишется")]
    Map,
    #[error("больше {} МБ", FILE_BYTES_MAX / 1024 / 1024)]
    TooLarge,
    #[error("папки вложены слишком глубоко")]
    TooDeep,
    #[error("это не текст")]
    NotText,
    #[error("это не JSON")]
    NotJson,
    #[error("JSON вложен слишком глубоко")]
    JsonTooDeep,
    #[error("это не книга с таблицами, или она под паролем")]
    NotWorkbook,
    #[error("в книге больше листов, ячеек или текста, чем можно прочитать")]
    WorkbookTooLarge,
    #[error("это не архив zip, или он испорчен")]
    NotArchive,
    #[error("в архиве больше файлов или текста, чем можно прочитать")]
    ArchiveTooLarge,
    #[error("файл в архиве под паролем")]
    Locked,
    #[error("файл не удалось разобрать")]
    Unforeseen,
}

/// What the system says, in the owner's words.
fn spoken(kind: &io::ErrorKind) -> String {
    match kind {
        io::ErrorKind::PermissionDenied => "нет прав".to_owned(),
        io::ErrorKind::NotFound => "файла или папки уже нет".to_owned(),
        io::ErrorKind::StorageFull => "на диске нет места".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "сюда нельзя писать".to_owned(),
        kind => format!("ошибка системы ({kind})"),
    }
}
