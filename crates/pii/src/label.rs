//! Kinds of personal data, and the two grammatical categories names are inflected by.
//!
//! The set of labels is a contract with training data and evaluation sets; what each one covers is told in the
//! annotation rules.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Label {
    /// Any name of a natural person.
    Person,
    /// A phone number with its extension.
    Phone,
    /// An e-mail address, also obfuscated.
    Email,
    /// An account in a messenger or a social network.
    Handle,
    /// An address narrower than a settlement.
    Address,
    /// A date or a year said to be somebody's birth date.
    Birthdate,
    /// Series and number of a passport, or the department code.
    Passport,
    /// СНИЛС.
    Snils,
    /// The 12-digit ИНН of a person.
    Inn,
    /// Number of a medical-insurance policy.
    Oms,
    /// Bank card number or its last digits.
    Card,
    /// Bank account of 20 digits.
    Account,
    /// Driving licence.
    DriverLicense,
    /// Vehicle registration plate.
    Plate,
    /// VIN, or the number of vehicle papers (СТС, ПТС).
    Vin,
    /// Birth certificate.
    BirthCert,
    /// Number of a patient's card or case history.
    Medcard,
    /// Password, PIN, CVV, one-time code.
    Secret,
    /// A number of the company's own, found only by a [`Recognizer`](crate::Recognizer) it has added.
    Other,
}

/// Label, its name in files, and the word its tokens begin with.
const WORDS: [(Label, &str, &str); 19] = [
    (Label::Person, "PERSON", "Клиент"),
    (Label::Phone, "PHONE", "Телефон"),
    (Label::Email, "EMAIL", "Почта"),
    (Label::Handle, "HANDLE", "Ник"),
    (Label::Address, "ADDRESS", "Адрес"),
    (Label::Birthdate, "BIRTHDATE", "ДатаРождения"),
    (Label::Passport, "PASSPORT", "Паспорт"),
    (Label::Snils, "SNILS", "СНИЛС"),
    (Label::Inn, "INN", "ИНН"),
    (Label::Oms, "OMS", "ОМС"),
    (Label::Card, "CARD", "Карта"),
    (Label::Account, "ACCOUNT", "Счёт"),
    (Label::DriverLicense, "DRIVER_LICENSE", "Права"),
    (Label::Plate, "PLATE", "Госномер"),
    (Label::Vin, "VIN", "VIN"),
    (Label::BirthCert, "BIRTH_CERT", "Свидетельство"),
    (Label::Medcard, "MEDCARD", "Медкарта"),
    (Label::Secret, "SECRET", "Секрет"),
    (Label::Other, "OTHER", "УчётныйНомер"),
];

impl Label {
    /// Every label, in the order of the annotation rules; `OTHER`, which they do not know, is last.
    pub const ALL: [Label; 19] = {
        let mut all = [Label::Person; 19];
        let mut index = 0;
        while index < all.len() {
            all[index] = WORDS[index].0;
            index += 1;
        }
        all
    };

    fn row(self) -> &'static (Label, &'static str, &'static str) {
        &WORDS[self as usize]
    }

    /// The name used in files: `PERSON`, `DRIVER_LICENSE`.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// The word a token of this label begins with: `Клиент`, `Телефон`.
    pub fn token_word(self) -> &'static str {
        self.row().2
    }
}

impl fmt::Display for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl From<Label> for &'static str {
    fn from(label: Label) -> Self {
        label.as_str()
    }
}

/// The text is not the name of a label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown label")]
pub struct UnknownLabel;

impl FromStr for Label {
    type Err = UnknownLabel;

    fn from_str(text: &str) -> Result<Self, UnknownLabel> {
        WORDS
            .iter()
            .find(|row| row.1 == text)
            .map(|row| row.0)
            .ok_or(UnknownLabel)
    }
}

impl TryFrom<String> for Label {
    type Error = UnknownLabel;

    fn try_from(text: String) -> Result<Self, UnknownLabel> {
        text.parse()
    }
}

/// Grammatical gender of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Masculine.
    Male,
    /// Feminine.
    Female,
}

/// Grammatical case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// Кто? Анна; also the form of address.
    Nominative,
    /// Кого? у Анны.
    Genitive,
    /// Кому? Анне.
    Dative,
    /// Кого? вижу Анну.
    Accusative,
    /// Кем? с Анной.
    Instrumental,
    /// О ком? об Анне.
    Locative,
}

impl Case {
    /// The six cases in the school order.
    pub const ALL: [Case; 6] = [
        Case::Nominative,
        Case::Genitive,
        Case::Dative,
        Case::Accusative,
        Case::Instrumental,
        Case::Locative,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_is_read_back_from_its_name() {
        for (index, label) in Label::ALL.into_iter().enumerate() {
            assert_eq!(label as usize, index);
            assert_eq!(label.as_str().parse(), Ok(label));
        }
    }

    #[test]
    fn token_words_differ() {
        let words: std::collections::BTreeSet<_> = Label::ALL.into_iter().map(Label::token_word).collect();
        assert_eq!(words.len(), Label::ALL.len());
    }
}
