//! Search over frequent questions: word stems and character 3–4-grams, BM25 in each, two thresholds fitted per base.
//!
//! A score is the share of the question's weight that an entry covers; a word the base has never seen weighs most, so a
//! question about something else scores low. Thresholds are fitted by leaving each wording out and asking it
//! (right answers), and by leaving its whole entry out and asking it (questions with no answer).

use std::collections::{BTreeMap, BTreeSet};

use super::base::Faq;
use super::text;

/// BM25: how soon repeats stop counting.
const K1: f64 = 1.2;
/// BM25: how much long entries are held back.
const B: f64 = 0.4;
/// Weight of the first wording, the other wordings and the answer.
const WEIGHTS: (f64, f64, f64) = (2.0, 1.0, 0.3);
/// Share of stems in the score; the rest are grams, which forgive typing errors.
const STEM_SHARE: f64 = 0.6;
/// Most entries offered as buttons.
const MAX_OFFERS: usize = 3;
/// Wordings asked while fitting: enough for a stable threshold, little enough for a large base.
const MAX_PROBES: usize = 240;
/// With fewer probes, or when no thresholds keep the promises below, the careful defaults stand.
const MIN_PROBES: usize = 12;
/// Shorter words say nothing of a subject.
const MIN_WORD_CHARS: usize = 3;
/// Shortest stem that may hold a typing error.
const MIN_TYPO_CHARS: usize = 5;
/// Wordings of fewer content words are keywords, not questions: nothing is fitted on them.
const MIN_PROBE_WORDS: usize = 2;
/// Of the left-out wordings answered at the threshold this share must be right. Clients' questions fare better than that: no
/// wording is left out then.
const WANTED_PRECISION: f64 = 0.92;
/// Of the questions without an entry at most this share may be answered.
const ALLOWED_FALSE: f64 = 0.04;
/// Of the questions without an entry at most this share may bring up buttons.
const ALLOWED_OFFERS: f64 = 0.35;
/// Thresholds when there is too little to fit them on.
const DEFAULT: Thresholds = Thresholds {
    answer: 0.62,
    margin: 0.12,
    offer: 0.42,
};

/// Words that carry no topic.
const STOP: &str = "а и в во на с со у к ко по за из от до о об не ни ли же бы то вы вас вам ваш ваша ваше ваши вами мне \
    меня мой моя мое мои мной я мы нас нам ты тебя это этот эта эти этого тут там так да нет ну вот или что чтобы для если \
    здравствуйте здравствуй добрый доброе день вечер утро привет подскажите скажите пожалуйста плиз плз спасибо можно хочу \
    хотела хотел хотелось как какой какая какие какое каком есть будет будут буду был была быть еще уже просто очень \
    нужно надо интересует вопрос случае подскажи скажи узнать хотели бывает имеется \
    делаете делать делает делаем сделать сделаете";

/// Words that mean the same in every trade. The owner's list comes before it.
const COMMON_SYNONYMS: &[(&str, &str)] = &[
    ("почем", "цена"),
    ("стоимость", "цена"),
    ("стоит", "цена"),
    ("прайс", "цена"),
    ("прейскурант", "цена"),
    ("расценки", "цена"),
    ("ценник", "цена"),
    ("локация", "адрес"),
    ("доехать", "добраться"),
    ("проехать", "добраться"),
    ("дойти", "добраться"),
    ("машина", "парковка"),
    ("авто", "парковка"),
    ("припарковаться", "парковка"),
    ("карта", "оплата"),
    ("картой", "оплата"),
    ("наличка", "наличные"),
    ("аванс", "предоплата"),
    ("бонусы", "скидка"),
    ("акция", "скидка"),
    ("промокод", "скидка"),
    ("расписание", "график"),
    ("телефон", "номер"),
];

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One entry, surely: its index.
    Answer(usize),
    /// Perhaps one of these, best first.
    Offer(Vec<usize>),
    /// Nothing.
    Nothing,
}

/// Where an answer and an offer begin.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Thresholds {
    answer: f64,
    margin: f64,
    offer: f64,
}

type Counts = BTreeMap<String, f64>;

/// One kind of terms over all entries.
#[derive(Debug, Clone, Default)]
struct Index {
    /// Weighted counts per entry.
    entries: Vec<Counts>,
    /// How many entries hold the term.
    holders: BTreeMap<String, usize>,
    average_length: f64,
}

/// The index over one base.
#[derive(Debug, Clone)]
pub struct Search {
    stems: Index,
    grams: Index,
    synonyms: BTreeMap<String, Vec<String>>,
    thresholds: Thresholds,
}

impl Search {
    /// Builds the index and fits its thresholds.
    pub fn new(faq: &[Faq], synonyms: &[(String, String)]) -> Search {
        let own = synonyms.iter().map(|(word, meaning)| (word.as_str(), meaning.as_str()));
        let mut map: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (word, meaning) in own.chain(COMMON_SYNONYMS.iter().copied()) {
            let [word] = text::words(word).try_into().unwrap_or_else(|_| [String::new()]);
            let meanings = text::words(meaning).iter().map(|word| text::stem(word)).collect();
            map.entry(text::stem(&word)).or_insert(meanings);
        }
        let mut search = Search {
            stems: Index::default(),
            grams: Index::default(),
            synonyms: map,
            thresholds: DEFAULT,
        };
        let stems: Vec<Counts> = faq
            .iter()
            .map(|entry| search.count(entry, None, Search::stem_terms))
            .collect();
        let grams: Vec<Counts> = faq
            .iter()
            .map(|entry| search.count(entry, None, Search::gram_terms))
            .collect();
        search.stems = Index::new(stems);
        search.grams = Index::new(grams);
        search.thresholds = search.fit(faq);
        search
    }

    /// The answer to a question, offers, or nothing.
    pub fn find(&self, question: &str) -> Found {
        let ranked = self.rank(question);
        let Some((best, score)) = ranked.first().copied() else {
            return Found::Nothing;
        };
        let second = ranked.get(1).map_or(0.0, |(_, score)| *score);
        let Thresholds { answer, margin, offer } = self.thresholds;
        if score >= answer && score - second >= margin {
            return Found::Answer(best);
        }
        let offers: Vec<usize> = ranked
            .into_iter()
            .filter(|(_, score)| *score >= offer)
            .take(MAX_OFFERS)
            .map(|(entry, _)| entry)
            .collect();
        if offers.is_empty() {
            Found::Nothing
        } else {
            Found::Offer(offers)
        }
    }

    /// Entries by falling score.
    fn rank(&self, question: &str) -> Vec<(usize, f64)> {
        self.rank_without(question, &Without::default())
    }

    fn rank_without(&self, question: &str, without: &Without<'_>) -> Vec<(usize, f64)> {
        let stems = self.stem_terms(question);
        let grams = self.gram_terms(question);
        if stems.is_empty() {
            return Vec::new();
        }
        let mut ranked: Vec<(usize, f64)> = (0..self.stems.entries.len())
            .filter(|entry| without.entry != Some(*entry))
            .map(|entry| {
                let (own_stems, own_grams) = match &without.wording {
                    Some((changed, stems, grams)) if *changed == entry => (*stems, *grams),
                    _ => (&self.stems.entries[entry], &self.grams.entries[entry]),
                };
                let stem_score = self.stems.score(&stems, own_stems, without);
                let gram_score = self.grams.score(&grams, own_grams, without);
                (entry, STEM_SHARE * stem_score + (1.0 - STEM_SHARE) * gram_score)
            })
            .collect();
        ranked.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        ranked
    }

    /// Weighted counts of an entry, one wording left out when asked.
    fn count(&self, entry: &Faq, without: Option<usize>, terms: fn(&Search, &str) -> Vec<String>) -> Counts {
        let mut counts = Counts::new();
        let (first, others, answer) = WEIGHTS;
        let wordings = entry
            .questions
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != without);
        for (index, wording) in wordings {
            let weight = if index == 0 { first } else { others };
            for term in terms(self, wording) {
                *counts.entry(term).or_default() += weight;
            }
        }
        for term in terms(self, &entry.answer) {
            *counts.entry(term).or_default() += answer;
        }
        counts
    }

    /// Content words after synonyms, as stems; a stem the base has never seen is read as its only near neighbour.
    fn stem_terms(&self, text: &str) -> Vec<String> {
        let words = text::words(text);
        let content = words
            .iter()
            .filter(|word| !is_stop(word) && word.chars().count() >= MIN_WORD_CHARS);
        let mut seen = BTreeSet::new();
        content
            .flat_map(|word| {
                let stem = self.corrected(text::stem(word));
                self.synonyms.get(&stem).cloned().unwrap_or_else(|| vec![stem])
            })
            .filter(|stem| seen.insert(stem.clone()))
            .collect()
    }

    /// The stem itself when known, else the one known stem a single typing error away.
    fn corrected(&self, stem: String) -> String {
        let known = |stem: &String| self.stems.holders.contains_key(stem) || self.synonyms.contains_key(stem);
        if stem.chars().count() < MIN_TYPO_CHARS || self.stems.holders.is_empty() || known(&stem) {
            return stem;
        }
        let all = self.stems.holders.keys().chain(self.synonyms.keys());
        let mut near =
            all.filter(|other| other.chars().count() >= MIN_TYPO_CHARS - 1 && strsim::osa_distance(other, &stem) == 1);
        match (near.next().cloned(), near.next()) {
            (Some(only), None) => only,
            _ => stem,
        }
    }

    /// 3–4-grams of the same stems with their borders marked.
    fn gram_terms(&self, text: &str) -> Vec<String> {
        let mut grams = Vec::new();
        for stem in self.stem_terms(text) {
            let chars: Vec<char> = std::iter::once('_').chain(stem.chars()).collect();
            for size in [3, 4] {
                grams.extend(chars.windows(size).map(|window| window.iter().collect::<String>()));
            }
        }
        grams.sort_unstable();
        grams.dedup();
        grams
    }

    /// The lowest thresholds that keep the promises of [`WANTED_PRECISION`] and [`ALLOWED_FALSE`].
    fn fit(&self, faq: &[Faq]) -> Thresholds {
        let all: Vec<(usize, usize)> = faq
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.questions.len() > 1)
            .flat_map(|(entry, faq)| (0..faq.questions.len()).map(move |wording| (entry, wording)))
            .filter(|(entry, wording)| self.stem_terms(&faq[*entry].questions[*wording]).len() >= MIN_PROBE_WORDS)
            .collect();
        let step = all.len().div_ceil(MAX_PROBES).max(1);
        let probes: Vec<Probe> = all
            .into_iter()
            .step_by(step)
            .map(|(entry, wording)| self.probe(faq, entry, wording))
            .collect();
        if probes.len() < MIN_PROBES {
            return DEFAULT;
        }
        best_thresholds(&probes)
    }

    fn probe(&self, faq: &[Faq], entry: usize, wording: usize) -> Probe {
        let question = &faq[entry].questions[wording];
        let stems = self.count(&faq[entry], Some(wording), Search::stem_terms);
        let grams = self.count(&faq[entry], Some(wording), Search::gram_terms);
        let left_out = Without {
            entry: None,
            wording: Some((entry, &stems, &grams)),
        };
        let known = self.rank_without(question, &left_out);
        let unknown = self.rank_without(
            question,
            &Without {
                entry: Some(entry),
                wording: None,
            },
        );
        let top = |ranked: &[(usize, f64)]| {
            let first = ranked.first().map_or(0.0, |(_, score)| *score);
            let second = ranked.get(1).map_or(0.0, |(_, score)| *score);
            (first, first - second)
        };
        Probe {
            right: known.first().is_some_and(|(found, _)| *found == entry),
            known: top(&known),
            unknown: top(&unknown),
        }
    }
}

/// What is left out of the index while fitting.
#[derive(Default)]
struct Without<'a> {
    entry: Option<usize>,
    /// An entry with one wording less: its counts.
    wording: Option<(usize, &'a Counts, &'a Counts)>,
}

/// One wording asked: score and margin with the wording left out, and with its whole entry left out.
struct Probe {
    right: bool,
    known: (f64, f64),
    unknown: (f64, f64),
}

fn best_thresholds(probes: &[Probe]) -> Thresholds {
    let mut best: Option<(usize, Thresholds)> = None;
    let count = |fits: &dyn Fn(&Probe) -> bool| probes.iter().filter(|probe| fits(probe)).count();
    let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    for step in 0..=30 {
        let answer = 0.30 + f64::from(step) * 0.02;
        for margin in [0.04, 0.06, 0.08, 0.10, 0.14, 0.18] {
            let passes = |top: (f64, f64)| top.0 >= answer && top.1 >= margin;
            let answered = count(&|probe| passes(probe.known));
            let right = count(&|probe| probe.right && passes(probe.known));
            let wrong = count(&|probe| passes(probe.unknown));
            let keeps = share(right, answered) >= WANTED_PRECISION && share(wrong, probes.len()) <= ALLOWED_FALSE;
            if keeps && best.is_none_or(|(most, _)| right > most) {
                best = Some((
                    right,
                    Thresholds {
                        answer,
                        margin,
                        offer: answer,
                    },
                ));
            }
        }
    }
    let mut found = best.map_or(DEFAULT, |(_, thresholds)| thresholds);
    let offer = (0..=20)
        .map(|step| 0.20 + f64::from(step) * 0.02)
        .find(|offer| share(count(&|probe| probe.unknown.0 >= *offer), probes.len()) <= ALLOWED_OFFERS);
    found.offer = offer.unwrap_or(found.answer).min(found.answer);
    found
}

impl Index {
    fn new(entries: Vec<Counts>) -> Index {
        let mut holders: BTreeMap<String, usize> = BTreeMap::new();
        for term in entries.iter().flat_map(BTreeMap::keys) {
            *holders.entry(term.clone()).or_default() += 1;
        }
        let total: f64 = entries.iter().map(length).sum();
        let average_length = if entries.is_empty() {
            1.0
        } else {
            (total / entries.len() as f64).max(1.0)
        };
        Index {
            entries,
            holders,
            average_length,
        }
    }

    /// How much a term tells; a term of the left-out entry alone is as good as unknown.
    fn weight(&self, term: &str, without: &Without<'_>) -> f64 {
        let all = self.entries.len() as f64;
        let mut holders = self.holders.get(term).copied().unwrap_or(0);
        if let Some(entry) = without.entry
            && self.entries[entry].contains_key(term)
        {
            holders -= 1;
        }
        let holders = holders as f64;
        (1.0 + (all - holders + 0.5) / (holders + 0.5)).ln()
    }

    fn score(&self, terms: &[String], entry: &Counts, without: &Without<'_>) -> f64 {
        let norm = K1 * (1.0 - B + B * length(entry) / self.average_length);
        let (mut got, mut whole) = (0.0, 0.0);
        for term in terms {
            let weight = self.weight(term, without);
            whole += weight;
            if let Some(count) = entry.get(term) {
                got += weight * (count * (K1 + 1.0) / (count + norm)).min(1.2);
            }
        }
        if whole == 0.0 { 0.0 } else { got / whole }
    }
}

fn length(counts: &Counts) -> f64 {
    counts.values().sum()
}

/// Whether the folded word carries no topic.
pub(super) fn is_stop(word: &str) -> bool {
    STOP.split_whitespace().any(|stop| stop == word)
}

#[cfg(test)]
mod tests;
