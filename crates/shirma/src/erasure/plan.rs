//! What becomes of each table that knows a person when he is erased. A test holds the list against the schema of both
//! engines: a table that names a person or a dialog and is not here fails it. What it holds is said in `words.rs`.

/// What becomes of a person's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Deleted.
    Deleted,
    /// The row stays without everything that is his; `words.rs` says why.
    Stripped,
}

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Its name.
    pub table: &'static str,
    /// What becomes of it.
    pub fate: Fate,
}

const fn deleted(table: &'static str) -> Line {
    Line {
        table,
        fate: Fate::Deleted,
    }
}

const fn stripped(table: &'static str) -> Line {
    Line {
        table,
        fate: Fate::Stripped,
    }
}

/// Every table with a person in it, in the order in which rows may go: who refers to another goes first.
pub const PLAN: &[Line] = &[
    deleted("job"),
    deleted("outbox"),
    deleted("dialog_token"),
    deleted("dialog_memory"),
    deleted("audit_detail"),
    // 152-FZ art. 9 (3): the operator proves that there was consent; «Росархив» № 236, 441: three years after it ended.
    stripped("consent_receipt"),
    // 152-FZ art. 20, 21: the answer to a request has to be shown.
    stripped("subject_request"),
    deleted("enquiry"),
    deleted("message"),
    deleted("dialog"),
    deleted("visitor"),
    deleted("identity"),
    deleted("blind_index"),
    deleted("same_person_hint"),
    deleted("subject_field"),
    deleted("assignment"),
    deleted("honey_client"),
    // That somebody looked, or asked two people, stays; at whom does not.
    stripped("alarm"),
    stripped("two_person_request"),
    stripped("subject"),
];
