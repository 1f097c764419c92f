//! Steps 5 and 6: who answers, with what, and whether it may go out.
//!
//! [`look`] reads everything needed, [`decide`] thinks outside any transaction (a model may be slow), [`put`] writes the
//! decision with its leaves in one transaction that still holds the lease.

use std::sync::Arc;

use shirma_audit::{Leaf, Object, Outcome};
use shirma_pii::Label;
use shirma_store::Tx;

use super::consent as consent_step;
use crate::app::{App, Fault};
use crate::assistant::{self, DONT_KNOW, HandOver, Heard, Memory, Reply, Want, Wish, instructions};
use crate::audit;
use crate::boundary;
use crate::consent::document::{self, Purpose};
use crate::consent::{self, Standing};
use crate::contract::{Button, Model, Residency};
use crate::dialog::{self, Author, DialogRow, Lead, NewMessage, PastTurn};
use crate::enquiry::{self, EnquiryKind, NewEnquiry};
use crate::identifier::{DialogId, MessageId};
use crate::queue::{self, Lease};
use crate::request::{self, RequestKind};
use crate::settings::{AssistantMode, ConsentRule};
use crate::subject;

/// Turns of the past a model sees: enough to follow, few enough to answer fast.
const PROMPT_TURNS: u32 = 12;

/// A message to answer and all that bears on it.
pub(super) struct Case {
    dialog: DialogRow,
    heard: dialog::HeardMessage,
    memory: Memory,
    turns: Vec<PastTurn>,
    tokens: dialog::Tokens,
    client_token: Option<String>,
    phone_token: Option<String>,
    consent: Standing,
    ask_consent: bool,
    first_contact: bool,
}

/// What will happen.
pub(super) struct Decision {
    case: Case,
    says: Vec<Say>,
    memory: Option<Memory>,
    hand_over: Option<&'static str>,
    wish: Option<Wish>,
    wants: Option<Want>,
    call_back: bool,
    /// The client only said that he has read: nobody owes him anything.
    settled: bool,
    leaves: Vec<Leaf>,
}

struct Say {
    author: Author,
    text: String,
    buttons: Vec<Vec<Button>>,
    note: &'static str,
    held: bool,
}

impl Decision {
    pub(super) fn dialog(&self) -> DialogId {
        self.case.dialog.id
    }

    fn silent(case: Case) -> Decision {
        Decision {
            case,
            says: Vec::new(),
            memory: None,
            hand_over: None,
            wish: None,
            wants: None,
            call_back: false,
            settled: false,
            leaves: Vec::new(),
        }
    }
}

/// Reads the case of an answer job.
pub(super) fn look(app: &App, tx: &mut Tx<'_>, lease: &Lease) -> Result<Case, Fault> {
    let message = MessageId(lease.target);
    let (dialog, heard) = dialog::heard(app, tx, message)?;
    let row = dialog::load(tx, dialog)?;
    let mut tokens = dialog::tokens(app, tx, dialog)?;
    let card = subject::root(tx, row.subject)?;
    let fields = subject::fields(app, tx, card)?;
    let mut token = |kind: subject::FieldKind, label: Label| {
        let known = subject::best(&fields, kind)?;
        Some(tokens.conversation.introduce(known.value.expose(), label, None))
    };
    Ok(Case {
        client_token: token(subject::FieldKind::Name, Label::Person),
        phone_token: token(subject::FieldKind::Phone, Label::Phone),
        memory: dialog::memory(app, tx, dialog)?,
        turns: dialog::last_turns(app, tx, dialog, message, PROMPT_TURNS)?,
        consent: consent::standing(tx, card, Purpose::Assistant)?.0,
        ask_consent: consent_step::is_to_ask(app, tx, &row)?,
        first_contact: dialog::is_first_answer(tx, dialog)?,
        dialog: row,
        heard,
        tokens,
    })
}

/// Thinks. Never fails: what cannot be answered goes to a person.
pub(super) async fn decide(app: &Arc<App>, case: Case) -> Decision {
    let silent = !dialog::assistant_may_speak(case.dialog.lead, case.dialog.staff_wrote_at_ms, app.now_ms());
    if case.heard.is_form {
        let mut decision = Decision::silent(case);
        decision.hand_over = Some("form");
        decision.call_back = true;
        return decision;
    }
    let reply = by_rules(app, &case);
    if app.settings.assistant.mode == AssistantMode::Off || silent {
        // A right is a right whoever leads the dialogue: its clock starts, the person at the desk sees it.
        let mut decision = Decision::silent(case);
        decision.wants = reply.wants;
        if !silent {
            decision.hand_over = Some(HandOver::Asked.as_str());
        }
        return decision;
    }
    let by_model = match model_for(app, &case, &reply) {
        Ok(model) => ask(app, &case, model.as_ref()).await,
        Err(_) => ByModel::default(),
    };
    conclude(app, case, reply, by_model)
}

fn by_rules(app: &App, case: &Case) -> Reply {
    // Opening the dialogue by a link is a greeting.
    let words = case.heard.masked.as_deref().unwrap_or_default();
    let words = if words.starts_with("/start") {
        "Здравствуйте"
    } else {
        words
    };
    let words = boundary::with_staff(&case.tokens, words, &app.base.staff, case.client_token.as_deref());
    let heard = Heard {
        masked: &words,
        client_token: case.client_token.as_deref(),
        phone_token: case.phone_token.as_deref(),
        attachments: case.heard.has_attachments,
        button: case.heard.button.as_deref(),
        first_contact: case.first_contact,
        health: case.heard.health,
    };
    assistant::reply(&app.base, &case.memory, &heard, app.local_now())
}

/// Why no model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoModel {
    Off,
    RulesDecide,
    NoConsent,
    Health,
}

/// The model, if the settings have one, the law lets it see this dialogue and the rules do not decide alone.
fn model_for<'a>(app: &'a App, case: &Case, reply: &Reply) -> Result<&'a Arc<dyn Model>, NoModel> {
    let (AssistantMode::Model, Some(model), Some(settings)) = (
        app.settings.assistant.mode,
        app.model.as_ref(),
        app.settings.model.as_ref(),
    ) else {
        return Err(NoModel::Off);
    };
    let decides = reply.wants.is_some()
        || reply.wish.is_some()
        || reply.text.is_none()
        || reply.sensitive
        || case.heard.button.is_some()
        || case
            .heard
            .masked
            .as_deref()
            .is_none_or(|text| text.trim().is_empty() || text.starts_with("/start"))
        || matches!(reply.hand_over, Some(reason) if reason != HandOver::Doubt);
    if decides {
        return Err(NoModel::RulesDecide);
    }
    let may = match case.consent {
        Standing::Granted => true,
        Standing::Unknown => settings.consent == ConsentRule::Contract,
        // A no is a no, also where nobody had to ask.
        Standing::Refused | Standing::Withdrawn => false,
    };
    if !may {
        return Err(NoModel::NoConsent);
    }
    let health = case.turns.iter().any(|turn| turn.health);
    if health && model.residency() != Residency::Local && !settings.health {
        return Err(NoModel::Health);
    }
    Ok(model)
}

/// What came of asking a model.
#[derive(Default)]
struct ByModel {
    answer: Option<String>,
    held: Option<(String, &'static str)>,
    does_not_know: bool,
    leaves: Vec<Leaf>,
}

async fn ask(app: &App, case: &Case, model: &dyn Model) -> ByModel {
    let public = app.base.public_values();
    let prompt = boundary::prompt(&instructions(&app.base), case.client_token.as_deref(), &case.turns);
    let mut outcome = ByModel::default();
    let leaf = |act| {
        audit::leaf(app.now_ms(), audit::system(), act, case.dialog.id.object())
            .with_fields([format!("model:{}", journal_name(model.name()))])
    };
    match model.complete(&prompt).await {
        Ok(answer) => {
            let tokens = answer.prompt_tokens.unwrap_or(0) + answer.answer_tokens.unwrap_or(0);
            outcome.leaves.push(leaf(audit::MODEL_ASK).with_count(tokens));
            if answer.text.contains(DONT_KNOW) {
                outcome.does_not_know = true;
                return outcome;
            }
            match boundary::inspect(&app.detector, &case.tokens, &public, &answer.text) {
                Ok(text) => outcome.answer = Some(text),
                Err(held) => {
                    let why = leaf(audit::MESSAGE_HELD)
                        .with_outcome(Outcome::Deny)
                        .with_purpose(held.as_str());
                    outcome.leaves.push(why);
                    let draft = answer.text.chars().take(boundary::MAX_ANSWER_BYTES / 4).collect();
                    outcome.held = Some((draft, held.as_str()));
                }
            }
        }
        Err(error) => {
            let act = match error {
                crate::contract::ModelError::Withheld => audit::MODEL_WITHHELD,
                _ => audit::MODEL_FAIL,
            };
            outcome.leaves.push(leaf(act).with_outcome(Outcome::Err));
            tracing::warn!(model = model.name(), error = %error, "the model gave no answer");
        }
    }
    outcome
}

/// A model's name with only the letters a journal takes, and with fewer digits than a number of a person has: a date of
/// issue in a name must not keep the answer from the client.
fn journal_name(name: &str) -> String {
    const LONGEST: usize = 40;
    const MOST_DIGITS: usize = 9;
    let mut digits = 0;
    let mut allowed = |letter: char| {
        digits += usize::from(letter.is_ascii_digit());
        let is_taken = letter.is_ascii_alphanumeric() || "._-/".contains(letter);
        if !is_taken || letter.is_ascii_digit() && digits > MOST_DIGITS {
            '-'
        } else {
            letter
        }
    };
    name.chars().take(LONGEST).map(&mut allowed).collect()
}

fn conclude(app: &App, case: Case, reply: Reply, by_model: ByModel) -> Decision {
    let mut decision = Decision::silent(case);
    decision.leaves = by_model.leaves;
    decision.settled = reply.is_settled();
    decision.wish = reply.wish;
    decision.wants = reply.wants;
    decision.memory = Some(reply.memory);
    decision.hand_over = reply.hand_over.map(HandOver::as_str);
    if let Some((draft, why)) = by_model.held {
        decision.says.push(Say {
            author: Author::Model,
            text: draft,
            buttons: Vec::new(),
            note: why,
            held: true,
        });
        decision.hand_over = Some("held");
        decision.says.push(house_says(
            assistant::hand_over_words(&app.base, app.local_now()),
            "held",
        ));
        return decision;
    }
    if by_model.does_not_know {
        decision.hand_over = Some(HandOver::Doubt.as_str());
        decision.says.push(house_says(
            assistant::hand_over_words(&app.base, app.local_now()),
            "doubt",
        ));
        return decision;
    }
    if let Some(text) = by_model.answer {
        decision.hand_over = None;
        let text = if decision.case.first_contact {
            format!("{}\n\n{text}", document::assistant_speaks())
        } else {
            text
        };
        decision.says.push(Say {
            author: Author::Model,
            text,
            buttons: Vec::new(),
            note: "model",
            held: false,
        });
        return decision;
    }
    if let Some(text) = reply.text {
        decision.says.push(Say {
            author: Author::Assistant,
            text,
            buttons: reply.buttons,
            note: reply.why,
            held: false,
        });
    }
    decision
}

fn house_says(text: String, note: &'static str) -> Say {
    Say {
        author: Author::Assistant,
        text,
        buttons: Vec::new(),
        note,
        held: false,
    }
}

/// Writes the decision. Nothing of it stays when the lease was lost meanwhile.
pub(super) fn put(app: &App, tx: &mut Tx<'_>, lease: &Lease, decision: &Decision) -> Result<(), Fault> {
    let case = &decision.case;
    // A person may have stepped in while the model was thinking: then nothing is said over his head.
    let row = dialog::load(tx, case.dialog.id)?;
    let may_speak = dialog::assistant_may_speak(row.lead, row.staff_wrote_at_ms, app.now_ms());
    let speaks = may_speak && decision.says.iter().any(|say| !say.held);
    if speaks {
        if case.ask_consent && consent_step::is_to_ask(app, tx, &row)? {
            consent_step::ask(app, tx, &row)?;
        }
        dialog::save_tokens(app, tx, row.id, row.subject, &case.tokens)?;
    }
    for say in decision.says.iter().filter(|_| may_speak) {
        if say.held {
            hold(app, tx, &row, say)?;
        } else {
            let saying = consent_step::Saying {
                author: say.author,
                text: &say.text,
                buttons: &say.buttons,
                note: say.note,
            };
            consent_step::say(app, tx, &row, &saying)?;
        }
    }
    if let Some(memory) = &decision.memory {
        dialog::save_memory(app, tx, row.id, row.subject, memory)?;
    }
    wishes(app, tx, &row, decision)?;
    if may_speak {
        match decision.hand_over {
            Some(reason) => {
                dialog::set_lead(tx, row.id, Lead::Waiting, Some(reason))?;
                tx.append(
                    &audit::leaf(app.now_ms(), audit::system(), audit::HAND_OVER, row.id.object()).with_purpose(reason),
                )?;
            }
            None if speaks => {
                dialog::set_lead(tx, row.id, Lead::Assistant, None)?;
                dialog::touch_answered(tx, row.id)?;
            }
            None if decision.settled => dialog::touch_answered(tx, row.id)?,
            None => {}
        }
    }
    for leaf in &decision.leaves {
        tx.append(leaf)?;
    }
    if queue::finish(tx, lease)? {
        Ok(())
    } else {
        Err(Fault::LeaseLost)
    }
}

/// Keeps an answer that may not go out where a person sees it.
fn hold(app: &App, tx: &mut Tx<'_>, row: &DialogRow, say: &Say) -> Result<(), Fault> {
    dialog::append(
        app,
        tx,
        &NewMessage {
            dialog: row.id,
            subject: row.subject,
            author: say.author,
            staff: None,
            ext_id: None,
            once: None,
            text: None,
            masked: Some(&say.text),
            attachments: &[],
            delivery: Some("held"),
            note: Some(say.note),
            button: None,
            health: false,
        },
    )?;
    Ok(())
}

/// What the client wished: a visit to confirm, a call back, a right to exercise.
fn wishes(app: &App, tx: &mut Tx<'_>, row: &DialogRow, decision: &Decision) -> Result<(), Fault> {
    let case = &decision.case;
    if let Some(wish) = &decision.wish {
        let new = NewEnquiry {
            subject: row.subject,
            dialog: row.id,
            kind: EnquiryKind::Booking,
            wish: &wish.summary,
        };
        enquiry::open(app, tx, &new)?;
    }
    if decision.call_back {
        let wish = case.heard.masked.as_deref().unwrap_or_default();
        let new = NewEnquiry {
            subject: row.subject,
            dialog: row.id,
            kind: EnquiryKind::CallBack,
            wish,
        };
        enquiry::open(app, tx, &new)?;
    }
    match decision.wants {
        Some(Want::Withdrawal) => {
            let words = case.heard.masked.as_deref().unwrap_or_default();
            consent_step::withdraw(app, tx, row, case.heard.ext_id.as_deref(), words)?;
            request::open(app, tx, row.subject, row.id, RequestKind::Withdrawal)
        }
        Some(Want::Erasure) => {
            let words = case.heard.masked.as_deref().unwrap_or_default();
            consent_step::withdraw(app, tx, row, case.heard.ext_id.as_deref(), words)?;
            request::open(app, tx, row.subject, row.id, RequestKind::Erasure)
        }
        Some(Want::StopMessages) => contact_wish(app, tx, row, "stop"),
        Some(Want::StartMessages) => contact_wish(app, tx, row, "start"),
        None => Ok(()),
    }
}

/// «Стоп» and «старт» stand in the assistant's memory; the journal knows when they were said.
fn contact_wish(app: &App, tx: &mut Tx<'_>, row: &DialogRow, word: &str) -> Result<(), Fault> {
    let object = Object::new("dialog", row.id.0.to_string());
    tx.append(&audit::leaf(app.now_ms(), audit::subject(row.subject), audit::CONTACT_WISH, object).with_purpose(word))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_of_a_model_is_taken_by_the_journal() {
        let subject = audit::subject(crate::identifier::SubjectId(1));
        let names = [
            "claude-3-5-sonnet-20241022",
            "gpt://folder/yandexgpt/latest",
            "модель № 12 345 678 901",
            "79000000011",
            "",
        ];
        for name in names {
            let object = Object::new("dialog", "1");
            let leaf = audit::leaf(0, subject.clone(), audit::CONTACT_WISH, object)
                .with_fields([format!("model:{}", journal_name(name))]);
            assert!(leaf.canonical(0).is_ok(), "{name}");
        }
        assert_eq!(journal_name("qwen2.5:7b"), "qwen2.5-7b");
    }
}
