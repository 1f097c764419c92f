//! The adapters over the guarded client, against a server on the loopback that says what it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::IntoResponse;
use serde_json::Value;
use shirma::channels::{Listen, max, telegram};
use shirma::contract::{Channel, ChannelKind, Outgoing, RawRequest, Refusal, SendError};
use shirma_vault::SecretString;
use shirma_wire::{Client, Destination, Private};

use crate::corpus;

const TELEGRAM_TOKEN: &str = "7100000001:TESTTOKENTESTTOKENTESTTOKENTESTTOK";
const MAX_TOKEN: &str = "max-test-token-0001";

/// What the service saw, and what it will say.
#[derive(Default)]
struct Script {
    calls: Mutex<Vec<(String, HeaderMap, Value)>>,
    answers: Mutex<VecDeque<corpus::Fixture>>,
}

/// A scripted service.
struct Service {
    script: Arc<Script>,
    wire: Arc<Client>,
}

impl Service {
    /// Answers with the fixtures, in order.
    #[expect(clippy::disallowed_methods, reason = "the service of one test ends with its runtime")]
    async fn answering(provider: &str, names: &[&str]) -> Service {
        let script = Arc::new(Script::default());
        for name in names {
            script
                .answers
                .lock()
                .expect("free")
                .push_back(corpus::one(provider, name));
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        let router = axum::Router::new().fallback(answer).with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let destination = Destination {
            private_networks: Private::Allowed,
            ..Destination::new("place", base)
        };
        Service {
            script,
            wire: Arc::new(Client::new(vec![destination]).expect("a destination")),
        }
    }

    /// The calls so far: verb and path, body.
    fn calls(&self) -> Vec<(String, Value)> {
        let calls = self.script.calls.lock().expect("free");
        calls
            .iter()
            .map(|(line, _, body)| (line.clone(), body.clone()))
            .collect()
    }

    fn header(&self, name: &str) -> Option<String> {
        let calls = self.script.calls.lock().expect("free");
        Some(calls.last()?.1.get(name)?.to_str().expect("text").to_owned())
    }

    fn telegram(&self, listen: Listen) -> telegram::Telegram {
        telegram::Telegram::new(telegram::Account {
            name: "salon".to_owned(),
            token: SecretString::new(TELEGRAM_TOKEN),
            webhook_secret: Some(SecretString::new("shirma-tg-secret_01")),
            public_url: Some("https://crm.primer-salon.example/hooks/telegram/1".to_owned()),
            listen,
            wire: Arc::clone(&self.wire),
            destination: "place".to_owned(),
        })
        .expect("a usable account")
    }

    fn max(&self, listen: Listen) -> max::Max {
        max::Max::new(max::Account {
            name: "salon".to_owned(),
            token: SecretString::new(MAX_TOKEN),
            webhook_secret: Some(SecretString::new("shirma-max-secret-01")),
            public_url: Some("https://crm.primer-salon.example/hooks/max/1".to_owned()),
            listen,
            wire: Arc::clone(&self.wire),
            destination: "place".to_owned(),
        })
        .expect("a usable account")
    }
}

async fn answer(
    State(script): State<Arc<Script>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    script
        .calls
        .lock()
        .expect("free")
        .push((format!("{method} {uri}"), headers, body));
    let fixture = script
        .answers
        .lock()
        .expect("free")
        .pop_front()
        .expect("a scripted answer");
    let headers: HeaderMap = fixture
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("retry-after"))
        .map(|(name, value)| {
            (
                HeaderName::try_from(name).expect("a name"),
                HeaderValue::try_from(value).expect("a value"),
            )
        })
        .collect();
    (
        StatusCode::from_u16(fixture.status).expect("a status"),
        headers,
        fixture.body,
    )
}

fn message() -> Outgoing {
    Outgoing {
        chat: "700000001".into(),
        text: "Ждём вас".into(),
        buttons: Vec::new(),
        idem_key: "key".into(),
    }
}

#[tokio::test]
async fn telegram_waits_as_long_as_it_is_told_and_then_sends() {
    let names = [
        "error_429.response.json",
        "sendMessage.response.json",
        "error_403_blocked.response.json",
    ];
    let service = Service::answering("telegram", &names).await;
    let channel = service.telegram(Listen::Webhook);
    assert_eq!(
        channel.send(&message()).await,
        Err(SendError::Later { after_ms: Some(7000) })
    );
    assert_eq!(
        channel.send(&message()).await.expect("sent").message_id.as_deref(),
        Some("19")
    );
    assert_eq!(channel.send(&message()).await, Err(SendError::Blocked));
    let (line, body) = service.calls().swap_remove(1);
    assert_eq!(line, format!("POST /bot{TELEGRAM_TOKEN}/sendMessage"));
    assert_eq!(body, serde_json::json!({ "chat_id": 700_000_001, "text": "Ждём вас" }));
}

#[tokio::test]
async fn telegram_registers_its_webhook_and_acknowledges_presses() {
    let names = [
        "setWebhook.response.json",
        "answerCallbackQuery.response.json",
        "error_401.response.json",
    ];
    let service = Service::answering("telegram", &names).await;
    let channel = service.telegram(Listen::Webhook);
    assert_eq!(channel.register().await, Ok(()));
    assert_eq!(channel.acknowledge("3006477100000000001").await, Ok(()));
    assert_eq!(channel.register().await, Err(SendError::BadToken));
    assert!(channel.poll(None).is_none());
    let calls = service.calls();
    assert_eq!(calls[0].0, corpus_line("telegram", "setWebhook.request.json"));
    assert_eq!(calls[0].1, corpus::one("telegram", "setWebhook.request.json").json());
    assert_eq!(calls[1].1["callback_query_id"], "3006477100000000001");
}

#[tokio::test]
async fn telegram_polls_after_removing_the_webhook() {
    let names = [
        "setWebhook.response.json",
        "getUpdates.response.json",
        "error_409_webhook_active.response.json",
    ];
    let service = Service::answering("telegram", &names).await;
    let channel = service.telegram(Listen::Poll);
    assert_eq!(channel.register().await, Ok(()));
    let page = channel
        .poll(Some("900100020"))
        .expect("it polls")
        .await
        .expect("a page");
    assert_eq!((page.updates.len(), page.cursor.as_deref()), (2, Some("900100022")));
    let refused = channel
        .poll(page.cursor.as_deref())
        .expect("it polls")
        .await
        .expect_err("a conflict");
    assert_eq!(refused, SendError::WebhookActive);
    let calls = service.calls();
    assert!(calls[0].0.ends_with("/deleteWebhook"), "{}", calls[0].0);
    assert_eq!(calls[1].0, corpus_line("telegram", "getUpdates.response.json"));
}

#[tokio::test]
async fn max_sends_and_acknowledges_with_its_token_in_a_header() {
    let names = [
        "messages_send.response.json",
        "answers.response.json",
        "error_403_dialog.response.json",
    ];
    let service = Service::answering("max", &names).await;
    let channel = service.max(Listen::Webhook);
    let to = Outgoing {
        chat: "210000001".into(),
        ..message()
    };
    assert_eq!(
        channel.send(&to).await.expect("sent").message_id.as_deref(),
        Some("mid.0000000000fixture05")
    );
    assert_eq!(service.header("authorization").as_deref(), Some(MAX_TOKEN));
    assert_eq!(channel.acknowledge("f9LHodD0cOK0fixture").await, Ok(()));
    assert_eq!(channel.send(&to).await, Err(SendError::Blocked));
    let calls = service.calls();
    assert_eq!(calls[0].0, corpus_line("max", "messages_send.request.json"));
    assert_eq!(calls[1].0, corpus_line("max", "answers.request.json"));
    assert!(calls[1].1["notification"].is_string());
}

#[tokio::test]
async fn max_subscribes_for_webhooks_and_unsubscribes_for_polling() {
    let service = Service::answering("max", &["subscriptions.response.json"]).await;
    assert_eq!(service.max(Listen::Webhook).register().await, Ok(()));
    assert_eq!(service.calls()[0].0, corpus_line("max", "subscriptions.request.json"));
    assert_eq!(
        service.calls()[0].1,
        corpus::one("max", "subscriptions.request.json").json()
    );

    let names = [
        "subscriptions_list.response.json",
        "subscriptions.response.json",
        "updates.response.json",
    ];
    let service = Service::answering("max", &names).await;
    let channel = service.max(Listen::Poll);
    assert_eq!(channel.register().await, Ok(()));
    let page = channel
        .poll(Some("500000000"))
        .expect("it polls")
        .await
        .expect("a page");
    assert_eq!((page.updates.len(), page.cursor.as_deref()), (2, Some("500000002")));
    let lines: Vec<String> = service.calls().into_iter().map(|(line, _)| line).collect();
    assert_eq!(
        lines[1],
        "DELETE /subscriptions?url=https%3A%2F%2Fcrm.primer-salon.example%2Fhooks%2Fmax%2F1"
    );
    assert_eq!(lines[2], corpus_line("max", "updates.response.json"));
}

#[tokio::test]
async fn service_that_is_away_is_asked_later() {
    let destination = Destination {
        private_networks: Private::Allowed,
        ..Destination::new("place", "http://127.0.0.1:1")
    };
    let wire = Arc::new(Client::new(vec![destination]).expect("a destination"));
    let service = Service {
        script: Arc::default(),
        wire,
    };
    assert_eq!(
        service.telegram(Listen::Off).send(&message()).await,
        Err(SendError::Later { after_ms: None })
    );
    assert_eq!(
        service.max(Listen::Off).send(&message()).await,
        Err(SendError::Later { after_ms: None })
    );
    assert_eq!(service.telegram(Listen::Off).register().await, Ok(()));
}

#[tokio::test]
async fn only_the_right_secret_opens_the_door() {
    let service = Service::answering("telegram", &[]).await;
    let channels: [(Box<dyn Channel>, &str); 2] = [
        (Box::new(service.telegram(Listen::Webhook)), "telegram"),
        (Box::new(service.max(Listen::Webhook)), "max"),
    ];
    for (channel, provider) in channels {
        for fixture in corpus::of(provider).iter().filter(|fixture| fixture.role == "webhook") {
            let (name, secret) = &fixture.headers[0];
            let shown = |value: &str| {
                let mut headers = HeaderMap::new();
                headers.insert(
                    HeaderName::try_from(name).expect("a name"),
                    HeaderValue::try_from(value).expect("a value"),
                );
                channel.verify(&RawRequest {
                    headers: &headers,
                    body: &fixture.body,
                })
            };
            assert_eq!(shown(secret), Ok(()), "{}", fixture.file);
            for wrong in ["wrong", "", &secret[1..], &format!("{secret}x")] {
                assert_eq!(shown(wrong), Err(Refusal::Forged), "{provider} {wrong}");
            }
            let bare = RawRequest {
                headers: &HeaderMap::new(),
                body: &fixture.body,
            };
            assert_eq!(channel.verify(&bare), Err(Refusal::Forged));
        }
        assert_eq!(channel.kind().as_str(), provider);
    }
}

#[tokio::test]
async fn account_without_secret_takes_no_webhook_and_cannot_ask_for_one() {
    let service = Service::answering("telegram", &[]).await;
    let account = |listen, secret: Option<&str>, token: &str| telegram::Account {
        name: "salon".to_owned(),
        token: SecretString::new(token),
        webhook_secret: secret.map(SecretString::new),
        public_url: None,
        listen,
        wire: Arc::clone(&service.wire),
        destination: "place".to_owned(),
    };
    let polling = telegram::Telegram::new(account(Listen::Poll, None, TELEGRAM_TOKEN)).expect("usable");
    let mut headers = HeaderMap::new();
    headers.insert("x-telegram-bot-api-secret-token", HeaderValue::from_static(""));
    assert_eq!(
        polling.verify(&RawRequest {
            headers: &headers,
            body: b"{}"
        }),
        Err(Refusal::Forged)
    );
    for (secret, token) in [
        (None, TELEGRAM_TOKEN),
        (Some("has space"), TELEGRAM_TOKEN),
        (Some("word"), "7100/../x"),
    ] {
        let refused = telegram::Telegram::new(account(Listen::Webhook, secret, token)).expect_err("unusable");
        assert_eq!(refused.account, "salon");
        assert!(!format!("{refused} {refused:?}").contains(token));
    }
    assert!(!format!("{:?}", account(Listen::Poll, Some("hidden-word"), TELEGRAM_TOKEN)).contains("TESTTOKEN"));
    assert_eq!(polling.kind(), ChannelKind::Telegram);
}

/// Verb and path of a record.
fn corpus_line(provider: &str, name: &str) -> String {
    let fixture = corpus::one(provider, name);
    let verb = if fixture.role == "poll" { "GET" } else { "POST" };
    format!("{verb} {}", fixture.path)
}
