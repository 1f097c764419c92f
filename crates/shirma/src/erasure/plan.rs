//! What becomes of each table that knows a person when he is erased. A test holds the list against the schema of both
//! engines: a table that names a person or a dialog and is not here fails it.

/// What becomes of a person's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Deleted.
    Deleted,
    /// The row stays without everything that is his, and this is why.
    Stripped(&'static str),
}

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Its name.
    pub table: &'static str,
    /// What it holds, in the words of the certificate.
    pub holds: &'static str,
    /// What becomes of it.
    pub fate: Fate,
}

const fn deleted(table: &'static str, holds: &'static str) -> Line {
    Line {
        table,
        holds,
        fate: Fate::Deleted,
    }
}

const fn stripped(table: &'static str, holds: &'static str, why: &'static str) -> Line {
    Line {
        table,
        holds,
        fate: Fate::Stripped(why),
    }
}

/// Every table with a person in it, in the order in which rows may go: who refers to another goes first.
pub const PLAN: &[Line] = &[
    deleted("job", "задания программе"),
    deleted("outbox", "неотправленные сообщения"),
    deleted("dialog_token", "соответствие кодов и значений"),
    deleted("dialog_memory", "память помощника"),
    deleted("audit_detail", "пояснения сотрудников к журналу"),
    // 152-FZ art. 9 (3): the operator proves that there was consent; «Росархив» № 236, 441: three years after it ended.
    stripped(
        "consent_receipt",
        "слова в подтверждениях согласия",
        "что согласие было, какое и когда — три года после отзыва (152-ФЗ, ст. 9 ч. 3)",
    ),
    // 152-FZ art. 20, 21: the answer to a request has to be shown.
    stripped(
        "subject_request",
        "связь запросов человека с перепиской",
        "что запрос был, какой и к какому сроку — чтобы показать, что он исполнен",
    ),
    deleted("enquiry", "обращения и записи"),
    deleted("message", "переписка"),
    deleted("dialog", "диалоги"),
    deleted("visitor", "посетитель страницы чата"),
    deleted("identity", "учётные записи в мессенджерах"),
    deleted("blind_index", "указатели для поиска"),
    deleted("same_person_hint", "догадки о похожих карточках"),
    deleted("subject_field", "имя, телефон, почта"),
    stripped(
        "subject",
        "карточка",
        "пустая карточка с кодом: на неё ссылается журнал, который нельзя менять",
    ),
];
