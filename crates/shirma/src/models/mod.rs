//! Language models: the adapters that ask them.
//!
//! A model never sees a client's value: its prompt is made by `boundary`, its answer is untrusted until `boundary` has
//! inspected it. Adapters know nothing of dialogues, consent or retries; the journey decides.

mod openai;

pub use openai::OpenAiModel;
