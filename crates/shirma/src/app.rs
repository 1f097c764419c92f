//! The running house: everything a room needs, handed around as one `Arc`.

use std::sync::Arc;

use shirma_pii::Detector;
use shirma_store::Store;
use shirma_vault::Entropy;

use crate::assistant::Base;
use crate::channels::Channels;
use crate::clock::Clock;
use crate::consent::document::{self, Document, Operator, Processor, Purpose};
use crate::contract::{Model, Residency};
use crate::identifier;
use crate::live::Feed;
use crate::settings::Settings;
use crate::vault::{self, Vault};

/// Everything that serves.
pub struct App {
    /// The owner's settings, checked.
    pub settings: Settings,
    /// All data, sealed.
    pub data: Store,
    /// Keys and ciphers.
    pub vault: Vault,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// What open pages hear.
    pub live: Feed,
    /// Messengers and site forms.
    pub channels: Channels,
    /// What the assistant knows about the business.
    pub base: Base,
    /// Finds personal data.
    pub detector: Detector,
    /// A language model, when configured.
    pub model: Option<Arc<dyn Model>>,
    /// The newest id given out: ids of one run grow, also inside one millisecond.
    pub last_id: std::sync::atomic::AtomicI64,
    /// How many refusals were written down lately.
    pub refusals: crate::rate::RefusalMeter,
    /// Forged webhooks lately, by address.
    pub forgeries: crate::rate::Flow,
    /// Webhooks lately, by account.
    pub events: crate::rate::Flow,
    /// Rings when new work was committed.
    pub work: Arc<tokio::sync::Notify>,
    /// Rings when the exchange of a key was asked for.
    pub keys_wanted: Arc<tokio::sync::Notify>,
}

impl App {
    /// Now, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Now, on the clock of the business.
    pub fn local_now(&self) -> jiff::ZonedDateTime {
        let now = jiff::Timestamp::from_millisecond(self.now_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        now.to_zoned_datetime(self.base.zone.clone())
    }

    /// The business as documents name it.
    pub fn operator(&self) -> Operator {
        let operator = &self.settings.operator;
        Operator {
            name: operator.name.clone(),
            address: operator.address.clone(),
            inn: operator.inn.clone(),
            contact: operator.contact.clone(),
        }
    }

    /// The consent text as it stands with today's settings; a model outside the house is named as its processor.
    pub fn consent_document(&self, purpose: Purpose) -> Document {
        let outside = self
            .settings
            .model
            .as_ref()
            .filter(|model| model.residency != Residency::Local);
        let processors: Vec<Processor> = match (purpose, outside) {
            (Purpose::Assistant, Some(model)) => {
                let (name, address) = model.processor.split_once(',').unwrap_or((&model.processor, ""));
                let is_abroad = model.residency == Residency::Abroad;
                vec![document::model_processor(name.trim(), address.trim(), is_abroad)]
            }
            (Purpose::Assistant, None) | (Purpose::SiteForm, _) => Vec::new(),
        };
        document::document_naming(purpose, &self.operator(), &processors)
    }

    /// A new id for any row.
    pub fn new_id(&self) -> i64 {
        use std::sync::atomic::Ordering::SeqCst;
        let fresh = identifier::compose(self.now_ms(), self.random());
        let next = |last: i64| Some(fresh.max(last + 1));
        self.last_id
            .fetch_update(SeqCst, SeqCst, next)
            .map_or(fresh, |last| fresh.max(last + 1))
    }

    /// 64 random bits.
    pub fn random(&self) -> u64 {
        let mut bytes = [0_u8; 8];
        // Without chance two rows may ask for one id: the second one breaks a unique key and rolls back.
        let _zeros_then = self.entropy.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// Ends both stores: what waits is written, nothing is accepted after.
    pub async fn close(&self) {
        self.data.close().await;
        self.vault.keys().close().await;
    }

    /// Wakes the workers: something new is committed.
    pub fn ring(&self) {
        self.work.notify_waiters();
    }
}

/// Why a step could not be done. Nothing of it stays then.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database.
    #[error(transparent)]
    Store(#[from] shirma_store::Error),
    /// A key or a seal.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// The lease of the job went to another worker meanwhile.
    #[error("the lease was lost")]
    LeaseLost,
    /// The row meant does not exist or is no longer in the state needed.
    #[error("there is no such {0}")]
    Gone(&'static str),
    /// A stored value is not in the form this build writes.
    #[error("the stored {0} is unreadable")]
    Unreadable(&'static str),
    /// A journal entry could not be formed.
    #[error("a journal entry is malformed")]
    Journal,
}

impl Fault {
    /// A word for tables and logs.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Store(_) => "store",
            Fault::Vault(_) => "vault",
            Fault::LeaseLost => "lease",
            Fault::Gone(_) => "gone",
            Fault::Unreadable(_) => "unreadable",
            Fault::Journal => "journal",
        }
    }
}
