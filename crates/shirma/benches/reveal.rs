//! How long a person waits for one value: quota, leaf, commit with its syncs, opening. SQLite with its usual durable settings.
//! Prints the 50th, 95th and 99th of a hundred in milliseconds; security.md promises a p99 under 20 ms.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

use std::sync::Arc;
use std::time::Duration;

use shirma::app::Fault;
use shirma::contract::{ChannelKind, Event, EventKind, Sender};
use shirma::identifier::StaffId;
use shirma::opening;
use shirma::settings::{Secrets, Settings};
use shirma::subject::{self, Asked, FieldKind, Reason};

/// Enough for a hundredth of them to be ten.
const REVEALS: usize = 1_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let settings = Settings {
        data: folder.path().join("data"),
        ..Settings::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let app = opening::open(settings, &Secrets::default())?;
    let rooms = Arc::clone(&app);
    let subject = app.data.write_blocking(move |tx| {
        let event = Event {
            key: "bench".to_owned(),
            provider_event_id: None,
            chat: Some("visitor".to_owned()),
            sender: Sender {
                id: Some("visitor".to_owned()),
                name: Some("Анна Тестова".to_owned()),
                username: None,
            },
            message_id: None,
            at_ms: None,
            kind: EventKind::Message {
                text: None,
                attachments: Vec::new(),
                form: None,
            },
        };
        let made = subject::recognise(&rooms, tx, ChannelKind::Site, "demo", &event)?.ok_or(Fault::Gone("subject"))?;
        subject::claim(&rooms, tx, made.subject, FieldKind::Phone, "+79000000011")?;
        Ok::<_, Fault>(made.subject)
    })?;
    let mut waits: Vec<Duration> = Vec::with_capacity(REVEALS);
    for _ in 0..REVEALS {
        let asked = Asked {
            staff: StaffId(1),
            session: "00000000",
            subject,
            kind: FieldKind::Phone,
            reason: Reason::CallBack,
            words: "",
        };
        #[expect(clippy::disallowed_methods, reason = "a stop watch beside the measured code")]
        let start = std::time::Instant::now();
        runtime.block_on(subject::reveal(&app, &asked))?;
        waits.push(start.elapsed());
    }
    waits.sort_unstable();
    for part in [50, 95, 99] {
        let wait = waits[REVEALS * part / 100 - 1];
        println!("reveal p{part}: {:.2} ms", wait.as_secs_f64() * 1_000.0);
    }
    Ok(())
}
