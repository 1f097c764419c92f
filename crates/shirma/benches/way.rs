//! From the webhook to its commit, and the whole way to a sent answer: by rules and with a stand-in for a model.
//!
//! SQLite with its usual durable settings in a temporary folder; the figures therefore hold the disk's syncs.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use divan::Bencher;
use shirma::app::App;
use shirma::contract::{Event, EventKind, Residency, Sender};
use shirma::settings::{AssistantMode, ConsentRule, ModelSettings, Secrets, Settings};
use shirma::{journey, opening, outbox};

fn main() {
    divan::main();
}

struct House {
    app: Arc<App>,
    runtime: tokio::runtime::Runtime,
    next: AtomicU64,
    _folder: tempfile::TempDir,
}

impl House {
    fn open(change: impl FnOnce(&mut Settings)) -> House {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut settings = Settings {
            data: folder.path().join("data"),
            ..Settings::default()
        };
        change(&mut settings);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let app = opening::open(settings, &Secrets::default()).expect("the house opens");
        House {
            app,
            runtime,
            next: AtomicU64::new(0),
            _folder: folder,
        }
    }

    /// A new message of one visitor of the chat page.
    fn event(&self) -> Event {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        Event {
            key: format!("bench-{number}"),
            provider_event_id: None,
            chat: Some(format!("visitor-{}", number / 5)),
            sender: Sender {
                id: Some(format!("visitor-{}", number / 5)),
                name: None,
                username: None,
            },
            message_id: Some(format!("bench-{number}")),
            at_ms: None,
            kind: EventKind::Message {
                text: Some("Сколько стоит стрижка? Меня зовут Анна, телефон 8 900 000-00-11".to_owned()),
                attachments: Vec::new(),
                form: None,
            },
        }
    }

    fn accept(&self) {
        let accepted = self
            .runtime
            .block_on(journey::accept_site(&self.app, "demo", &self.event()));
        accepted.expect("the event is kept");
    }

    fn work_off(&self) {
        self.runtime.block_on(async {
            while journey::work_next(&self.app, "bench").await.expect("a job is done") {}
            while outbox::send_next(&self.app, "bench").await.expect("a message is sent") {}
        });
    }
}

#[divan::bench(sample_count = 50)]
fn webhook_to_commit(bencher: Bencher<'_, '_>) {
    let house = House::open(|_| {});
    bencher.bench_local(|| house.accept());
}

#[divan::bench(sample_count = 50)]
fn whole_way_by_rules(bencher: Bencher<'_, '_>) {
    let house = House::open(|_| {});
    bencher.bench_local(|| {
        house.accept();
        house.work_off();
    });
}

#[divan::bench(sample_count = 50)]
fn whole_way_with_a_model(bencher: Bencher<'_, '_>) {
    let address = model_stand_in();
    let house = House::open(|settings| {
        settings.assistant.mode = AssistantMode::Model;
        settings.model = Some(ModelSettings {
            url: format!("http://{address}/v1"),
            model: "stand-in".to_owned(),
            residency: Residency::Local,
            consent: ConsentRule::Contract,
            timeout_ms: 5_000,
            max_tokens: 100,
            temperature: 0.0,
            health: false,
            proxy: String::new(),
            processor: String::new(),
            abroad_decided: false,
        });
    });
    bencher.bench_local(|| {
        house.accept();
        house.work_off();
    });
}

/// Answers every request with one sentence; ends with the process.
fn model_stand_in() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serve = move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = vec![0_u8; 64 * 1024];
            let _length = stream.read(&mut request);
            let body = r#"{"choices":[{"message":{"role":"assistant","content":"Стрижка стоит 1 500 рублей."}}]}"#;
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _sent = stream
                .write_all(head.as_bytes())
                .and_then(|()| stream.write_all(body.as_bytes()));
        }
    };
    #[expect(clippy::disallowed_methods, reason = "a stand-in beside the measured code")]
    std::thread::spawn(serve);
    address
}
