//! What the guarded client does and refuses, against servers on the loopback.

#[path = "server/mod.rs"]
mod server;

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use server::{Server, answer, read_request};
use shirma_wire::{Client, Destination, Error, FilterRefusal, Method, Private, Request};

const ROOT: &[u8] = include_bytes!("tls/root.pem");

fn private(base: String) -> Destination {
    Destination {
        private_networks: Private::Allowed,
        ..Destination::new("place", base)
    }
}

fn client(destination: Destination) -> Client {
    Client::new(vec![destination]).expect("a usable destination")
}

fn get(path: &str) -> Request<'static> {
    Request::new("place", Method::Get, path)
}

#[tokio::test]
async fn request_arrives_as_asked_and_any_status_is_an_answer() {
    let server = Server::answering(answer("429 Too Many Requests", "Retry-After: 7\r\n", "{\"ok\":false}"));
    let request = Request::new("place", Method::Post, "/send?chat=1")
        .header("Authorization", "word")
        .json(b"{}".to_vec());
    let response = client(private(format!("{}/bot1:T", server.base())))
        .send(request)
        .await
        .expect("an answer");
    assert_eq!((response.status, response.retry_after_ms()), (429, Some(7000)));
    assert_eq!(response.body, b"{\"ok\":false}");
    let seen = server.seen().expect("a request");
    assert!(seen.starts_with("POST /bot1:T/send?chat=1 HTTP/1.1\r\n"), "{seen}");
    assert!(
        seen.contains("authorization: word\r\n") && seen.contains("content-type: application/json\r\n"),
        "{seen}"
    );
    assert!(seen.ends_with("\r\n\r\n{}"), "{seen}");
}

#[tokio::test]
async fn redirects_are_answers_and_cookies_are_forgotten() {
    let server = Server::answering(answer("302 Found", "Location: /other\r\nSet-Cookie: a=b\r\n", ""));
    let client = client(private(server.base()));
    for _ in 0..2 {
        assert_eq!(client.send(get("/")).await.expect("an answer").status, 302);
        let seen = server.seen().expect("a request");
        assert!(
            seen.starts_with("GET / ") && !seen.to_lowercase().contains("cookie"),
            "{seen}"
        );
    }
    assert_eq!(server.seen(), None);
}

#[tokio::test]
async fn no_redirect_leads_to_another_place() {
    let trap = Server::answering(answer("200 OK", "", "caught"));
    for status in [301, 302, 303, 307, 308] {
        let target = format!("Location: {}/inside\r\n", trap.base());
        let server = Server::answering(answer(&format!("{status} Elsewhere"), &target, ""));
        let answered = client(private(server.base())).send(get("/")).await.expect("an answer");
        assert_eq!(answered.status, status);
    }
    assert_eq!(trap.seen(), None, "a redirect was followed");
}

#[tokio::test]
async fn unlisted_destination_is_unknown() {
    let refused = client(private("http://127.0.0.1:9".into()))
        .send(Request::new("other", Method::Get, "/"))
        .await;
    assert_eq!(refused, Err(Error::UnknownDestination { name: "other".into() }));
}

#[tokio::test]
async fn name_that_leads_inside_is_refused_before_connecting() {
    let server = Server::answering(answer("200 OK", "", ""));
    let base = format!("https://localhost:{}", server.port);
    let refused = client(Destination::new("place", base))
        .send(get("/"))
        .await
        .expect_err("localhost is not public");
    assert_eq!(
        refused,
        Error::Forbidden {
            destination: "place".into()
        }
    );
    assert!(!refused.outcome_unknown());
    assert_eq!(server.seen(), None);
}

#[test]
fn numeric_private_base_is_refused_at_once() {
    for base in [
        "https://127.0.0.1",
        "https://10.0.0.1/x",
        "https://[::1]",
        "https://[::ffff:192.168.0.1]:8443",
        "https://2130706433",
    ] {
        let refused = Client::new(vec![Destination::new("place", base)]).expect_err(base);
        assert_eq!(
            refused,
            Error::Forbidden {
                destination: "place".into()
            },
            "{base}"
        );
    }
}

#[test]
fn clear_text_to_the_internet_is_refused_even_when_private_is_allowed() {
    assert!(matches!(
        Client::new(vec![private("http://8.8.8.8".into())]),
        Err(Error::Forbidden { .. })
    ));
    assert!(matches!(
        Client::new(vec![Destination::new("place", "http://127.0.0.1")]),
        Err(Error::BadDestination { .. })
    ));
}

#[test]
fn broken_entries_of_the_list_are_named() {
    let twice = Client::new(vec![
        Destination::new("a", "https://a.example"),
        Destination::new("a", "https://b.example"),
    ]);
    assert!(matches!(twice, Err(Error::BadDestination { name, .. }) if name == "a"));
    for base in [
        "",
        "a.example",
        "ftp://a.example",
        "https://a.example?x=1",
        "https://user:word@a.example",
    ] {
        assert!(
            matches!(
                Client::new(vec![Destination::new("a", base)]),
                Err(Error::BadDestination { .. })
            ),
            "{base}"
        );
    }
    let roots = Destination {
        extra_roots_pem: b"not pem".to_vec(),
        ..Destination::new("a", "https://a.example")
    };
    assert!(matches!(Client::new(vec![roots]), Err(Error::BadDestination { .. })));
    let proxy = Destination {
        proxy: Some("ftp://p.example".into()),
        ..Destination::new("a", "https://a.example")
    };
    assert!(matches!(Client::new(vec![proxy]), Err(Error::BadDestination { .. })));
}

#[tokio::test]
async fn filter_sees_the_very_bytes_and_stops_them() {
    let server = Server::answering(answer("200 OK", "", ""));
    let filter = |body: &[u8]| {
        if body == b"masked" {
            Ok(())
        } else {
            Err(FilterRefusal { reason: "phone" })
        }
    };
    let client = client(Destination {
        filter: Some(Arc::new(filter)),
        ..private(server.base())
    });
    let mut request = Request::new("place", Method::Post, "/");
    request.body = b"masked".to_vec();
    assert!(client.send(request.clone()).await.is_ok());
    assert!(server.seen().expect("a request").ends_with("masked"));
    request.body = b"+7 900".to_vec();
    let refused = client.send(request).await.expect_err("withheld");
    assert_eq!(
        refused,
        Error::Withheld {
            destination: "place".into(),
            reason: "phone"
        }
    );
    assert!(!refused.outcome_unknown());
    assert_eq!(server.seen(), None);
}

#[tokio::test]
async fn answer_over_the_limit_is_cut_off() {
    let announced = Server::answering(answer("200 OK", "", &"x".repeat(2000)));
    let streamed = Server::answering(format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}",
        "x".repeat(2000)
    ));
    for server in [&announced, &streamed] {
        let mut destination = private(server.base());
        destination.limits.response_bytes = 1999;
        let refused = client(destination.clone()).send(get("/")).await.expect_err("too large");
        assert_eq!(
            refused,
            Error::TooLarge {
                destination: "place".into(),
                limit_bytes: 1999
            }
        );
        assert!(refused.outcome_unknown());
        destination.limits.response_bytes = 2000;
        assert_eq!(client(destination).send(get("/")).await.expect("fits").body.len(), 2000);
    }
}

#[tokio::test]
async fn silence_is_a_timeout_with_unknown_outcome() {
    let server = Server::handling(|stream, saw| {
        saw(read_request(stream));
        // Waits for the client to give up.
        read_request(stream);
    });
    let mut request = get("/");
    request.timeout = Some(Duration::from_millis(50));
    let refused = client(private(server.base())).send(request).await.expect_err("silence");
    assert_eq!(
        refused,
        Error::Timeout {
            destination: "place".into()
        }
    );
    assert!(refused.outcome_unknown());
}

#[tokio::test]
async fn closed_port_is_certainly_not_sent_and_cut_answer_may_be() {
    let refused = client(private("http://127.0.0.1:1".into()))
        .send(get("/"))
        .await
        .expect_err("nobody there");
    assert_eq!(
        refused,
        Error::Connect {
            destination: "place".into()
        }
    );
    assert!(!refused.outcome_unknown());
    let server = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
    let broken = client(private(server.base())).send(get("/")).await.expect_err("cut");
    assert_eq!(
        broken,
        Error::Broken {
            destination: "place".into()
        }
    );
    assert!(broken.outcome_unknown());
}

#[tokio::test]
async fn proxy_is_used_and_its_password_is_hidden() {
    let server = Server::answering(answer("200 OK", "", "through"));
    let destination = Destination {
        proxy: Some(format!("http://user:secretword@127.0.0.1:{}", server.port)),
        ..private("http://10.11.12.13".into())
    };
    assert!(!format!("{destination:?}").contains("secretword"));
    let response = client(destination).send(get("/x")).await.expect("an answer");
    assert_eq!(response.body, b"through");
    let seen = server.seen().expect("a request");
    assert!(seen.starts_with("GET http://10.11.12.13/x HTTP/1.1\r\n"), "{seen}");
    assert!(seen.contains("proxy-authorization: Basic "), "{seen}");
}

#[tokio::test]
async fn root_added_for_a_destination_is_believed_there_only() {
    let server = tls_server();
    let base = format!("https://localhost:{}", server.port);
    let refused = client(private(base.clone()))
        .send(get("/"))
        .await
        .expect_err("unknown root");
    assert_eq!(
        refused,
        Error::Connect {
            destination: "place".into()
        }
    );
    let trusting = client(Destination {
        extra_roots_pem: ROOT.to_vec(),
        ..private(base)
    });
    assert_eq!(trusting.send(get("/")).await.expect("known root").body, b"sealed");
}

/// A server with a certificate under the test root.
fn tls_server() -> Server {
    let chain = vec![CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).expect("a certificate")];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key.pem")).expect("a key");
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a pair");
    let config = Arc::new(config);
    Server::handling(move |stream, saw| {
        let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).expect("a connection");
        let mut stream = rustls::Stream::new(&mut connection, stream);
        saw(read_request(&mut stream));
        let _ = stream.write_all(answer("200 OK", "", "sealed").as_bytes());
        stream.conn.send_close_notify();
        let _ = stream.flush();
    })
}

#[tokio::test]
async fn errors_never_show_the_address() {
    let errors = [
        client(private("http://127.0.0.1:1/botSECRET".into()))
            .send(get("/SECRET"))
            .await,
        client(Destination::new("place", "https://localhost/botSECRET"))
            .send(get("/SECRET"))
            .await,
        client(Destination::new("place", "https://localhost/botSECRET"))
            .send(get("/../SECRET"))
            .await,
    ];
    for error in errors {
        let error = error.expect_err("all fail");
        assert!(!format!("{error} {error:?}").contains("SECRET"));
    }
}
