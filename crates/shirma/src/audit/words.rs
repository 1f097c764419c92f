//! What the owner reads when a bot sends him a copy of a checkpoint.

use shirma_store::KeptCheckpoint;

/// What the owner gets: what it is, and the note itself.
pub fn message(kept: &KeptCheckpoint) -> String {
    format!(
        "Отметка журнала Ширмы, записей: {}. Не удаляйте это сообщение: по нему видно, если журнал подменят. \
         Для проверки сохраните текст в файл и запустите shirma audit verify --anchors ПАПКА\n\n{}",
        kept.size, kept.note
    )
}
