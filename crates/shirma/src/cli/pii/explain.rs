//! Why something was found, in the owner's words.

use shirma_pii::{Evidence, Label};

/// The name of the evidence in answers of `detect --explain`.
pub(super) fn evidence_name(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Pattern => "pattern",
        Evidence::Checksum => "checksum",
        Evidence::Cue => "cue",
        Evidence::Lexicon => "lexicon",
        Evidence::Context => "context",
        Evidence::Model => "model",
        Evidence::Known => "known",
    }
}

/// What found it: the recognizer of the label, the rules of names, the trained tagger, a list given beforehand.
pub(super) fn finder(label: Label, evidence: Evidence) -> String {
    match (label, evidence) {
        (_, Evidence::Known) => "list".to_owned(),
        (_, Evidence::Model) => "tagger".to_owned(),
        (Label::Person, _) => "names".to_owned(),
        (Label::Other, _) => "own recognizer".to_owned(),
        (label, _) => format!("recognizer {}", label.as_str().to_lowercase()),
    }
}

/// One sentence on a finding; says nothing of the value.
pub(super) fn why(label: Label, evidence: Evidence) -> String {
    let what = name_of(label);
    match evidence {
        Evidence::Pattern => format!("{what}: узнаётся по записи"),
        Evidence::Checksum => format!("{what}: запись подходит, и контрольные цифры верны"),
        Evidence::Cue => format!("{what}: рядом стоит слово, которое это называет"),
        Evidence::Lexicon => format!("{what}: есть в словаре имён"),
        Evidence::Context => format!("{what}: так говорят слова вокруг"),
        Evidence::Model => format!("{what}: обученная модель видит его по слову и его окружению, правила не видят"),
        Evidence::Known => format!("{what}: названо заранее"),
    }
}

/// What a label is called on screen.
pub(super) fn name_of(label: Label) -> &'static str {
    match label {
        Label::Person => "имя",
        Label::Phone => "телефон",
        Label::Email => "почта",
        Label::Handle => "ник",
        Label::Address => "адрес",
        Label::Birthdate => "дата рождения",
        Label::Passport => "паспорт",
        Label::Snils => "СНИЛС",
        Label::Inn => "ИНН",
        Label::Oms => "полис ОМС",
        Label::Card => "номер карты",
        Label::Account => "счёт",
        Label::DriverLicense => "водительские права",
        Label::Plate => "госномер",
        Label::Vin => "VIN или документы на машину",
        Label::BirthCert => "свидетельство о рождении",
        Label::Medcard => "медицинская карта",
        Label::Secret => "пароль или код",
        Label::Other => "свой учётный номер",
    }
}
