//! A browser in two words: enough for a person to know his own devices in a list, too little to follow anybody.

use super::words;

/// Signs of a browser in its `User-Agent`, with the word for it. Order decides: nearly all of them also name another.
const BROWSERS: [(&str, &str); 9] = [
    ("YaBrowser/", words::YANDEX_BROWSER),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Signs of a system.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// «Chrome, Windows»: words of the two lists only, whatever the header says.
pub fn device(user_agent: &str) -> String {
    let word = |signs: &[(&str, &'static str)]| {
        let found = signs.iter().find(|(sign, _)| user_agent.contains(sign));
        found.map(|(_, word)| *word)
    };
    match (word(&BROWSERS), word(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => words::UNKNOWN_DEVICE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_becomes_two_words_and_no_version() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8 Safari/537.36",
                "Яндекс Браузер, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
                "Firefox, Linux",
            ),
            ("curl/8.5.0", words::UNKNOWN_DEVICE),
            ("<script>alert(1)</script> Windows", "Windows"),
            ("", words::UNKNOWN_DEVICE),
        ];
        for (header, words) in cases {
            assert_eq!(device(header), words);
        }
    }
}
