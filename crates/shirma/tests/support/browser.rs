//! A headless Chromium, driven over the WebDriver protocol: what a person would see and press.
//!
//! The driver is a child of the test and listens on a port of its own choice. Nothing is fetched from outside: the
//! browser's own background traffic is switched off. What the page complains of in its console can be read.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::http::{self, Request};
use super::patience::wait_for;

/// Switches that keep the browser quiet, small and able to run inside containers.
const SWITCHES: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--lang=ru",
];

/// The key under which the protocol hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What the driver says of an element that has left the page.
const GONE: &str = "stale element reference";

/// One browser window with an empty profile.
pub(crate) struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    _profile: TempDir,
}

/// Something on the page.
struct Element<'a> {
    browser: &'a Browser,
    id: String,
}

impl Browser {
    /// Opens a window of this size in CSS pixels.
    pub(crate) fn open(width: u32, height: u32) -> Browser {
        let profile = tempfile::Builder::new()
            .prefix("shirma-browser-")
            .tempdir()
            .expect("a temporary folder");
        let (driver, address) = start_driver(profile.path());
        let mut browser = Browser {
            driver,
            address,
            session: String::new(),
            _profile: profile,
        };
        let mut switches: Vec<String> = SWITCHES.iter().map(|switch| (*switch).to_owned()).collect();
        switches.push(format!(
            "--user-data-dir={}",
            browser._profile.path().join("profile").display()
        ));
        switches.push(format!("--window-size={width},{height}"));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {
                "args": switches,
                // A headless window is never narrower than 500 pixels; a phone's screen has to be played.
                "mobileEmulation": {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 1.0, "touch": width < 500, "mobile": width < 500}},
            },
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let session = browser.post("/session", &wanted);
        browser.session = session["sessionId"].as_str().expect("a session has an id").to_owned();
        browser
    }

    /// Goes to an address and waits until the page is loaded.
    pub(crate) fn go(&self, url: &str) {
        self.command("url", &json!({"url": url}));
    }

    /// The address shown now.
    pub(crate) fn url(&self) -> String {
        as_text(&self.ask("url"))
    }

    /// Presses the first element that matches, is shown and whose text begins with these words, as soon as there is one.
    pub(crate) fn press(&self, css: &str, words: &str) {
        self.on_shown(css, words, |element| element.ask("click", Some(&json!({}))));
    }

    /// Types as a keyboard does into the first element that matches and is shown; `\u{e007}` is Enter.
    pub(crate) fn type_in(&self, css: &str, text: &str) {
        self.on_shown(css, "", |element| element.ask("value", Some(&json!({"text": text}))));
    }

    /// The words the first element that matches shows, as soon as there is one.
    pub(crate) fn words(&self, css: &str) -> String {
        self.on_shown(css, "", |element| element.ask("text", None).as_ref().map(as_text))
    }

    /// How many elements match now.
    pub(crate) fn count(&self, css: &str) -> usize {
        self.find_all(css).len()
    }

    /// Does something with the first element that is shown and begins with these words. A page that is being redrawn
    /// replaces its elements between the finding and the doing: what is gone by then is looked for anew.
    fn on_shown<T>(&self, css: &str, words: &str, act: impl Fn(&Element<'_>) -> Option<T>) -> T {
        wait_for(&format!("«{words}» in `{css}` on {}", self.url()), || {
            let fits = |element: &Element<'_>| {
                element.ask("displayed", None).is_some_and(|shown| shown == true)
                    && (words.is_empty()
                        || element
                            .ask("text", None)
                            .is_some_and(|text| as_text(&text).trim().starts_with(words)))
            };
            self.find_all(css).iter().find(|element| fits(element)).and_then(&act)
        })
    }

    fn find_all(&self, css: &str) -> Vec<Element<'_>> {
        let found = self.command("elements", &json!({"using": "css selector", "value": css}));
        let ids = found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|element| element[ELEMENT].as_str());
        ids.map(|id| Element {
            browser: self,
            id: id.to_owned(),
        })
        .collect()
    }

    /// Waits until some element that matches shows these words.
    pub(crate) fn wait_for_words(&self, css: &str, words: &str) {
        wait_for(&format!("«{words}» in `{css}` on {}", self.url()), || {
            // Elements may be replaced between the finding and the reading: then the next round sees the new ones.
            let texts = self.script(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)",
                &json!([css]),
            );
            texts
                .as_array()?
                .iter()
                .any(|text| text.as_str().is_some_and(|text| text.contains(words)))
                .then_some(())
        });
    }

    /// Runs a script in the page and gives what it returns.
    pub(crate) fn script(&self, script: &str, arguments: &Value) -> Value {
        self.command("execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// Plays the person's wish for light or dark.
    pub(crate) fn prefer(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let wish = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}});
        self.command("goog/cdp/execute", &wish);
    }

    /// Writes what is shown now to a PNG file.
    pub(crate) fn screenshot(&self, file: &Path) {
        let picture = BASE64
            .decode(as_text(&self.ask("screenshot")))
            .expect("a screenshot is base64");
        std::fs::write(file, picture).expect("the screenshot is written");
    }

    /// What the console has said since the last look: errors of scripts, refusals of the content policy.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.command("se/log", &json!({"type": "browser"}));
        let entries = log
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| entry["level"] == "SEVERE");
        entries.map(|entry| as_text(&entry["message"])).collect()
    }

    fn ask(&self, what: &str) -> Value {
        self.exchange(&Request::get(format!("/session/{}/{what}", self.session)))
    }

    fn command(&self, what: &str, body: &Value) -> Value {
        self.post(&format!("/session/{}/{what}", self.session), body)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.exchange(&Request::json(path, body))
    }

    fn exchange(&self, request: &Request) -> Value {
        self.exchange_if_there(request)
            .unwrap_or_else(|| panic!("{} {}: the element is gone", request.method, request.path))
    }

    /// Nothing if the element asked has left the page.
    fn exchange_if_there(&self, request: &Request) -> Option<Value> {
        let answer = http::call(self.address, request).expect("the driver answers");
        let value = answer.json()["value"].clone();
        if value["error"] == GONE {
            return None;
        }
        assert_eq!(answer.status, 200, "{} {}: {value}", request.method, request.path);
        Some(value)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closing the session ends the browser; the driver ends with us.
        let _closed = http::call(
            self.address,
            &Request::new("DELETE", format!("/session/{}", self.session)),
        );
        let _gone = self.driver.kill();
        let _reaped = self.driver.wait();
    }
}

impl Element<'_> {
    /// Asks about the element, or with a body tells it what to do. Nothing if it has left the page.
    fn ask(&self, what: &str, body: Option<&Value>) -> Option<Value> {
        let path = format!("/session/{}/element/{}/{what}", self.browser.session, self.id);
        let request = match body {
            Some(body) => Request::json(path, body),
            None => Request::get(path),
        };
        self.browser.exchange_if_there(&request)
    }
}

/// Starts the driver on a port of its choice; it tells the port on its first lines.
fn start_driver(home: &Path) -> (Child, SocketAddr) {
    let mut command = Command::new("chromedriver");
    command
        .arg("--port=0")
        .env("HOME", home)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut driver = command
        .spawn()
        .expect("chromedriver is installed: `cargo xtask test --only machine` sees to it");
    let mut lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let rest = line.split_once("started successfully on port ")?.1;
        rest.trim_end_matches('.').parse::<u16>().ok()
    });
    // Read on to the end, or the driver blocks once the pipe is full.
    std::thread::spawn(move || lines.for_each(drop));
    (
        driver,
        SocketAddr::from(([127, 0, 0, 1], port.expect("the driver tells its port"))),
    )
}

fn as_text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
