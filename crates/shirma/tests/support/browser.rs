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

/// One browser window with an empty profile.
pub(crate) struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    _profile: TempDir,
}

/// Something on the page.
pub(crate) struct Element<'a> {
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

    /// The first element that matches, as soon as there is one.
    pub(crate) fn find(&self, css: &str) -> Element<'_> {
        wait_for(&format!("`{css}` on {}", self.url()), || {
            self.find_all(css).into_iter().next()
        })
    }

    /// Every element that matches now.
    pub(crate) fn find_all(&self, css: &str) -> Vec<Element<'_>> {
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
        let answer = http::call(self.address, request).expect("the driver answers");
        let value = answer.json()["value"].clone();
        assert_eq!(answer.status, 200, "{} {}: {value}", request.method, request.path);
        value
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
    pub(crate) fn click(&self) {
        self.command("click", &json!({}));
    }

    /// Types as a keyboard does; `\u{e007}` is Enter.
    pub(crate) fn type_in(&self, text: &str) {
        self.command("value", &json!({"text": text}));
    }

    /// The words it shows.
    pub(crate) fn words(&self) -> String {
        as_text(&self.ask("text"))
    }

    pub(crate) fn is_shown(&self) -> bool {
        self.ask("displayed") == true
    }

    fn ask(&self, what: &str) -> Value {
        self.browser.ask(&format!("element/{}/{what}", self.id))
    }

    fn command(&self, what: &str, body: &Value) -> Value {
        self.browser.command(&format!("element/{}/{what}", self.id), body)
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
