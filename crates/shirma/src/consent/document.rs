//! Texts of consent: the stand-alone documents and the short words of the chat. Pure: no dates, no versions, no hashes.
//!
//! Since 01.09.2025 consent stands apart from every other text (152-FZ art. 9 (1)), one purpose a document. Every field of
//! the ordinary form is here; written form and consent to distribution are other documents. What the owner has not
//! filled in yet stands in square brackets for all to see. The version is given when a text is published.

/// What a consent is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Letting a language model work on the dialogue. The rules of the house need no consent: they answer on the
    /// person's own request (152-FZ art. 6 (1) 5).
    Assistant,
    /// Sending the site form.
    SiteForm,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Purpose; 2] = [Purpose::Assistant, Purpose::SiteForm];

    /// The name in addresses and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Assistant => "assistant",
            Purpose::SiteForm => "site_form",
        }
    }

    /// The purpose with this name.
    pub fn from_name(name: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.as_str() == name)
    }
}

/// The business that decides why data are processed, as documents name it. Empty fields become visible gaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operator {
    /// Full name of the company or of the sole trader.
    pub name: String,
    /// Address.
    pub address: String,
    /// ИНН.
    pub inn: String,
    /// Where a person writes about his data.
    pub contact: String,
}

/// Who processes on the operator's order: host, provider of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processor {
    /// Full name.
    pub name: String,
    /// Address.
    pub address: String,
    /// What it is asked to do, from «чтобы»: «чтобы составлять черновики ответов».
    pub task: String,
    /// Whether it works outside Russia (152-FZ art. 12): the text may not say then that nothing leaves the country.
    pub is_abroad: bool,
}

/// A text ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is for.
    pub purpose: Purpose,
    /// Its heading.
    pub title: String,
    /// The whole text, paragraphs parted by an empty line.
    pub body: String,
}

/// The document of a purpose when nobody processes on the operator's order.
pub fn document(purpose: Purpose, operator: &Operator) -> Document {
    document_naming(purpose, operator, &[])
}

/// The document of a purpose that names its processors.
pub fn document_naming(purpose: Purpose, operator: &Operator, processors: &[Processor]) -> Document {
    let title = title(purpose).to_owned();
    let gaps = Gaps::of(operator);
    let paragraphs = [
        title.clone(),
        subject(purpose).to_owned(),
        format!(
            "Оператор, которому даётся согласие: {}, ИНН {}, адрес: {}. Обращения о персональных данных: {}.",
            gaps.name, gaps.inn, gaps.address, gaps.contact
        ),
        goal(purpose).to_owned(),
        data(purpose).to_owned(),
        format!(
            "Действия с данными: сбор, запись, систематизация, накопление, хранение, уточнение, извлечение, использование, \
             блокирование, удаление, уничтожение. Способ: с помощью программ и без них. Базы данных находятся в России. \
             Данные не распространяются{}",
            border(processors)
        ),
        processing(processors),
        term(purpose).to_owned(),
        format!(
            "Как отозвать: напишите «Отзываю согласие» в той же переписке или обратитесь сюда: {}. После отзыва обработка \
             на основании согласия прекращается, данные уничтожаются в течение 30 дней, если нет другого законного \
             основания их хранить.",
            gaps.contact
        ),
        form(purpose).to_owned(),
    ];
    Document {
        purpose,
        title,
        body: paragraphs.join("\n\n"),
    }
}

/// What crosses the border, true to the settings.
fn border(processors: &[Processor]) -> &'static str {
    if processors.iter().any(|processor| processor.is_abroad) {
        ". За границу передаются только тексты, в которых имена, телефоны и другие данные заменены кодами."
    } else {
        " и за границу не передаются."
    }
}

fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Assistant => "Согласие на обработку персональных данных в переписке с участием помощника",
        Purpose::SiteForm => "Согласие на обработку персональных данных из формы на сайте",
    }
}

fn subject(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Assistant => {
            "Кто даёт согласие: человек, который ведёт эту переписку; фамилия, имя и отчество — те, что он назвал в ней. За \
             ребёнка согласие даёт родитель или другой законный представитель, назвав себя и ребёнка."
        }
        Purpose::SiteForm => {
            "Кто даёт согласие: человек, который заполнил форму; фамилия, имя и отчество — те, что он указал в ней. За \
             ребёнка согласие даёт родитель или другой законный представитель, назвав себя и ребёнка."
        }
    }
}

fn goal(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Assistant => {
            "Цель: отвечать на сообщения в этой переписке с помощью языковой модели. Модель получает сообщения, в которых \
             имена, телефоны и другие данные заменены кодами, и составляет ответы о часах работы, ценах и записи. Без \
             согласия модель в переписке не участвует: помощник, то есть программа, отвечает по готовым правилам, на \
             остальное отвечает сотрудник. Решений, от которых зависят ваши права, ни модель, ни помощник не принимают: \
             запись подтверждает сотрудник."
        }
        Purpose::SiteForm => {
            "Цель: принять обращение из формы на сайте и ответить на него тем способом, который вы указали."
        }
    }
}

fn data(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Assistant => {
            "Перечень данных: имя, номер телефона, имя и номер учётной записи в мессенджере, текст сообщений, желаемые \
             услуга, день и время. Сведения о здоровье и другие специальные категории в перечень не входят: не сообщайте их \
             в переписке."
        }
        Purpose::SiteForm => {
            "Перечень данных: имя, номер телефона, адрес электронной почты, текст обращения, адрес страницы, с которой \
             отправлена форма, время отправки. Сведения о здоровье и другие специальные категории в перечень не входят: не \
             указывайте их в форме."
        }
    }
}

fn processing(processors: &[Processor]) -> String {
    if processors.is_empty() {
        return "Обработка по поручению: другим лицам не поручается.".to_owned();
    }
    let named: Vec<String> = processors
        .iter()
        .map(|one| {
            format!(
                "{}, адрес: {}, {}",
                or_gap(&one.name, "[впишите название обработчика]"),
                or_gap(&one.address, "[впишите адрес обработчика]"),
                or_gap(&one.task, "[впишите, что ему поручено]")
            )
        })
        .collect();
    format!("Обработка по поручению оператора: {}.", named.join("; "))
}

fn term(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Assistant => {
            "Срок: согласие действует до отзыва, но не дольше одного года со дня вашего последнего сообщения."
        }
        Purpose::SiteForm => {
            "Срок: согласие действует до отзыва, но не дольше 90 дней со дня последнего сообщения по этому обращению."
        }
    }
}

fn form(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Assistant => {
            "Как даётся согласие: нажатием кнопки «Даю согласие» под сообщением со ссылкой на этот текст. Сохраняются время, \
             версия текста и ответ. Отказ не мешает записаться и получить услугу: отвечают готовые правила и сотрудник."
        }
        Purpose::SiteForm => {
            "Как даётся согласие: отметкой в поле рядом со ссылкой на этот текст; заранее она не стоит. Сохраняются время, \
             версия текста и адрес страницы. Без отметки обратиться можно по телефону или лично."
        }
    }
}

/// The operator's values, or what to write in their place.
struct Gaps<'a> {
    name: &'a str,
    address: &'a str,
    inn: &'a str,
    contact: &'a str,
}

impl<'a> Gaps<'a> {
    fn of(operator: &'a Operator) -> Gaps<'a> {
        Gaps {
            name: or_gap(&operator.name, "[впишите название организации]"),
            address: or_gap(&operator.address, "[впишите адрес организации]"),
            inn: or_gap(&operator.inn, "[впишите ИНН]"),
            contact: or_gap(&operator.contact, "[впишите, куда писать о данных]"),
        }
    }
}

fn or_gap<'a>(value: &'a str, gap: &'static str) -> &'a str {
    if value.trim().is_empty() { gap } else { value.trim() }
}

/// The first message: who, what for, where the whole text stands, with its version.
pub fn question(operator: &Operator, address: &str, version: i64) -> String {
    format!(
        "Здравствуйте. Переписку ведёт {}. Отвечать помогает помощник, это программа с готовыми правилами. С вашего согласия \
         ответ сможет составить и языковая модель: вместо имени и телефона она видит коды.\n\nТекст согласия, версия \
         {version}: {address}\n\nЗаписаться и задать вопрос можно и без согласия: ответят помощник по правилам или \
         сотрудник.",
        Gaps::of(operator).name
    )
}

/// The button that gives consent. Of the same weight as [`refuse_button`].
pub fn grant_button(version: i64) -> String {
    format!("Даю согласие (версия {version})")
}

/// The button that refuses.
pub fn refuse_button() -> String {
    "Не даю согласия".to_owned()
}

/// Said after consent was given.
pub fn after_grant() -> String {
    "Спасибо, согласие записано. Отозвать его можно в любой день: напишите «Отзываю согласие». Чем помочь?".to_owned()
}

/// Said after a refusal: the visit is booked on the person's own request (152-FZ art. 6 (1) 5).
pub fn after_refusal() -> String {
    "Записали отказ: языковая модель в переписке не участвует, отвечают готовые правила и сотрудник. Записаться можно как \
     обычно: напишите услугу, день и время."
        .to_owned()
}

/// Said after consent was taken back: what stops, when data go, what stays (152-FZ art. 21 (5)).
pub fn after_withdrawal() -> String {
    "Приняли отзыв согласия. Языковая модель больше не участвует в переписке, отвечают готовые правила и сотрудник. Данные, которые держались \
     только на согласии, уничтожим в течение 30 дней. Останется то, что нужно для ваших записей и что обязаны хранить по \
     закону; напишем, что именно и до какого дня."
        .to_owned()
}

/// The first words of the assistant's first message.
pub fn assistant_speaks() -> &'static str {
    "Отвечает помощник."
}

/// The keeper of a model outside the house, as the text names it.
pub fn model_processor(name: &str, address: &str, is_abroad: bool) -> Processor {
    Processor {
        name: name.to_owned(),
        address: address.to_owned(),
        task: "чтобы составлять черновики ответов".to_owned(),
        is_abroad,
    }
}

/// What stood beside the box of a form, as far as the page told it.
pub fn form_shown(version: Option<&str>, page: Option<&str>) -> String {
    format!(
        "{} · {}",
        version.unwrap_or("версия не названа"),
        page.unwrap_or("страница не названа")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operator() -> Operator {
        Operator {
            name: "ООО «Пример»".into(),
            address: "454000, г. Челябинск, ул. Примерная, д. 1".into(),
            inn: "7400000000".into(),
            contact: "salon@primer.example".into(),
        }
    }

    #[test]
    fn every_field_of_the_ordinary_form_stands_in_each_document() {
        for purpose in Purpose::ALL {
            let text = document(purpose, &operator());
            for field in [
                "Кто даёт согласие:",
                "фамилия, имя и отчество",
                "законный представитель",
                "ООО «Пример»",
                "454000, г. Челябинск",
                "ИНН 7400000000",
                "Цель:",
                "Перечень данных:",
                "Действия с данными: сбор",
                "Способ:",
                "Обработка по поручению:",
                "Срок:",
                "Как отозвать:",
                "salon@primer.example",
                "Как даётся согласие:",
            ] {
                assert!(text.body.contains(field), "{purpose:?} lacks {field}");
            }
            assert!(text.body.starts_with(&text.title) && !text.body.contains('['));
        }
    }

    #[test]
    fn one_document_has_one_purpose_and_no_second_consent() {
        for purpose in Purpose::ALL {
            let body = document(purpose, &operator()).body;
            assert_eq!(body.matches("Цель:").count(), 1);
            for foreign in ["реклам", "рассыл", "распространение", "продолжая"] {
                assert!(!body.to_lowercase().contains(foreign), "{foreign}");
            }
        }
        assert_ne!(
            document(Purpose::Assistant, &operator()).body,
            document(Purpose::SiteForm, &operator()).body
        );
    }

    #[test]
    fn what_the_owner_has_not_filled_in_is_visible() {
        let body = document(Purpose::Assistant, &Operator::default()).body;
        for gap in [
            "[впишите название организации]",
            "[впишите адрес организации]",
            "[впишите ИНН]",
            "[впишите, куда писать",
        ] {
            assert!(body.contains(gap), "{gap}");
        }
        assert!(
            question(
                &Operator {
                    name: "  ".into(),
                    ..operator()
                },
                "https://primer.example/consent",
                1
            )
            .contains("[впишите название организации]")
        );
    }

    #[test]
    fn a_processor_is_named_with_its_address() {
        let processor = Processor {
            name: "ООО «Облако»".into(),
            address: "г. Москва, ул. Облачная, д. 2".into(),
            task: "чтобы составлять черновики ответов".into(),
            is_abroad: false,
        };
        let body = document_naming(Purpose::Assistant, &operator(), &[processor]).body;
        assert!(
            body.contains(
                "по поручению оператора: ООО «Облако», адрес: г. Москва, ул. Облачная, д. 2, чтобы составлять"
            )
        );
        assert!(!body.contains("другим лицам не поручается"));
    }

    #[test]
    fn the_chat_names_operator_purpose_version_and_both_ways() {
        let words = question(&operator(), "https://primer.example/consent/assistant/v3", 3);
        for expected in [
            "ООО «Пример»",
            "помощник",
            "версия 3: https://primer.example/consent/assistant/v3",
            "без согласия",
        ] {
            assert!(words.contains(expected), "{expected}");
        }
        assert_eq!(grant_button(3), "Даю согласие (версия 3)");
        assert_eq!(refuse_button(), "Не даю согласия");
    }

    /// What `journey::answer` does: the rules answer whatever was said to the question, the model only after a yes.
    #[test]
    fn nothing_promises_that_a_person_answers_in_place_of_the_rules() {
        let body = document(Purpose::Assistant, &operator()).body;
        let question = question(&operator(), "https://primer.example", 1);
        for words in [body, question, after_refusal(), after_withdrawal()] {
            assert!(
                words.contains("языковая модель") || words.contains("языковой модели") || words.contains("Языковая")
            );
            assert!(words.contains("правил"), "{words}");
            for untrue in [
                "помощник не участвует",
                "Помощник больше не участвует",
                "тогда ответит сотрудник",
            ] {
                assert!(!words.contains(untrue), "{untrue}: {words}");
            }
        }
    }

    #[test]
    fn answers_say_what_happens_next() {
        assert!(after_grant().contains("«Отзываю согласие»"));
        assert!(after_refusal().contains("Записаться можно как обычно"));
        assert!(after_withdrawal().contains("30 дней") && after_withdrawal().contains("Останется"));
    }

    #[test]
    fn purposes_are_known_by_their_names() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_name(purpose.as_str()), Some(purpose));
        }
        assert_eq!(Purpose::from_name("ads"), None);
    }

    #[test]
    fn a_model_abroad_is_not_denied() {
        let processor = |is_abroad| Processor {
            name: "Пример Лтд".into(),
            address: "Пример, 1".into(),
            task: "чтобы составлять черновики ответов".into(),
            is_abroad,
        };
        let text = |is_abroad| document_naming(Purpose::Assistant, &Operator::default(), &[processor(is_abroad)]).body;
        assert!(text(false).contains("за границу не передаются"));
        assert!(text(true).contains("За границу передаются") && !text(true).contains("за границу не передаются"));
    }
}
