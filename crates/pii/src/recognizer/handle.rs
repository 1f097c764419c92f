//! Accounts in messengers and social networks: «@nick», «t.me/nick», «vk.com/id1», «мой инст katya_nails».

mod torn;

use std::sync::LazyLock;

use crate::stems::Stems;
use std::ops::Range;

use crate::cue::{Cue, cue_at};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

/// Addresses whose first path segment is a person's account.
static SITES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "t.me/ telegram.me/ vk.com/ vk.ru/ vkontakte.ru/ instagram.com/ ok.ru/profile/ ok.ru/ wa.me/ \
         facebook.com/ fb.com/ tiktok.com/ tiktok.com/@ youtube.com/@ max.ru/ twitter.com/ threads.net/ threads.com/ \
         youtube.com/c/ youtube.com/user/ vk.me/ x.com/ twitch.tv/ drive2.ru/users/ drive2.ru/r/ pinterest.com/ \
         steamcommunity.com/id/ linkedin.com/in/ snapchat.com/add/ dzen.ru/ tgclick.com/ telegram.dog/ instagr.am/ \
         discord.com/users/ rutube.ru/u/ livejournal.com/ github.com/ likee.video/@ viber.me/ m.me/",
    )
});
/// Words after which a Latin word is a nick.
const CUE_WORDS: &str = "инст инста инсту инсте инсты инстой инстаграм инстаграме инстаграмм ник ника nick телега телегу \
         телеге телеграм телеграмм телеграме тг tg вк vk вконтакте аккаунт аккаунта профиль страница страничка \
         insta inst instagram telegram скайп скайпе skype инстик инстике инстаграма максе тикток тиктоке ютуб \
         дискорд дс ds нельзяграм нельзяграме нельзяграмм запрещенграм ig tgk tiktok discord вотсапп одноклассники \
         одноклассниках страницу страничку инстаграмчик инсту никнейм nickname nik zalo зало wechat вичат snapchat снапчат pinterest \
         пинтерест twitch твич рутуб тредс вкшка тгшка телеграмчик форум форуме драйве драйв2 drive2 твиче стим стиме \
         steam дзен дзене юзернейм юзернейму username телегр телеграмма телеграму ником нику никнеймом инстаграму инстику \
         вконтактике ютубе тиктока тредсе threads вайбере аккаунте профиле твиттер твиттере акк акаунт лайки";
static CUES: LazyLock<Stems> = LazyLock::new(|| Stems::new(CUE_WORDS));
/// Paths that are no accounts.
const NOT_ACCOUNTS: &[&str] = &[
    "p", "reel", "stories", "wall", "share", "joinchat", "club", "public", "explore", "app",
];

/// Ends of the names of sites.
const ZONES: &[&str] = &[".ru", ".com", ".net", ".org", ".su", ".рф", ".ком", ".ру"];

/// Sites of notices, where only a decorated name is a nick.
const MARKET_WORDS: &str = "авито avito юле юла дроме дром drom озоне блаблакар профи яндексе";
static MARKETS: LazyLock<Stems> = LazyLock::new(|| Stems::new(MARKET_WORDS));
/// Both, so that most words are asked once.
static CUES_AND_MARKETS: LazyLock<Stems> = LazyLock::new(|| Stems::of_lines([CUE_WORDS, MARKET_WORDS]));

/// Whether a word says that an account is meant.
pub(super) fn is_cue(word: &str) -> bool {
    CUES.has(word)
}

/// Claims all accounts.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let text = view.text();
    super::nick::claim(view, claims);
    // All sites have a slash, and most messages have none.
    let sites = text.contains('/').then(|| SITES.iter());
    for site in sites.into_iter().flatten() {
        for (at, _) in text.match_indices(site) {
            if let Some(range) = link(text, at, site) {
                claims.add(Label::Handle, range, 0.95, Evidence::Pattern);
            }
        }
    }
    let skype = text.contains(':').then(|| text.match_indices("live:"));
    for (at, prefix) in skype.into_iter().flatten() {
        let name = nick(&text[at + prefix.len()..]);
        if name.chars().count() >= 3 && view.before(at).is_none_or(char::is_whitespace) {
            claims.add(
                Label::Handle,
                at..at + prefix.len() + name.len(),
                0.9,
                Evidence::Pattern,
            );
        }
    }
    for (at, _) in text.match_indices('@') {
        let free_left = !text[..at]
            .ends_with(|character: char| character.is_alphanumeric() || matches!(character, '.' | '_' | '-' | '@'));
        // «@ anna_kim»
        let spaced = text[at + 1..].starts_with(' ') && {
            let name = nick(&text[at + 2..]);
            name.contains('_') || name.contains('.') && !ZONES.iter().any(|zone| name.ends_with(zone))
        };
        let at = at + usize::from(spaced);
        let name = nick(&text[at + 1..]);
        let sign = at - usize::from(spaced);
        if free_left
            && name.chars().count() >= 3
            && name.starts_with(|first: char| first.is_alphanumeric() || first == '_')
        {
            claims.add(Label::Handle, sign..at + 1 + name.len(), 0.95, Evidence::Pattern);
        }
    }
    for (at, _) in text.match_indices('#') {
        if let Some(range) = torn::tagged(view, at) {
            claims.add(Label::Handle, range, 0.85, Evidence::Pattern);
        }
    }
    for index in 0..view.words.len() {
        if !CUES_AND_MARKETS.has(view.words.text(index)) {
            continue;
        }
        let market = MARKETS.has(view.words.text(index));
        if market {
            if let Some(range) = nick_after(view, index)
                && view.text()[range.clone()].contains('_')
            {
                claims.add(Label::Handle, range, 0.75, Evidence::Cue);
            }
            continue;
        }
        if let Some(range) = torn::torn(view, index)
            .or_else(|| nick_after(view, index))
            .or_else(|| nick_in_cyrillic(view, index))
        {
            claims.add(Label::Handle, range, 0.85, Evidence::Cue);
        } else if let Some(range) = nick_before(view, index) {
            claims.add(Label::Handle, range, 0.75, Evidence::Cue);
        }
    }
    for index in 1..view.words.len() {
        if let Some(range) = account_number(view, index) {
            claims.add(Label::Handle, range, 0.85, Evidence::Cue);
        }
        if let Some(range) = undecorated(view, index) {
            claims.add(Label::Handle, range, 0.7, Evidence::Context);
        }
    }
}

/// «в контакте id 448120377»: the number of an account after its word.
fn account_number(view: &View<'_>, index: usize) -> Option<Range<usize>> {
    let words = &view.words;
    if !matches!(words.text(index), "id" | "ид" | "айди") {
        return None;
    }
    let number = words.all.get(index + 1).filter(|number| number.kind == Kind::Digits)?;
    let told = (1..=4.min(index)).any(|back| {
        let word = words.text(index - back);
        CUES.has(word)
            || matches!(word, "лс" | "личку" | "личке" | "директ")
            || word.starts_with("контакт")
            || word.starts_with("однокласс")
    });
    let fits = matches!(words.gap(index + 1), "" | " " | ": " | ":" | " № ")
        && number.end - number.start >= ACCOUNT_DIGITS_MIN;
    (fits && told).then_some(words.all[index].start..number.end)
}

const ACCOUNT_DIGITS_MIN: usize = 5;

fn is_nick(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '-')
}

fn nick(text: &str) -> &str {
    let end = text.find(|character: char| !is_nick(character)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-'])
}

fn link(text: &str, at: usize, site: &str) -> Option<Range<usize>> {
    let name = nick(&text[at + site.len()..]);
    let lead = text[..at].trim_end_matches("www.").trim_end_matches("m.");
    let lead = lead
        .strip_suffix("https://")
        .or_else(|| lead.strip_suffix("http://"))
        .unwrap_or(lead);
    if lead.ends_with(|character: char| character.is_alphanumeric() || matches!(character, '.' | '-' | '/')) {
        return None;
    }
    let first = name.split(['_', '-', '.']).next().unwrap_or_default();
    if name.chars().count() < 2 || NOT_ACCOUNTS.contains(&first) {
        return None;
    }
    let mut end = at + site.len() + name.len();
    // «vk.com/id 5566778»
    if name == "id" {
        let digits = text[end..]
            .strip_prefix(' ')
            .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
        end += if digits >= ACCOUNT_DIGITS_MIN { digits + 1 } else { 0 };
    }
    // «?igsh=…» that a copied link brings along.
    let query = text[end..].strip_prefix(['?', '/']).map_or(0, |query| {
        let length = query
            .find(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '=' | '&' | '_' | '-' | '%')))
            .unwrap_or(query.len());
        if query[..length].contains('=') { length + 1 } else { 0 }
    });
    Some(lead.len()..end + query)
}

/// A Latin nick within three words of a cue, told by its shape or by standing right after it.
fn nick_after(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    for index in cue + 1..(cue + 5).min(view.words.len()) {
        let gap = view.words.gap(index);
        if gap.contains(['\n', '!', '?', ';']) {
            return None;
        }
        let word = view.words.all[index];
        if word.kind != Kind::Latin {
            continue;
        }
        let start = word.start - if gap.ends_with('_') { 1 } else { 0 };
        let name = nick(&view.text()[start..]);
        if gap.ends_with(['.', '&'])
            || name.chars().count() < 3
            || view.text()[start + name.len()..].starts_with(['/', '@'])
        {
            return None;
        }
        // «frost#4471»
        let numbered = view.text()[start + name.len()..]
            .strip_prefix('#')
            .map(|tail| tail.len() - tail.trim_start_matches(|sign: char| sign.is_ascii_digit()).len())
            .filter(|digits| *digits == torn::TAG_DIGITS);
        if let Some(digits) = numbered.filter(|_| !is_of_password(view, cue, index)) {
            return Some(start..start + name.len() + 1 + digits);
        }
        // «ZeleniyChay»
        let told = matches!(view.words.text(index - 1), "под" | "как" | "ником" | "я");
        let humped = word.capitals == Capitals::Mixed
            && name.len() >= if told { HUMPED_NICK_TOLD_MIN } else { HUMPED_NICK_MIN }
            && !is_service(name)
            && !is_of_password(view, cue, index);
        let decorated =
            humped || name.contains(['_', '.']) || name.contains(|character: char| character.is_ascii_digit());
        // «телеграм t.me не открывается»: the site, not a nick.
        let site = SITES.iter().any(|site| site.strip_suffix('/') == Some(name));
        if !site && (decorated || index == cue + 1 && !is_service(name)) {
            return Some(start..start + name.len());
        }
        return None;
    }
    None
}

/// «пароль на инст сменили …»: what follows opens the account.
fn is_of_password(view: &View<'_>, cue: usize, index: usize) -> bool {
    (cue.saturating_sub(4)..index).any(|at| cue_at(view, at) == Some(Cue::Secret))
}

/// A nick in letters of both sizes has so many of them at least, and where «под» or «я» stands before it.
const HUMPED_NICK_MIN: usize = 7;
const HUMPED_NICK_TOLD_MIN: usize = 6;

/// «ник шурик-мурик88», «тг: саныч_74»: Cyrillic letters with digits or an underscore right after the cue.
fn nick_in_cyrillic(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let index = (cue + 1..cue + 5).find(|index| {
        !matches!(
            view.words.text(*index),
            "мой"
                | "это"
                | "такой"
                | "вот"
                | "я"
                | "он"
                | "она"
                | "под"
                | "ником"
                | "как"
                | "подписана"
                | "подписан"
                | "висит"
                | "вишу"
                | "зовусь"
        )
    })?;
    let word = view.words.all.get(index).filter(|word| word.kind == Kind::Cyrillic)?;
    let near =
        (cue + 1..=index).all(|index| matches!(view.words.gap(index).trim(), "" | ":" | "-" | "«" | "\"" | "- «"));
    let name = nick(&view.text()[word.start..]);
    let decorated = name.contains('_') || name.contains('-') && name.ends_with(|sign: char| sign.is_ascii_digit());
    let numbered =
        name.ends_with(|sign: char| sign.is_ascii_digit()) && name.chars().count() >= NUMBERED_NICK_CHARS_MIN;
    (near && (decorated || numbered)).then(|| word.start..word.start + name.len())
}

/// Signs of a Cyrillic nick with a number at its end.
const NUMBERED_NICK_CHARS_MIN: usize = 5;

/// «masha_k в инсте», «katya.nails — мой инст»: a nick by its form before the cue.
fn nick_before(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let mut last = cue.checked_sub(1)?;
    let mut links = 0;
    while matches!(
        view.words.text(last),
        "в" | "это" | "мой" | "ник" | "моя" | "наш" | "там" | "такой" | "у" | "меня" | "на" | "вот"
    ) {
        last = last.checked_sub(1)?;
        links += 1;
    }
    let gap = view.words.gap(last + 1);
    let joined = gap.contains(['-', '(']) || links > 0;
    if !joined || links > 3 || gap.contains(['\n', '.', '?', '!', ';', ',', ':']) {
        return None;
    }
    let mut first = last;
    while first > 0 && (view.words.gap(first).is_empty() || matches!(view.words.gap(first), "_" | "." | "-")) {
        first -= 1;
    }
    let start = view.words.all[first].start;
    let range = start..view.words.all[last].end;
    let name = view.words.slice(range.clone());
    let zone = name
        .rsplit_once('.')
        .is_some_and(|(_, zone)| matches!(zone, "ru" | "com" | "net" | "org" | "su" | "рф"));
    let numbered = name
        .strip_prefix("id")
        .is_some_and(|digits| digits.chars().all(|sign| sign.is_ascii_digit()));
    let decorated = name.contains('_') || name.contains('.') && !zone || numbered;
    let fits =
        name.is_ascii() && decorated && name.len() >= 5 && name.contains(|sign: char| sign.is_ascii_alphabetic());
    (fits && view.stands_alone(&range) && view.before(start) != Some('@')).then_some(range)
}

fn is_service(name: &str) -> bool {
    [
        "instagram",
        "telegram",
        "whatsapp",
        "direct",
        "business",
        "premium",
        "max",
        "bot",
        "online",
        "stories",
        "reels",
        "wifi",
        "music",
        "video",
        "play",
        "pay",
        "web",
        "desktop",
        "клипы",
    ]
    .contains(&name)
}

/// «подписалась с lesya.omel», «пишите на katya_nails»: a nick by shape after a word of writing or following.
fn undecorated(view: &View<'_>, index: usize) -> Option<Range<usize>> {
    const VERBS: [&str; 15] = [
        "подпис",
        "подпиш",
        "ищите",
        "пишет",
        "пиши",
        "пишите",
        "напиши",
        "отмет",
        "найд",
        "добав",
        "списа",
        "личк",
        "директ",
        "сообщен",
        "аккаунт",
    ];
    let word = view.words.all[index];
    if word.kind != Kind::Latin || view.words.gap(index).ends_with(['.', '_', '-', '/']) {
        return None;
    }
    let told = (1..=3.min(index)).any(|back| VERBS.iter().any(|verb| view.words.text(index - back).starts_with(verb)));
    if !told {
        return None;
    }
    let name = nick(&view.text()[word.start..]);
    let underscored = name.contains('_');
    let dotted = name.contains('.')
        && !name.contains("..")
        && !["ru", "com", "net", "org", "su", "pro"]
            .iter()
            .any(|zone| name.rsplit('.').next() == Some(zone));
    if name.chars().count() < 5
        || !(underscored || dotted)
        || view.text()[word.start + name.len()..].starts_with(['@', '/'])
    {
        return None;
    }
    Some(word.start..word.start + name.len())
}
