//! What becomes of each kind of data: a token that can be restored, or something that cannot.
//!
//! A policy is a table from label to [`Action`]; a label that is not in it is replaced by a token. Whatever an action
//! cannot do with a value (no city in an address, no year in a date) falls back to a token, never to the value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding::Flags;
use crate::label::Label;
use crate::lexicon::WordEntry;

/// What is done with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// A token stands for it and is restored.
    Replace,
    /// Its last four characters stay: «••••0001»; of a name the initials, of an e-mail address the domain.
    Mask,
    /// Nothing stands for it.
    Drop,
    /// Something less exact: an age group for a birth date, the city for an address.
    Generalise,
    /// It stays.
    Keep,
}

/// Actions by label, and whether texts on health may leave for an outside model.
///
/// ```
/// use shirma_pii::{Action, Conversation, Detector, Label, Policy};
/// let policy = Policy::default().with(Label::Phone, Action::Mask).at_year(2026);
/// let mut conversation = Conversation::default();
/// let masking = conversation.mask_under(&Detector::new(), "Это Анна Ким, 8 900 000-00-01", None, &policy);
/// assert_eq!(masking.text, "Это [Клиент-1], ••••0001");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Label → action; others are replaced.
    #[serde(default)]
    actions: BTreeMap<Label, Action>,
    /// Texts that reveal somebody's health may go to a model outside the house.
    #[serde(default)]
    health_may_leave: bool,
    /// The year in which ages are counted; without it birth dates become decades.
    #[serde(default)]
    year: Option<u16>,
}

/// Characters of a number that stay under [`Action::Mask`].
const LAST: usize = 4;
/// A value of fewer letters and digits would be told by its last four.
const MASKED_MIN: usize = 8;
/// Sign of hidden characters.
const HIDDEN: &str = "••••";
/// Width of an age group, in years.
const AGE_GROUP: u16 = 10;

impl Policy {
    /// A ready policy: `salon`, `clinic` or `garage`.
    pub fn preset(name: &str) -> Option<Policy> {
        let common = Policy::default()
            .with(Label::Secret, Action::Drop)
            .with(Label::Card, Action::Mask)
            .with(Label::Account, Action::Mask);
        Some(match name {
            "salon" => common
                .with(Label::Birthdate, Action::Generalise)
                .with(Label::Address, Action::Generalise)
                .with(Label::Passport, Action::Drop)
                .with(Label::Snils, Action::Drop)
                .with(Label::Oms, Action::Drop),
            // A doctor's assistant needs the age, never the day.
            "clinic" => common
                .with(Label::Birthdate, Action::Generalise)
                .with(Label::Address, Action::Generalise),
            "garage" => common
                .with(Label::Birthdate, Action::Drop)
                .with(Label::Passport, Action::Drop)
                .with(Label::Snils, Action::Drop)
                .with(Label::Vin, Action::Mask),
            _ => return None,
        })
    }

    /// Names of the ready policies.
    pub const PRESETS: [&'static str; 3] = ["salon", "clinic", "garage"];

    /// The same with another action for `label`.
    #[must_use]
    pub fn with(mut self, label: Label, action: Action) -> Self {
        self.actions.insert(label, action);
        self
    }

    /// The same with ages counted in `year`.
    #[must_use]
    pub fn at_year(mut self, year: u16) -> Self {
        self.year = Some(year);
        self
    }

    /// The year ages are counted in, if one is set.
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// What is done with values of `label`.
    pub fn action(&self, label: Label) -> Action {
        self.actions.get(&label).copied().unwrap_or(Action::Replace)
    }

    /// Whether a text with these flags may go to a model outside the house.
    pub fn may_leave(&self, flags: Flags) -> bool {
        self.health_may_leave || !flags.health
    }

    /// What stands in place of a value for good; `None` if a token must.
    pub(crate) fn substitute(&self, label: Label, value: &str) -> Option<String> {
        match self.action(label) {
            Action::Replace | Action::Keep => None,
            Action::Drop => Some(String::new()),
            Action::Mask => masked(label, value),
            Action::Generalise => match label {
                Label::Birthdate => self.age_group(value),
                Label::Address => city_of(value),
                _ => None,
            },
        }
    }

    fn age_group(&self, value: &str) -> Option<String> {
        let year = year_in(value)?;
        let Some(now) = self.year else {
            return Some(format!("{}-е", year / 10 * 10));
        };
        let age = now.checked_sub(year)?;
        let from = age / AGE_GROUP * AGE_GROUP;
        Some(format!("{from}–{} лет", from + AGE_GROUP - 1))
    }
}

fn masked(label: Label, value: &str) -> Option<String> {
    match label {
        Label::Person => {
            let initials: Vec<String> = value
                .split(|sign: char| sign.is_whitespace() || sign == '.')
                .filter_map(|word| word.chars().next())
                .filter(|first| first.is_alphabetic())
                .map(|first| format!("{}.", first.to_uppercase()))
                .collect();
            (!initials.is_empty()).then(|| initials.join(" "))
        }
        Label::Email => {
            let domain = value.rsplit_once('@')?.1;
            Some(format!("{HIDDEN}@{domain}"))
        }
        Label::Secret | Label::Address | Label::Birthdate => None,
        _ => {
            let signs: Vec<char> = value.chars().filter(|sign| sign.is_alphanumeric()).collect();
            let last = signs.len().checked_sub(LAST)?;
            (signs.len() >= MASKED_MIN).then(|| format!("{HIDDEN}{}", signs[last..].iter().collect::<String>()))
        }
    }
}

/// The four-digit year of a date, or the two-digit one after its last dot.
fn year_in(value: &str) -> Option<u16> {
    let runs: Vec<&str> = value
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    if let Some(year) = runs.iter().find(|run| run.len() == 4) {
        return year.parse().ok().filter(|year| (1900..2100).contains(year));
    }
    let short: u16 = runs.last().filter(|run| run.len() == 2)?.parse().ok()?;
    // A birth year of two digits: the turn of the century lies at the children of today.
    Some(if short < 30 { 2000 + short } else { 1900 + short })
}

/// The settlement an address begins with.
fn city_of(value: &str) -> Option<String> {
    let part = value.split([',', '\n']).find(|part| {
        let words: Vec<String> = part.split_whitespace().map(crate::decline::fold).collect();
        let marked = words.first().is_some_and(|first| {
            let named =
                words.len() > 1 && ["г.", "г", "город", "с.", "село", "пос.", "п.", "д."].contains(&first.as_str());
            // «г.Пример», but not the «г.р.» of a birth date.
            named || first.strip_prefix("г.").is_some_and(|name| name.chars().count() > 2)
        });
        let known = words.len() == 1 && WordEntry::look_up(&words[0]).is_place();
        (marked || known) && !part.contains(|sign: char| sign.is_ascii_digit())
    })?;
    Some(part.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_preset_is_there_and_drops_secrets() {
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).expect("named");
            assert_eq!(policy.action(Label::Secret), Action::Drop, "{name}");
            assert!(!policy.may_leave(Flags { health: true }) && policy.may_leave(Flags::default()));
        }
        assert_eq!(Policy::preset("shop"), None);
    }

    #[test]
    fn values_become_less_exact() {
        let policy = Policy::preset("salon").expect("named").at_year(2026);
        let substitute = |label, value| policy.substitute(label, value);
        assert_eq!(substitute(Label::Birthdate, "14.09.1991").as_deref(), Some("30–39 лет"));
        assert_eq!(substitute(Label::Birthdate, "3.4.17").as_deref(), Some("0–9 лет"));
        assert_eq!(
            substitute(Label::Address, "г. Пример, ул. Красная, 40").as_deref(),
            Some("г. Пример")
        );
        assert_eq!(substitute(Label::Address, "ул. Красная, 40"), None);
        assert_eq!(substitute(Label::Address, "г.р., ул. Красная, 40"), None);
        let ageless = Policy::preset("salon").expect("named");
        assert_eq!(
            ageless.substitute(Label::Birthdate, "3 мая 88").as_deref(),
            Some("1980-е")
        );
        assert_eq!(
            substitute(Label::Card, "2200 0000 0000 0004").as_deref(),
            Some("••••0004")
        );
        assert_eq!(substitute(Label::Card, "0004"), None);
        assert_eq!(substitute(Label::Secret, "qwe123!").as_deref(), Some(""));
        assert_eq!(substitute(Label::Phone, "8 900 000-00-01"), None);
        let masks = Policy::default()
            .with(Label::Person, Action::Mask)
            .with(Label::Email, Action::Mask);
        assert_eq!(masks.substitute(Label::Person, "Анна Ким").as_deref(), Some("А. К."));
        assert_eq!(
            masks.substitute(Label::Email, "anna@mail.example").as_deref(),
            Some("••••@mail.example")
        );
    }

    #[test]
    fn a_policy_is_read_from_a_file() {
        let json = r#"{"actions":{"PHONE":"mask","PLATE":"keep"},"health_may_leave":true}"#;
        let policy: Policy = serde_json::from_str(json).expect("a policy");
        assert_eq!(
            (policy.action(Label::Phone), policy.action(Label::Plate)),
            (Action::Mask, Action::Keep)
        );
        assert_eq!(policy.action(Label::Email), Action::Replace);
        assert!(serde_json::from_str::<Policy>(r#"{"actions":{"PHONES":"mask"}}"#).is_err());
    }
}
