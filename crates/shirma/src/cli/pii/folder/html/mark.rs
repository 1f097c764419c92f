//! Elements and classes of saved pages: which may stand in a copy, and what their text is.

/// What the text of an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Text,
    /// Somebody's name as a whole.
    Person,
    /// Who and when.
    Header,
    /// The name of a page: that of a person, unless it is one of the export's own.
    PageName,
    /// What the messenger says itself.
    Event,
    FileName,
}

/// Elements that stand in a copy.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "address",
    "figure",
    "figcaption",
    "details",
    "summary",
];
/// Elements with nothing inside.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements whose inside is no text of the page.
const HIDDEN: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "canvas", "audio", "video",
    "map", "select", "datalist",
];
/// Classes of known exports; others may hold anything.
const CLASSES: &[&str] = &[
    "message",
    "default",
    "joined",
    "service",
    "clearfix",
    "body",
    "details",
    "date",
    "pull_right",
    "pull_left",
    "from_name",
    "text",
    "reply_to",
    "forwarded",
    "media_wrap",
    "media",
    "media_contact",
    "media_file",
    "media_photo",
    "media_video",
    "media_voice_message",
    "media_audio_file",
    "media_call",
    "media_location",
    "media_poll",
    "title",
    "status",
    "description",
    "page_header",
    "page_body",
    "page_wrap",
    "content",
    "history",
    "bold",
    "entry",
    "name",
    "initials",
    "block_link",
    "message__header",
    "message-peer--id",
    "ui_crumb",
    "item",
    "item__main",
    "attachment",
    "attachment__description",
    "attachment__link",
    "kludges",
];

/// Names of pages that an export gives itself.
const OWN_TITLES: &[&str] = &[
    "Exported Data",
    "Chats",
    "Contacts",
    "Frequent contacts",
    "Sessions",
    "Web sessions",
    "Profile",
    "Messages",
    "Профиль",
    "Сообщения",
    "Архив",
];

/// The element of the copy, if it is to stand there. A date inside a line becomes a block: it is no part of the name
/// beside it.
pub(super) fn block(name: &str, classes: &[&'static str]) -> Option<&'static str> {
    let date = name == "span" && classes.contains(&"date");
    let name = if date || name == "a" && classes.contains(&"media") {
        "div"
    } else {
        name
    };
    BLOCKS.iter().find(|block| **block == name).copied()
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether the inside of the element is passed over. Initials on a picture are a name nobody can put a code for.
pub(super) fn is_hidden(name: &str, class: &str) -> bool {
    HIDDEN.contains(&name) || class.split_ascii_whitespace().any(|class| class == "initials")
}

/// The classes of known exports among those of an element.
pub(super) fn classes(class: &str) -> Vec<&'static str> {
    class
        .split_ascii_whitespace()
        .filter_map(|class| CLASSES.iter().find(|known| **known == class).copied())
        .collect()
}

/// What the text of an element is; `None` if its class does not say.
pub(super) fn part(classes: &[&'static str]) -> Option<Part> {
    let is = |class: &str| classes.contains(&class);
    if is("date") || is("text") && !is("bold") || is("status") || is("description") {
        Some(Part::Text)
    } else if is("from_name") || is("name") || is("message-peer--id") || is("media_contact") {
        Some(Part::Person)
    } else if is("message__header") {
        Some(Part::Header)
    } else if is("service") {
        Some(Part::Event)
    } else if is("media") {
        Some(Part::FileName)
    } else if is("page_header") || is("ui_crumb") {
        Some(Part::PageName)
    } else if is("message") {
        Some(Part::Text)
    } else {
        None
    }
}

/// Whether the name of a page is the export's own and nobody's.
pub(super) fn is_own_title(text: &str) -> bool {
    OWN_TITLES.contains(&text)
}
