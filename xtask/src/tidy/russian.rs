//! Sentences shown to people stand together, in `words.rs`, in templates and in the few places whose trade is Russian
//! text; everything else in the code is English. A single Russian word may stand where it names something («К-0412»).

use super::Complaint;
use super::tree::File;

/// Where Russian sentences are at home, besides `words.rs` and tests.
const RUSSIAN_PLACES: [&str; 6] = [
    "crates/pii/",
    "crates/train/",
    "/templates/",
    "/src/assistant/",
    "/src/cli/",
    "/src/consent/document.rs",
];

/// So many Russian words in a row are a sentence in a literal.
const WORDS_OF_A_SENTENCE: usize = 2;
/// A comment may quote a law, a screen or a client, but not be written in Russian.
const WORDS_OF_A_QUOTATION: usize = 8;

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.is_rust() && !is_russian_place(file))
        .flat_map(complaints)
        .collect()
}

fn is_russian_place(file: &File) -> bool {
    file.is_test() || file.name() == "words.rs" || RUSSIAN_PLACES.iter().any(|place| file.path.contains(place))
}

fn complaints(file: &File) -> Vec<Complaint> {
    let pieces = file.product_pieces();
    let mut found = Vec::new();
    for piece in &pieces {
        let longest = longest_run(piece.text);
        if piece.is_literal() && longest >= WORDS_OF_A_SENTENCE {
            found.push(Complaint::at(
                file,
                piece.line,
                "move the Russian sentence into `words.rs` of its folder",
            ));
        }
        if piece.is_comment() && longest > WORDS_OF_A_QUOTATION {
            found.push(Complaint::at(
                file,
                piece.line,
                "comments are in English; quote at most a few Russian words",
            ));
        }
    }
    found
}

/// Most Russian words that follow one another in one line.
fn longest_run(text: &str) -> usize {
    text.lines().map(longest_run_in_line).max().unwrap_or(0)
}

fn longest_run_in_line(line: &str) -> usize {
    let (mut run, mut longest) = (0, 0);
    for word in line.split_whitespace() {
        let is_russian = word.chars().any(|c| matches!(c, 'а'..='я' | 'ё' | 'А'..='Я' | 'Ё'));
        let is_latin = word.chars().any(|c| c.is_ascii_alphabetic());
        run = match (is_russian, is_latin) {
            (true, _) => run + 1,
            (false, true) => 0,
            (false, false) => run,
        };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&[file(path, text)])
            .into_iter()
            .map(|complaint| complaint.line)
            .collect()
    }

    #[test]
    fn a_sentence_among_code_is_found() {
        assert_eq!(
            lines(
                "crates/shirma/src/journey.rs",
                "fn a() {\n  b(\"Мы перезвоним вам.\");\n}\n"
            ),
            [2]
        );
    }

    #[test]
    fn a_single_word_may_stand_anywhere() {
        assert_eq!(
            lines(
                "crates/shirma/src/subject/code.rs",
                "const LETTER: char = 'К'; // «код клиента»\n"
            ),
            [0_usize; 0]
        );
        assert_eq!(
            lines("crates/shirma/src/subject/code.rs", "write!(f, \"К-{:04}\", self.0)"),
            [0_usize; 0]
        );
    }

    #[test]
    fn words_and_tests_may_speak_russian() {
        let text = "pub const LATER: &str = \"Мы перезвоним вам.\";\n";
        assert_eq!(lines("crates/shirma/src/consent/words.rs", text), [0_usize; 0]);
        assert_eq!(lines("crates/shirma/tests/it/consent.rs", text), [0_usize; 0]);
    }

    #[test]
    fn a_comment_in_russian_is_found() {
        let text = "// Здесь мы ждём ответа от клиента и потом идём дальше\nfn a() {}\n";
        assert_eq!(lines("crates/shirma/src/journey.rs", text), [1]);
    }
}
