//! Titles of works that begin with a name: «смотрим «Иван Васильевич меняет профессию»».

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::words::{Capitals, Words};

/// What is watched, read or played.
static WORKS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "смотр посмотр фильм сериал спектакл мульт кино комеди мелодрам книг книж роман повест рассказ опер балет мюзикл песн \
         читаем читал чита премьер постановк сказк",
    )
});
/// How far before the quotation mark they stand.
const REACH: usize = 4;

/// Whether the name in words `first..=last` opens a quotation that goes on after it and is told to be a work.
pub(super) fn is_of_work(words: &Words<'_>, first: usize, last: usize) -> bool {
    let opens = words.gap(first).ends_with(['«', '"', '“']);
    let goes_on = words.gap(last + 1) == " "
        && words
            .all
            .get(last + 1)
            .is_some_and(|next| next.capitals == Capitals::None);
    opens
        && goes_on
        && (1..=REACH.min(first))
            .take_while(|back| *back == 1 || !words.gap(first - back + 1).contains(['\n', '.', '!', '?']))
            .any(|back| WORKS.begins(words.text(first - back)))
}
