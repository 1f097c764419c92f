//! The owner's file: what the business is, when it works, what it sells and how it answers frequent questions.
//!
//! [`Base::parse`] reads `base.toml` once and checks all of it; the rest of the assistant never checks again.
//! Errors are Russian sentences with the line, because the owner edits the file by hand.

mod facts;
mod parse;
mod read;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::assistant::calendar::{Hours, Span};
use crate::assistant::search::Search;

/// The file shipped with the program: an invented salon, every key explained.
pub const SAMPLE: &str = include_str!("../../../assets/sample/base.toml");

/// What went wrong in the owner's file, in words for the owner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Строка {line}: {words}")]
pub struct BaseError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong and what to do, in Russian.
    pub words: String,
}

/// The kind of business: it decides what the assistant may speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BusinessKind {
    /// Beauty salon, barber.
    Salon,
    /// Licensed clinic: the assistant never speaks of health.
    Clinic,
    /// Garage, repair shop.
    Garage,
    /// Shop.
    Shop,
}

impl BusinessKind {
    /// All kinds.
    pub const ALL: [BusinessKind; 4] = [
        BusinessKind::Salon,
        BusinessKind::Clinic,
        BusinessKind::Garage,
        BusinessKind::Shop,
    ];

    /// The name in the owner's file.
    pub fn as_str(self) -> &'static str {
        match self {
            BusinessKind::Salon => "salon",
            BusinessKind::Clinic => "clinic",
            BusinessKind::Garage => "garage",
            BusinessKind::Shop => "shop",
        }
    }
}

/// What a service costs, in roubles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// Exactly.
    Exact(u32),
    /// «от».
    From(u32),
    /// From the first to the second.
    Range(u32, u32),
}

/// One service of the price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// As shown to clients.
    pub name: String,
    /// `None` when the owner names no price: then nobody names one.
    pub price: Option<Price>,
    /// How long a visit lasts.
    pub minutes: Option<u32>,
    /// Other words for it.
    pub synonyms: Vec<String>,
}

impl Service {
    /// A short stable key for button payloads, made of the name.
    pub fn key(&self) -> String {
        short_key(&self.name)
    }
}

/// A frequent question with its answer; the answer goes out word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faq {
    /// The question in several wordings, at least one; the first is shown on buttons.
    pub questions: Vec<String>,
    /// The answer.
    pub answer: String,
    /// Whether the question is about a person's health, so that a message about health may get this answer.
    pub health: bool,
}

impl Faq {
    /// A short stable key for button payloads, made of the first question.
    pub fn key(&self) -> String {
        self.questions
            .first()
            .map(|question| short_key(question))
            .unwrap_or_default()
    }
}

/// The owner's file, parsed and checked.
#[derive(Debug, Clone)]
pub struct Base {
    /// Name as clients know it.
    pub name: String,
    /// What it is.
    pub kind: BusinessKind,
    /// City.
    pub city: String,
    /// Local time of the business.
    pub zone: TimeZone,
    /// Street and house.
    pub address: Option<String>,
    /// How to get there.
    pub directions: Option<String>,
    /// The business's own number.
    pub phone: Option<String>,
    /// The business's own mailbox.
    pub email: Option<String>,
    /// The business's own site.
    pub site: Option<String>,
    /// When it works.
    pub hours: Hours,
    /// When nothing starts by itself: from the evening to the morning.
    pub quiet_hours: Option<QuietHours>,
    /// The price list.
    pub services: Vec<Service>,
    /// Frequent questions.
    pub faq: Vec<Faq>,
    /// Word → word that stands in the questions.
    pub synonyms: Vec<(String, String)>,
    /// First names of those who serve clients.
    pub staff: Vec<String>,
    /// Sums above it are for a person, in roubles.
    pub amount_limit: Option<u32>,
    search: Search,
}

/// Quiet hours across midnight: from `from` in the evening to `to` in the morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// Evening.
    pub from: crate::assistant::calendar::Clock,
    /// Morning.
    pub to: crate::assistant::calendar::Clock,
}

impl Base {
    /// Reads and checks the owner's file.
    ///
    /// # Errors
    /// The first mistake with its line; an unknown key names the nearest known one.
    pub fn parse(text: &str) -> Result<Base, BaseError> {
        parse::parse(text)
    }

    /// The invented salon «Пример» in Chelyabinsk, from the file shipped with the program.
    pub fn sample() -> Base {
        Base::parse(SAMPLE).expect("the shipped sample is checked by a test")
    }

    /// Public facts of the business for a model's instructions: name, hours, prices, frequent answers.
    pub fn public_facts(&self) -> String {
        facts::public_facts(self)
    }

    /// The directory: values of the business and its staff that may stand openly in answers.
    pub fn public_values(&self) -> Vec<String> {
        let own = [&self.phone, &self.email, &self.address, &self.site];
        own.into_iter()
            .flatten()
            .cloned()
            .chain(self.staff.iter().cloned())
            .collect()
    }

    /// The search over frequent questions, thresholds fitted to this base.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The service with this button key.
    pub fn service_by_key(&self, key: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.key() == key)
    }

    /// The frequent question with this button key.
    pub fn faq_by_key(&self, key: &str) -> Option<&Faq> {
        self.faq.iter().find(|entry| entry.key() == key)
    }

    /// Working hours of the date of `now`.
    pub fn hours_today(&self, now: jiff::civil::DateTime) -> Option<Span> {
        self.hours.on(now.date())
    }
}

/// A stable key of sixteen hex digits: button payloads hold 64 bytes, names do not fit. Not a security measure.
fn short_key(words: &str) -> String {
    format!("{:016x}", crate::assistant::text::fingerprint(words))
}
