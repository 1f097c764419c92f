//! What the program kept, read back from its data folder after it has stopped: through its own keys, as it would itself.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use shirma::channels::site::Site;
use shirma::channels::{max, telegram};
use shirma::contract::{Channel as _, ChannelKind, Event};
use shirma::identifier::InboxId;
use shirma::vault::Vault;
use shirma::{clock, opening, settings};
use shirma_store::{Store, params};
use shirma_vault::{Entropy, SecretString, SystemEntropy};

use crate::support::house::House;

/// The stores of a house whose program does not run.
pub(crate) struct Kept {
    data: Store,
    vault: Vault,
}

/// One raw event of the inbox.
pub(crate) struct Raw {
    pub(crate) channel: ChannelKind,
    pub(crate) body: Vec<u8>,
}

impl Kept {
    /// Opens the stores as the program does.
    pub(crate) fn open(house: &House) -> Result<Kept> {
        let (mut settings, secrets) = settings::load(Some(&house.folder().join("shirma.toml")))?;
        settings.data = house.data();
        let clock: Arc<dyn clock::Clock> = Arc::new(clock::SystemClock);
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let (data, vault) = opening::open_stores(&settings, &secrets, &clock, &entropy)?;
        Ok(Kept { data, vault })
    }

    /// The raw events of one account in the order they came.
    pub(crate) fn inbox(&self, account: &str) -> Result<Vec<Raw>> {
        let account = account.to_owned();
        let rows = self.data.read_blocking(move |tx| {
            tx.many(
                "select id, channel, received_at, payload_ct from inbox where account = $1 order by id",
                params![&account],
                |row| {
                    Ok((
                        row.get::<i64>(0)?,
                        row.get::<String>(1)?,
                        row.get::<i64>(2)?,
                        row.get::<Vec<u8>>(3)?,
                    ))
                },
            )
        });
        let rows: Vec<(i64, String, i64, Vec<u8>)> = rows.map_err(|error: shirma_store::Error| anyhow!(error))?;
        let open = |(id, channel, received_at_ms, sealed): (i64, String, i64, Vec<u8>)| {
            let channel = ChannelKind::from_name(&channel).context("an inbox row of an unknown channel")?;
            let body = self.vault.open_payload(received_at_ms, InboxId(id), &sealed)?;
            Ok(Raw {
                channel,
                body: body.expose().clone(),
            })
        };
        rows.into_iter().map(open).collect()
    }

    /// The one number that a statement gives.
    pub(crate) fn count(&self, sql: &'static str) -> Result<i64> {
        let found = self
            .data
            .read_blocking(move |tx| tx.one(sql, params![], |row| row.get::<i64>(0)));
        let found: Option<i64> = found.map_err(|error: shirma_store::Error| anyhow!(error))?;
        found.context("a count without a row")
    }
}

/// The events in raw bodies, as the adapters read them.
pub(crate) fn events(raws: &[Raw], max_token: &str) -> Result<Vec<Event>> {
    let token = SecretString::new(max_token.to_owned());
    let mut events = Vec::new();
    for raw in raws {
        let parsed = match raw.channel {
            ChannelKind::Telegram => telegram::parse(&raw.body),
            ChannelKind::Max => max::parse(&raw.body, &token),
            ChannelKind::Site => Site::new("fixture").parse(&raw.body),
        };
        events.extend(parsed.context("what was kept cannot be read again")?);
    }
    Ok(events)
}
