//! A table as a file that spreadsheets open: semicolons, as they expect them here, and no cell that could be a formula.

use super::rows::ExportLine;
use super::vigil;

/// Tells spreadsheets that the letters are UTF-8.
const MARK: &str = "\u{feff}";

/// All clients, one a line.
pub fn clients(lines: &[ExportLine]) -> String {
    let mut text = String::from(MARK);
    line(&mut text, &vigil::SHEET_HEAD);
    for client in lines {
        // A phone begins with its plus; without it no spreadsheet takes it for a formula, and no sign has to stand before it.
        let phone = client.phone.expose().trim_start_matches('+');
        line(
            &mut text,
            &[
                &client.code,
                client.name.expose(),
                phone,
                client.email.expose(),
                &client.since,
            ],
        );
    }
    text
}

fn line(text: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|words| cell(words)).collect();
    text.push_str(&cells.join(";"));
    text.push_str("\r\n");
}

/// One cell (security.md §9): what begins like a formula gets an apostrophe, what could break the line gets quotes.
fn cell(words: &str) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = if is_formula {
        format!("'{words}")
    } else {
        words.to_owned()
    };
    if safe.contains([';', '"', '\n', '\r', ',']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_its_line() {
        for (words, written) in [
            ("Анна", "Анна"),
            ("=1+1", "'=1+1"),
            ("+7 900", "'+7 900"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("Ким; Анна \"Аня\"", "\"Ким; Анна \"\"Аня\"\"\""),
            ("две\nстроки", "\"две\nстроки\""),
            ("", ""),
        ] {
            assert_eq!(cell(words), written);
        }
    }

    #[test]
    fn a_phone_stands_without_its_plus() {
        let client = ExportLine {
            code: "К-0001".to_owned(),
            name: "=Анна".to_owned().into(),
            phone: "+79000000011".to_owned().into(),
            email: String::new().into(),
            since: "27.11.2026".to_owned(),
        };
        let text = clients(&[client]);
        assert!(text.starts_with("\u{feff}Код;Имя;"), "{text}");
        assert!(text.ends_with("К-0001;'=Анна;79000000011;;27.11.2026\r\n"), "{text}");
    }
}
